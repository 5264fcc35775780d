// One form to the server and the page that comes back. An answer is a page, or says why there is none:
// offline, out (signed out meanwhile), broken.

async function fetched(url, options) {
  try {
    const response = await fetch(url, { credentials: "same-origin", ...options });
    return { response, text: await response.text() };
  } catch {
    return null;
  }
}

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

/** A login that lapsed and came back has another token: take it from a fresh page. */
async function freshToken() {
  const got = await fetched(location.href, {});
  const token = got && parsed(got.text).querySelector("[data-room]") && parsed(got.text).querySelector("meta[name=csrf-token]");
  if (!token) return false;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token.content;
  return true;
}

function once(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  return fetched(form.getAttribute("action").split("#")[0], { method: "POST", body });
}

export async function send(form, button) {
  let got = await once(form, button);
  if (got?.response.status === 403 && (await freshToken())) got = await once(form, button);
  if (!got) return { kind: "offline" };
  const { response, text } = got;
  const page = parsed(text);
  if (!page.querySelector("[data-room]")) {
    const isOut = response.redirected || response.status === 401 || response.status === 403;
    return { kind: isOut ? "out" : "broken" };
  }
  const messages = [...page.querySelectorAll(".notes .note")].map((note) => note.textContent.trim());
  return { kind: "page", ok: response.ok, page, address: response.url, messages };
}
