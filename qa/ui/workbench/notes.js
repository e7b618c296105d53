// What people say about a segment, its history, and sending it back, for which something has to be said. What is
// being written belongs to its segment and stays there until the server has taken it.

import { el, localTime, renew } from "./dom.js";

export class Notes {
  constructor(bench) {
    this.bench = bench;
    this.field = el("textarea", { class: "comment", rows: "1", "aria-label": "Comment", placeholder: "Comment, or what should change", oninput: () => this.written() });
    this.talkBox = el("div", { class: "talk" });
    this.box = el("section", { class: "more", "aria-label": "Comments and history" },
      el("div", { class: "say" }, this.field, el("button", { class: "plain", "data-do": "comment", onclick: () => this.comment() }, "Comment")), this.talkBox);
  }

  /** Put what has been written about the segment in hand into the field. */
  fill() {
    const text = this.bench.record.note(this.bench.selected);
    if (this.field.value !== text) this.field.value = text;
  }

  written() {
    const kept = this.bench.record.write(this.bench.selected, this.field.value);
    this.bench.say(kept ? "" : "This browser keeps no drafts: send the comment before you leave", "bad");
  }

  /** Do something with what stands in the field; it stays there unless it is on its way. */
  hand(operation) {
    const note = this.field.value.trim();
    if (!this.bench.act(operation, { note, said: Boolean(note) })) return false;
    this.fill();
    return true;
  }

  comment() {
    if (!this.field.value.trim()) this.field.focus();
    else this.hand("comment");
  }

  /** Send back or reopen: both need a word of explanation. */
  giveBack(operation) {
    const { bench } = this;
    const give = () => this.hand(operation) && operation === "send-back" && bench.move(1);
    if (this.field.value.trim() || bench.record.conflicts.has(bench.selected)) give();
    else if (operation === "send-back") {
      bench.reasons.sendBack((reason) => {
        bench.record.write(bench.selected, reason);
        this.fill();
        give();
      });
    } else {
      bench.say("Say in the comment what should change", "bad");
      this.field.focus();
    }
  }

  paint(detail, languages) {
    this.field.readOnly = !this.bench.data.can.comment; // nobody has said who they are
    renew(this.talkBox, ...(detail ? talk(detail, languages) : []));
  }
}

/** Comments and the history of one segment. */
function talk(detail, languages) {
  const comments = el("ul", { class: "comments", "aria-label": "Comments" });
  for (const comment of detail.comments) comments.append(el("li", {}, el("b", {}, comment.author), el("time", { datetime: comment.at }, localTime(comment.at)), el("p", { dir: "auto" }, comment.text)));
  const history = el("ul", { class: "history", "aria-label": "History" });
  for (const event of detail.history) {
    history.append(el("li", {}, el("time", { datetime: event.at }, localTime(event.at)), el("b", {}, event.actor), ` ${event.action}`,
      event.note && el("q", {}, event.note), event.text && el("p", { lang: languages.target.tag, dir: languages.target.dir }, event.text)));
  }
  return [comments, history].filter((list) => list.childElementCount);
}
