// A button with data-copy puts that text on the clipboard, and says so in words of its own (data-copied).

export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  const note = document.createElement("p");
  note.className = "toast";
  note.textContent = words;
  place.replaceChildren(note);
  setTimeout(() => note.remove(), 5000);
}

export function watchCopies() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.copied);
  });
}
