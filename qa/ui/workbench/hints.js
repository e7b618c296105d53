// What a marked place is about, under the mouse or the focus.

import { el } from "./dom.js";

export class Hints {
  constructor(bench) {
    this.bench = bench;
    this.box = el("div", { class: "tooltip", role: "tooltip", hidden: true });
    for (const type of ["mouseover", "focusin"]) bench.root.addEventListener(type, (event) => this.show(event));
  }

  show(event) {
    const { root, row } = this.bench;
    const mark = event.target.closest?.("mark.flag");
    for (const card of root.querySelectorAll(".flagcard.lit")) card.classList.remove("lit");
    this.box.hidden = !mark;
    if (!mark || !row) return;
    const flags = mark.dataset.flags.split(",").map((number) => row.flags[Number(number) - 1]).filter(Boolean);
    this.box.replaceChildren(...flags.map((flag) => el("div", {}, el("p", {}, flag.message),
      el("p", { class: "quiet" }, `${flag.severity} · ${flag.category} · ${Math.round(flag.confidence * 100)}% sure${flag.fix ? ` · Alt ${flag.number}: ${flag.fix}` : ""}`))));
    for (const flag of flags) root.querySelector(`#flag-${flag.number}`)?.classList.add("lit");
    const place = mark.getBoundingClientRect();
    const frame = root.getBoundingClientRect();
    this.box.style.top = `${place.bottom - frame.top + 6}px`;
    this.box.style.left = `${Math.max(0, Math.min(place.left - frame.left, frame.width - 340))}px`;
  }
}
