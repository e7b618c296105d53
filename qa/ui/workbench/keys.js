// Keys to commands. AltGr (Control and Alt together on many layouts), input methods and other people's
// fields are left alone; elsewhere on the page those with Alt work too, so that a click on a filter or a link
// does not take them away.

const SEARCH = 'input[aria-label^="Search source and translation"]';
/** What takes letters. A list to choose from takes them too, but only while it is open. */
const WRITABLE = "textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=button], [aria-expanded=false])";

export function command(bench, event) {
  if (event.isComposing || event.keyCode === 229) return;
  const path = event.composedPath();
  const [target] = path;
  const typing = target instanceof HTMLElement && (target.matches("input, textarea, select") || target.isContentEditable);
  const nowhere = target === document.body || target === document.documentElement;
  if (!path.includes(bench.root) && !nowhere) {
    const searching = target instanceof HTMLElement && target.matches(SEARCH);
    const writing = target instanceof HTMLElement && (target.matches(WRITABLE) || target.isContentEditable);
    if (searching ? !leaves(event) : writing || !withAlt(event)) return;
    if (searching && !bench.busy) return void fromSearch(bench, event);
  }
  const action = find(bench, event, target, typing);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function find(bench, event, target, typing) {
  const { key, code } = event;
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  const alt = withAlt(event);
  if (!bench.overlay.hidden) {
    // What stands below the help must not be worked on unseen.
    if (key === "Escape" || key === "?") return () => bench.toggleHelp(false);
    return key === "Tab" ? tabbing(bench.overlay, target, event.shiftKey) : null;
  }
  if (bench.several.proposal) {
    // A question about several segments: only its own keys, and those of its fields.
    if (key === "Escape") return () => bench.several.close();
    if (control && key === "Enter") return () => bench.several.confirm();
    if (key === "Tab") return tabbing(bench.several.sheet, target, event.shiftKey);
    return null;
  }
  if (key === "Escape") {
    const open = [bench.terms, bench.marks].find((box) => box.form) ?? (bench.reasons.asked && bench.reasons);
    return open ? () => open.close() : null;
  }
  if (control && key === "Enter") return target === bench.notes.field ? () => bench.notes.comment() : () => bench.primary();
  if (control && !event.shiftKey && key.toLowerCase() === "s") return () => bench.saveDraft();
  if (alt) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
    if (digit) return () => bench[event.shiftKey ? "agree" : "fix"](Number(digit[1]));
    if (key === "ArrowDown") return () => bench.move(1);
    if (key === "ArrowUp") return () => bench.move(-1);
    if (code === "KeyD" && event.shiftKey) return () => bench.mute();
    if (code === "KeyD") return () => bench.dismiss();
    if (code === "KeyX") return () => bench.marks.open();
    if (code === "KeyN") return () => bench.seek(event.shiftKey);
    if (code === "KeyS") return () => search();
    if (code === "KeyU" && event.shiftKey) return () => bench.several.undo();
    if (code === "KeyP") return () => bench.several.propose("propagate");
    if (code === "KeyG") return () => bench.terms.open();
    if (code === "KeyL") return () => bench.several.propose("propagate-dismissal");
    if (code === "KeyA" && bench.data.mode === "approve" && bench.data.can.bulk) return () => bench.several.propose("bulk-approve");
    if (code === "KeyU") return () => bench.act("undo");
    if (code === "KeyM") return () => bench.notes.field.focus();
    if (code === "KeyB" && bench.data.mode === "approve" && bench.data.can.send_back) return () => bench.notes.giveBack("send-back");
    if (code === "KeyB" && bench.row?.state === "approved" && bench.data.can.reopen) return () => bench.notes.giveBack("reopen");
    return null;
  }
  if (typing || control) return null;
  const kind = bench.terms.choice(key);
  if (kind) return () => bench.terms.add(kind);
  const chosen = bench.marks.choice(key) ?? bench.reasons.choice(key);
  if (chosen) return chosen;
  if (key === "?") return () => bench.toggleHelp();
  if (target === bench.rows.list && key === "ArrowDown") return () => bench.move(1);
  if (target === bench.rows.list && key === "ArrowUp") return () => bench.move(-1);
  // As a page opens nothing has the focus: one key leads to the text instead of two dozen tab stops.
  if (key === "Enter" && (target === bench.rows.list || target === document.body)) return () => bench.focusEditor();
  return null;
}

/** To the search box, which stands above the workbench and is Streamlit's. */
function search() {
  const box = document.querySelector(SEARCH);
  box?.focus();
  box?.select();
}

const withAlt = (event) => event.altKey && !event.ctrlKey && !event.metaKey && !event.getModifierState("AltGraph");

/** Does this key leave the search box for what it has found? */
const leaves = (event) => event.key === "Escape" || event.key === "Enter" || (withAlt(event) && event.key === "ArrowDown");

/** Leaving the box is what makes Streamlit search. The text that is there now may go with the old list: the
 * editor is for the new one, and until that has come (or where nothing has changed) the list waits. */
function fromSearch(bench, event) {
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") return bench.focusEditor();
  bench.rows.list.focus({ preventScroll: true });
  bench.awaited = true;
}

/** At the last field of a dialog, the tabulator goes on to its first, and back. */
function tabbing(sheet, target, backwards) {
  const fields = [...sheet.querySelectorAll("button, input, select")].filter((field) => !field.disabled);
  const [end, start] = backwards ? [fields[0], fields.at(-1)] : [fields.at(-1), fields[0]];
  return target === end || !fields.includes(target) ? () => start?.focus() : null;
}
