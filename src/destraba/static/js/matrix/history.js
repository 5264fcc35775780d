// What stood in a cell before, or all that happened to its row: fetched when asked for, shown in a dialog.
import { showAnswer } from "../dialogs.js";
import { get } from "./server.js";

// The column that a cell is of, as its class names it.
const columnOf = (cell) => [...cell.classList].find((name) => name.startsWith("x-"))?.slice(2);

/** The cell's own history; where it has none of its own, or without a cell, the row's. */
export async function openHistory(grid, cell = null, row = cell?.closest("tr[data-id]")) {
  const link = row?.querySelector("a.folio");
  if (!link) return;
  const { words } = grid.status;
  const address = new URL("history/", link.href);
  const field = cell && columnOf(cell);
  let answer = await get(field ? `${address}?field=${encodeURIComponent(field)}` : address, words);
  if (answer.kind === "refused" && field) answer = await get(address, words);
  if (answer.kind === "ok") showAnswer(answer.html);
  else grid.status.say(answer.words, true);
}
