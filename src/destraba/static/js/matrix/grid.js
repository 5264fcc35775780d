// The Matrix under the hands: what each key and click means. The parts do the work; this hands it out.
import { onKey } from "../keys.js";
import { Additions } from "./additions.js";
import { Choosing } from "./choosing.js";
import { Clipboard } from "./clipboard.js";
import { CellEditor } from "./editors.js";
import { openHistory } from "./history.js";
import { Many } from "./many.js";
import { Menu } from "./menu.js";
import { Moves } from "./moves.js";
import { Orders } from "./orders.js";
import { prepare, standing } from "./rows.js";
import { Saves } from "./saves.js";
import { openSheet } from "./sheet.js";
import { Status } from "./status.js";
import { Tree } from "./tree.js";
import { Undo } from "./undo.js";
import { Windows } from "./windows.js";

const PAGE = 10;

class Grid {
  constructor(table) {
    this.table = table;
    this.editor = null;
    prepare(standing(table));
    this.status = new Status(table);
    this.tree = new Tree(this);
    this.moves = new Moves(this);
    this.choosing = new Choosing(this);
    this.undo = new Undo(this);
    this.saves = new Saves(this);
    this.additions = new Additions(this);
    this.clipboard = new Clipboard(this);
    this.orders = new Orders(this);
    this.many = new Many(this);
    this.menu = new Menu(this);
    this.windows = new Windows(this);
    this.listen();
  }

  listen() {
    const { table } = this;
    table.addEventListener("keydown", (event) => this.press(event));
    table.addEventListener("mousedown", (event) => this.down(event));
    table.addEventListener("click", (event) => this.click(event));
    table.addEventListener("dblclick", (event) => this.edit(event.target.closest("[data-editor]")));
    table.addEventListener("focusin", (event) => this.arrive(event));
    table.addEventListener("focusout", (event) => this.depart(event));
    addEventListener("beforeunload", (event) => this.unload(event));
    this.status.undoButton?.addEventListener("click", this.undo.back);
    onKey("j", () => this.moves.by(1));
    onKey("k", () => this.moves.by(-1));
    onKey("n", () => this.additions.start());
    onKey("b", () => this.many.open());
    onKey("h", () => openHistory(this, this.moves.cell, this.moves.row));
  }

  get narrow() {
    return getComputedStyle(this.table).getPropertyValue("--cards").trim() === "1";
  }

  // ---------- editing ----------

  edit(cell, error = "") {
    if (!cell?.dataset.editor || cell.matches(".saving, .editing")) return;
    this.moves.mark(cell);
    if (this.narrow) openSheet(this, cell.closest("tr"), cell);
    else this.editor = new CellEditor(cell, this.status.words, error);
  }

  leave() {
    const { editor } = this;
    this.editor = null;
    editor.close();
    delete editor.cell.dataset.draft;
    editor.cell.classList.remove("unsaved");
    this.moves.to(editor.cell);
  }

  /** Save and shut the editor; false if it must stay, because a reason is still to be given. */
  commit() {
    const { editor } = this;
    const { cell, input, reason } = editor;
    if (editor.changed && cell.dataset.ask && !reason.trim()) {
      cell.querySelector("[name=reason]").focus();
      return false;
    }
    this.editor = null;
    editor.close();
    delete cell.dataset.draft;
    cell.classList.remove("unsaved");
    if (editor.changed) this.saves.saveFrom(cell, input, reason);
    return true;
  }

  pressInEditor(event) {
    const { cell, input, changed } = this.editor;
    if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (this.commit()) this.moves.to(cell);
    } else if (event.key === "Tab") {
      if (event.target === input && cell.dataset.ask && changed && !event.shiftKey) return;
      event.preventDefault();
      if (!this.commit()) return;
      const next = this.moves.editable(event.shiftKey ? -1 : 1);
      this.moves.to(next ?? cell);
      this.edit(next);
    }
  }

  // ---------- keys ----------

  press(event) {
    if (event.isComposing || event.altKey) return;
    if (this.editor) return this.pressInEditor(event);
    if (event.target.matches("input, textarea, select")) return this.pressInNewRow(event);
    const combined = event.ctrlKey || event.metaKey;
    const act = combined ? this.combined(event) : this.plain(event);
    if (!act) return;
    event.preventDefault();
    act();
  }

  pressInNewRow(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step && event.key !== "Escape") return;
    event.preventDefault();
    this.moves.mark(event.target.closest("tr"));
    this.moves.by(step ?? -1);
  }

  combined(event) {
    const keys = {
      z: event.shiftKey ? this.undo.again : this.undo.back,
      y: this.undo.again,
      a: () => this.choosing.all(),
      home: () => this.moves.edge(false, true),
      end: () => this.moves.edge(true, true),
    };
    return keys[event.key.toLowerCase()];
  }

  plain(event) {
    const { moves, choosing } = this;
    const step = (by) => () => this.step(by, event.shiftKey);
    const keys = {
      ArrowDown: step(1),
      ArrowUp: step(-1),
      PageDown: step(PAGE),
      PageUp: step(-PAGE),
      ArrowRight: () => moves.right(),
      ArrowLeft: () => moves.left(),
      Home: () => moves.edge(false, false),
      End: () => moves.edge(true, false),
      Enter: () => this.enter(),
      F2: () => this.edit(moves.cell),
      " ": () => choosing.turn(moves.row),
      Escape: () => choosing.none(),
    };
    return keys[event.key];
  }

  step(by, stretching) {
    if (stretching) this.choosing.anchor ??= this.moves.row;
    this.moves.by(by);
    if (stretching) this.choosing.stretch(this.moves.row);
  }

  enter() {
    const { cell, row } = this.moves;
    if (!cell) this.tree.turn(row);
    else if (cell.dataset.editor) this.edit(cell);
    else if (cell.matches(".x-number")) cell.querySelector("a.folio").click();
  }

  // ---------- pointer and focus ----------

  down(event) {
    const cell = event.target.closest("td, th");
    this.wasHere = cell !== null && cell === document.activeElement;
    if (event.shiftKey && cell) event.preventDefault(); // or the browser marks text from there to here
  }

  click(event) {
    const sign = event.target.closest("a.tw");
    const cell = event.target.closest("tbody td, tbody th");
    const row = cell?.closest("tr[data-id]");
    if (sign) {
      event.preventDefault();
      this.tree.turn(row);
    } else if (row && !event.target.closest("a, button, input, select, textarea, label")) {
      this.choose(event, row, cell);
    }
  }

  choose(event, row, cell) {
    if (event.shiftKey) this.choosing.stretch(row);
    else if (event.ctrlKey || event.metaKey) this.choosing.turn(row);
    else if (this.narrow) this.edit(cell.dataset.editor ? cell : row.querySelector("[data-editor]"));
    else if (this.wasHere) this.edit(cell);
    else if (this.choosing.rows.length > 0) this.choosing.none();
    if (!this.editor && !document.querySelector("dialog:modal")) this.moves.to(cell);
  }

  arrive(event) {
    if (event.target.matches("tr[data-id], tr[data-id] > *")) this.moves.mark(event.target);
  }

  /** Going elsewhere saves, as in a spreadsheet; going to another window does not. */
  depart(event) {
    const { editor } = this;
    if (!editor || !document.hasFocus() || editor.cell.contains(event.relatedTarget)) return;
    if (editor.changed && editor.cell.dataset.ask && !editor.reason.trim()) editor.cell.classList.add("unsaved");
    else this.commit();
  }

  unload(event) {
    if (this.status.pending > 0 || this.table.querySelector(".unsaved")) event.preventDefault();
  }
}

for (const table of document.querySelectorAll("[data-grid]")) new Grid(table);
