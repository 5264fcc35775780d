// Typed editors. A control is the same in a cell and in the sheet of a narrow grid; only its place differs.
import { heading } from "./rows.js";
import { get } from "./server.js";

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

/** The names to choose from are many, and few pages need them: they come with the first editor. */
async function offerOwners() {
  const list = document.getElementById("owners");
  if (!list?.dataset.src || list.dataset.asked) return;
  list.dataset.asked = "yes";
  const answer = await get(list.dataset.src, {});
  if (answer.kind === "ok") list.innerHTML = answer.html;
  else delete list.dataset.asked;
}

const MAKERS = {
  text: () => make("input", { type: "text", maxLength: 500 }),
  long: () => make("textarea", { rows: 2, maxLength: 500 }),
  date: () => make("input", { type: "text", inputMode: "text" }),
  owner: () => {
    const input = make("input", { type: "text" });
    input.setAttribute("list", "owners");
    offerOwners();
    return input;
  },
  choice: (cell) => {
    const options = document.querySelector(`template[data-choices="${cell.dataset.choices ?? cell.dataset.field}"]`);
    const select = make("select");
    select.append(options.content.cloneNode(true));
    return select;
  },
};

/** The control for a cell, holding what was left unsaved there, or else its value. */
export function control(cell) {
  const input = MAKERS[cell.dataset.editor](cell);
  input.className = "in";
  input.autocomplete = "off";
  input.ariaLabel = `${heading(cell)}, ${cell.closest("tr").dataset.number}`;
  input.value = cell.dataset.draft ?? cell.dataset.value;
  return input;
}

export function reasonField(label) {
  const field = make("label", { className: "field" });
  const area = make("textarea", { className: "in", rows: 2, name: "reason" });
  field.append(make("span", { className: "label", textContent: label }), area);
  return field;
}

/** What a person would read in the cell, were it saved already. */
export const shownValue = (input) => (input.matches("select") ? input.selectedOptions[0]?.textContent : input.value);

/** An editor that stands in its cell; what the cell showed waits in .kept. */
export class CellEditor {
  constructor(cell, words, error = "") {
    this.cell = cell;
    this.kept = make("span", { className: "kept", hidden: true });
    this.kept.append(...cell.childNodes);
    this.input = control(cell);
    cell.replaceChildren(this.kept, this.input);
    cell.classList.add("editing");
    this.explain(words, error);
    this.input.focus();
    this.input.select?.();
  }

  explain(words, error) {
    const ask = this.cell.dataset.ask;
    const hint = this.cell.dataset.editor === "date" ? words.dateHint : "";
    if (!ask && !hint && !error) return;
    const pop = make("div", { className: "pop" });
    if (error) pop.append(make("p", { className: "error", textContent: error }));
    if (hint) pop.append(make("p", { className: "hint", textContent: hint }));
    if (ask) pop.append(reasonField(ask));
    pop.append(document.querySelector("[data-status] > template").content.cloneNode(true));
    this.cell.append(pop);
    const room = pop.getBoundingClientRect();
    pop.classList.toggle("above", room.bottom > innerHeight && room.height < this.cell.getBoundingClientRect().top);
    pop.classList.toggle("left", room.right > document.documentElement.clientWidth);
  }

  get value() {
    return this.input.value;
  }

  get reason() {
    return this.cell.querySelector("[name=reason]")?.value ?? "";
  }

  get changed() {
    return this.value !== this.cell.dataset.value;
  }

  /** Give the cell back what it showed. */
  close() {
    this.cell.classList.remove("editing");
    this.cell.replaceChildren(...this.kept.childNodes);
  }
}
