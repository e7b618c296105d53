// Keeps what is typed into the simple form in this browser, where the workbench keeps it too, and brings it back
// when its segment is opened again. The fields are Streamlit's: their text only reaches the server with a button.

import { Vault } from "./vault.js";

const FIELDS = { draft: "plain-text-", note: "plain-note" };

class Keeper {
  constructor() {
    this.heard = (event) => this.typed(event);
    document.addEventListener("input", this.heard, true);
  }

  destroy() {
    document.removeEventListener("input", this.heard, true);
  }

  receive(data, send) {
    if (this.vault?.store !== data.store || this.vault.person !== data.actor) this.vault = new Vault(data.store, data.actor);
    const { vault } = this;
    const before = this.data;
    this.data = data;
    if (before?.form === data.form) return; // what is being typed stands in the fields
    if (before?.segment !== data.segment) this.wish = null;
    // The form before this one has been handed in, or left for what stands now.
    if (before && data.left?.form === before.form) for (const kind of data.left.kinds) vault.drop(kind, before.segment);
    for (const kind of Object.keys(FIELDS)) vault.inherit(kind, data.segment);
    const draft = vault.get("draft", data.segment);
    const note = vault.get("note", data.segment);
    if (draft?.text === data.saved) vault.drop("draft", data.segment);
    const typed = { text: draft?.text ?? data.saved, base: draft?.base ?? data.saved, note: note?.text ?? "" };
    // Once: what comes back otherwise than it was sent is as good as it gets.
    const wish = JSON.stringify([data.segment, typed]);
    if ((typed.text === data.text && typed.note === data.note) || wish === this.wish) return;
    this.wish = wish;
    send({ segment: data.segment, ...typed });
  }

  typed({ target }) {
    const [kind] = Object.entries(FIELDS).find(([, name]) => target.closest?.(`[class*="st-key-${name}"]`)) ?? [];
    if (!kind || !this.data) return;
    const { segment, saved } = this.data;
    const windows = kind === "draft" && /\r\n/.test(saved); // a field turns every line break into \n
    const text = windows ? target.value.replace(/\r?\n/g, "\r\n") : target.value;
    if (text === (kind === "draft" ? saved : "")) this.vault.drop(kind, segment);
    else this.vault.keep(kind, segment, kind === "draft" ? { text, base: this.vault.get(kind, segment)?.base ?? saved } : { text });
  }
}

const keepers = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let keeper = keepers.get(parentElement);
  if (!keeper) {
    keeper = new Keeper();
    keepers.set(parentElement, keeper);
  }
  keeper.receive(data, (message) => setTriggerValue("send", message));
  return () => {
    keeper.destroy();
    keepers.delete(parentElement);
  };
}
