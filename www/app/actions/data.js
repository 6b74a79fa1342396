// @ts-check
/** The step Data: how the file is read, and which cell is looked at. */
import {emptyView} from "../store.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../store.js").View} View */

/** Reads the table in another way; columns are guessed anew. @param {Page} page @param {object} change */
export async function reread(page, change) {
  const {store, engine, sync} = page;
  const {decisions, file} = store.get();
  const {bytes} = sync;
  if (!decisions || !file || !bytes) return;
  const reading = {...decisions.reading, ...change, columns: {}};
  try {
    const table = await page.busy("page-reading", () => engine.open(bytes, file.name, reading));
    const mapping = await engine.guess();
    sync.opened(bytes, reading);
    store.set({table, tableVersion: store.get().tableVersion + 1, view: emptyView()});
    page.edit((before) => ({...before, reading, mapping, sections: null}));
  } catch (error) {
    page.complain(error);
    store.set({}); // The choice on the page goes back to what is in force.
  }
}

/** Reads some columns in another way. @param {Page} page @param {string[]} headings @param {object} change */
export const readColumns = (page, headings, change) =>
  page.edit((decisions) => {
    const before = decisions.reading.columns ?? {};
    const changed = headings.map((heading) => [heading, {...before[heading], ...change}]);
    return {
      ...decisions,
      reading: {...decisions.reading, columns: {...before, ...Object.fromEntries(changed)}},
    };
  });

/** @param {Page} page @param {View["cell"]} cell @param {View["record"]} record */
export async function lookAtCell(page, cell, record) {
  page.look({cell, record: record ?? null, correcting: null});
  if (!cell || record) return;
  const [found] = await page.engine.rows(cell.row, 1);
  if (page.store.get().view.cell === cell) page.look({record: found ?? null});
}

/** @param {Page} page @param {View["cell"]} cell @param {View["record"]} record */
export function startCorrecting(page, cell, record) {
  const heading = cell && page.store.get().table?.columns[cell.column]?.heading;
  if (record && heading !== undefined) page.look({correcting: `${record.row}|${heading}`});
}

/** Shows a cell in the grid. @param {Page} page @param {number} row of the spreadsheet @param {string} heading */
export async function jumpTo(page, row, heading) {
  const {table} = page.store.get();
  const column = table?.columns.findIndex((candidate) => candidate.heading === heading) ?? -1;
  const found = await findRow(page, row);
  if (!found || column < 0) return;
  page.look({cell: {row: found.index, column}, record: found.record, correcting: null});
  page.go("data");
}

/** @param {Page} page @param {number | undefined} row of the spreadsheet */
export function jumpToRow(page, row) {
  const heading = page.store.get().table?.columns[0]?.heading;
  if (row !== undefined && heading !== undefined) jumpTo(page, row, heading);
}

/** The data row of a spreadsheet row, by halving: rows ascend. @param {Page} page @param {number} row */
async function findRow({store, engine}, row) {
  let [low, high] = [0, (store.get().table?.n_rows ?? 0) - 1];
  while (low <= high) {
    const index = (low + high) >> 1;
    const [record] = await engine.rows(index, 1);
    if (record.row === row) return {index, record};
    if (record.row < row) low = index + 1;
    else high = index - 1;
  }
  return null;
}
