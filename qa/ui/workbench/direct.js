// Actions answered without drawing the page anew. What cannot be answered so goes to the page, as ever.

import { WRITES } from "./record.js";

/** What changes one segment and nothing else that is shown. */
const ALONE = new Set([...WRITES, "send-back", "reopen", "accept-flag", "dismiss-flag", "reopen-flag", "add-flag", "comment"]);
const PATIENCE = 2500; // ms; less than RESEND, so that what is sent again is not still on its way here

export class Direct {
  constructor(bench) {
    this.bench = bench;
    this.closed = false; // the server, or something before it, does not know the address
  }

  takes(actions) {
    const { address, token } = this.bench.data;
    return Boolean(address && token) && !this.closed && actions.every((action) => ALONE.has(action.operation));
  }

  async send(actions) {
    const { bench } = this;
    const { address, token, store } = bench.data;
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Relecture-Sitting": token },
        body: JSON.stringify({ client: bench.record.vault.client, actions }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.status === 404 || response.status === 405) this.closed = true;
      if (!response.ok) throw new Error(response.statusText);
      const { results } = await response.json();
      // Another project may stand on the page by now; its actions are asked for again when this one is back.
      if (bench.data.store === store) bench.answered(results);
    } catch {
      if (bench.data.store === store) bench.post();
    }
  }
}
