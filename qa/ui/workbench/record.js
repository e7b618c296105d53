// The segments as the server knows them, what has been typed over them, and the actions on their way.
//
// Every action carries the text of its moment and is repeated until the server acknowledges it. Actions on
// one segment go out one after the other, so that each is made on the version the one before it left.

import { merge } from "./merge.js";
import { Vault } from "./vault.js";

/** Operations that leave another text: what was typed meanwhile is carried over. */
export const WRITES = new Set(["save-draft", "submit", "approve", "apply-fix", "undo"]);

/** What does not touch the text, and so is no less right while two texts are to be chosen from. */
const APART = new Set(["comment", "accept-flag", "dismiss-flag", "reopen-flag"]);

/** Decisions about more than one segment: what becomes of them is no failure of the one they started from. */
const SEVERAL = new Set(["propagate", "propagate-dismissal", "bulk-approve", "undo-group", "mute-check", "unmute-check", "add-term", "remove-term"]);

export class Record {
  /** `ontext(segment)` is called when the text to edit, or the comment, has changed under the fields. */
  constructor(store, person, ontext) {
    this.store = store;
    this.person = person;
    this.vault = new Vault(store, person);
    this.ontext = ontext;
    this.rows = new Map();
    this.conflicts = new Set();
    this.failures = new Map();
    this.left = new Set(); // texts of other tabs that this one was offered and has left there
    this.queue = this.vault.outbox.map((action) => ({ ...action, sent: false }));
  }

  row(segment) {
    return this.rows.get(segment);
  }

  /** The text to edit: what was typed, else what is saved. */
  text(segment) {
    return this.vault.get("draft", segment)?.text ?? this.rows.get(segment)?.text ?? "";
  }

  dirty(segment) {
    return this.rows.has(segment) && this.text(segment) !== this.rows.get(segment).text;
  }

  waiting(segment, writing = false) {
    return this.queue.some((action) => action.segment === segment && (!writing || WRITES.has(action.operation)));
  }

  /** Remember typing; false when this browser would forget it with the page. */
  type(segment, text) {
    const row = this.rows.get(segment);
    if (text === row.text && !this.conflicts.has(segment)) {
      this.vault.drop("draft", segment);
      return true;
    }
    return this.keep(segment, text, this.vault.get("draft", segment)?.base ?? row.text);
  }

  keep(segment, text, base) {
    return this.vault.keep("draft", segment, { text, base });
  }

  /** Unsaved text of this segment in another tab, or of somebody else at this browser. */
  elsewhere(segment) {
    const here = [this.text(segment), this.rows.get(segment).text];
    return this.vault.others("draft", segment).filter((other) => !here.includes(other.text) && !this.left.has(other.key + other.text));
  }

  /** Go on with the text of another tab, or leave it there. One that a closed tab has left is settled with that. */
  choose(segment, other, taken) {
    if (taken) this.keep(segment, other.text, other.base);
    if (other.open) this.left.add(other.key + other.text);
    else this.vault.forget(other);
    if (taken) this.open(segment);
    this.ontext(segment);
  }

  /** A draft from an earlier page over a text that has changed since is a conflict. */
  open(segment) {
    for (const kind of ["draft", "note"]) this.vault.inherit(kind, segment);
    const draft = this.vault.get("draft", segment);
    const row = this.rows.get(segment);
    if (!draft || !row) return;
    if (draft.text === row.text) this.vault.drop("draft", segment);
    else if (draft.base !== row.text && !this.waiting(segment, true)) this.conflicts.add(segment);
  }

  /** What has been written about the segment and is not on its way. */
  note(segment) {
    const note = this.vault.get("note", segment);
    return !note || this.queue.some((action) => action.id === note.sent) ? "" : note.text;
  }

  /** Remember a comment that is being written; false when this browser would forget it with the page. */
  write(segment, text) {
    if (text.trim()) return this.vault.keep("note", segment, { text });
    this.vault.drop("note", segment);
    return true;
  }

  /** Send an action. `said` marks one whose note was written as the segment's comment. */
  act(segment, operation, extra = {}) {
    const row = this.rows.get(segment);
    if (!row || (this.conflicts.has(segment) && !APART.has(operation))) return false;
    const text = this.text(segment);
    // The text stays a draft until the server has answered for it, and so does the comment.
    if (WRITES.has(operation) && operation !== "undo") this.keep(segment, text, row.text);
    const action = { ...this.vault.action({ segment, operation, text, base: row.text, changed: text !== row.text }), ...extra, sent: false };
    if (action.said) this.vault.keep("note", segment, { text: action.note, sent: action.id });
    this.queue.push(action);
    this.vault.outbox = this.queue;
    this.failures.delete(segment);
    return true;
  }

  /** The actions to send now: the first of each segment; empty when all of them are on their way. */
  outgoing(again = false) {
    const busy = new Set();
    const going = [];
    let fresh = again;
    for (const action of [...this.queue]) {
      if (busy.has(action.segment)) continue;
      busy.add(action.segment);
      if (!action.sent) {
        const row = this.rows.get(action.segment);
        // A text that stands there already is this very action, whose answer was lost: the server will know it.
        if (row && WRITES.has(action.operation) && action.base !== row.text && action.text !== row.text) {
          // Made on a text that somebody has changed meanwhile: theirs must not be overwritten unseen. The
          // newest typing stays as the draft.
          this.withdraw(action.segment);
          if (!this.vault.get("draft", action.segment)) this.keep(action.segment, action.text, action.base);
          this.conflicts.add(action.segment);
          this.ontext(action.segment);
          continue;
        }
        // After a reload the version it was made on still holds: a newer one may hide somebody's change.
        action.version ??= this.rows.get(action.segment)?.version ?? 0;
        action.sent = true;
        fresh = true;
      }
      going.push(action);
    }
    this.vault.outbox = this.queue;
    return fresh ? going : [];
  }

  /** Take out of the queue what would write over a text that is not the one it was made on. */
  withdraw(segment) {
    const gone = this.queue.filter((action) => action.segment === segment && WRITES.has(action.operation));
    this.queue = this.queue.filter((action) => !gone.includes(action));
    for (const action of gone) this.unsay(action);
  }

  /** What was said with an action that came to nothing is there to be said again. */
  unsay({ id, segment, said, note }) {
    if (!said || this.vault.get("note", segment)?.sent === id) return;
    this.vault.keep("note", segment, { text: [note, this.note(segment)].filter(Boolean).join("\n") });
  }

  /** A row as the server knows it now; older pictures of it are ignored. */
  update(row) {
    const known = this.rows.get(row.id);
    if (known && known.version > row.version) return;
    this.rows.set(row.id, row);
    if (known && known.text !== row.text) this.rebase(row, known.text, false);
  }

  settle(result) {
    const index = this.queue.findIndex((action) => action.id === result.id);
    if (index < 0) return null;
    const [action] = this.queue.splice(index, 1);
    const row = result.row;
    const known = this.rows.get(action.segment);
    const writes = WRITES.has(action.operation);
    if (result.ok) {
      if (!known || known.version <= row.version) this.rows.set(row.id, row);
      this.failures.delete(row.id);
      if (action.said && this.vault.get("note", action.segment)?.sent === action.id) this.vault.drop("note", action.segment);
      if (writes) this.rebase(row, action.operation === "undo" ? action.base : action.text, true);
      else if (known && known.text !== row.text) this.rebase(row, known.text, false);
    } else if (action.operation === "undo") {
      // Nothing typed was refused: what came after it is as right as before.
      if (row) this.update(row);
    } else {
      if (row) this.rows.set(row.id, row);
      this.unsay(action);
      if (writes) {
        // What came after it was made on a text that was refused; the newest of it stays as the draft.
        this.withdraw(action.segment);
        if (row && this.text(action.segment) === row.text) this.vault.drop("draft", action.segment);
        else if (result.conflict) this.conflicts.add(action.segment);
      }
      if (!SEVERAL.has(action.operation)) this.failures.set(action.segment, result.message);
      this.ontext(action.segment);
    }
    this.vault.outbox = this.queue;
    return action;
  }

  /** What becomes of typing when the saved text has gone from `before` to `row.text`. */
  rebase(row, before, own) {
    const mine = this.vault.get("draft", row.id)?.text ?? before;
    if (mine === before || mine === row.text) {
      this.vault.drop("draft", row.id);
      this.conflicts.delete(row.id);
    } else {
      const merged = own ? merge(before, row.text, mine) : null;
      if (merged === null) this.conflicts.add(row.id);
      this.keep(row.id, merged ?? mine, merged === null ? before : row.text);
    }
    for (const action of this.queue) {
      if (action.segment !== row.id || action.sent) continue;
      action.text = merge(before, row.text, action.text) ?? action.text;
      action.base = row.text;
      action.changed = action.text !== row.text;
    }
    this.ontext(row.id);
  }

  resolve(segment, side) {
    const row = this.rows.get(segment);
    this.conflicts.delete(segment);
    this.failures.delete(segment);
    if (side === "saved") this.vault.drop("draft", segment);
    else this.keep(segment, this.text(segment), row.text);
    this.ontext(segment);
  }
}
