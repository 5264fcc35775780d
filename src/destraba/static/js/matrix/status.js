// The line under the grid: what was saved, what was not, how many rows are chosen. All its words are the page's.

export class Status {
  constructor(table) {
    this.line = table.closest(".gridbox").parentElement.querySelector("[data-status]");
    this.words = this.line.dataset;
    this.output = this.line.querySelector("output");
    this.undoButton = this.line.querySelector("[data-undo]");
    this.pending = 0;
  }

  say(text, failed = false) {
    this.output.textContent = text;
    this.output.classList.toggle("failed", failed);
  }

  saving() {
    this.pending += 1;
    this.say(this.words.saving);
  }

  settled() {
    this.pending -= 1;
  }

  saved(word = this.words.saved) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
    if (this.pending === 0) this.say(`${word} ${time}`);
  }

  failed(text) {
    this.say(`${this.words.failed} ${text}`, true);
  }
}
