// Building the page from text: every piece of a document goes in through textContent, nothing else.

const LABELS = {
  machine: "Machine", "in-revision": "In revision", revised: "Revised", approved: "Approved", "sent-back": "Sent back",
};

export const stateLabel = (state) => LABELS[state] ?? state;

/** An element with attributes and children; strings become text nodes. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Draw the children of `box` anew. What would look the same stays: a button that is replaced between the pressing
 * and the releasing of the mouse is not clicked, and one that has the focus loses it. What a child's handlers
 * know must therefore stand in its attributes, where it is not asked for when they run. */
export function renew(box, ...children) {
  const fresh = el("div", {}, ...children);
  for (const old of [...box.childNodes]) {
    const next = fresh.firstChild;
    if (!next) old.remove();
    else if (old.isEqualNode(next)) next.remove();
    else old.replaceWith(next);
  }
  box.append(...fresh.childNodes);
}

/** A paragraph of runs as `qa.ui.payload` cuts them; marks carry the numbers of their flags. */
export function textNode(runs, language, label) {
  const paragraph = el("p", { class: "text", lang: language.tag, dir: language.dir, "aria-label": label });
  for (const [index, run] of runs.entries()) {
    let node = document.createTextNode(run.t);
    if (run.k === "control") node = el("span", { class: "control" }, run.t);
    if (run.k === "space") node = el("span", { class: "nbsp" }, run.t);
    if (run.h) node = el("span", { class: `heat heat-${run.h}` }, node);
    if (run.n) {
      // A mark may be cut by spaces and suspicious words: its number stands where it ends.
      const ending = run.n.filter((number) => !runs[index + 1]?.n?.includes(number));
      node = el(
        "mark",
        { class: `flag ${run.s}${run.k === "point" ? " point" : ""}`, tabindex: "0", "data-flags": run.n.join(",") },
        node, ending.length > 0 && el("sup", { "aria-hidden": "true" }, ending.join(" ")),
      );
    }
    paragraph.append(node);
  }
  return paragraph;
}

/** A paragraph showing how `parts` (see `diffWords`) lead from one text to another. */
export function diffNode(parts, language, label) {
  const tags = { equal: "span", delete: "del", insert: "ins" };
  const paragraph = el("p", { class: "text", lang: language.tag, dir: language.dir, "aria-label": label });
  for (const [operation, text] of parts) paragraph.append(el(tags[operation], {}, text));
  return paragraph;
}

export const localTime = (iso) => {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime())
    ? iso
    : moment.toLocaleString(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
};

const ORDER = ["critical", "major", "minor", "neutral"];

export const openFlags = (row) => row.flags.filter((flag) => flag.state === "open");

export const worst = (row) => {
  const severities = new Set(openFlags(row).map((flag) => flag.severity));
  return ORDER.find((severity) => severities.has(severity)) ?? null;
};
