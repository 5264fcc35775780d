// What can be done with a row, where one looks for it: the right button, Shift+F10, or "…" where it is narrow.
import { openHistory } from "./history.js";

export class Menu {
  constructor(grid) {
    this.grid = grid;
    this.list = document.querySelector("[data-row-menu]");
    if (!this.list) return;
    grid.table.addEventListener("contextmenu", (event) => this.ask(event));
    grid.table.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("click", (event) => this.act(event.target.closest("[data-act]")));
    this.list.addEventListener("toggle", (event) => event.newState === "closed" && this.shut());
  }

  /** On a link the browser's own menu is the one that is looked for. */
  ask(event) {
    const cell = event.target.closest("td, th");
    if (!cell?.closest("tr[data-id]") || event.target.closest("a, input, textarea, select")) return;
    event.preventDefault();
    // The key that opened it may ask once more.
    if (this.list.matches(":popover-open")) return;
    this.grid.moves.to(cell);
    this.open(event.clientX, event.clientY);
  }

  key(event) {
    if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
    const at = this.grid.moves.at;
    if (this.grid.editor || !at?.closest("tr[data-id]")) return;
    event.preventDefault();
    const box = at.getBoundingClientRect();
    this.open(box.left + 8, box.bottom);
  }

  get items() {
    return [...this.list.querySelectorAll("[data-act]")].filter((item) => !item.closest("[hidden]"));
  }

  open(x, y) {
    const { row, cell } = this.grid.moves;
    const can = row.querySelector("[data-editor]") !== null;
    const hidden = { edit: !cell?.dataset.editor, cell: !cell || cell.matches(".x-number"), up: !can, down: !can, many: !can };
    for (const item of this.list.querySelectorAll("[data-act]")) item.parentElement.hidden = hidden[item.dataset.act] ?? false;
    this.list.showPopover();
    const { width, height } = this.list.getBoundingClientRect();
    const room = document.documentElement;
    this.list.style.left = `${Math.max(Math.min(x, room.clientWidth - width - 4), 4)}px`;
    this.list.style.top = `${Math.max(Math.min(y, room.clientHeight - height - 4), 4)}px`;
    this.items[0]?.focus();
  }

  press(event) {
    const { items } = this;
    const here = items.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") this.list.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length).focus();
  }

  shut() {
    if (this.list.contains(document.activeElement) || document.activeElement === document.body) this.grid.moves.at?.focus();
  }

  act(item) {
    if (!item) return;
    const { moves, orders, many, status } = this.grid;
    const { row, cell } = moves;
    const link = row.querySelector("a.folio");
    const acts = {
      edit: () => this.grid.edit(cell),
      cell: () => openHistory(this.grid, cell),
      row: () => openHistory(this.grid, null, row),
      up: () => orders.step(row, -1),
      down: () => orders.step(row, 1),
      many: () => many.open(),
      link: () => navigator.clipboard?.writeText(link.href).then(() => status.say(status.words.linkCopied)),
      open: () => link.click(),
    };
    this.list.hidePopover();
    moves.at.focus();
    acts[item.dataset.act]();
  }
}
