// What must survive a reload, a lost connection and a restarted server: drafts, and actions that nobody
// has acknowledged yet. A draft stays until the server has answered for its text.

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

const unique = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

export class Vault {
  /** `store` names the project: the numbers of segments are only unique within one database. */
  constructor(store) {
    this.prefix = `relecture:${store}:`;
    let client = read(sessionStorage, "relecture:client");
    if (!client) {
      client = unique();
      write(sessionStorage, "relecture:client", client);
    }
    this.client = client;
    this.sequence = Date.now();
    this.memory = new Map(); // where the browser keeps nothing, drafts live as long as the page
  }

  /** {text, base}: what was typed, and the saved text it was typed over. */
  draft(segment) {
    return this.memory.get(segment) ?? read(localStorage, `${this.prefix}draft:${segment}`);
  }

  /** False when this browser keeps nothing beyond the page. */
  keep(segment, text, base) {
    this.memory.set(segment, { text, base });
    return write(localStorage, `${this.prefix}draft:${segment}`, { text, base, at: Date.now() });
  }

  drop(segment) {
    this.memory.delete(segment);
    write(localStorage, `${this.prefix}draft:${segment}`, null);
  }

  get outboxKey() {
    return `${this.prefix}outbox:${this.client}`;
  }

  get outbox() {
    return read(localStorage, this.outboxKey) ?? [];
  }

  set outbox(actions) {
    write(localStorage, this.outboxKey, actions.length ? actions : null);
  }

  action(fields) {
    return { id: unique(), sequence: ++this.sequence, ...fields };
  }
}
