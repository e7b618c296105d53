// Marking an error by hand: words, a category of MQM and a severity, two keys once words are selected.

import { el } from "./dom.js";
import { placed } from "./picked.js";

export class Marks {
  constructor(bench) {
    this.bench = bench;
    this.box = el("div", { class: "reason-box" });
    this.opener = el("button", { class: "ghost", "data-do": "add-flag", "aria-keyshortcuts": "Alt+X", title: "Select the wrong words first", onclick: () => this.open() }, "Mark an error ", el("kbd", {}, "Alt X"));
    this.form = null; // the open form: its segment and fields, and the category once that is chosen
  }

  open() {
    const { bench } = this;
    if (!bench.row || !bench.data.can.mark) return bench.say("Say who you are first");
    if (bench.record.dirty(bench.selected)) return bench.say("Save what you typed first: a mark stands in a saved text", "bad");
    const { side, text: words, start } = this.selected();
    const field = el("input", { type: "text", "aria-label": "Wrong words", placeholder: "Wrong words (empty: all of it)", maxlength: "2000", value: words, dir: "auto" });
    const sides = el("select", { "aria-label": "Side" },
      ...[["target", "in the translation"], ["source", "in the source: left out"]].map(([value, label]) => el("option", { value, selected: value === side }, label)));
    const note = el("input", { type: "text", "aria-label": "What is wrong", placeholder: "What is wrong (optional)", maxlength: "300" });
    this.form = { segment: bench.selected, field, sides, note, words, start, side, category: null };
    this.paint();
    if (!words) field.focus();
  }

  /** What is to be marked: what is selected in the editor, else what was selected last in the texts. */
  selected() {
    const { editor, picked } = this.bench;
    // The editor shows every line break as one character: the server looks near the place for the words.
    const typed = placed(editor.value.slice(0, editor.selectionStart), editor.value.slice(editor.selectionStart, editor.selectionEnd));
    const { side } = picked.here();
    return typed.text ? { side: "target", ...typed } : { side, ...picked[side] };
  }

  paint() {
    const { form } = this;
    const { categories, severities } = this.bench.data.marking;
    const choice = (key, label, chosen) => el("button", { class: "ghost", "data-mark": key, onclick: chosen }, el("kbd", {}, String(key)), ` ${label}`);
    const choices = form.category
      ? severities.map((severity, index) => choice(index + 1, severity, () => this.add(severity)))
      : categories.map(([category, label], index) => choice(index + 1, label, () => this.choose(category)));
    this.box.replaceChildren(el("div", { class: "reasons", role: "group", "aria-label": form.category ? "How bad is it?" : "What kind of error?" },
      form.field, form.sides, form.note, ...choices, el("button", { class: "ghost", onclick: () => this.close() }, "Cancel")));
    this.box.querySelector("[data-mark]").focus();
  }

  /** What a digit does while the form is open and no field has the focus. */
  choice(key) {
    const button = this.form && /^[1-9]$/.test(key) && this.box.querySelector(`[data-mark="${key}"]`);
    return button ? () => button.click() : null;
  }

  choose(category) {
    this.form.category = category;
    this.paint();
  }

  add(severity) {
    const { field, sides, note, words, start, side, category } = this.form;
    const same = field.value.trim() === words && sides.value === side;
    this.close();
    this.bench.act("add-flag", { side: sides.value, words: field.value.trim(), start: same ? start : null, category, severity, note: note.value.trim() });
  }

  close() {
    if (this.form) this.bench.focusEditor();
    this.form = null;
    this.box.replaceChildren();
  }

  /** The form belongs to the segment it was opened on. */
  follow(row) {
    this.opener.hidden = !this.bench.data.can.mark;
    if (this.form && this.form.segment !== row.id) this.close();
  }
}
