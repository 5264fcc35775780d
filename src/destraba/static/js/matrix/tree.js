// Opening and shutting problems. What hangs under one is fetched the first time it is opened; the address
// keeps which are open, so that a copied link shows the same.
import { prepare, read, under } from "./rows.js";
import { addressOf, get } from "./server.js";

/** The address of this page goes along: with which columns it was drawn, and whether it is of many mesas. */
function across(table) {
  const query = new URLSearchParams(location.search);
  if ("across" in table.dataset) query.set("across", "yes");
  return `?${query}`;
}

export class Tree {
  constructor(grid) {
    this.grid = grid;
  }

  remember(row, open) {
    const address = new URL(location.href);
    const others = address.searchParams.getAll("open").filter((id) => id !== row.dataset.id);
    address.searchParams.delete("open");
    for (const id of open ? [...others, row.dataset.id] : others) address.searchParams.append("open", id);
    history.replaceState(null, "", address);
  }

  mark(row, open) {
    row.ariaExpanded = String(open);
    const sign = row.querySelector(".tw");
    const words = this.grid.status.words;
    sign.ariaLabel = (open ? words.shut : words.open).replace("{}", row.dataset.number);
    this.remember(row, open);
  }

  async open(row) {
    const hung = under(row);
    if (hung.length > 0) {
      for (const child of hung) child.hidden = false;
      return this.mark(row, true);
    }
    const { table, status } = this.grid;
    row.ariaBusy = "true";
    const answer = await get(`${addressOf(table, "rows", row)}${row.dataset.id}/${across(table)}`, status.words);
    row.ariaBusy = "false";
    if (answer.kind !== "ok") return status.failed(answer.words);
    const rows = read(answer.html);
    row.after(...rows);
    prepare(rows);
    return this.mark(row, true);
  }

  shut(row) {
    for (const child of under(row)) child.hidden = true;
    this.mark(row, false);
  }

  turn(row) {
    if (row.ariaExpanded === "true") this.shut(row);
    else if (row.ariaExpanded === "false") this.open(row);
  }
}
