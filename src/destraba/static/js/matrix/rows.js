// The tree as it stands in the page. Rows are flat siblings; their level says whose children they are.

const level = (row) => Number(row.dataset.level);

/** Rows one can stand on, in order: not those shut away, not the headings of groups. */
export const standing = (table) => [...table.querySelectorAll("tbody > tr[data-level]:not([hidden])")];

export const byId = (table, id) => table.querySelector(`tr[data-id="${CSS.escape(id)}"]`);

/** What hangs under a row: every following row of a deeper level. */
export function under(row) {
  const found = [];
  let next = row.nextElementSibling;
  while (next?.dataset.level && level(next) > level(row)) {
    found.push(next);
    next = next.nextElementSibling;
  }
  return found;
}

export function parentOf(row) {
  let above = row.previousElementSibling;
  while (above?.dataset.level && level(above) >= level(row)) above = above.previousElementSibling;
  return above?.dataset.level ? above : null;
}

/** The problem at the top of a branch; a problem is its own. */
function topOf(row) {
  let top = row;
  for (let above = parentOf(row); above; above = parentOf(above)) top = above;
  return top;
}

/** Cells one can see: narrow grids leave columns out. */
export const shown = (row) => [...row.cells].filter((cell) => cell.getClientRects().length > 0);

/** What a cell is called: the head of its column, unless what one edits there has a name of its own. */
export const heading = (cell) =>
  cell.dataset.label ?? cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent.trim();

/** The rows in an answer of the server. */
export function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.querySelectorAll("tr")];
}

/** Make fresh rows ready for the keyboard: one tab stop for the whole grid, every row selectable. */
export function prepare(rows) {
  for (const row of rows) {
    if (!row.dataset.level) continue;
    if (row.dataset.id && !row.hasAttribute("aria-selected")) row.ariaSelected = "false";
    for (const link of row.querySelectorAll("a, button")) link.tabIndex = -1;
  }
}

// State of this page, which the server does not know.
const OURS = new Set(["hidden", "tabindex", "aria-selected", "aria-expanded"]);

function copyAttributes(from, to) {
  for (const { name } of [...to.attributes]) {
    if (!OURS.has(name) && !from.hasAttribute(name)) to.removeAttribute(name);
  }
  for (const { name, value } of from.attributes) if (!OURS.has(name)) to.setAttribute(name, value);
}

/** Bring a row up to date in place, so that focus, selection and an open editor survive. */
function merge(row, fresh) {
  copyAttributes(fresh, row);
  for (const [index, cell] of [...fresh.cells].entries()) {
    const old = row.cells[index];
    const kept = old.querySelector(":scope > .kept");
    const editing = old.classList.contains("editing");
    copyAttributes(cell, old);
    old.classList.toggle("editing", editing);
    (kept ?? old).replaceChildren(...cell.childNodes);
  }
}

function insert(table, fresh, previous) {
  const anchor = fresh.dataset.after ? byId(table, fresh.dataset.after) : previous;
  if (!anchor) return table.tBodies[table.tBodies.length - 1].append(fresh);
  let last = anchor;
  for (const row of under(anchor)) if (level(row) > level(fresh) && !row.dataset.new) last = row;
  return last.after(fresh);
}

/** Put the rows of an answer where they belong; gives those that are now in the page. */
export function place(table, rows, before = null) {
  const placed = [];
  for (const fresh of rows) {
    const old = fresh.dataset.id && byId(table, fresh.dataset.id);
    if ("gone" in fresh.dataset) {
      for (const row of old ? [old, ...under(old)] : []) row.remove();
    } else if (old) {
      merge(old, fresh);
      placed.push(old);
    } else {
      if (before) before.before(fresh);
      else insert(table, fresh, placed.at(-1));
      fresh.hidden = topOf(fresh).ariaExpanded === "false" && topOf(fresh) !== fresh;
      placed.push(fresh);
    }
  }
  prepare(placed);
  return placed;
}
