// Moving about: the grid is one tab stop, and the arrows do the rest (WAI-ARIA treegrid). One stands on a row
// or on a cell of it; to the left of the first cell lies the row itself.
import { parentOf, shown, standing } from "./rows.js";

export class Moves {
  constructor(grid) {
    this.grid = grid;
    this.at = null;
    this.column = 1;
    const first = standing(grid.table).find((row) => row.dataset.id);
    if (first) this.mark(first.cells[1]);
  }

  get row() {
    return this.at?.closest("tr") ?? null;
  }

  get cell() {
    return this.at?.matches("td, th") ? this.at : null;
  }

  /** Make this the one tab stop, without moving the focus. */
  mark(target) {
    if (this.at && this.at !== target) this.at.removeAttribute("tabindex");
    this.at = target;
    target.tabIndex = 0;
    if (this.cell) this.column = this.cell.cellIndex;
  }

  to(target) {
    if (!target) return;
    this.mark(target);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }

  toRow(row) {
    if (!row) return;
    if (row.dataset.new) row.querySelector("[name=title]").focus();
    else if (!this.cell) this.to(row);
    else this.to(shown(row).find((cell) => cell.cellIndex >= this.column) ?? shown(row).at(-1));
  }

  by(step) {
    const rows = standing(this.grid.table);
    const here = rows.indexOf(this.row);
    this.toRow(rows[Math.min(Math.max(here + step, 0), rows.length - 1)]);
  }

  along(step) {
    const cells = shown(this.row);
    const next = this.cell ? cells.indexOf(this.cell) + step : 0;
    if (next < 0) this.to(this.row);
    else this.to(cells[Math.min(next, cells.length - 1)]);
  }

  right() {
    if (!this.cell && this.row.ariaExpanded === "false") this.grid.tree.open(this.row);
    else this.along(1);
  }

  left() {
    if (this.cell) this.along(-1);
    else if (this.row.ariaExpanded === "true") this.grid.tree.shut(this.row);
    else if (parentOf(this.row)) this.to(parentOf(this.row));
  }

  edge(end, whole) {
    const rows = standing(this.grid.table).filter((row) => row.dataset.id);
    if (whole || !this.cell) this.toRow(end ? rows.at(-1) : rows[0]);
    else this.to(shown(this.row).at(end ? -1 : 0));
  }

  /** The next or previous cell that can be edited, wherever it is. */
  editable(step) {
    const rows = standing(this.grid.table);
    const ways = (row) => shown(row).filter((cell) => cell.dataset.editor);
    const here = ways(this.row);
    const beside = here[here.indexOf(this.cell) + step];
    if (beside) return beside;
    for (let at = rows.indexOf(this.row) + step; rows[at]; at += step) {
      const cells = ways(rows[at]);
      if (cells.length > 0) return cells.at(step > 0 ? 0 : -1);
    }
    return null;
  }
}
