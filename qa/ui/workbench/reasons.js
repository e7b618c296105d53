// Why a flag is dismissed, or a segment sent back: a few ready reasons, one key each, and one's own words.

import { el } from "./dom.js";

const DISMISSED = ["Not an error", "Right in this context", "A matter of style", "Already corrected"];
const SENT_BACK = ["The meaning is not right", "A term is not right", "It does not read well", "A flag was overlooked"];

export class Reasons {
  constructor(bench) {
    this.bench = bench;
    this.box = el("div", { class: "reason-box" });
    this.asked = null;
  }

  dismiss(flag, done) {
    this.ask(`Why dismiss ${flag.number}?`, `Why dismiss flag ${flag.number}?`, DISMISSED, done);
  }

  sendBack(done) {
    this.ask("Send back: why?", "Why send it back?", SENT_BACK, done);
  }

  ask(question, label, reasons, done) {
    const chosen = (reason) => {
      this.close();
      done(reason);
    };
    this.asked = { reasons, chosen };
    const own = el("input", { type: "text", placeholder: "Another reason", "aria-label": "Another reason", maxlength: "300" });
    own.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && own.value.trim()) {
        event.preventDefault();
        chosen(own.value.trim());
      }
    });
    this.box.replaceChildren(el("div", { class: "reasons", role: "group", "aria-label": label },
      el("span", {}, question),
      ...reasons.map((reason, index) => el("button", { class: "ghost", "data-reason": index + 1, onclick: () => chosen(reason) }, el("kbd", {}, String(index + 1)), ` ${reason}`)),
      own, el("button", { class: "ghost", onclick: () => this.close(), "aria-label": "Cancel" }, "Cancel")));
    this.box.querySelector("button").focus();
  }

  /** What a digit does while a reason is asked for and no field has the focus. */
  choice(key) {
    const reason = this.asked?.reasons[Number(key) - 1];
    return reason && (() => this.asked.chosen(reason));
  }

  close() {
    if (this.asked) this.bench.focusEditor();
    this.asked = null;
    this.box.replaceChildren();
  }
}
