// What others do: their saved changes in the rows, who types where, and the quiet word when somebody has
// saved the very segment that is being typed in.

import { el } from "./dom.js";

const ANNOUNCE = 600; // ms of typing before others are told
const BEAT = 30000; // ms between two signs of life of somebody who goes on typing
const IDLE = 100000; // ms without a key after which somebody has stopped; the server forgets after 120 s

export class Live {
  constructor(bench) {
    this.bench = bench;
    this.others = {}; // segment -> name of whoever types there
    this.quiet = new Set(); // conflicts that came while typing: said in one line until somebody wants to know
    this.typedIn = null;
    this.typedAt = 0;
    this.box = el("div", { class: "news", "aria-live": "polite" });
    this.hear = (event) => this.receive(event.detail);
    document.addEventListener("relecture:news", this.hear);
    this.beat = setInterval(() => this.editing !== null && this.bench.post(), BEAT);
  }

  destroy() {
    document.removeEventListener("relecture:news", this.hear);
    clearInterval(this.beat);
    clearTimeout(this.announcing);
  }

  /** The segment that others are told is being edited here. */
  get editing() {
    return this.typedIn === this.bench.selected && Date.now() - this.typedAt < IDLE ? this.typedIn : null;
  }

  typed() {
    const before = this.editing;
    this.typedIn = this.bench.selected;
    this.typedAt = Date.now();
    if (before === this.typedIn) return;
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => this.editing !== null && this.bench.post(), ANNOUNCE);
  }

  receive(news) {
    const { bench } = this;
    if (!bench.data || news.window !== bench.window || news.told < bench.data.told) return;
    if (bench.composing) return void bench.held.push(() => this.receive(news));
    const changed = news.rows.filter((row) => this.take(row)).map((row) => row.id);
    const moved = JSON.stringify(news.editing) !== JSON.stringify(this.others);
    this.others = news.editing;
    if (changed.length || moved) bench.rows.paint();
    if (changed.includes(bench.selected)) bench.paintCard();
    else if (moved && bench.row) this.paint();
    const detail = bench.details.get(bench.selected);
    const shown = [bench.selected, ...[...(detail?.before ?? []), ...(detail?.after ?? [])].map((near) => near.id)];
    const left = (news.left || news.gone.includes(bench.selected)) && this.told !== news.told;
    this.told = news.told;
    // Neighbours, comments and history of what is on the card come with the next drawing.
    if (left || changed.some((id) => shown.includes(id))) bench.post();
  }

  /** A row as somebody else has left it; false when it says nothing new. */
  take(row) {
    const { record, selected } = this.bench;
    const known = record.row(row.id);
    // The answer to an own change on its way brings the row itself.
    if (!known || known.version > row.version || record.waiting(row.id) || JSON.stringify(known) === JSON.stringify(row)) return false;
    if (row.id === selected && known.text !== row.text && !record.dirty(row.id)) this.bench.say(`${row.author || "Somebody"} has changed this segment`);
    this.absorb(row);
    return true;
  }

  /** Bring the record up to `row`; where that makes a conflict under somebody's hands, say so quietly. */
  absorb(row) {
    const { record, selected } = this.bench;
    const before = record.conflicts.has(row.id);
    record.update(row);
    const clash = record.conflicts.has(row.id);
    if (clash && !before && row.id === selected) this.quiet.add(row.id);
    if (!clash) this.quiet.delete(row.id);
  }

  /** Is the conflict of this segment only said in one line as yet? */
  isQuiet(segment) {
    return this.quiet.has(segment) && this.bench.record.conflicts.has(segment);
  }

  /** Show both texts: somebody wants to know, or to save. */
  speakUp(segment = this.bench.selected) {
    if (this.quiet.delete(segment) && segment === this.bench.selected) this.bench.paintCard();
  }

  /** The line under the editor. It stands below, so that nothing moves under the hands of whoever types. */
  paint() {
    const { row } = this.bench;
    const who = this.others[row.id];
    const button = (name, label, action) => el("button", { class: "plain", "data-do": name, onclick: action }, label);
    const choose = (side) => {
      this.quiet.delete(this.bench.selected);
      this.bench.resolve(side);
    };
    const parts = [];
    if (this.isQuiet(row.id)) {
      parts.push(el("p", { class: "overtaken" }, el("span", {}, el("b", {}, row.author || "Somebody"), " has saved this segment while you were typing. "),
        button("compare", "Compare", () => this.speakUp()), button("take-theirs", "Take the saved text", () => choose("saved")), button("keep-mine", "Go on with mine", () => choose("mine"))));
    } else if (who) {
      parts.push(el("p", { class: "quiet" }, `✎ ${who} is editing this segment. You can save all the same: whoever comes second sees both texts.`));
    }
    // The same words stay as they are: a screen reader would read them again, and a focus would be lost.
    if (this.box.textContent !== parts.map((part) => part.textContent).join("")) this.box.replaceChildren(...parts);
  }
}
