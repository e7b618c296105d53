// Decisions about several segments: offered, asked about, shown in a sheet, confirmed, taken back.

import { el } from "./dom.js";
import { notice, offer, sheet } from "./proposal.js";

/** What takes back a decision about the project: an operation with what it needs. */
const REVERSE = {
  "mute-check": ({ check }) => ({ operation: "unmute-check", check }),
  "add-term": ({ id }) => ({ operation: "remove-term", term: id }),
};

export class Several {
  constructor(bench) {
    this.bench = bench;
    this.sheet = el("div", { class: "overlay", hidden: true });
    this.offerBox = el("div", { class: "offer-box", role: "status" });
    this.offer = null; // what the last answer offers to take over
    this.asking = null; // the question that is repeated until the server answers it
    this.proposal = null; // the answer that the sheet shows, and what is chosen of it
    this.group = null; // the last decision of this page, for its undo
    this.reverse = null; // what takes back the muting or the term that came last
    this.serial = 0;
  }

  /** What the answer to an action leads to: an offer to take it over to others, or a word about what was done. */
  consider(action, result) {
    const done = (message, ...more) => this.offerBox.replaceChildren(notice(message, ...more, () => this.forget()));
    const whole = result.muted ?? result.term; // of the project, not of a segment
    if (whole) {
      this.offer = null;
      this.reverse = REVERSE[action.operation]?.(whole) ?? null;
      done(action.operation, whole, this.reverse && (() => this.undo()));
    } else if (result.group) {
      this.offer = this.reverse = null;
      const undone = action.operation === "undo-group";
      this.group = undone ? null : result.group.group;
      done(action.operation, result.group, undone ? null : () => this.undo());
    } else if (!result.ok && (action.chosen || action.check || action.kind || action.term || action.operation === "undo-group")) done(result.message, null, null);
    else if (["submit", "approve", "dismiss-flag"].includes(action.operation)) {
      const kind = action.operation === "dismiss-flag" ? "propagate-dismissal" : "propagate";
      this.offer = result.alike ? { kind, segment: action.segment, flag: action.flag } : null;
      this.offerBox.replaceChildren(...(this.offer ? [offer(kind, this.bench.record.row(action.segment)?.position, result.alike, () => this.propose(kind), () => this.forget())] : []));
    }
  }

  /** Offer nothing any more. */
  forget() {
    this.offer = null;
    this.offerBox.replaceChildren();
  }

  /** Ask the server what a decision would change; its answer opens the sheet. */
  propose(kind, more = {}) {
    if (!this.bench.row) return;
    if (kind === "propagate" && !this.bench.data.can.propagate) return this.bench.say("Corrections are for translators and editors");
    const mine = this.offer?.kind === kind ? this.offer : { segment: this.bench.selected, flag: this.bench.row.flags.find((flag) => flag.state === "dismissed")?.id };
    if (kind === "propagate-dismissal" && !mine.flag) return this.bench.say("Dismiss a flag first, then take it over to alike flags");
    this.asking = { ...mine, ...more, kind, serial: ++this.serial };
    this.bench.say("Looking…");
    this.bench.post();
  }

  receive(data) {
    if (data && data.serial === this.asking?.serial) this.open(data);
  }

  open(data) {
    this.asking = null;
    this.bench.say("");
    const known = this.proposal?.data.kind === "bulk-approve" && data.kind === "bulk-approve" ? this.proposal.chosen : null;
    const all = data.seen ?? data.rows.filter((row) => row.ticked).map((row) => [row.id, row.version]);
    const turned = known && JSON.stringify(data.risk) === JSON.stringify(this.proposal.data.risk);
    const chosen = turned ? new Map(all.filter(([id]) => known.has(id) || !this.proposal.ids.has(id))) : new Map(all);
    this.proposal = { data, chosen, ids: new Set(all.map(([id]) => id)) };
    const held = this.sheet.contains(this.bench.active) ? this.bench.active.getAttribute("aria-label") : null;
    this.paint();
    this.sheet.hidden = false;
    ([...this.sheet.querySelectorAll("[aria-label]")].find((field) => held && field.getAttribute("aria-label") === held && !field.disabled) ?? this.sheet.querySelector("[data-do=confirm]:not(:disabled)") ?? this.sheet.querySelector("button")).focus();
  }

  paint() {
    const { data, chosen } = this.proposal;
    this.sheet.replaceChildren(sheet(data, chosen, this.bench.data.languages, {
      confirm: () => this.confirm(), close: () => this.close(),
      ask: (more) => this.propose(data.kind, { ...data.risk, offset: 0, ...more }),
    }));
  }

  close() {
    this.asking = this.proposal = null;
    this.sheet.hidden = true;
    this.sheet.replaceChildren();
    this.bench.focusEditor();
  }

  confirm() {
    const { data, chosen } = this.proposal;
    if (!chosen.size) return;
    const extra = { chosen: [...chosen], project: this.bench.data.project, ...data.risk };
    if (data.version) Object.assign(extra, { version: data.version, flag: data.flag });
    const segment = data.kind === "bulk-approve" ? this.bench.selected : data.segment;
    this.close();
    if (this.bench.record.act(segment, data.kind, extra)) {
      this.bench.say("Saving…");
      this.bench.flush();
    } else this.bench.say("Not possible while the segment has a conflict", "bad");
  }

  undo() {
    const { project } = this.bench.data;
    if (this.reverse) this.bench.act(this.reverse.operation, { ...this.reverse, project });
    else if (this.bench.data.can.undo) this.bench.act("undo-group", { project, group: this.group ?? null });
  }
}
