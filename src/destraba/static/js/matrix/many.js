// One column of many rows at once: choose the rows, press b, choose the column and what it shall say.
import { showAnswer } from "../dialogs.js";
import { control } from "./editors.js";
import { heading, place, read } from "./rows.js";
import { addressOf, post } from "./server.js";

const counted = (words, one, number) => (number === 1 ? one : words.replace("{}", number));

export class Many {
  constructor(grid) {
    this.grid = grid;
    this.button = grid.status.line.querySelector("button[data-many]");
    this.button?.addEventListener("click", () => this.open());
    grid.table.addEventListener("chosen", () => this.offer());
  }

  offer() {
    if (this.button) this.button.hidden = this.grid.choosing.rows.length === 0;
  }

  get rows() {
    const { choosing, moves } = this.grid;
    return choosing.rows.length > 0 ? choosing.rows : [moves.row].filter((row) => row?.dataset.id);
  }

  /** A cell of each column that all of these rows can be edited in. */
  columns(rows) {
    const cells = [...(rows[0]?.querySelectorAll("[data-editor]") ?? [])];
    return cells.filter((cell) => rows.every((row) => row.querySelector(`[data-field="${cell.dataset.field}"][data-editor]`)));
  }

  open() {
    const template = document.querySelector("template[data-many]");
    const { rows } = this;
    const { status, moves } = this.grid;
    if (!template || rows.length === 0) return;
    const cells = this.columns(rows);
    if (cells.length === 0) return status.failed(status.words.noColumn);
    const dialog = showAnswer(template.innerHTML);
    const form = dialog.querySelector("form");
    const title = counted(status.words.changeRows, status.words.changeRow, rows.length);
    for (const place of form.querySelectorAll("[data-title]")) place.textContent = title;
    dialog.ariaLabel = title;
    const { column } = form.elements;
    for (const cell of cells) column.append(new Option(heading(cell), cell.dataset.field));
    const here = cells.find((cell) => cell.dataset.field === moves.cell?.dataset.field && cell.dataset.field !== "title");
    column.value = (here ?? cells.find((cell) => cell.dataset.field !== "title") ?? cells[0]).dataset.field;
    column.addEventListener("change", () => this.ask(form, cells));
    this.ask(form, cells);
    form.addEventListener("submit", (event) => this.submit(event, dialog, rows));
    form.querySelector("[data-shuts]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => moves.at?.focus());
    column.focus();
  }

  /** The control that the column takes, blank. */
  ask(form, cells) {
    const cell = cells.find((one) => one.dataset.field === form.elements.column.value);
    const input = control(cell);
    Object.assign(input, { name: "value", value: "", ariaLabel: null });
    if (input.matches("select")) input.selectedIndex = 0;
    form.querySelector("[data-value]").replaceChildren(input);
  }

  async submit(event, dialog, rows) {
    event.preventDefault();
    const { table, status, undo } = this.grid;
    const { column, value, reason } = event.target.elements;
    const chosen = rows.map(({ dataset }) => ["row", `${dataset.object} ${dataset.id} ${dataset.version}`]);
    const fields = [["field", column.value], ["value", value.value], ["reason", reason.value], ...chosen];
    status.saving();
    const answer = await post(addressOf(table, "many", rows[0]), fields, status.words);
    status.settled();
    if (answer.kind !== "ok") {
      const sentence = dialog.querySelector("[data-refused]");
      sentence.hidden = false;
      sentence.textContent = answer.words;
      status.say("");
      if (answer.needsReason) reason.focus();
      return;
    }
    place(table, read(answer.html));
    undo.keep(answer.changeSet, rows[0]);
    dialog.close();
    status.saved();
  }
}
