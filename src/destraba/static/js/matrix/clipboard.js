// Ctrl or Cmd with C and V, in the tab-separated text that spreadsheets speak. A block is never written unseen:
// the server shows what it would change first.
import { showAnswer } from "../dialogs.js";
import { heading, place, read, shown } from "./rows.js";
import { addressOf, post } from "./server.js";

/** What a cell says in one line: its value, or else its words without the reasons and asides. */
function textOf(cell) {
  if (cell.dataset.value !== undefined && cell.dataset.editor !== "choice") return cell.dataset.value;
  const copy = cell.cloneNode(true);
  for (const aside of copy.querySelectorAll(".why, .vh")) aside.remove();
  return (copy.textContent.trim() || cell.textContent.trim()).replace(/\s+/g, " ");
}

/** The columns that one can see, as the server knows them, without the number, which nothing is pasted over. */
const columnsOf = (table) =>
  shown(table.tHead.rows[0])
    .map((head) => head.dataset.column)
    .filter((column) => column !== "number")
    .join();

/** The heads of the cells of a row that one can see: what a copied block begins with. */
const headingsOf = (row) => shown(row).map(heading).join("\t");

export class Clipboard {
  constructor(grid) {
    this.grid = grid;
    document.addEventListener("copy", (event) => this.copy(event));
    document.addEventListener("paste", (event) => this.paste(event));
  }

  get here() {
    const active = document.activeElement;
    return this.grid.table.contains(active) && !active.matches("input, textarea, select");
  }

  copy(event) {
    if (!this.here || !getSelection().isCollapsed) return;
    const { moves, choosing, status } = this.grid;
    const rows = choosing.rows.length > 0 || moves.cell ? choosing.rows : [moves.row];
    const lines = rows.map((row) => shown(row).map(textOf).join("\t"));
    const text = rows.length > 0 ? [headingsOf(rows[0]), ...lines].join("\n") : textOf(moves.cell);
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    status.say(status.words.copied);
  }

  paste(event) {
    const { moves, saves } = this.grid;
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    const block = /[\t\n]/.test(text);
    const whole = block && moves.row?.dataset.id ? this.without(headingsOf(moves.row), text) : null;
    const fresh = event.target.closest?.("tr[data-new]");
    if (!(block && this.grid.table.contains(fresh)) && !(this.here && moves.row?.dataset.id)) return;
    event.preventDefault();
    const { cell } = moves;
    const direct = !fresh && !block && cell?.dataset.editor && cell.dataset.editor !== "choice" && !cell.dataset.ask;
    if (direct) saves.save(cell, text.trim());
    else if (whole) this.preview(whole, this.anchor(null));
    else if (fresh) this.preview(text, { object: fresh.dataset.new, id: "", field: "title", parent: fresh.dataset.parent });
    else this.preview(text, this.anchor(cell));
  }

  /** Whole rows that were copied here, without their headings and numbers; null for any other block. */
  without(headings, text) {
    const [first, ...lines] = text.split(/\r?\n/);
    return first === headings && lines.length > 0 ? lines.map((line) => line.slice(line.indexOf("\t") + 1)).join("\n") : null;
  }

  /** Where the block's first cell would come to lie. */
  anchor(cell) {
    const { object, id } = this.grid.moves.row.dataset;
    return { object, id, field: cell?.dataset.field ?? "title", parent: "" };
  }

  async preview(tsv, anchor) {
    const { table, status } = this.grid;
    const fields = { ...anchor, columns: columnsOf(table), tsv, mode: "preview" };
    const answer = await post(addressOf(table, "paste", this.grid.moves.row), fields, status.words);
    if (answer.kind !== "ok") return status.failed(answer.words);
    return this.show(answer.html);
  }

  show(html) {
    const dialog = showAnswer(html, { wide: true });
    dialog.addEventListener("close", () => this.grid.moves.at.focus());
    dialog.querySelector("form[data-paste]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      if ("shuts" in event.submitter.dataset) dialog.close();
      else this.apply(dialog, new FormData(event.target, event.submitter));
    });
  }

  async apply(dialog, fields) {
    const { table, status, undo } = this.grid;
    status.saving();
    const answer = await post(addressOf(table, "paste", this.grid.moves.row), fields, status.words);
    status.settled();
    // Somebody was faster: what the block would do now, to be looked at again.
    if (answer.kind === "conflict") {
      dialog.close();
      this.show(answer.html);
      return;
    }
    if (answer.kind !== "ok") {
      const sentence = dialog.querySelector("[data-refused]");
      sentence.hidden = false;
      sentence.textContent = `${status.words.failed} ${answer.words}`;
      return;
    }
    place(table, read(answer.html));
    undo.keep(answer.changeSet);
    dialog.close();
    status.saved();
  }
}
