// Choosing rows: Shift stretches from where one began, Ctrl or Cmd adds one, Space turns one.
import { standing } from "./rows.js";

export class Choosing {
  constructor(grid) {
    this.grid = grid;
    this.anchor = null;
  }

  get rows() {
    return [...this.grid.table.querySelectorAll('tr[aria-selected="true"]')];
  }

  count() {
    const { status, table } = this.grid;
    const number = this.rows.length;
    const { chosen, chosenOne } = status.words;
    status.say(number === 0 ? "" : number === 1 ? chosenOne : chosen.replace("{}", number));
    table.dispatchEvent(new Event("chosen"));
  }

  set(row, on) {
    if (row.dataset.id) row.ariaSelected = String(on);
  }

  none() {
    for (const row of this.rows) this.set(row, false);
    this.anchor = null;
    this.count();
  }

  all() {
    for (const row of standing(this.grid.table)) this.set(row, true);
    this.count();
  }

  turn(row) {
    this.set(row, row.ariaSelected !== "true");
    this.anchor = row;
    this.count();
  }

  /** From where the stretch began to this row, and no other. */
  stretch(row) {
    this.anchor ??= this.grid.moves.row;
    const rows = standing(this.grid.table);
    const ends = [rows.indexOf(this.anchor), rows.indexOf(row)].sort((a, b) => a - b);
    for (const [index, each] of rows.entries()) this.set(each, index >= ends[0] && index <= ends[1]);
    this.count();
  }
}
