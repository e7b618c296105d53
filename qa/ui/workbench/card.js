// The parts of the page: each function builds one part from data and returns its element.

import { diffNode, el, openFlags, stateLabel, textNode, worst } from "./dom.js";
import { diffWords } from "./merge.js";

const GLYPHS = { machine: "○", "in-revision": "◐", revised: "●", approved: "✓", "sent-back": "↩" };

/** One line of the list: number, state, worst open flag, score, first words. */
export function listItem(row, language, { selected, note, onpick }) {
  const severity = worst(row);
  const count = openFlags(row).length;
  const label = `Segment ${row.position}, ${stateLabel(row.state)}, ${count} open flags`;
  return el(
    "li",
    {
      role: "option", id: `row-${row.id}`, class: `row${selected ? " selected" : ""}`, "aria-label": label,
      "aria-selected": String(selected), "data-segment": row.id, onclick: () => onpick(row.id),
    },
    el("span", { class: "row-head" },
      el("span", { class: `state ${row.state}`, title: stateLabel(row.state) }, GLYPHS[row.state] ?? "○"),
      el("span", { class: "number" }, String(row.position)),
      note && el("span", { class: "note" }, note),
      el("span", { class: "spring" }),
      count > 0 && el("span", { class: `count ${severity}`, title: `${count} open, worst ${severity}` }, String(count)),
      el("span", { class: `score ${scoreBand(row.quality)}` }, row.quality === null ? "–" : String(Math.round(row.quality)))),
    row.snippet.trim() ? el("span", { class: "snippet", lang: language.tag, dir: language.dir }, row.snippet) : el("span", { class: "snippet quiet" }, "(empty)"),
  );
}

const scoreBand = (quality) => (quality === null ? "none" : quality < 50 ? "low" : quality < 75 ? "middle" : "high");

/** The estimate as a bar with its 80% interval. */
export function scoreBar(row) {
  if (row.quality === null) return el("span", { class: "scorebar none" }, "not scored");
  const low = row.low ?? row.quality;
  const high = row.high ?? row.quality;
  const text = `Estimated quality ${row.quality.toFixed(0)} of 100, between ${low.toFixed(0)} and ${high.toFixed(0)}`;
  const percent = (value) => `${Math.max(0, Math.min(100, value))}%`;
  const interval = el("span", { class: "interval" });
  interval.style.insetInlineStart = percent(low);
  interval.style.width = percent(high - low);
  const dot = el("span", { class: `dot ${scoreBand(row.quality)}` });
  dot.style.insetInlineStart = percent(row.quality);
  return el("span", { class: "scorebar", role: "img", "aria-label": text, title: `${text}\n${row.signature}` },
    el("span", { class: "scale" }, interval, dot), el("b", {}, row.quality.toFixed(0)));
}

/** Source and target side by side between their neighbours. */
export function pair(row, detail, languages, mode, onpick) {
  const line = (near, kind) =>
    el("div", { class: `line near ${kind}`, role: "button", tabindex: "-1", title: `Segment ${near.position}`, onclick: () => onpick(near.id) },
      el("p", { lang: languages.source.tag, dir: languages.source.dir }, near.source || "—"),
      el("p", { lang: languages.target.tag, dir: languages.target.dir }, near.target || "—"));
  const shown = mode === "approve" && row.text !== row.mt
    ? diffNode(diffWords(row.mt, row.text), languages.target, "Change from the machine translation")
    : textNode(row.target, languages.target, "Translation");
  const missing = (side) => el("p", { class: "text missing" }, side === "source" ? "Nothing in the source: an addition?" : "Nothing in the translation: an omission?");
  return el("div", { class: "pair" },
    el("div", { class: "line names" },
      el("span", { dir: languages.source.dir }, languages.source.name),
      el("span", { dir: languages.target.dir }, mode === "approve" ? `${languages.target.name}: machine translation → revision` : languages.target.name)),
    ...(detail?.before ?? []).map((near) => line(near, "before")),
    el("div", { class: "line active" },
      row.source.length ? textNode(row.source, languages.source, "Source") : missing("source"),
      row.target.length || row.mt ? shown : missing("target")),
    ...(detail?.after ?? []).map((near) => line(near, "after")));
}

/** Who found a flag and how sure that is; what a person has marked says so itself. */
const found = (flag) => (flag.check === "by-hand" ? "" : ` · ${flag.check} · ${Math.round(flag.confidence * 100)}% sure${flag.agreed ? " · the quality model agrees" : ""}`);

/** The flags with what they say and what can be done about them. */
export function flagList(row, can, actions) {
  if (!row.flags.length) return el("p", { class: "quiet" }, "No flags on this segment.");
  const list = el("ol", { class: "flags", "aria-label": "Flags" });
  for (const flag of row.flags) {
    const open = flag.state === "open";
    const buttons = el("span", { class: "buttons" });
    if (open && flag.fix && can.edit) {
      buttons.append(el("button", { class: "fix", disabled: !flag.placed, "data-fix": flag.number, title: flag.fix, "aria-keyshortcuts": `Alt+${flag.number}`, onclick: () => actions.fix(flag) },
        el("span", { class: "change" }, flag.fix), flag.number <= 9 && el("kbd", {}, `Alt ${flag.number}`)));
    }
    if (open && !flag.fix && can.decide) buttons.append(el("button", { class: "ghost", "data-accept": flag.number, "aria-keyshortcuts": `Alt+Shift+${flag.number}`, title: "The flag is right", onclick: () => actions.accept(flag) }, "Agree"));
    if (open && can.decide) buttons.append(el("button", { class: "ghost", "data-dismiss": flag.number, onclick: () => actions.dismiss(flag) }, "Dismiss"));
    if (open && can.mute) buttons.append(el("button", { class: "ghost", "data-mute": flag.number, "aria-keyshortcuts": "Alt+Shift+D", title: `Leave out all flags of the check ${flag.check} in this project`, onclick: () => actions.mute(flag) }, "Mute check"));
    if (!open && can.decide) buttons.append(el("button", { class: "ghost", onclick: () => actions.reopen(flag) }, "Reopen"));
    const decided = open ? "" : `${flag.state === "accepted" ? "Accepted" : "Dismissed"}${flag.by ? ` by ${flag.by}` : ""}${flag.reason ? `: ${flag.reason}` : ""}`;
    list.append(
      el("li", { class: `flagcard ${flag.severity} ${flag.state}`, "data-flag": flag.number, "data-id": flag.id, id: `flag-${flag.number}` },
        el("span", { class: "badge" }, String(flag.number)),
        el("div", { class: "says" },
          el("p", { class: "message" }, flag.message),
          el("p", { class: "about" },
            el("b", { class: flag.severity }, flag.severity), ` · ${flag.category}${found(flag)}`,
            flag.side === "source" && " · on the source", !flag.placed && open && " · its place has been edited",
            decided && el("span", { class: "decided" }, ` · ${decided}`))),
        buttons));
  }
  return list;
}

/** Both texts of a conflict, with the choice between them. */
export function conflict(mine, row, language, choose) {
  return el("div", { class: "conflict", role: "alert" },
    el("p", {}, el("b", {}, `${row.author || "Somebody"} changed this segment first.`), " Nothing is lost: choose the text to go on with."),
    el("div", { class: "two" },
      el("div", {}, el("h4", {}, "Saved"), diffNode(diffWords(mine, row.text).filter(([operation]) => operation !== "delete"), language, "Saved text, what differs from yours underlined"),
        el("button", { class: "plain", "data-choose": "saved", onclick: () => choose("saved") }, "Take the saved text")),
      el("div", {}, el("h4", {}, "Yours"), el("p", { class: "text", lang: language.tag, dir: language.dir }, mine),
        el("button", { class: "plain", "data-choose": "mine", onclick: () => choose("mine") }, "Go on with mine"))));
}

/** Why an editor has given the segment back: the first thing to know about it. */
export const returned = ({ by, did, note }) => el("p", { class: "returned" }, el("b", {}, `${by} ${did}${note ? ": " : ""}`), note && el("span", { dir: "auto" }, note));

/** Unsaved text of another tab, offered to this one; of what somebody else has typed, only that it is there. Where
 * nobody has signed it, it is offered too. */
export function elsewhere(other, mine, language, choose) {
  if (!other.mine && !other.unsigned) return el("p", { class: "quiet" }, `${other.by} has unsaved text in this segment, kept in this browser.`);
  const whose = other.unsigned ? "Unsaved text from an earlier version of Relecture is kept in this browser. Who typed it is not known." : other.open ? "Another tab of yours has unsaved text in this segment." : "You have left unsaved text in this segment, in a tab that is closed.";
  return el("div", { class: "elsewhere", "data-key": other.key }, el("p", {}, el("b", {}, whose)),
    diffNode(diffWords(mine, other.text).filter(([operation]) => operation !== "delete"), language, "Text of the other tab, what differs from this one underlined"),
    el("button", { class: "plain", "data-do": "take-other", onclick: () => choose(true) }, "Go on with it here"), " ",
    el("button", { class: "plain", "data-do": "leave-other", onclick: () => choose(false) }, other.open ? "Leave it there" : "Discard it"));
}

/** How a text differs from the machine's. */
export const difference = (mt, text, language) => [
  el("span", { class: "quiet" }, "Against the machine translation"), diffNode(diffWords(mt, text), language, "Change from the machine translation"),
];

const KEYS = [
  ["Enter", "to the text (from the list, or when nothing has the focus)"],
  ["Ctrl Enter", "save and next; approve and next when approving"], ["Ctrl S", "save a draft"],
  ["Alt ↓ / Alt ↑", "next / previous segment"], ["Alt N / Alt Shift N", "next segment with an open flag / with a major or critical one"], ["Alt S", "to the search box; from there Enter to what it has found, Esc back to the text"], ["Alt 1 … Alt 9", "apply the fix of that flag"], ["Alt Shift 1 … Alt Shift 9", "agree with that flag: it is right"],
  ["Alt D", "dismiss a flag, then 1–4 for the reason"], ["Alt X", "mark an error in the selected words, then its kind and its severity"], ["Alt Shift D", "mute the check of the first open flag in this project (QA lead)"], ["Alt U", "take back your last saved change"],
  ["Alt P", "take your correction over to alike segments"], ["Alt L", "dismiss alike flags for the same reason"],
  ["Alt A", "approve several (editor, when approving)"], ["Alt Shift U", "take back your last change of several"],
  ["Alt G", "add the selected words to the glossary, then 1 preferred or 2 forbidden"], ["Alt B", "send back, for the reason in the comment or 1–4 (editor)"], ["Alt M", "write a comment"], ["Ctrl Z", "undo typing"], ["Esc", "close what is open"], ["?", "this help (outside the editor)"],
];

export function help(onclose) {
  return el("div", { class: "help", role: "dialog", "aria-modal": "true", "aria-label": "Keys" }, el("h4", {}, "Keys"),
    el("dl", {}, ...KEYS.flatMap(([keys, meaning]) => [el("dt", {}, ...keys.split(" ").map((key) => (key === "/" || key === "…" ? ` ${key} ` : el("kbd", {}, key)))), el("dd", {}, meaning)])),
    el("button", { class: "plain", onclick: onclose }, "Close"));
}
