// The order of the rows: Alt with the arrows, or the number of a row dragged with the pointer. A row moves among
// those that hang from the same; a commitment also to another solution of its problem.
import { parentOf, place, read, under } from "./rows.js";
import { addressOf, post } from "./server.js";

const FAR = 6;

const block = (row) => [row, ...under(row)];

/** The problem that a row belongs to. */
function problemOf(row) {
  let top = row;
  for (let above = parentOf(row); above; above = parentOf(above)) top = above;
  return top;
}

const alike = (row, other) =>
  other.dataset.object === row.dataset.object && other.dataset.level === row.dataset.level;

/** Where a row stands, as an act that puts it back there and gives the same for where it came from. */
function spot(row) {
  const [parent, next] = [row.parentElement, block(row).at(-1).nextElementSibling];
  return () => {
    const [back, focused] = [spot(row), document.activeElement];
    for (const each of block(row)) parent.insertBefore(each, next);
    focused.focus({ preventScroll: true });
    return back;
  };
}

export class Orders {
  constructor(grid) {
    this.grid = grid;
    this.dragged = null;
    const { table } = grid;
    table.addEventListener("keydown", (event) => this.press(event));
    table.addEventListener("pointerdown", (event) => this.take(event));
    table.addEventListener("dragstart", (event) => event.target.closest?.(".x-number") && event.preventDefault());
    document.addEventListener("pointermove", (event) => this.drag(event));
    document.addEventListener("pointerup", () => this.drop());
    document.addEventListener("pointercancel", () => this.letGo());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.letGo());
  }

  press(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.altKey || event.target.matches("input, textarea, select") || this.grid.editor) return;
    event.preventDefault();
    this.step(this.grid.moves.row, by);
  }

  /** One place up or down among its own. */
  step(row, by) {
    if (!row?.dataset.id) return;
    const rows = this.siblings(row);
    const other = rows[rows.indexOf(row) + by];
    if (other) this.move(row, other, by < 0 ? "before" : "after");
    else this.grid.status.say(this.grid.status.words[by < 0 ? "isFirst" : "isLast"]);
  }

  siblings(row) {
    const above = parentOf(row);
    const rows = above ? under(above) : [...row.parentElement.rows];
    return rows.filter((other) => other.dataset.id && alike(row, other) && parentOf(other) === above);
  }

  async move(row, other, where) {
    const { table, status, undo, moves } = this.grid;
    if (table.querySelector("thead [aria-sort]")) return status.failed(status.words.isSorted);
    const { object, id, version } = row.dataset;
    const column = moves.cell?.cellIndex ?? 0;
    status.saving();
    const answer = await post(addressOf(table, "order", row), { object, id, version, [where]: other.dataset.id }, status.words);
    status.settled();
    if (answer.kind !== "ok") return status.failed(answer.words ?? "");
    const back = spot(row);
    const rows = block(row);
    if (where === "before") other.before(...rows);
    else block(other).at(-1).after(...rows);
    place(table, read(answer.html));
    undo.keep(answer.changeSet, row, back);
    moves.to(row.cells[column]);
    const words = status.words[where === "before" ? "movedBefore" : "movedAfter"];
    return status.say(words.replace("{}", row.dataset.number).replace("{}", other.dataset.number));
  }

  // ---------- with the pointer ----------

  take(event) {
    const row = event.target.closest(".x-number")?.closest("tr[data-id]");
    const editable = row?.querySelector("[data-editor]");
    if (event.button !== 0 || event.pointerType === "touch" || !editable || event.target.closest(".tw")) return;
    this.dragged = { row, from: event.clientY, target: null, where: "", moving: false };
  }

  drag(event) {
    const { dragged } = this;
    if (!dragged || (!dragged.moving && Math.abs(event.clientY - dragged.from) < FAR)) return;
    dragged.moving = true;
    this.grid.table.classList.add("dragging");
    dragged.row.classList.add("dragged");
    getSelection().removeAllRanges();
    this.mark(this.under(event));
  }

  /** The row beside which it would come to stand, and on which side. */
  under({ clientX, clientY }) {
    const { row } = this.dragged;
    let target = document.elementFromPoint(clientX, clientY)?.closest("tr[data-id]");
    while (target && !alike(row, target)) target = parentOf(target);
    const fits = target && target !== row && this.grid.table.contains(target);
    if (!fits || (row.dataset.object === "commitment" && problemOf(target) !== problemOf(row))) return null;
    if (row.dataset.object === "solution" && parentOf(target) !== parentOf(row)) return null;
    const box = target.getBoundingClientRect();
    return { target, where: clientY < box.top + box.height / 2 ? "before" : "after" };
  }

  mark(found) {
    this.dragged.target?.classList.remove("drop-before", "drop-after");
    Object.assign(this.dragged, { target: found?.target ?? null, where: found?.where ?? "" });
    found?.target.classList.add(`drop-${found.where}`);
  }

  drop() {
    if (!this.dragged) return;
    const { row, target, where, moving } = this.dragged;
    this.letGo();
    if (!moving) return;
    // The click that ends a drag opens nothing.
    const nothing = (event) => event.preventDefault();
    addEventListener("click", nothing, true);
    setTimeout(() => removeEventListener("click", nothing, true));
    if (target) this.move(row, target, where);
  }

  letGo() {
    if (!this.dragged) return;
    this.mark(null);
    this.dragged.row.classList.remove("dragged");
    this.grid.table.classList.remove("dragging");
    this.dragged = null;
  }
}
