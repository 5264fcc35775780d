// A file let fall on a drop zone is put into its field; the form is still sent by hand.

function mark(zone) {
  const files = zone.querySelector("input").files;
  zone.classList.toggle("filled", files.length > 0);
}

export function watchDrops() {
  for (const zone of document.querySelectorAll("[data-drop]")) {
    for (const kind of ["dragover", "dragleave", "drop"]) {
      zone.addEventListener(kind, (event) => {
        event.preventDefault();
        zone.classList.toggle("over", kind === "dragover");
      });
    }
    zone.addEventListener("drop", (event) => {
      zone.querySelector("input").files = event.dataTransfer.files;
      mark(zone);
    });
    zone.addEventListener("change", () => mark(zone));
  }
}
