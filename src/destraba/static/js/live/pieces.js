// The pieces of the page that are drawn anew from the page that came back. A piece in which something else
// is being written stays as it is.

const PIECES = ["bar", "agenda", "item", "quick", "record", "attendance", "organizations"];

const isTouched = (field) => field.matches("textarea, input:not([type])") && field.value !== field.defaultValue;

const writtenIn = (piece, form) =>
  [...piece.querySelectorAll("textarea, input.in")].some((field) => isTouched(field) && field.form !== form);

/** Put the fresh pieces in place; true where another item has become the current one. */
export function absorb(page, form, wasTaken) {
  const before = document.getElementById("item").dataset.key;
  const moved = page.getElementById("item").dataset.key !== before;
  const focused = document.activeElement?.id;
  for (const id of PIECES) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!old || !fresh || (!moved && id !== "bar" && keeps(old, form, wasTaken))) continue;
    old.replaceWith(document.adoptNode(fresh));
  }
  refusal(page);
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  return moved;
}

/** Whether a piece must stay: another text stands in it that nobody has sent yet. */
function keeps(piece, form, wasTaken) {
  if (piece === form && piece.id === "quick") return false;
  if (piece.id === "quick") return true;
  return writtenIn(piece, wasTaken ? form : null);
}

function refusal(page) {
  document.getElementById("refusal")?.remove();
  const fresh = page.getElementById("refusal");
  if (fresh) document.getElementById("current").prepend(document.adoptNode(fresh));
}

/** The notes that came with the first page stand there once. */
export function refresh() {
  for (const note of document.querySelectorAll(".closing")) note.querySelector(".btn.go")?.focus();
}
