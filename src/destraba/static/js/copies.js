// A button with data-copy puts that text on the clipboard, and says so in words of its own (data-copied).
// Where the browser has no clipboard to offer it stays hidden; a field with data-whole is chosen whole.

export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  const note = document.createElement("p");
  note.className = "toast";
  note.textContent = words;
  place.replaceChildren(note);
  setTimeout(() => note.remove(), 5000);
}

export function watchCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const field of document.querySelectorAll("[data-whole]")) {
    field.addEventListener("focus", () => field.select());
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.copied);
  });
}
