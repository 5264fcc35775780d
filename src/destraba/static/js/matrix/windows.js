// The next problems, fetched when one comes near the last that is shown. Without this script a link leads on.
import { prepare } from "./rows.js";
import { get } from "./server.js";

const AHEAD = "600px";

export class Windows {
  constructor(grid) {
    this.grid = grid;
    this.seer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.next(), {
      rootMargin: AHEAD,
    });
    grid.table.addEventListener("click", (event) => this.click(event));
    this.watch();
  }

  get last() {
    return this.grid.table.querySelector("tbody[data-more]");
  }

  watch() {
    this.seer.disconnect();
    if (this.last) this.seer.observe(this.last);
  }

  click(event) {
    if (!event.target.closest("tbody[data-more] a")) return;
    event.preventDefault();
    this.next();
  }

  async next() {
    const { last } = this;
    if (!last || last.ariaBusy === "true") return;
    last.ariaBusy = "true";
    const { status } = this.grid;
    const answer = await get(last.querySelector("a").href, status.words);
    last.ariaBusy = "false";
    // Where it failed the link stays: whoever wants more clicks it.
    if (answer.kind !== "ok") return this.seer.disconnect(), status.failed(answer.words);
    return this.place(last, answer.html);
  }

  /** A group that began above goes on there; the others follow it. */
  place(last, html) {
    const template = document.createElement("template");
    template.innerHTML = `<table>${html}</table>`;
    const bodies = [...template.content.querySelectorAll("tbody")];
    const rows = bodies.flatMap((body) => [...body.rows]);
    const before = last.previousElementSibling;
    if (bodies[0]?.dataset.group !== undefined && bodies[0].dataset.group === before?.dataset.group) {
      before.append(...bodies.shift().rows);
    }
    last.replaceWith(...bodies);
    prepare(rows);
    this.watch();
  }
}
