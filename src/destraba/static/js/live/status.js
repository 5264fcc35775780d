// Whether what was typed is safe, in words; and what came of it.

/** Say in the bar where things stand; `code` names one of its sentences. */
export function say(code, isBad = false) {
  const place = document.getElementById("saved");
  if (!place) return;
  const now = new Date().toLocaleTimeString("es", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const words = (place.dataset[code] ?? "").replace("#", now);
  place.classList.toggle("bad", isBad);
  place.querySelector(".i").hidden = code !== "saved";
  const line = place.querySelector("span");
  if (line.textContent !== words) line.textContent = words;
}

/** A sentence that goes by itself. */
export function toast(words) {
  const note = Object.assign(document.createElement("div"), { className: "toast", textContent: words });
  document.querySelector("[data-toasts]").append(note);
  setTimeout(() => note.remove(), 8000);
}
