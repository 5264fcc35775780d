// Talking to the server. An answer is always one of: rows, dialog, conflict, refused (with a sentence), lost.

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";
const sentence = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

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
  if (!response.ok) return { kind: "refused", words: sentence(html) || words.refused, needsReason: response.status === 428 };
  return { kind: "ok", html, changeSet: response.headers.get("X-Change-Set") };
}

export const get = (url, words) =>
  answer(fetch(url, { headers: { "X-Fragment": "rows" }, redirect: "manual" }), words);

export const post = (url, fields, words) =>
  answer(
    fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRFToken": token(), "X-Fragment": "rows" },
      redirect: "manual",
    }),
    words,
  );
