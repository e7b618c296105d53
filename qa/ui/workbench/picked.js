// What was selected last in the texts that are shown, side by side; selecting elsewhere does not forget it.

const NOTHING = { text: "", start: null };

export class Picked {
  constructor(bench) {
    this.bench = bench;
    this.segment = null;
    bench.root.addEventListener("mouseup", () => this.look());
    bench.root.addEventListener("keyup", () => this.look());
  }

  /** What was selected on a side of the segment in hand, and on which side it was last. */
  here() {
    if (this.segment !== this.bench.selected) Object.assign(this, { segment: this.bench.selected, source: NOTHING, target: NOTHING, side: "target" });
    return this;
  }

  look() {
    const root = this.bench.root.getRootNode();
    const selection = root.getSelection ? root.getSelection() : document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const paragraph = range.startContainer.parentElement?.closest(".line.active p.text");
    if (!paragraph || !this.bench.row) return;
    const side = paragraph.getAttribute("aria-label") === "Source" ? "source" : "target";
    const [before, within] = [document.createRange(), range.cloneRange()];
    before.selectNodeContents(paragraph);
    before.setEnd(range.startContainer, range.startOffset);
    if (!paragraph.contains(range.endContainer)) within.setEndAfter(paragraph.lastChild);
    this.here()[side] = placed(documentText(before), documentText(within));
    this.side = side;
  }
}

/** Selected words without the space around them, and where they begin: in code points, as the server counts. */
export const placed = (before, words) => ({ text: words.trim(), start: [...before].length + [...words].length - [...words.trimStart()].length });

/** The text of a range as the document has it: numbers of flags are none of it. */
function documentText(range) {
  const part = range.cloneContents();
  for (const number of part.querySelectorAll("sup")) number.remove();
  // The name of an invisible character stands for the one character.
  for (const name of part.querySelectorAll(".control")) name.textContent = "\ufffd";
  return part.textContent;
}
