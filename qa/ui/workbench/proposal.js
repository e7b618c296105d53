// Questions about several segments at once: the offer, the sheet that lists what would change, the outcome.

import { diffNode, el, stateLabel } from "./dom.js";
import { diffWords } from "./merge.js";

const many = (number, one, several) => `${number.toLocaleString()} ${number === 1 ? one : several}`;

const HEADINGS = {
  alike: "Same source, same machine translation",
  edited: "Same source and machine translation, but somebody has worked on it",
  other: "Same source, another machine translation",
  approved: "Approved: reopen first",
};

const TITLES = {
  propagate: "Take the correction over", "propagate-dismissal": "Dismiss alike flags", "bulk-approve": "Approve several",
};

const DONE = {
  propagate: (number) => `${many(number, "segment has", "segments have")} taken over the correction.`,
  "propagate-dismissal": (number) => `The flag is dismissed in ${many(number, "more segment", "more segments")}.`,
  "bulk-approve": (number) => `${many(number, "segment is", "segments are")} approved.`,
  "mute-check": (number, { check }) => `The check ${check} is muted in this project: ${many(number, "open flag is", "open flags are")} left out.`,
  "unmute-check": (number, { check }) => `The check ${check} is unmuted: ${many(number, "open flag is", "open flags are")} back.`,
  "add-term": (_, term) => `“${term.target}” for “${term.source}” is in the project's glossary as ${term.kind}, for the checks to come.`,
  "remove-term": (_, term) => `“${term.target}” for “${term.source}” is out of the project's glossary.`,
  "undo-group": (number) => `Taken back in ${many(number, "segment", "segments")}.`,
};

/** One line that says where else a decision could hold. */
export function offer(kind, position, count, onshow, onclose) {
  const [text, key] = kind === "propagate"
    ? [`${many(count, "alike segment", "alike segments")} could take over the correction of segment ${position}.`, "P"]
    : [`${many(count, "alike flag", "alike flags")} could be dismissed for the same reason.`, "L"];
  return el("div", { class: "offer" }, el("span", {}, text), el("button", { class: "plain", "data-do": "show", "aria-keyshortcuts": `Alt+${key}`, onclick: onshow }, "Show ", el("kbd", {}, `Alt ${key}`)),
    el("span", { class: "spring" }), el("button", { class: "ghost", "aria-label": "Close", onclick: onclose }, "×"));
}

/** What became of a decision: `operation` with its outcome, or a message alone. */
export function notice(operation, outcome, onundo, onclose) {
  const left = outcome?.left ?? [];
  return el("div", { class: `offer${outcome ? " done" : " failure"}` },
    el("div", {}, el("p", {}, outcome ? DONE[operation](outcome.changed, outcome) : operation),
      left.length > 0 && el("p", {}, `Left out: ${left.map((item) => `segment ${item.position} (${item.why})`).join("; ")}${outcome.more ? ` and ${outcome.more} more` : ""}.`)),
    onundo && el("button", { class: "plain", "data-do": "undo-group", "aria-keyshortcuts": "Alt+Shift+U", onclick: onundo }, "Undo ", el("kbd", {}, "Alt ⇧ U")),
    el("span", { class: "spring" }), el("button", { class: "ghost", "aria-label": "Close", onclick: onclose }, "×"));
}

/** The dialog: what would change, each place with a box to tick. `chosen` (id → version) is kept up to date. */
export function sheet(data, chosen, languages, actions) {
  const confirm = el("button", { class: "primary", "data-do": "confirm", "aria-keyshortcuts": "Control+Enter", onclick: actions.confirm });
  const count = () => {
    confirm.textContent = data.kind === "bulk-approve" ? `Approve ${many(chosen.size, "segment", "segments")}` : data.kind === "propagate" ? `Change ${many(chosen.size, "segment", "segments")}` : `Dismiss ${many(chosen.size, "flag", "flags")}`;
    confirm.disabled = chosen.size === 0;
  };
  count();
  const groups = new Map();
  const place = (row) => Object.keys(HEADINGS).indexOf(row.group);
  for (const row of [...data.rows].sort((one, other) => place(one) - place(other))) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  const body = el("div", { class: "proposed" });
  for (const [group, rows] of groups) {
    const boxes = [];
    if (HEADINGS[group] && data.kind === "propagate") {
      const all = el("input", { type: "checkbox", "aria-label": `All: ${HEADINGS[group]}`, disabled: rows[0].fixed });
      all.checked = rows.every((row) => chosen.has(row.id));
      all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; box.dispatchEvent(new Event("change")); }));
      body.append(el("label", { class: "proposed-head" }, all, `${HEADINGS[group]} (${rows.length})`));
    }
    for (const row of rows) {
      const box = el("input", { type: "checkbox", "aria-label": `Segment ${row.where}`, disabled: row.fixed, "data-choose-row": row.id });
      box.checked = chosen.has(row.id);
      box.addEventListener("change", () => {
        if (box.checked) chosen.set(row.id, row.version);
        else chosen.delete(row.id);
        count();
      });
      boxes.push(box);
      const text = row.after === undefined ? el("p", { class: "text", lang: languages.target.tag, dir: languages.target.dir }, row.before) : diffNode(diffWords(row.before, row.after), languages.target, "What changes");
      body.append(el("label", { class: `proposed-row${row.fixed ? " fixed" : ""}` }, box, el("span", { class: "proposed-text" },
        el("span", { class: "about" }, row.where, ` · ${stateLabel(row.state)}`, row.author && ` · by ${row.author}`, row.quality !== undefined && row.quality !== null && ` · quality ${Math.round(row.quality)}`),
        row.message && el("span", { class: "about" }, row.message),
        data.kind === "bulk-approve" && el("span", { class: "about source", lang: languages.source.tag, dir: languages.source.dir }, row.source), text)));
    }
  }
  if (!data.rows.length) body.append(el("p", { class: "quiet" }, data.message ? sentence(data.message) : EMPTY[data.kind]));
  return el("div", { class: "help sheet", role: "dialog", "aria-modal": "true", "aria-label": TITLES[data.kind] },
    el("h4", {}, TITLES[data.kind]), about(data), data.kind === "bulk-approve" && !data.message && conditions(data, actions.ask), body,
    data.seen && data.seen.length > data.page && pages(data, actions.ask),
    el("div", { class: "bar" }, confirm, el("button", { class: "plain", onclick: actions.close }, "Cancel"), el("span", { class: "quiet" }, "Ctrl Enter confirms, Esc closes; one undo takes all of it back")));
}

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const EMPTY = {
  propagate: "No other segment of the project has this source and another text.",
  "propagate-dismissal": "No other open flag of the project says the same about the same words.",
  "bulk-approve": "Nothing that waits for approval is under this risk.",
};

function about(data) {
  if (data.message) return null;
  if (data.kind === "propagate") return el("p", { class: "quiet" }, `The text of segment ${data.position} is handed in for the ticked segments, in your name.`);
  if (data.kind === "propagate-dismissal") return el("p", { class: "quiet" }, "Flags of the same check about ", el("q", {}, data.text || "the same place"), ", dismissed with the reason ", el("q", {}, data.reason), ".");
  const { own, empty, flagged, low } = data.left;
  const left = [own && `${own.toLocaleString()} of your own`, empty && `${empty.toLocaleString()} without a translation`, flagged && `${flagged.toLocaleString()} with open flags`, low && `${low.toLocaleString()} of lower or unknown quality`].filter(Boolean);
  return el("p", { class: "quiet" }, `${data.full ? "The first " : ""}${many(data.seen.length, "revised segment", "revised segments")}${data.scope ? ` of ${data.scope}` : " of the project"} under the risk below. `, left.length > 0 && `Left out: ${left.join(", ")}.`);
}

/** The risk an editor states. The estimate is of the machine's text: the revision is not scored. */
function conditions(data, ask) {
  const severity = el("select", { "aria-label": "Open flags" });
  for (const [value, label] of [["neutral", "no open flags at all"], ["minor", "no open flag that is minor or worse"], ["major", "no open flag that is major or worse"], ["critical", "no critical open flag"]]) severity.append(el("option", { value }, label));
  severity.value = data.risk.severity;
  const quality = el("input", { type: "number", min: "0", max: "100", step: "5", value: data.risk.quality, "aria-label": "Least estimated quality of the machine translation" });
  const again = () => ask({ severity: severity.value, quality: Math.max(0, Math.min(100, Number(quality.value) || 0)) });
  severity.addEventListener("change", again);
  quality.addEventListener("change", again);
  return el("div", { class: "conditions" }, severity, el("label", {}, "estimated quality of the machine translation at least ", quality));
}

function pages(data, ask) {
  const turn = (sign, label, offset, disabled) => el("button", { class: "icon", "aria-label": label, disabled, onclick: () => ask({ offset }) }, sign);
  const last = Math.min(data.offset + data.page, data.seen.length);
  return el("div", { class: "bar" }, turn("‹", "Previous page", data.offset - data.page, data.offset <= 0), el("span", {}, `${data.offset + 1}–${last} of ${data.seen.length.toLocaleString()}`), turn("›", "Next page", data.offset + data.page, last >= data.seen.length));
}
