// Saving a cell: shown at once, called saved only when the server says so. What could not be saved stays in the
// cell as a draft, marked, and is offered again. Saves of one row wait for each other, since each needs the
// version that the one before it made.
import { showAnswer } from "../dialogs.js";
import { shownValue } from "./editors.js";
import { place, read } from "./rows.js";
import { addressOf, post } from "./server.js";

/** Show a value while it travels; gives back what undoes that. */
function showMeanwhile(cell, text) {
  const kept = Object.assign(document.createElement("span"), { className: "kept", hidden: true });
  kept.append(...cell.childNodes);
  cell.replaceChildren(kept, text);
  cell.classList.add("saving");
  return () => {
    cell.classList.remove("saving");
    cell.replaceChildren(...kept.childNodes);
  };
}

export class Saves {
  constructor(grid) {
    this.grid = grid;
    this.waiting = new Map();
  }

  /** Save a value into a cell; `text` is how it reads meanwhile. */
  save(cell, value, { text = value, reason = "" } = {}) {
    const row = cell.closest("tr");
    const { status } = this.grid;
    cell.dataset.draft = value;
    cell.classList.remove("unsaved");
    const restore = showMeanwhile(cell, text);
    status.saving();
    const before = this.waiting.get(row) ?? Promise.resolve();
    const sent = before.then(() => this.send(row, cell, value, reason, restore));
    this.waiting.set(row, sent);
    return sent;
  }

  saveFrom(cell, input, reason) {
    return this.save(cell, input.value, { text: shownValue(input), reason });
  }

  async send(row, cell, value, reason, restore) {
    const { table, status } = this.grid;
    const { object, id, version } = row.dataset;
    const fields = { object, id, version, field: cell.dataset.field, value };
    const url = addressOf(table, "cells", row);
    const answer = await post(url, reason ? { ...fields, reason } : fields, status.words);
    status.settled();
    if (answer.kind === "ok") this.accept(cell, answer, restore);
    else restore();
    if (answer.kind === "conflict") this.choose(cell, value, reason, answer.html);
    if (answer.kind === "refused" || answer.kind === "lost") this.refuse(cell, answer);
  }

  accept(cell, answer, restore) {
    delete cell.dataset.draft;
    place(this.grid.table, read(answer.html));
    restore();
    cell.classList.add("saved");
    cell.addEventListener("animationend", () => cell.classList.remove("saved"), { once: true });
    this.grid.undo.keep(answer.changeSet, cell.closest("tr"));
    this.grid.status.saved();
  }

  refuse(cell, answer) {
    const { status, moves } = this.grid;
    cell.classList.add("unsaved");
    if (answer.needsReason) cell.dataset.ask = status.words.why;
    status.failed(answer.words);
    // Whoever is still here gets the editor back; whoever went on is not pulled back.
    if (moves.cell === cell && !this.grid.editor) this.grid.edit(cell, answer.words);
    if (answer.needsReason) cell.querySelector("[name=reason]")?.focus();
  }

  /** Two people, one cell: both values in a dialog. Shut without a choice, mine stays as a draft. */
  choose(cell, value, reason, html) {
    const { table, status } = this.grid;
    status.say("");
    const dialog = showAnswer(html);
    const form = dialog.querySelector("[data-conflict]");
    cell.classList.add("unsaved");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const theirs = form.querySelector("template[data-rows]");
      if (theirs) place(table, read(theirs.innerHTML));
      else if (event.submitter.value === "theirs") location.reload();
      cell.closest("tr").dataset.version = form.elements.version.value;
      cell.classList.remove("unsaved");
      delete cell.dataset.draft;
      dialog.close();
      if (event.submitter.value === "mine") this.save(cell, value, { reason });
      else status.say("");
      this.grid.moves.to(cell);
    });
  }
}
