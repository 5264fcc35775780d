// Taking back my last change, through the ledger: an undo is itself a change, so it can be taken back too.
import { place, read } from "./rows.js";
import { addressOf, post } from "./server.js";

export class Undo {
  constructor(grid) {
    this.grid = grid;
    this.done = [];
    this.undone = [];
  }

  /** A change the server has recorded, in the mesa of a row; `back` puts the page back where the rows that come
   * don't say how. */
  keep(changeSet, row = null, back = null) {
    if (!changeSet) return;
    this.done.push({ changeSet, url: addressOf(this.grid.table, "undo", row), back });
    this.undone.length = 0;
    this.show();
  }

  show() {
    const button = this.grid.status.undoButton;
    if (button) button.hidden = this.done.length === 0;
  }

  async turn(from, to, word) {
    const { table, status } = this.grid;
    const last = from.pop();
    if (!last) return status.say(status.words.nothing);
    status.saving();
    const answer = await post(last.url, { change_set: last.changeSet }, status.words);
    status.settled();
    if (answer.kind === "ok") {
      const back = last.back?.() ?? null;
      if (answer.changeSet) to.push({ ...last, changeSet: answer.changeSet, back });
      place(table, read(answer.html));
      status.saved(word);
    } else {
      if (answer.kind === "lost") from.push(last);
      status.failed(answer.words ?? answer.html);
    }
    return this.show();
  }

  back = () => this.turn(this.done, this.undone, this.grid.status.words.undone);

  again = () => this.turn(this.undone, this.done, this.grid.status.words.redone);
}
