// The buttons under the editor, and the word on how a save went.

import { el, renew } from "./dom.js";

export class Bar {
  constructor(bench) {
    this.bench = bench;
    this.box = el("div", { class: "bar" });
    this.status = el("span", { class: "status", role: "status" });
  }

  /** `dirty`: something is typed and not saved; `stuck`: a conflict has to be settled first. */
  paint(dirty, stuck) {
    const { bench } = this;
    const { can, mode } = bench.data;
    const button = (name, label, keys, kind, disabled, action) =>
      el("button", { "data-do": name, "aria-keyshortcuts": keys, title: keys.replaceAll("+", " "), class: kind, disabled, onclick: action }, label);
    const approved = bench.row.state === "approved";
    const parts = mode === "approve" && !(dirty && !can.own)
      ? [button("approve", dirty ? "Save, approve & next" : "Approve & next", "Control+Enter", "primary", !can.approve || stuck || !bench.mayApprove, () => bench.primary())]
      : [button("submit", mode === "approve" ? "Save my edit & next" : "Save & next", "Control+Enter", "primary", !bench.editable || stuck, () => bench.primary())];
    if (mode === "review" && !approved) parts.push(button("save-draft", "Save draft", "Control+S", "plain", !bench.editable || stuck || !dirty, () => bench.saveDraft()));
    if (mode === "approve" && can.bulk) parts.push(button("bulk-approve", "Approve several…", "Alt+A", "plain", false, () => bench.several.propose("bulk-approve")));
    if (mode === "approve") parts.push(button("send-back", "Send back", "Alt+B", "plain", !can.send_back || stuck, () => bench.notes.giveBack("send-back")));
    if (approved && can.reopen) parts.push(button("reopen", "Reopen", "Alt+B", "plain", stuck, () => bench.notes.giveBack("reopen")));
    const held = this.box.contains(bench.active) ? bench.active.dataset.do : null;
    renew(this.box, ...parts,
      button("undo", "Undo", "Alt+U", "plain", !can.undo || stuck, () => bench.act("undo")),
      button("previous", "‹ Previous", "Alt+ArrowUp", "ghost", false, () => bench.move(-1)),
      button("next", "Next ›", "Alt+ArrowDown", "ghost", false, () => bench.move(1)),
      el("span", { class: "spring" }), this.status);
    if (held) this.box.querySelector(`[data-do="${held}"]`)?.focus();
  }
}
