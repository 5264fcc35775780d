// Dialogs are the browser's own: Esc shuts them and focus returns. A button with data-opens="id" opens one.

export function watchDialogs() {
  for (const opener of document.querySelectorAll("[data-opens]")) opener.hidden = false;
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    // A click on the backdrop lands on the dialog itself, outside its content.
    if (event.target instanceof HTMLDialogElement && event.target.matches(":modal")) event.target.close();
  });
}

/** A dialog made on the spot from the server's answer; taken out again when it is shut. */
export function showAnswer(html, { wide = false } = {}) {
  const dialog = document.createElement("dialog");
  dialog.classList.toggle("wide", wide);
  const box = document.createElement("div");
  box.innerHTML = html;
  dialog.ariaLabel = box.querySelector("h2, b").textContent;
  dialog.append(box);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
