// The word on a lost connection, in place of Streamlit's dialog: that takes the focus from whoever is typing, and
// what is typed while it stands is nowhere. This one takes nothing. It stands in the page itself, not in a component,
// as there may be no component yet.

(() => {
  const MOMENT = 1500; // ms without a connection before it is worth a word
  const LOST = "The server does not answer; trying again.";
  const GO_ON = " Go on: what you type and what you save is kept in this browser, and sent when the server is back.";
  const WAIT = " What you have typed is kept in this browser; go on when the server is back."; // Streamlit locks its own fields
  const AWAY = "The server has closed the connection. What you have typed into translations is kept in this browser: reload the page.";
  const LOOK = "position:fixed;inset-block-start:.5rem;inset-inline:1rem;margin-inline:auto;max-width:44rem;box-sizing:border-box;z-index:1000000;padding:.5rem .9rem;border-radius:6px;background:#7a3b00;color:#fff;font:500 .9rem/1.45 'Source Sans',sans-serif;display:flex;gap:.75rem;align-items:start;pointer-events:none";
  let strip, timer;

  const say = (text, closes = false) => {
    clearTimeout(timer);
    if (!strip) {
      strip = document.createElement("div");
      strip.className = "rl-connection";
      strip.setAttribute("role", "status"); // read out at the next pause; an alert would interrupt
      document.body.append(strip);
    }
    const words = document.createElement("span");
    words.textContent = text;
    words.style.flex = "1";
    strip.style.cssText = text ? LOOK : "";
    strip.replaceChildren(...(text ? [words] : []));
    if (!closes) return;
    const button = document.createElement("button");
    button.textContent = "Close";
    button.style.cssText = "pointer-events:auto;background:none;border:1px solid;border-radius:4px;color:inherit;font:inherit;cursor:pointer";
    button.onclick = () => say("");
    strip.append(button);
  };

  const lost = () => {
    if (document.querySelector(".st-key-workbench")) say(LOST + GO_ON);
    else say(document.querySelector('[class*="st-key-plain-text"]') ? LOST + WAIT : LOST);
  };

  addEventListener("message", ({ source, data }) => {
    if (source !== window || data?.stCommVersion !== 1) return;
    if (data.type === "WEBSOCKET_CONNECTED") say("");
    else if (data.type === "WEBSOCKET_DISCONNECTED") {
      clearTimeout(timer);
      timer = setTimeout(() => (data.attemptingToReconnect ? lost() : say(AWAY)), MOMENT);
    } else if (data.type === "CLIENT_ERROR_DIALOG") {
      if (data.error === "Connection error") lost();
      else if (data.error === "Page not found") say("There is no such page; this is the first one.", true);
      else say(`${data.error}: ${data.message}`, true);
    }
  });
})();
