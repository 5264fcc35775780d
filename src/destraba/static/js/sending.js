// A form on its way says so, and a second tap does nothing. The server would refuse the repetition all the same.

const buttonsOf = (form) => form.querySelectorAll("button:not([type=button]), input[type=submit]");

export function watchSending() {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    // Once the browser has taken the button's own value along.
    setTimeout(() => {
      event.target.setAttribute("aria-busy", "true");
      for (const button of buttonsOf(event.target)) button.disabled = true;
    });
  });
  // Back again, out of the browser's memory.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) {
      form.removeAttribute("aria-busy");
      for (const button of buttonsOf(form)) button.disabled = false;
    }
  });
}
