// Where the grid is narrow its rows are cards, and a row is edited whole, in a sheet.
import { control, reasonField } from "./editors.js";
import { heading } from "./rows.js";

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** One cell as a field with its label; the reason is asked once the value differs. */
function fieldFor(cell, words) {
  const input = control(cell);
  input.ariaLabel = null;
  const label = make("label", { className: "field" }, make("span", { className: "label", textContent: heading(cell) }), input);
  if (cell.dataset.editor === "date") label.append(make("span", { className: "hint", textContent: words.dateHint }));
  const reason = cell.dataset.ask ? reasonField(cell.dataset.ask) : null;
  if (reason) {
    reason.hidden = true;
    input.addEventListener("input", () => {
      reason.hidden = input.value === cell.dataset.value;
      reason.querySelector("textarea").required = !reason.hidden;
    });
  }
  return { cell, input, reason, nodes: reason ? [label, reason] : [label] };
}

export function openSheet(grid, row, first) {
  const words = grid.status.words;
  const fields = [...row.querySelectorAll("[data-editor]")].map((cell) => fieldFor(cell, words));
  const number = make("a", { className: "folio", href: row.querySelector("a.folio").href, textContent: row.dataset.number });
  const form = make("form", { className: "form", method: "dialog" }, ...fields.flatMap((field) => field.nodes));
  const leave = make("button", { className: "btn", type: "button", textContent: words.leave });
  form.append(make("footer", {}, leave, make("button", { className: "btn go", textContent: words.save })));
  const title = make("p", { id: "sheet-title" }, `${words.edit} `, number);
  const dialog = make("dialog", { className: "sheet" }, make("header", {}, title), form);
  dialog.setAttribute("aria-labelledby", "sheet-title");
  const more = make("button", { className: "btn quiet", type: "button", textContent: "…", ariaLabel: words.more });
  dialog.querySelector("header").append(more);
  more.addEventListener("click", () => {
    dialog.close();
    grid.moves.to(row.cells[1]);
    grid.menu.open(0, innerHeight);
  });
  leave.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", () => {
    for (const { cell, input, reason } of fields) {
      if (input.value !== cell.dataset.value) grid.saves.saveFrom(cell, input, reason?.querySelector("textarea").value);
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  fields.find((field) => field.cell === first)?.input.focus();
}
