// The parts of the page of links: each function builds one part from data and returns its element.

import { el } from "../workbench/dom.js";

export const percent = (score) => `${Math.floor(score * 100)}%`;

/** What the confidence of a link means, in words. */
export const certainty = (link) =>
  link.score >= 1 ? "marked as right" : `${percent(link.score)} sure${link.doubtful ? ", doubtful" : ""}`;

/** One line of the list: number, shape, confidence, first words. */
export function linkItem(item, languages, selected, onpick) {
  const language = languages[item.side];
  const glyph = item.score >= 1 ? "✓" : item.doubtful ? "?" : "○";
  return el(
    "li",
    {
      role: "option", id: `link-${item.id}`, class: `row${selected ? " selected" : ""}`, "aria-selected": String(selected),
      "aria-label": `Link ${item.position}, ${item.shape}, ${certainty(item)}`, "data-link": item.id, onclick: () => onpick(item.id),
    },
    el("span", { class: "row-head" },
      el("span", { class: `state ${item.score >= 1 ? "approved" : item.doubtful ? "sent-back" : ""}` }, glyph),
      el("span", { class: "number" }, String(item.position)),
      el("span", { class: "note shape" }, item.shape),
      el("span", { class: "spring" }),
      el("span", { class: `score ${item.score >= 1 ? "high" : item.doubtful ? "low" : "none"}` }, item.score >= 1 ? "right" : percent(item.score))),
    el("span", { class: "snippet", lang: language.tag, dir: language.dir }, item.snippet),
  );
}

/** How far the doubtful links are worked off. */
export function progress(checked, doubtful) {
  const all = checked + doubtful;
  if (!all) return el("p", { class: "progress quiet" }, "No link is doubtful.");
  const done = el("span", {});
  done.style.width = `${(100 * checked) / all}%`;
  return el("div", { class: "progress" },
    el("span", {}, `${checked} of ${all} doubtful links checked`),
    el("span", { class: "track", "aria-hidden": "true" }, done));
}

/** The link in focus between its neighbours. `cut` is where it is being split, or null. */
export function linkGrid(card, languages, { side, cut, onpick, onside, oncut }) {
  const grid = el("div", { class: "links" },
    el("div", { class: "link names" }, el("span", { dir: languages.source.dir }, languages.source.name), el("span", {}), el("span", { dir: languages.target.dir }, languages.target.name)));
  for (const link of card.near) {
    const current = link.id === card.id;
    const column = (name) => sentences(link, name, languages[name], current && cut, (place) => oncut(name, place));
    const row = el("div", { class: `link${current ? " current" : ""}`, "data-link": link.id },
      el("div", { class: `side${current && side === "source" ? " active" : ""}`, onclick: current ? () => onside("source") : null }, column("source")),
      el("div", { class: "middle" }, el("b", {}, String(link.position)), el("span", { class: link.doubtful ? "low" : "" }, link.score >= 1 ? "✓" : percent(link.score))),
      el("div", { class: `side${current && side === "target" ? " active" : ""}`, onclick: current ? () => onside("target") : null }, column("target")));
    if (!current) {
      row.addEventListener("click", () => onpick(link.id));
      row.title = `Link ${link.position}, ${certainty(link)}`;
    }
    grid.append(row);
  }
  return grid;
}

function sentences(link, side, language, cut, oncut) {
  const own = link[side];
  const box = el("div", { class: "sentences" });
  const slot = (place) =>
    el("button", { class: `cut${cut[side] === place ? " here" : ""}`, "data-cut": `${side}-${place}`, "aria-label": `Cut the ${side} after ${place} of ${own.length} sentences`, onclick: (event) => { event.stopPropagation(); oncut(place); } },
      cut[side] === place ? "✂" : "");
  own.forEach((sentence, index) => {
    if (cut) box.append(slot(index));
    box.append(el("p", { class: "sentence", dir: language.dir },
      el("span", { class: "number", "aria-label": `Sentence ${sentence.n}` }, String(sentence.n)),
      el("span", { class: "text", lang: language.tag, dir: language.dir }, sentence.text)));
  });
  if (cut && own.length) box.append(slot(own.length));
  if (!own.length) box.append(el("p", { class: "missing" }, side === "source" ? "nothing in the source" : "nothing in the translation"));
  return box;
}

const LINK_KEYS = [
  ["↑ / ↓", "previous / next link"], ["Enter", "the link is right: mark it and go on"], ["M", "merge with the next link"],
  ["Shift M", "merge with the previous link"], ["S", "split: arrows choose the place, Enter splits"], ["← / →", "choose source / translation"],
  ["Alt ↑", "move the first sentence of the chosen side to the link above"], ["Alt ↓", "move the last sentence of the chosen side to the link below"],
  ["X", "take the link apart"], ["L", "link an unlinked sentence with the next one of the other side"],
  ["A", "align anew between the nearest trusted links"], ["U", "take back your last change"], ["Esc", "close what is open"], ["?", "this help"],
];

export function linkHelp(onclose) {
  const keys = (text) => text.split(" ").map((key) => (key === "/" ? " / " : el("kbd", {}, key)));
  return el("div", { class: "help", role: "dialog", "aria-label": "Keys" }, el("h4", {}, "Keys"),
    el("dl", {}, ...LINK_KEYS.flatMap(([text, meaning]) => [el("dt", {}, ...keys(text)), el("dd", {}, meaning)])),
    el("button", { class: "plain", onclick: onclose }, "Close"));
}
