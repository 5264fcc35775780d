// A meeting being chaired: forms are sent without leaving the page, what is being typed is kept on this
// computer until the server has it, and every key that chairs know does what it says.
import { onKey } from "./keys.js";
import { Drafts } from "./live/drafts.js";
import { Clocks } from "./live/clocks.js";
import { send } from "./live/sending.js";
import { absorb, refresh } from "./live/pieces.js";
import { say, toast } from "./live/status.js";
import { tellBinding } from "./live/binding.js";

const room = document.querySelector("[data-room]");
const RETRY = 8000;
const SOON = 300;

/** What a form's text has gained since it was sent. */
function writtenSince(form, sent) {
  const now = form.elements.text?.value ?? "";
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now;
}

class Chair {
  constructor() {
    document.documentElement.classList.add("scripted");
    this.drafts = new Drafts(room.dataset.account, room.dataset.address);
    this.clocks = new Clocks();
    this.turn = Promise.resolve();
    this.underWay = new Set();
    this.again = 0;
    this.settle();
    document.addEventListener("submit", (event) => this.submit(event), true);
    document.addEventListener("input", (event) => this.typed(event));
    document.addEventListener("change", (event) => this.changed(event));
    document.addEventListener("keydown", (event) => this.press(event));
    addEventListener("online", () => this.attend());
    this.bindKeys();
    if (this.drafts.seats().length) this.attend();
  }

  /** Whatever a fresh piece of the page needs. */
  settle() {
    this.drafts.restore();
    this.clocks.start();
    tellBinding();
  }

  submit(event) {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.hand(form, event.submitter);
  }

  /** Send a form when those before it are through. The same one twice, by a key held down, goes once. */
  hand(form, button) {
    if (this.underWay.has(form)) return;
    this.underWay.add(form);
    const go = () => this.deliver(form, button);
    this.turn = this.turn.then(go, go).finally(() => this.underWay.delete(form));
  }

  /** Send a form, draw anew what changed, and keep what was typed unless the server has it. */
  async deliver(form, button) {
    const seats = form.matches("[data-attend]") ? this.drafts.seats() : null;
    const text = form.elements.text?.value;
    say("saving");
    const answer = await send(form, button);
    if (answer.kind !== "page") {
      say(answer.kind, true);
      if (seats) this.later();
      return;
    }
    if (answer.ok) {
      if (seats) this.drafts.sentSeats(seats);
      else this.drafts.forget(form);
    }
    this.draw(answer, form, answer.ok ? writtenSince(form, text) : "");
    if (seats && answer.ok && this.drafts.seats().length) this.later(SOON);
  }

  draw(answer, form, since) {
    const moved = absorb(answer.page, form, answer.ok);
    if (moved) history.replaceState(null, "", answer.address);
    if (since && form.id === "quick" && !moved) this.goOn(since);
    this.settle();
    if (answer.ok) say("saved");
    else say("refused", true);
    for (const words of answer.messages) toast(words);
    if (moved) document.getElementById("h-current")?.focus();
    else if (form.id === "quick" && answer.ok) document.getElementById("quick-text")?.focus();
    else document.querySelector('[aria-invalid="true"]')?.focus();
  }

  /** Words typed while the ones before them were on their way. */
  goOn(words) {
    const field = document.getElementById("quick-text");
    field.value = words;
    this.drafts.keep(field);
  }

  typed(event) {
    if (this.drafts.keep(event.target)) say("kept");
    if (event.target.closest("#quick")) tellBinding();
  }

  changed(event) {
    const form = event.target.closest("form");
    if (form?.matches("#quick")) {
      this.drafts.keep(event.target);
      tellBinding();
    }
    if (!form?.matches("[data-attend]")) return;
    this.drafts.keepSeat(event.target);
    const name = document.getElementById(`s-${event.target.name.slice(2)}`);
    if (event.target.value === "substitute" && event.target.type === "radio") name?.focus();
    this.attend();
  }

  /** Save the attendance, now or as soon as something else is through. */
  attend() {
    const form = document.querySelector("[data-attend]");
    if (!form || !this.drafts.seats().length) return;
    if (this.underWay.has(form)) this.later(SOON);
    else this.hand(form, null);
  }

  later(wait = RETRY) {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.attend(), wait);
  }

  press(event) {
    const form = event.target.closest("form[data-live]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape" && event.target.matches("#quick :is(textarea, input)")) event.target.blur();
  }

  bindKeys() {
    const links = () => [...document.querySelectorAll("[data-item]")];
    const go = (step) => {
      const all = links();
      const at = all.findIndex((link) => link.closest(".cur"));
      all[at + step]?.click();
    };
    onKey("j", () => go(1));
    onKey("k", () => go(-1));
    for (const key of ["n", "d", "c", "t"]) onKey(key, () => this.choose(key));
    for (const key of ["x", "r"]) onKey(key, () => document.querySelector(`.take [data-key="${key}"]`)?.click());
    onKey("a", () => document.querySelector(".att input[type=radio]")?.focus());
  }

  choose(key) {
    const radio = document.querySelector(`.kinds [data-key="${key}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    document.getElementById("quick-text").focus();
  }
}

if (room) {
  new Chair();
  refresh();
}
