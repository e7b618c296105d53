// What must survive a reload, a lost connection and a restarted server: texts and comments that are not
// handed in, and actions that nobody has acknowledged yet. A draft stays until the server has answered for it.
//
// Each stands under the person who typed it and the tab it was typed in: two tabs never write over each other,
// and nobody hands in what somebody else has typed in the same browser. Drafts of before that was so have neither; they
// are offered to whoever opens their segment.

const SIGN = 20000; // ms between two signs of life of a tab
const GONE = 130000; // ms without one after which a tab is closed; in the background it has a turn once a minute

const read = (storage, key) => {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
};

const write = (storage, key, value) => {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false; // full or forbidden: the page says so, the editor still holds the text
  }
};

const keysFrom = (start) => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
};

const unique = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

const lives = (tab) => `relecture:tab:${tab}`;

const isOpen = (tab) => Date.now() - (read(localStorage, lives(tab)) ?? 0) < GONE;

/** The name of this tab: a reload and a reopened tab keep it, a duplicate of an open one gets another. */
function tabName() {
  if (window.relectureTab) return window.relectureTab;
  let tab = read(sessionStorage, "relecture:client");
  if (!tab || isOpen(tab)) {
    tab = unique();
    write(sessionStorage, "relecture:client", tab);
  }
  const beat = () => write(localStorage, lives(tab), Date.now());
  beat();
  setInterval(beat, SIGN);
  addEventListener("pageshow", beat);
  addEventListener("pagehide", () => write(localStorage, lives(tab), null));
  // Of the page, not of the component, which may come and go.
  return (window.relectureTab = tab);
}

export class Vault {
  /** `store` names the project: the numbers of segments are only unique within one database. */
  constructor(store, person) {
    this.store = store;
    this.prefix = `relecture:${store}:`;
    this.person = person;
    this.owner = encodeURIComponent(person.trim().toLowerCase());
    this.client = tabName();
    this.sequence = Date.now();
    this.memory = new Map(); // where the browser keeps nothing, drafts live as long as the page
  }

  key(kind, segment) {
    return `${this.prefix}${kind}:${segment}:${this.owner}:${this.client}`;
  }

  /** What was typed: {text, base} for a "draft", base being the saved text it was typed over; {text, sent} for
   * a "note", with the id of the action that it went out with. */
  get(kind, segment) {
    const key = this.key(kind, segment);
    return this.memory.get(key) ?? read(localStorage, key);
  }

  /** False when this browser keeps nothing beyond the page. */
  keep(kind, segment, fields) {
    const key = this.key(kind, segment);
    const value = { ...fields, by: this.person, at: Date.now() };
    this.memory.set(key, value);
    return write(localStorage, key, value);
  }

  drop(kind, segment) {
    const key = this.key(kind, segment);
    this.memory.delete(key);
    write(localStorage, key, null);
  }

  /** The same from other tabs, and from other people at this browser: newest first. */
  others(kind, segment) {
    const start = `${this.prefix}${kind}:${segment}:`;
    const found = keysFrom(start).filter((key) => key !== this.key(kind, segment));
    return found.map((key) => {
      const [owner, tab] = key.slice(start.length).split(":");
      return { ...read(localStorage, key), key, mine: owner === this.owner, open: isOpen(tab) };
    }).concat(this.unsigned(kind, segment)).sort((one, other) => other.at - one.at);
  }

  /** A draft of before drafts were signed. */
  unsigned(kind, segment) {
    const key = `${this.prefix}${kind}:${segment}`;
    const left = read(localStorage, key);
    return left ? [{ ...left, key, mine: false, open: false, unsigned: true }] : [];
  }

  /** What this person's closed tabs have left becomes this tab's, where it has nothing itself. */
  inherit(kind, segment) {
    if (this.get(kind, segment)) return;
    const left = this.others(kind, segment).find((other) => other.mine && !other.open);
    if (left && this.keep(kind, segment, { text: left.text, base: left.base, sent: left.sent })) this.forget(left);
  }

  forget(other) {
    write(localStorage, other.key, null);
  }

  /** The segments in which this person has something, in whatever tab, or somebody unknown has. */
  segments(kind) {
    const start = `${this.prefix}${kind}:`;
    const parts = keysFrom(start).map((key) => key.slice(start.length).split(":"));
    return new Set(parts.filter(([, owner]) => owner === undefined || owner === this.owner).map(([segment]) => Number(segment)));
  }

  get outboxKey() {
    return `${this.prefix}outbox:${this.owner}:${this.client}`;
  }

  get outbox() {
    return read(localStorage, this.outboxKey) ?? [];
  }

  set outbox(actions) {
    write(localStorage, this.outboxKey, actions.length ? actions : null);
  }

  action(fields) {
    return { id: unique(), sequence: ++this.sequence, by: this.person, ...fields };
  }
}
