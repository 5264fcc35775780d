// Before a promise is sent: whether it will be agreed or only asked, since that follows from who is there.

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

export function tellBinding() {
  const place = document.querySelector("[data-binding]");
  if (!place) return;
  const form = place.closest("form");
  const owner = form.elements.owner.value.trim();
  const options = [...document.querySelectorAll("#organizations option")];
  const known = options.find((option) => fold(option.value) === fold(owner));
  const agreed = form.elements.agreed.checked;
  let code = "unknown";
  if (!agreed) code = "asked";
  else if (known) code = "here" in known.dataset ? "agreed" : "absent";
  const words = place.dataset[code].replace("#", owner);
  if (place.textContent !== words) place.textContent = words;
  place.classList.toggle("yes", code === "agreed");
}
