// The line between the list and the segment: drawn with the mouse or moved by arrow keys, kept by the browser.

import { el } from "./dom.js";

const KEPT = "relecture:list-width";
const [LEAST, USUAL, MOST, STEP] = [180, 280, 640, 20]; // px

export class Divider {
  constructor(bench) {
    this.root = bench.root;
    this.line = el("div", {
      class: "divider", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": "Width of the list",
      "aria-valuemin": LEAST, "aria-valuemax": MOST, title: "Drag, or use the arrow keys; double click for the usual width",
      onpointerdown: (event) => event.button === 0 && this.line.setPointerCapture(event.pointerId),
      onpointermove: (event) => this.line.hasPointerCapture(event.pointerId) && this.set(event.clientX - this.root.getBoundingClientRect().left),
      ondblclick: () => this.set(USUAL),
      onkeydown: (event) => this.press(event),
    });
    this.set(Number(localStorage.getItem(KEPT)) || USUAL);
  }

  press(event) {
    const width = { ArrowLeft: this.width - STEP, ArrowRight: this.width + STEP, Home: LEAST, End: MOST }[event.key];
    if (width === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.set(width);
  }

  set(width) {
    this.width = Math.round(Math.min(MOST, Math.max(LEAST, width)));
    this.root.style.setProperty("--list-width", `${this.width}px`);
    this.line.setAttribute("aria-valuenow", String(this.width));
    if (this.width === USUAL) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, String(this.width));
  }
}
