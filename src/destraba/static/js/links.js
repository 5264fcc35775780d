// Hands over the secret that stands behind the `#` of a mailed address, and takes it out of the address bar.
// This opens a page and changes no record: whatever does is sent by a hand.
import { watchSending } from "./sending.js";

const SHORTEST = 32;

function exchange() {
  const form = document.querySelector("[data-exchange]");
  const secret = location.hash.slice(1);
  if (!form || secret.length < SHORTEST) return;
  history.replaceState(null, "", location.pathname);
  form.elements.secret.value = secret;
  form.submit();
}

watchSending();
addEventListener("hashchange", exchange);
exchange();
