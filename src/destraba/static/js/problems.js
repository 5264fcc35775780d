// Problems being raised and sorted: what may be the same is shown while one types, what follows while one answers.
const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";
const PIECE = { "X-Fragment": "piece", "X-Requested-With": "fetch" };

/** Calls `work` once nobody has typed for a while; what was asked for before and comes later is dropped. */
function after(pause, work) {
  let waiting;
  let asked = 0;
  return (...args) => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++asked;
      const shown = await work(...args).catch(() => null);
      if (shown && turn === asked) shown();
    }, pause);
  };
}

async function piece(url, options = {}) {
  const response = await fetch(url, { headers: PIECE, redirect: "manual", ...options });
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html").body.childNodes;
}

function watchAlike(within) {
  const field = within.querySelector("[name=title], [name=underlying_title]");
  const place = within.querySelector("[data-found]");
  const { alike, besides, alikeTake } = within.dataset;
  const look = after(250, async () => {
    const asked = new URLSearchParams({ text: field.value, besides: besides ?? "", take: alikeTake ?? "" });
    const found = await piece(`${alike}?${asked}`);
    return found && (() => place.replaceChildren(...found));
  });
  field.addEventListener("input", look);
}

/** "The same": its number goes into the field of numbers, and the sentence is not needed. */
function take(button) {
  const form = button.closest("form");
  form.elements.underlying.value = button.dataset.take;
  form.elements.underlying_title.value = "";
  button.closest("[data-found]").replaceChildren();
  form.elements.underlying.focus();
  form.elements.underlying.dispatchEvent(new Event("change", { bubbles: true }));
}

function watchAnswers(form) {
  const place = form.querySelector("[data-follows]");
  const look = after(300, async () => {
    const body = new FormData(form);
    body.set("look", "1");
    const found = await piece(location.pathname, { method: "POST", body, headers: { ...PIECE, "X-CSRFToken": token() } });
    return found && (() => place.replaceChildren(...found));
  });
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      // What is decided there is not asked anew while it is being decided.
      if (!place.contains(event.target)) look();
    });
  }
}

for (const within of document.querySelectorAll("[data-alike]")) watchAlike(within);
for (const form of document.querySelectorAll("[data-preview]")) watchAnswers(form);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (button) take(button);
});
