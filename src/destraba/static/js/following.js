// A page about work that goes on elsewhere: asks how far it is until it is done, and shows only what changed.
const EVERY = 1500;

function follow(etag = "") {
  setTimeout(async () => {
    const shown = document.querySelector("[data-follow=on]");
    if (!shown) return;
    try {
      const answer = await fetch(location.href, { headers: etag ? { "If-None-Match": etag } : {} });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-follow]");
        if (!fresh) return location.reload();
        shown.dataset.follow = fresh.dataset.follow;
        shown.replaceChildren(...fresh.childNodes);
        etag = answer.headers.get("ETag") || "";
      } else if (answer.status !== 304) {
        return location.reload();
      }
    } catch {
      // Without a network it is asked again.
    }
    follow(etag);
  }, EVERY);
}

follow();
