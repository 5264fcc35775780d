// The search that Ctrl+K opens on every page: a list that follows what one types. Without a script the link in
// the head leads to the page of the search, which finds the same.

const RECENT = "destraba.recent";
const FEW = 5;
const PAUSE = 120;

const finder = document.getElementById("finder");
const input = document.getElementById("finder-q");
const list = document.getElementById("finder-list");
const form = finder?.querySelector("form");

let asking = null;
let timer = 0;
let shown = "";

const options = () => [...list.querySelectorAll("[role=option]")];
const active = () => list.querySelector('[aria-selected="true"]');

function choose(option) {
  active()?.setAttribute("aria-selected", "false");
  input.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

/** What stands in the list now, the first of it chosen; `said` tells those who do not see it. */
function settle(said, { first = true } = {}) {
  const every = options();
  every.forEach((option, index) => { option.id = `found-${index}`; });
  list.hidden = !every.length;
  input.setAttribute("aria-expanded", String(every.length > 0));
  finder.querySelector("[data-empty]").hidden = Boolean(input.value.trim());
  finder.querySelector("[data-none]").hidden = !input.value.trim() || every.length > 0;
  finder.querySelector("[role=status]").textContent = said;
  finder.querySelector("[data-all]").href = address();
  list.scrollTop = 0;
  choose(first ? every[0] : null);
}

const address = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;

// What was opened lately is kept in this window alone, and gone with it.
const recent = () => JSON.parse(sessionStorage.getItem(RECENT) ?? "[]");

function keep(option) {
  const text = (part) => option.querySelector(part)?.textContent.trim() ?? "";
  const one = { href: option.getAttribute("href"), folio: text(".folio"), say: text(".say") };
  const others = recent().filter(({ href }) => href !== one.href);
  sessionStorage.setItem(RECENT, JSON.stringify([one, ...others].slice(0, FEW)));
}

function piece(name, className, words = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  return made;
}

function showRecent() {
  const lately = recent().map(({ href, folio, say }) => {
    const option = piece("a", "");
    option.href = href;
    option.role = "option";
    option.tabIndex = -1;
    option.append(piece("span", "folio", folio), piece("span", "what"));
    option.lastChild.append(piece("span", "say", say));
    return option;
  });
  const group = piece("div", "");
  group.role = "group";
  group.ariaLabel = list.dataset.recent;
  const title = piece("p", "label", list.dataset.recent);
  title.ariaHidden = "true";
  group.append(title, ...lately);
  list.replaceChildren(...(lately.length ? [group] : []));
  shown = "";
  settle("", { first: false });
}

async function ask() {
  asking?.abort();
  const text = input.value.trim();
  if (!text) return showRecent();
  asking = new AbortController();
  const wanted = { headers: { "X-Fragment": "search", "X-Requested-With": "fetch" }, redirect: "manual", signal: asking.signal };
  try {
    const response = await fetch(address(), wanted);
    if (!response.ok) return settle(lost(finder.dataset.signedOut));
    list.innerHTML = await response.text();
    shown = text;
    settle(list.firstElementChild.dataset.said);
  } catch (error) {
    if (error.name !== "AbortError") settle(lost(finder.dataset.offline));
  }
}

function lost(words) {
  list.replaceChildren();
  finder.querySelector("[data-none]").textContent = words;
  return words;
}

function move(event) {
  const every = options();
  const at = every.indexOf(active());
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1 + every.length }[event.key];
  if (next !== undefined && every.length) {
    event.preventDefault();
    choose(every.at(next % every.length));
  } else if (event.key === "Enter" && active() && (shown === input.value.trim())) {
    event.preventDefault();
    active().click();
  }
}

function open() {
  const own = document.getElementById("search-q");
  if (own) return own.select();
  if (finder.open) return input.select();
  finder.showModal();
  input.select();
  return ask();
}

export function watchSearch() {
  // Whoever signs out leaves nothing behind for the next one at this window.
  if (!finder) return sessionStorage.removeItem(RECENT);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("a[data-search]")) return;
    event.preventDefault();
    open();
  });
  finder.querySelector("[data-shuts]").addEventListener("click", () => finder.close());
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", move);
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) keep(option);
  });
}
