// The form for columns and conditions opens over the Matrix; without this script it is a page.
import { showAnswer } from "../dialogs.js";
import { get } from "./server.js";

/** Blank fields are left out of the address: it says what was asked for and nothing else. */
function leaveBlanksOut(event) {
  for (const field of event.target.elements) if (field.value === "") field.disabled = true;
}

for (const link of document.querySelectorAll("a[data-view-form]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await get(link.href, {});
    if (answer.kind !== "ok") return location.assign(link.href);
    const dialog = showAnswer(answer.html, { wide: true });
    dialog.addEventListener("close", () => link.focus(), { once: true });
    dialog.querySelector(".view-form").addEventListener("submit", leaveBlanksOut);
    return dialog.querySelector("input").focus();
  });
}
document.querySelector(".view-form")?.addEventListener("submit", leaveBlanksOut);
