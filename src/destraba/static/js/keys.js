// Single keys, for those who live at the keyboard. They can be switched off, and the choice is remembered
// (WCAG 2.1.4); while somebody writes, and with Ctrl, Alt or Cmd held, they are letters like any other.
import { remember } from "./preferences.js";

const single = new Map();
let afterG = -Infinity;

/** Let a page add a key of its own. */
export const onKey = (key, act) => single.set(key, act);

const writing = (element) => element.closest("input, textarea, select, [contenteditable], dialog[open]");
const switchedOff = () => document.documentElement.dataset.keys === "off";

function search() {
  const target = [...document.querySelectorAll("[data-search]")].at(-1);
  if (target?.matches("a")) target.click();
  else target?.focus();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || switchedOff() || writing(event.target)) return;
  if (event.timeStamp - afterG < 1200) {
    afterG = -Infinity;
    const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (link) link.click();
    return;
  }
  if (event.key === "g") afterG = event.timeStamp;
  const act = single.get(event.key);
  if (!act) return;
  event.preventDefault();
  act(event);
}

export function watchKeys() {
  onKey("/", search);
  onKey("s", search);
  onKey("?", () => document.getElementById("keys")?.showModal());
  document.addEventListener("keydown", press);
  document.querySelector("[data-keys-switch]")?.addEventListener("change", (event) => {
    remember("keys", event.target.checked ? "on" : "off");
  });
}
