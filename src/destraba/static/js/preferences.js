// Light or dark, row height, single keys: kept in a cookie of that name, so that the next page comes right at once.

export function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  document.documentElement.dataset[name] = value;
}

export function watchPreferences() {
  document.addEventListener("submit", (event) => {
    const name = event.target.dataset.preference;
    if (!name) return;
    event.preventDefault();
    remember(name, event.submitter.value);
    for (const button of event.target.querySelectorAll("[name=value]")) {
      button.ariaPressed = String(button === event.submitter);
    }
  });
}
