// The review workbench: a list, one active card and an editor that never loses a key.

import { Bar } from "./bar.js";
import { conflict, difference, elsewhere, flagList, help, pair, returned, scoreBar } from "./card.js";
import { el, openFlags, renew, stateLabel, worst } from "./dom.js";
import { Direct } from "./direct.js";
import { Hints } from "./hints.js";
import { command } from "./keys.js";
import { Live } from "./live.js";
import { Marks } from "./marks.js";
import { Notes } from "./notes.js";
import { Picked } from "./picked.js";
import { Reasons } from "./reasons.js";
import { Record } from "./record.js";
import { Rows } from "./rows.js";
import { Several } from "./several.js";
import { Terms } from "./terms.js";

const RESEND = 3000; // ms without an answer before an action is sent again
const SETTLE = 70; // ms a selection must stand before its context is asked for

class Workbench {
  constructor(root) {
    this.root = root;
    this.order = [];
    this.details = new Map();
    this.selected = null;
    this.page = null; // what was asked of the list and is not answered yet
    this.heat = localStorage.getItem("relecture:heat") === "1";
    this.build();
    this.onkey = (event) => this.data && command(this, event);
    document.addEventListener("keydown", this.onkey, true);
    // Streamlit listens for single letters on the document: typing must not reach it.
    for (const type of ["keydown", "keyup", "keypress"]) root.addEventListener(type, (event) => event.stopPropagation());
    this.timer = setInterval(() => {
      if (this.record?.queue.length) this.flush(true);
      else if (this.several.asking || this.page) this.post();
    }, RESEND);
  }

  destroy() {
    document.removeEventListener("keydown", this.onkey, true);
    this.live.destroy();
    clearInterval(this.timer);
    clearTimeout(this.settling);
  }

  build() {
    this.head = el("header", { class: "card-head" });
    this.returnedBox = el("div", { class: "returned-box" });
    this.banner = el("div", { class: "banner", "aria-live": "polite" });
    this.pairBox = el("div");
    this.held = []; // what arrives while an input method is composing waits: changing the text would break it
    this.editor = el("textarea", { class: "text editor", rows: "2", "aria-label": "Translation being edited", spellcheck: "true", oninput: () => this.typed() });
    this.editor.addEventListener("compositionstart", () => (this.composing = true));
    this.editor.addEventListener("compositionend", () => {
      this.composing = false;
      for (const message of this.held.splice(0)) message();
    });
    this.changes = el("div", { class: "difference" });
    this.flagBox = el("div");
    this.overlay = el("div", { class: "overlay", hidden: true });
    this.rows = new Rows(this);
    this.bar = new Bar(this);
    this.hints = new Hints(this);
    this.direct = new Direct(this);
    this.several = new Several(this);
    this.live = new Live(this);
    this.picked = new Picked(this);
    this.terms = new Terms(this);
    this.marks = new Marks(this);
    this.reasons = new Reasons(this);
    this.notes = new Notes(this);
    this.card = el("section", { class: "card", "aria-label": "Segment" },
      this.head, this.returnedBox, this.banner, this.several.offerBox, this.pairBox, this.editor, this.live.box, this.changes, this.bar.box, this.reasons.box, this.marks.box, this.terms.formBox, this.terms.box, this.flagBox, el("div", { class: "adders" }, this.marks.opener, this.terms.adder), this.notes.box);
    this.empty = el("p", { class: "empty", hidden: true }, "No segment matches these filters.");
    this.root.replaceChildren(this.rows.box, el("div", { class: "main" }, this.card, this.empty), this.hints.box, this.overlay, this.several.sheet);
    this.root.addEventListener("click", (event) => {
      const mark = event.target.closest?.("mark.flag");
      if (mark) this.root.querySelector(`#flag-${mark.dataset.flags.split(",")[0]}`)?.scrollIntoView({ block: "nearest" });
    });
  }

  get row() {
    return this.record?.row(this.selected);
  }

  // -- data from the server ------------------------------------------------------------------------

  receive(data, send) {
    if (this.composing) {
      this.held.push(() => this.receive(data, send));
      return;
    }
    this.send = send;
    this.data = data;
    if (this.record?.store !== data.store || this.record.person !== data.actor) {
      this.record = new Record(data.store, data.actor, (segment) => segment === this.selected && this.fill());
      this.window = this.shown = null;
      this.several.forget();
      this.several.group = this.several.reverse = null;
    }
    this.settle(data.results);
    if (this.page?.id === data.turned) this.page = null;
    for (const row of [...data.rows, ...data.gone]) this.live.absorb(row);
    if (data.detail) this.details.set(data.detail.segment, data.detail);
    // What was typed into a segment that a repair has replaced stays in sight, to be copied.
    this.order = [...data.gone.filter((row) => this.record.dirty(row.id)), ...data.rows].map((row) => row.id);
    const turned = this.window !== data.window;
    this.window = data.window;
    // The list of a moment ago takes nobody back who has gone on since.
    const late = data.focus === data.selected && data.focus !== this.selected;
    if ((turned && !late) || !this.order.includes(this.selected)) {
      const segment = this.order.includes(data.selected) ? data.selected : (this.order[0] ?? null);
      this.show(segment, data.detail?.segment === segment);
    } else this.paintCard();
    this.rows.paint();
    this.several.receive(data.proposal);
    if (data.said) this.say(data.said);
    this.flush();
    if (turned && this.awaited) this.arrive();
    if (turned) document.dispatchEvent(new CustomEvent("relecture:any-news"));
  }

  /** What has become of actions. */
  settle(results) {
    for (const result of results) {
      const action = this.record.settle(result);
      if (action) this.several.consider(action, result);
      if (action && result.ok) this.say(`Saved ${new Date().toLocaleTimeString()}`, "good");
      else if (action) this.say(action.operation === "undo" ? result.message.replace(/^./u, (letter) => letter.toUpperCase()) : "Not saved", "bad");
    }
  }

  /** Answers that came directly, without the page: rows and nothing around them. */
  answered(results) {
    if (this.composing) return void this.held.push(() => this.answered(results));
    this.settle(results);
    this.paintCard();
    this.rows.paint();
    this.flush();
    if (this.row) this.surround();
  }

  // -- messages to the server ----------------------------------------------------------------------

  act(operation, extra = {}) {
    if (!this.record.act(this.selected, operation, extra)) {
      this.live.speakUp();
      if (this.row) this.say("First choose the text to go on with", "bad");
      return false;
    }
    this.say("Saving…");
    this.flush();
    return true;
  }

  flush(again = false) {
    const actions = this.record.outgoing(again);
    if (!actions.length) return;
    if (this.direct.takes(actions)) this.direct.send(actions);
    else this.post(actions);
  }

  /** One message holds all that is unanswered, so that a lost or a merged one costs nothing. */
  post(actions = this.record.queue.filter((action) => action.sent), page = null) {
    // The same goes for what is asked of the list: another message must not take its place.
    if (page) this.page = { ...page, id: `${Date.now()}.${Math.random()}` };
    this.send({ client: this.record.vault.client, actions, focus: this.selected, editing: this.live.editing, page: this.page, ask: this.several.asking });
  }

  // -- the editor ----------------------------------------------------------------------------------

  typed() {
    if (!this.row) return;
    const value = this.editor.value;
    this.emptied = null;
    // A text area turns every line break into \n: a text with others gets them back.
    const text = value === asShown(this.row.text) ? this.row.text : /\r\n/.test(this.row.text) ? value.replace(/\n/g, "\r\n") : value;
    if (!this.record.type(this.selected, text)) this.say("This browser keeps no drafts: save before you leave", "bad");
    else this.say(this.record.dirty(this.selected) ? "Kept in this browser, not saved yet" : "");
    this.live.typed();
    this.paintChanges();
  }

  /** Put the text to edit into the editor, and the comment into its field; where somebody is typing, as an edit
   * that Ctrl+Z can take back. */
  fill() {
    this.notes.fill();
    const value = asShown(this.record.text(this.selected));
    const { tag, dir } = this.data.languages.target;
    Object.assign(this.editor, { lang: tag, dir });
    if (this.editor.value === value) return;
    if (this.active === this.editor && this.shown === this.selected) {
      const old = this.editor.value;
      const shorter = Math.min(old.length, value.length);
      let start = 0;
      while (start < shorter && old[start] === value[start]) start++;
      let tail = 0;
      while (tail < shorter - start && old[old.length - 1 - tail] === value[value.length - 1 - tail]) tail++;
      const carets = [this.editor.selectionStart, this.editor.selectionEnd];
      this.editor.setSelectionRange(start, old.length - tail);
      const insert = value.slice(start, value.length - tail);
      // The only way to change a text area and keep its own undo history.
      document.execCommand(insert ? "insertText" : "delete", false, insert);
      // The caret stays where the person was typing, not where the change was made.
      const moved = (at) => (at <= start ? at : at >= old.length - tail ? at + value.length - old.length : value.length - tail);
      if (this.editor.value === value) this.editor.setSelectionRange(...carets.map(moved));
    }
    if (this.editor.value !== value) this.editor.value = value;
    this.shown = this.selected;
  }

  get active() {
    return this.root.getRootNode().activeElement;
  }

  /** From the search box to the first segment that it has found. */
  arrive() {
    this.awaited = false;
    if (this.active === this.rows.list && this.row) this.focusEditor();
  }

  /** Does a dialog stand over the workbench? */
  get busy() {
    return !this.overlay.hidden || Boolean(this.several.proposal);
  }

  focusEditor() {
    this.editor.focus({ preventScroll: true });
  }

  say(message, kind = "") {
    this.bar.status.textContent = message;
    this.bar.status.className = `status ${kind}`;
  }

  get editable() {
    return this.data.can.edit && this.row && this.row.state !== "approved";
  }

  // -- moving about --------------------------------------------------------------------------------

  /** Leaving a segment saves what was typed into it as a draft, where it is still being revised. */
  leave() {
    const open = this.row && ["machine", "in-revision", "sent-back"].includes(this.row.state);
    if (open && this.data.mode === "review" && this.data.can.edit && this.record.dirty(this.selected) && !this.record.waiting(this.selected, true)) this.act("save-draft");
  }

  pick(segment) {
    if (segment === this.selected) return;
    this.awaited = false;
    this.leave();
    if (this.order.includes(segment)) this.show(segment);
    else this.post(undefined, { segment });
  }

  move(step) {
    const index = this.order.indexOf(this.selected) + step;
    if (index >= 0 && index < this.order.length) this.pick(this.order[index]);
    else if (step > 0 && this.data.more) this.turn("next");
    else if (step < 0 && this.data.offset > 0) this.turn("previous");
    else if (!this.record.waiting(this.selected)) this.say(step > 0 ? "This is the last segment of the list" : "This is the first segment of the list");
  }

  /** To the next segment of the list with an open flag, or with a major or critical one. */
  seek(grave) {
    const flagged = (id) => (grave ? ["critical", "major"].includes(worst(this.record.row(id))) : worst(this.record.row(id)));
    const found = this.order.slice(this.order.indexOf(this.selected) + 1).find(flagged);
    if (found) return this.pick(found);
    this.leave();
    this.say("Looking for the next flag…");
    this.post(undefined, { seek: grave ? "grave" : "any" });
  }

  turn(where) {
    this.leave();
    this.post(undefined, { turn: where });
  }

  /** Show a segment; where what surrounds it has not just come with it, that is asked for. */
  show(segment, surrounded = false) {
    this.selected = segment;
    inAddress(segment);
    this.empty.hidden = Boolean(this.row);
    this.card.hidden = !this.row;
    if (!this.row) return;
    if (!this.record.queue.length) this.say("");
    this.record.open(segment);
    if (this.record.dirty(segment) && !this.record.waiting(segment)) this.say("Your unsaved text, kept in this browser");
    this.reasons.close();
    this.fill();
    this.shown = segment;
    this.rows.mark();
    this.paintCard();
    if (surrounded) clearTimeout(this.settling);
    else this.surround();
  }

  /** Ask for what surrounds the segment once it has been looked at for a moment. */
  surround() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.post(), SETTLE);
  }

  // -- what buttons and keys do --------------------------------------------------------------------

  primary() {
    const { mode, can } = this.data;
    const approving = mode === "approve" && !(this.record.dirty(this.selected) && !can.own);
    const [allowed, operation] = approving ? [can.approve && this.mayApprove, "approve"] : [this.editable, "submit"];
    if (allowed && this.handsInNothing()) return;
    if (allowed && (approving ? this.notes.hand(operation) : this.act(operation))) this.move(1);
    this.focusEditor();
  }

  /** An empty translation of something is handed in when the key is pressed once more: this asks. */
  handsInNothing() {
    const text = this.record.text(this.selected);
    const asked = this.emptied === this.selected;
    this.emptied = null;
    if (text.trim() || !this.row.source.some((run) => run.t.trim()) || asked) return false;
    this.emptied = this.selected;
    this.say("The translation is empty: once more to hand it in like this", "bad");
    this.focusEditor();
    return true;
  }

  get mayApprove() {
    return this.data.can.own || !sameName(this.row.author, this.data.actor);
  }

  saveDraft() {
    if (!this.editable) return;
    if (this.record.dirty(this.selected)) this.act("save-draft");
    else this.say("Nothing to save");
  }

  fix(number) {
    const flag = this.row?.flags[number - 1];
    if (flag?.state === "open" && flag.fix && flag.placed && this.editable) this.act("apply-fix", { flag: flag.id });
    else this.say(`Flag ${number} has no fix to apply`);
  }

  /** Say that a flag is right, without its fix. */
  agree(number) {
    const flag = this.row?.flags[number - 1];
    if (flag?.state === "open" && this.data.can.decide) this.act("accept-flag", { flag: flag.id });
    else this.say(`Flag ${number} is not open`);
  }

  dismiss(flag = this.row && openFlags(this.row)[0]) {
    if (!flag || !this.data.can.decide) return this.say("No open flag to dismiss");
    this.reasons.dismiss(flag, (reason) => this.act("dismiss-flag", { flag: flag.id, note: reason }));
  }

  /** Leave a check out of the project: its open flags vanish everywhere until it is unmuted. */
  mute(flag = this.row && openFlags(this.row)[0]) {
    if (!this.data.can.mute) return this.say("Muting a check is for QA leads");
    if (flag) this.act("mute-check", { check: flag.check, project: this.data.project });
    else this.say("No open flag whose check could be muted");
  }

  toggleHelp(open = this.overlay.hidden) {
    this.overlay.hidden = !open;
    this.overlay.replaceChildren(...(open ? [help(() => this.toggleHelp(false))] : []));
    if (open) this.overlay.querySelector("button").focus();
    else this.focusEditor();
  }

  // -- painting ------------------------------------------------------------------------------------

  paintCard() {
    const { row, record } = this;
    if (!row) return;
    const { languages, can, mode } = this.data;
    const detail = this.details.get(row.id);
    this.root.classList.toggle("show-heat", this.heat);
    renew(this.head, ...[
      el("h3", {}, `Segment ${row.position}`), el("span", { class: `chip ${row.state}` }, stateLabel(row.state)),
      row.author && el("span", { class: "quiet" }, `by ${row.author}`),
      row.link !== "1:1" && el("span", { class: "quiet", title: "Sentences joined on each side" }, row.link),
      el("span", { class: "spring" }), scoreBar(row),
      el("button", { class: `ghost${this.heat ? " on" : ""}`, "aria-pressed": String(this.heat), title: "Show how suspicious each word is", onclick: () => this.toggleHeat() }, "Word heat"),
      el("button", { class: "ghost", onclick: () => this.toggleHelp() }, "Keys"),
    ].filter(Boolean));
    const why = ["sent-back", "in-revision"].includes(row.state) && detail?.returned;
    renew(this.returnedBox, ...(why ? [returned(why)] : []));
    const clash = record.conflicts.has(row.id) && !this.live.isQuiet(row.id);
    this.live.paint();
    const unsettled = [...record.conflicts, ...record.failures.keys()].find((id) => id !== row.id);
    const mine = record.text(row.id);
    renew(this.banner, ...[
      clash && conflict(mine, row, languages.target, (side) => this.resolve(side)),
      // One choice after the other.
      ...(record.conflicts.has(row.id) ? [] : record.elsewhere(row.id)).map((other) => elsewhere(other, mine, languages.target, (taken) => this.choose(other, taken))),
      !clash && record.failures.has(row.id) && el("p", { class: "failure", role: "alert" }, record.failures.get(row.id)),
      unsettled && el("p", { class: "failure", role: "alert" }, `Segment ${record.row(unsettled)?.position ?? ""} was not saved. `, el("button", { class: "plain", onclick: () => this.pick(unsettled) }, "Look at it")),
    ].filter(Boolean));
    // What stands there already stays: whoever is selecting words in it goes on.
    const stands = JSON.stringify([row.id, mode, languages, row.source, row.target, mode === "approve" && [row.mt, row.text], detail?.before, detail?.after]);
    if (stands !== this.standing) {
      const scrolled = this.standing && JSON.parse(this.standing)[0] === row.id ? this.pairBox.querySelector(".line.active").scrollTop : null;
      this.pairBox.replaceChildren(pair(row, detail, languages, mode, (segment) => this.pick(segment)));
      toFirstMark(this.pairBox.querySelector(".line.active"), scrolled);
    }
    this.standing = stands;
    renew(this.flagBox, flagList(row, { ...can, edit: this.editable }, {
      fix: (flag) => this.fix(flag.number), dismiss: (flag) => this.dismiss(flag), mute: (flag) => this.mute(flag),
      accept: (flag) => this.agree(flag.number), reopen: (flag) => this.act("reopen-flag", { flag: flag.id }),
    }));
    this.terms.paint(row, detail);
    this.marks.follow(row);
    this.notes.paint(detail, languages);
    this.editor.readOnly = !this.editable;
    this.paintChanges();
  }

  paintChanges() {
    const { row, record } = this;
    const text = record.text(row.id);
    // When approving, the saved change stands above already; here is only what the editor adds to it.
    const same = text === row.mt || (this.data.mode === "approve" && text === row.text);
    this.changes.hidden = same;
    this.changes.replaceChildren(...(same ? [] : difference(row.mt, text, this.data.languages.target)));
    this.bar.paint(record.dirty(row.id), record.conflicts.has(row.id) && !this.live.isQuiet(row.id));
  }

  resolve(side) {
    this.record.resolve(this.selected, side);
    this.chosen();
  }

  choose(other, taken) {
    this.record.choose(this.selected, other, taken);
    this.chosen();
  }

  chosen() {
    this.rows.paint();
    this.paintCard();
    this.focusEditor();
  }

  toggleHeat() {
    this.heat = !this.heat;
    localStorage.setItem("relecture:heat", this.heat ? "1" : "0");
    this.paintCard();
  }
}

/** The address says at once which segment is in hand: one that Streamlit wrote first would be a page to go back to. */
function inAddress(segment) {
  const search = location.search.replace(/(?<=[?&]segment=)\d+/, segment);
  if (segment !== null && search !== location.search) history.replaceState(history.state, "", location.pathname + search);
}

/** Of long texts, the part with the first flag, or what was in sight before they were drawn anew. */
function toFirstMark(line, scrolled) {
  const mark = line.querySelector("mark.flag");
  if (scrolled !== null) line.scrollTop = scrolled;
  else if (mark && mark.offsetTop + mark.offsetHeight > line.clientHeight) line.scrollTop = mark.offsetTop - line.clientHeight / 3;
}

const asShown = (text) => text.replace(/\r\n?/g, "\n");

const sameName = (one, other) => one.trim().toLowerCase() === other.trim().toLowerCase();

const benches = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rl");
  let bench = benches.get(root);
  if (!bench) {
    bench = new Workbench(root);
    benches.set(root, bench);
  }
  bench.receive(data, (message) => setTriggerValue("send", message));
  return () => {
    bench.destroy();
    benches.delete(root);
  };
}
