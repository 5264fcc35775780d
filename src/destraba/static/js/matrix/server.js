// Talking to the server. An answer is always one of: rows, dialog, conflict, refused (with a sentence), lost.

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

/** A refusal in words, whether it came as plain text or as HTML. */
function sentence(text, type) {
  if (!type?.includes("html")) return text.trim();
  return new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
}

async function answer(request, words) {
  let response;
  try {
    response = await request;
  } catch {
    return { kind: "lost", words: words.offline };
  }
  // A redirection means that the session ended: following it would read the sign-in page as if it were rows.
  if (response.type === "opaqueredirect" || response.status === 401) return { kind: "lost", words: words.signedOut };
  if (response.status >= 500) return { kind: "lost", words: words.refused };
  const html = await response.text();
  if (response.status === 409) return { kind: "conflict", html };
  if (!response.ok) {
    const said = sentence(html, response.headers.get("Content-Type"));
    return { kind: "refused", words: said || words.refused, needsReason: response.status === 428 };
  }
  return { kind: "ok", html, changeSet: response.headers.get("X-Change-Set") };
}

/** Where a row's changes go: its own mesa's address, where rows of several mesas stand together. */
export const addressOf = (table, name, row) => table.dataset[`${name}Url`].replace("-mesa-", row?.dataset.mesa ?? "-mesa-");

// How the server knows that a piece is wanted, and not a page.
const PIECE = { "X-Fragment": "rows", "X-Requested-With": "fetch" };

export const get = (url, words) => answer(fetch(url, { headers: PIECE, redirect: "manual" }), words);

/** Which problems stand open goes along, since an open one is drawn otherwise, and with which columns. */
export function post(url, fields, words) {
  const body = new URLSearchParams(fields);
  body.set("view", location.search);
  if (document.querySelector("[data-grid][data-across]")) body.set("across", "yes");
  for (const row of document.querySelectorAll('tr[data-id][aria-expanded="true"]')) body.append("open", row.dataset.id);
  const headers = { ...PIECE, "X-CSRFToken": token() };
  return answer(fetch(url, { method: "POST", body, headers, redirect: "manual" }), words);
}
