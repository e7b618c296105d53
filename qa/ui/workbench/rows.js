// The list on the left: a page of segments, the one in hand, and what has become of each.

import { listItem } from "./card.js";
import { Divider } from "./divider.js";
import { el, renew } from "./dom.js";

export class Rows {
  constructor(bench) {
    this.bench = bench;
    this.list = el("ol", { class: "rows", role: "listbox", tabindex: "0", "aria-label": "Segments" });
    this.head = el("div", { class: "list-head" });
    this.box = el("aside", { class: "list" }, this.head, this.list, new Divider(bench).line);
  }

  paint() {
    const { bench } = this;
    const { offset, end, total, more, documents } = bench.data;
    const icon = (sign, label, where, disabled) => el("button", { class: "icon", "aria-label": label, title: label, disabled, onclick: () => bench.turn(where) }, sign);
    renew(this.head,
      el("span", {}, total ? `${offset + 1}–${end} of ${total}` : "0 segments"), el("span", { class: "spring" }),
      icon("‹", "Previous page", "previous", offset <= 0), icon("›", "Next page", "next", !more), icon("⟳", "Refresh the list", "refresh", false));
    const top = this.list.scrollTop;
    const several = Object.keys(documents).length > 1;
    this.kept = { text: bench.record.vault.segments("draft"), comment: bench.record.vault.segments("note") };
    let document = null;
    renew(this.list, ...bench.order.flatMap((id) => {
      const row = bench.record.row(id);
      const heading = several && row.document !== document && el("li", { class: "document", role: "presentation" }, documents[row.document] ?? "");
      document = row.document;
      const item = listItem(row, bench.data.languages.target, { selected: id === bench.selected, note: this.note(id), onpick: (segment) => bench.pick(segment) });
      return heading ? [heading, item] : [item];
    }));
    this.list.scrollTop = top;
    this.mark();
  }

  /** What stands beside a segment in the list. */
  note(id) {
    const { record, live } = this.bench;
    if (record.conflicts.has(id)) return "conflict";
    if (record.failures.has(id)) return "not saved";
    if (record.waiting(id)) return "saving…";
    if (record.dirty(id) || this.kept.text.has(id)) return "unsaved";
    if (this.kept.comment.has(id)) return "comment not sent";
    return live.others[id] ? `✎ ${live.others[id]}` : "";
  }

  /** Show which segment is in hand. */
  mark() {
    for (const item of this.list.children) {
      const current = item.dataset.segment === String(this.bench.selected);
      item.classList.toggle("selected", current);
      item.setAttribute("aria-selected", String(current));
      if (!current) continue; // headings of documents are never current
      this.list.setAttribute("aria-activedescendant", item.id);
      // Not scrollIntoView: that would scroll the whole page as well.
      const below = item.offsetTop + item.offsetHeight - this.list.clientHeight;
      if (item.offsetTop < this.list.scrollTop) this.list.scrollTop = item.offsetTop;
      else if (below > this.list.scrollTop) this.list.scrollTop = below;
    }
  }
}
