// The project's glossary beside a segment: the terms that stand in its source, and adding one from a selection.

import { el, renew } from "./dom.js";

export class Terms {
  constructor(bench) {
    this.bench = bench;
    this.box = el("section", { class: "terms", "aria-label": "Glossary" });
    this.adder = el("div"); // below the flags, where a segment without terms has it too
    this.formBox = el("div", { class: "reason-box" });
    this.form = null; // the open form and its segment
  }

  open() {
    const { bench } = this;
    if (!bench.row || !bench.data.can.terms) return bench.say("Say who you are first");
    const { source, target } = bench.picked.here();
    const typed = bench.editor.value.slice(bench.editor.selectionStart, bench.editor.selectionEnd).trim();
    const { languages } = bench.data;
    const field = (label, value, language) => el("input", { type: "text", "aria-label": label, placeholder: label, maxlength: "200", value, lang: language?.tag, dir: language?.dir ?? "auto" });
    const fields = [field("Term in the source", source.text, languages.source), field("In the translation", typed || target.text, languages.target), field("Note", "")];
    const choice = (kind, key, label) => el("button", { class: "plain", "data-term": kind, onclick: () => this.add(kind) }, el("kbd", {}, key), ` ${label}`);
    this.form = { segment: bench.selected, fields };
    this.formBox.replaceChildren(el("div", { class: "reasons", role: "group", "aria-label": "New term" },
      ...fields, choice("preferred", "1", "Preferred"), choice("forbidden", "2", "Forbidden"), el("button", { class: "ghost", onclick: () => this.close() }, "Cancel")));
    (fields.slice(0, 2).find((input) => !input.value) ?? this.formBox.querySelector("button")).focus();
  }

  /** The key of a choice while no field has the focus. */
  choice(key) {
    return this.form && { 1: "preferred", 2: "forbidden" }[key];
  }

  add(kind) {
    const [source, target, note] = this.form.fields.map((input) => input.value);
    if (!source.trim() || !target.trim()) return this.bench.say("A term needs words on both sides", "bad");
    this.close();
    this.bench.act("add-term", { source, target, kind, note, project: this.bench.data.project });
  }

  close() {
    if (this.form) this.bench.focusEditor();
    this.form = null;
    this.formBox.replaceChildren();
  }

  paint(row, detail) {
    const { can, languages, project } = this.bench.data;
    if (this.form && this.form.segment !== row.id) this.close();
    const add = can.terms && el("button", { class: "ghost", "data-do": "add-term", "aria-keyshortcuts": "Alt+G", title: "Select words on both sides first", onclick: () => this.open() }, "Add a term ", el("kbd", {}, "Alt G"));
    const items = (detail?.terms ?? []).map((term) => el("li", { class: `term ${term.kind}`, "data-kind": term.kind },
      el("span", { lang: languages.source.tag, dir: languages.source.dir }, term.source), " → ",
      el(term.kind === "forbidden" ? "del" : "b", { lang: languages.target.tag, dir: languages.target.dir }, term.target),
      el("span", { class: "about" }, ` ${term.kind}${term.used ? (term.kind === "forbidden" ? ", and used here" : ", used here") : ""} · by ${term.author}${term.note ? ` · ${term.note}` : ""}`),
      can.terms && el("button", { class: "ghost", "data-term-id": term.id, "aria-label": `Remove the term ${term.source}`, onclick: () => this.bench.act("remove-term", { term: term.id, project }) }, "Remove")));
    renew(this.box, ...(items.length ? [el("ul", {}, ...items)] : []));
    renew(this.adder, ...(add ? [add] : []));
  }
}
