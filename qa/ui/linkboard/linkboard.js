// The page of links: a list, one link between its neighbours, and the repairs, all by keyboard or mouse.

import { el } from "../workbench/dom.js";
import { certainty, linkGrid, linkHelp, linkItem, progress } from "./drawing.js";

const REPEAT = 4000; // ms without an answer before a message is sent again
const REPEAT_SLOW = 60000; // the same for what loads the models
const WAITING = 6; // keys remembered while an answer is on its way

class Linkboard {
  constructor(root) {
    this.root = root;
    this.side = "target";
    this.cut = null;
    this.queue = [];
    this.pending = null;
    this.build();
    this.onkey = (event) => this.data && this.key(event);
    document.addEventListener("keydown", this.onkey, true);
    // Streamlit listens for single letters on the document: these keys are ours.
    for (const type of ["keydown", "keyup", "keypress"]) root.addEventListener(type, (event) => event.stopPropagation());
  }

  destroy() {
    document.removeEventListener("keydown", this.onkey, true);
    clearTimeout(this.timer);
  }

  build() {
    this.head = el("div", { class: "list-head" });
    this.list = el("ol", { class: "rows", role: "listbox", tabindex: "0", "aria-label": "Links" });
    this.cardHead = el("header", { class: "card-head" });
    this.grid = el("div");
    this.note = el("div", { class: "banner" });
    this.bar = el("div", { class: "bar" });
    this.moves = el("div", { class: "bar" });
    this.status = el("span", { class: "status", role: "status" });
    this.overlay = el("div", { class: "overlay", hidden: true });
    this.card = el("section", { class: "card", "aria-label": "Link" }, this.cardHead, this.grid, this.note, this.bar, this.moves);
    this.empty = el("p", { class: "empty", hidden: true });
    this.root.replaceChildren(
      el("aside", { class: "list" }, this.head, this.list), el("div", { class: "main" }, this.card, this.empty, el("p", { class: "said" }, this.status)), this.overlay);
  }

  // -- to and from the server ----------------------------------------------------------------------

  receive(data, send) {
    this.send = send;
    const before = this.data?.focus;
    this.data = data;
    const answer = this.pending && data.answers.find((other) => other.id === this.pending.id);
    if (answer) {
      clearTimeout(this.timer);
      this.pending = null;
      if (!answer.ok) this.queue = [];
      this.say(answer.message, answer.ok ? "good" : "bad");
    }
    if (before !== data.focus) {
      this.cut = null;
      // The longer side is the one that has a sentence too many.
      if (data.card) this.side = this.own("source").length > this.own("target").length ? "source" : "target";
    }
    this.paint();
    if (!this.pending) this.queue.shift()?.();
  }

  post(message) {
    this.pending = { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, segment: this.data.focus, ...message };
    this.cut = null;
    if (message.operation) this.say(message.operation === "realign" ? "Aligning…" : "Saving…");
    this.deliver();
    this.paint();
  }

  deliver() {
    const { pending } = this;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pending === pending && this.deliver(), pending.operation === "realign" ? REPEAT_SLOW : REPEAT);
    this.send({ ...pending });
  }

  /** Now, or when what is on its way has been answered: a quick person's keys act one after the other. */
  when(action) {
    if (!this.pending) action();
    else if (this.queue.length < WAITING) this.queue.push(action);
  }

  // -- what keys and buttons do --------------------------------------------------------------------

  go(step) {
    this.when(() => {
      const { items } = this.data;
      const here = items.findIndex((item) => item.id === this.data.focus);
      const next = items[here + step];
      if (next) this.pick(next.id);
      else this.say(step > 0 ? "This is the last link of the list" : "This is the first link of the list");
    });
  }

  pick(link) {
    this.when(() => {
      if (link !== this.data.focus) {
        this.say("");
        this.post({ focus: link });
      }
    });
  }

  act(operation, extra = {}) {
    this.when(() => {
      if (this.can(operation, extra)) this.post({ operation, ...extra });
      else this.say(this.data.may ? WHY_NOT[operation] : "Repairing links is for a translator or an editor");
    });
  }

  can(operation, extra) {
    const { card, may } = this.data;
    if (!may) return false;
    if (operation === "undo") return card ? card.can.undo : true;
    if (!card) return false;
    return operation === "shift" ? card.can[extra.direction] && this.own(extra.side).length > 0 : card.can[operation];
  }

  own(side) {
    return this.data.card.near.find((link) => link.id === this.data.card.id)[side];
  }

  choose(side) {
    if (!this.data.card) return;
    this.side = side;
    this.paintCard();
  }

  shift(direction) {
    this.act("shift", { side: this.side, direction });
  }

  // -- splitting -----------------------------------------------------------------------------------

  beginSplit() {
    this.when(() => {
      if (!this.can("split")) return this.act("split");
      const [source, target] = [this.own("source").length, this.own("target").length];
      this.cut = { source: Math.ceil(source / 2), target: Math.ceil(target / 2) };
      this.side = source > target ? "source" : "target";
      this.say("Choose where: arrows or clicks, then Enter");
      return this.paintCard();
    });
  }

  moveCut(step) {
    const size = this.own(this.side).length;
    this.cut[this.side] = Math.max(0, Math.min(size, this.cut[this.side] + step));
    this.paintCard();
  }

  get cutIsOne() {
    const total = this.cut.source + this.cut.target;
    return total > 0 && total < this.own("source").length + this.own("target").length;
  }

  endSplit(split) {
    if (split && !this.cutIsOne) return this.say("A split needs sentences on both sides of it", "bad");
    const cut = this.cut;
    this.cut = null;
    this.say("");
    if (split) this.act("split", cut);
    return this.paintCard();
  }

  // -- keys ----------------------------------------------------------------------------------------

  key(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const path = event.composedPath();
    const [target] = path;
    const elsewhere = target !== document.body && target !== document.documentElement && !path.includes(this.root);
    if (elsewhere || (target instanceof HTMLElement && target.matches("input, textarea, select"))) return;
    const pressing = target instanceof HTMLElement && target.matches("button") && (event.key === "Enter" || event.key === " ");
    const action = !pressing && this.command(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  command({ key, altKey, shiftKey }) {
    if (key === "Escape") return this.overlay.hidden ? this.cut && (() => this.endSplit(false)) : () => this.toggleHelp(false);
    if (key === "?") return () => this.toggleHelp();
    if (!this.overlay.hidden) return null;
    const vertical = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (altKey) return vertical && this.data.card ? () => this.shift(vertical < 0 ? "up" : "down") : null;
    if (key === "ArrowLeft") return () => this.choose("source");
    if (key === "ArrowRight") return () => this.choose("target");
    if (this.cut) {
      if (vertical) return () => this.moveCut(vertical);
      return key === "Enter" ? () => this.endSplit(true) : null;
    }
    if (vertical) return () => this.go(vertical);
    if (key === "Enter") return () => this.act("confirm");
    switch (key.toLowerCase()) {
      case "m": return () => this.act(shiftKey ? "merge-previous" : "merge-next");
      case "s": return () => this.beginSplit();
      case "x": return () => this.act("unlink");
      case "l": return () => this.act("link");
      case "a": return () => this.act("realign");
      case "u": return () => this.act("undo");
      default: return null;
    }
  }

  // -- painting ------------------------------------------------------------------------------------

  say(message, kind = "") {
    this.status.textContent = message;
    this.status.className = `status ${kind}`;
  }

  paint() {
    const { data } = this;
    this.head.replaceChildren(progress(data.checked, data.doubtful));
    const top = this.list.scrollTop;
    this.list.replaceChildren(...data.items.map((item) => linkItem(item, data.languages, item.id === data.focus, (link) => this.pick(link))));
    this.list.scrollTop = top;
    const current = this.list.querySelector(".selected");
    if (current) {
      this.list.setAttribute("aria-activedescendant", current.id);
      // Not scrollIntoView: that would scroll the whole page as well.
      const below = current.offsetTop + current.offsetHeight - this.list.clientHeight;
      if (current.offsetTop < this.list.scrollTop) this.list.scrollTop = current.offsetTop;
      else if (below > this.list.scrollTop) this.list.scrollTop = below;
    }
    this.card.hidden = !data.card;
    this.empty.hidden = Boolean(data.card);
    const none = data.checked ? `All ${count(data.checked, "doubtful link")} checked.` : "No link of this document is doubtful.";
    this.empty.textContent = `${none} To look at all links, choose “As in the document” above.`;
    this.root.classList.toggle("bare", !data.card);
    if (data.trouble && data.trouble !== this.trouble) this.say(`Scoring repaired segments failed: ${data.trouble}`, "bad");
    this.trouble = data.trouble;
    this.root.classList.toggle("busy", Boolean(this.pending));
    this.paintCard();
  }

  paintCard() {
    const { card, languages } = this.data;
    if (!card) return;
    const held = this.root.getRootNode().activeElement?.dataset?.do;
    this.cardHead.replaceChildren(
      el("h3", {}, `Link ${card.position}`),
      el("span", { class: `chip ${card.score >= 1 ? "approved" : card.doubtful ? "sent-back" : ""}` }, certainty(card)),
      el("span", { class: "quiet" }, `${count(this.own("source").length, "source sentence")}, ${count(this.own("target").length, "translated sentence")}`));
    this.grid.replaceChildren(linkGrid(card, languages, {
      side: this.side, cut: this.cut, onpick: (link) => this.pick(link), onside: (side) => this.choose(side),
      oncut: (side, place) => { this.side = side; this.cut[side] = place; this.paintCard(); },
    }));
    const language = languages.target;
    this.note.replaceChildren(...[
      card.approved && el("p", { class: "quiet" }, "This segment is approved. To repair its link, an editor reopens it first, on the Review page."),
      card.edited !== null && el("p", { class: "quiet" }, "The translation was edited: ", el("span", { class: "text", lang: language.tag, dir: language.dir }, card.edited)),
    ].filter(Boolean));
    this.paintBars(card);
    if (held) this.root.querySelector(`[data-do="${held}"]`)?.focus();
  }

  paintBars(card) {
    const button = (name, label, keys, action, kind = "plain", possible = card.can[name]) =>
      el("button", { class: kind, "data-do": name, "aria-keyshortcuts": keys.replaceAll(" ", "+"), disabled: !possible, onclick: action },
        label, " ", el("kbd", {}, keys));
    if (this.cut) {
      this.moves.replaceChildren();
      this.bar.replaceChildren(
        button("cut", "Split here", "Enter", () => this.endSplit(true), "primary", this.cutIsOne),
        button("leave", "Cancel", "Esc", () => this.endSplit(false), "plain", true),
        el("span", { class: "quiet" }, "↑ ↓ move the scissors, ← → change sides"));
      return;
    }
    const [from, to] = card.range;
    const language = this.data.languages[this.side].name;
    const own = this.own(this.side);
    const there = (step) => card.near.some((link) => link.position === card.position + step);
    const move = (where, sentence) => `Move ${language}${sentence ? ` ${sentence.n}` : ""} ${where}`;
    this.bar.replaceChildren(
      button("confirm", "Right, go on", "Enter", () => this.act("confirm"), "primary"),
      button("split", "Split", "S", () => this.beginSplit()),
      button("unlink", "Take apart", "X", () => this.act("unlink")),
      button("link", "Link", "L", () => this.act("link")),
      button("realign", card.can.realign ? `Align ${from}–${to} anew` : "Align anew", "A", () => this.act("realign")),
      el("span", { class: "spring" }),
      button("undo", card.undo ? `Undo ${card.undo}` : "Undo", "U", () => this.act("undo"), "ghost"));
    this.moves.replaceChildren(
      button("merge-previous", there(-1) ? `Merge with ${card.position - 1}` : "Merge up", "Shift M", () => this.act("merge-previous")),
      button("merge-next", there(1) ? `Merge with ${card.position + 1}` : "Merge down", "M", () => this.act("merge-next")),
      button("up", move("up", own[0]), "Alt ↑", () => this.shift("up"), "plain", card.can.up && own.length > 0),
      button("down", move("down", own.at(-1)), "Alt ↓", () => this.shift("down"), "plain", card.can.down && own.length > 0),
      el("span", { class: "spring" }),
      el("button", { class: "ghost", "aria-label": "Keys", onclick: () => this.toggleHelp() }, el("kbd", {}, "?")));
  }

  toggleHelp(open = this.overlay.hidden) {
    this.overlay.hidden = !open;
    this.overlay.replaceChildren(...(open ? [linkHelp(() => this.toggleHelp(false))] : []));
    (open ? this.overlay.querySelector("button") : this.list).focus();
  }
}

const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

const WHY_NOT = {
  confirm: "This link is marked as right already, or its segment is approved",
  "merge-next": "There is no link after this one, or its segment is approved",
  "merge-previous": "There is no link before this one, or its segment is approved",
  split: "There is nothing to split: take the link apart instead",
  shift: "There is no sentence to move there",
  unlink: "This link has only one side",
  link: "No unlinked sentence of the other side is next to this one",
  realign: "The links around this one are trusted: there is no range to align",
  undo: "You have nothing to take back in this document",
};

const boards = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rl");
  let board = boards.get(root);
  if (!board) {
    board = new Linkboard(root);
    boards.set(root, board);
  }
  board.receive(data, (message) => setTriggerValue("send", message));
  return () => {
    board.destroy();
    boards.delete(root);
  };
}
