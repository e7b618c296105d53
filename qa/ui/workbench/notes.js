// What people say about a segment, its history, and sending it back, for which something has to be said.

import { el, localTime } from "./dom.js";

export class Notes {
  constructor(bench) {
    this.bench = bench;
    this.field = el("textarea", { class: "comment", rows: "1", "aria-label": "Comment", placeholder: "Comment, or what should change" });
    this.talkBox = el("div", { class: "talk" });
    this.box = el("section", { class: "more", "aria-label": "Comments and history" },
      el("div", { class: "say" }, this.field, el("button", { class: "plain", "data-do": "comment", onclick: () => this.comment() }, "Comment")), this.talkBox);
  }

  take() {
    const note = this.field.value.trim();
    this.field.value = "";
    return note;
  }

  comment() {
    if (!this.field.value.trim()) this.field.focus();
    else this.bench.act("comment", { note: this.take() });
  }

  /** Send back or reopen: both need a word of explanation. */
  giveBack(operation) {
    const { bench } = this;
    const give = (note) => bench.act(operation, { note }) && operation === "send-back" && bench.move(1);
    if (this.field.value.trim()) give(this.take());
    else if (operation === "send-back") bench.reasons.sendBack(give);
    else {
      bench.say("Say in the comment what should change", "bad");
      this.field.focus();
    }
  }

  paint(detail, languages) {
    this.talkBox.replaceChildren(...(detail ? talk(detail, languages) : []));
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
