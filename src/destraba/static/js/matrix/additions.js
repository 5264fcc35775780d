// Adding a row: one types under the last one, Enter adds it, and the next can be typed at once.
import { place, read } from "./rows.js";
import { post } from "./server.js";

function fieldsOf(row, title) {
  const { parent, after, level } = row.dataset;
  return { object: row.dataset.new, parent, after, level, title };
}

export class Additions {
  constructor(grid) {
    this.grid = grid;
    grid.table.addEventListener("submit", (event) => this.add(event));
  }

  /** Go and write a row: the one nearest below where one stands. */
  start() {
    const rows = [...this.grid.table.querySelectorAll("tr[data-new]:not([hidden])")];
    const here = this.grid.moves.row;
    const below = rows.find((row) => here?.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
    (below ?? rows.at(-1))?.querySelector("[name=title]").focus();
  }

  async add(event) {
    event.preventDefault();
    const row = event.target.closest("tr[data-new]");
    const input = event.target.elements.title;
    const { table, status, undo } = this.grid;
    if (input.readOnly) return;
    input.readOnly = true;
    status.saving();
    const answer = await post(table.dataset.rowsUrl, fieldsOf(row, input.value), status.words);
    status.settled();
    input.readOnly = false;
    input.ariaInvalid = String(answer.kind !== "ok");
    if (answer.kind !== "ok") return status.failed(answer.words ?? "");
    const placed = place(table, read(answer.html), row);
    const added = placed.findLast((each) => each.dataset.object === row.dataset.new);
    if (added) row.dataset.after = added.dataset.id;
    input.value = "";
    undo.keep(answer.changeSet);
    return status.saved();
  }
}
