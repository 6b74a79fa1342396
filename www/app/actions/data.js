// @ts-check
/** The step Data: how the file is read, and which cell is looked at. */
import {emptyView} from "../store.js";
import {cellKey, sameTable, tableOf, withReading} from "../tables.js";
import {readings} from "./sync.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../store.js").View} View */
/** @typedef {import("../tables.js").TableName} TableName */

/** Reads the table in another way; columns are guessed anew. @param {Page} page @param {object} change */
export async function reread(page, change) {
  const {store, engine, sync} = page;
  const {decisions, file} = store.get();
  const {files} = sync;
  if (!decisions || !file || !files) return;
  const reading = {...decisions.reading, ...change, columns: {}};
  try {
    const args = sync.args(files, file.name, {...decisions, reading});
    const table = await page.busy("page-reading", () => engine.open(...args));
    const mapping = await engine.guess();
    if (!sync.reopened(files, {...decisions, reading})) return;
    if (isReadOtherwise(page, decisions)) return reread(page, change);
    store.set({
      table,
      columns: table.columns,
      tableVersion: store.get().tableVersion + 1,
      view: emptyView(),
    });
    page.edit((before) => ({...before, reading, mapping, sections: null}));
  } catch (error) {
    page.complain(error);
    store.set({}); // The choice on the page goes back to what is in force.
  }
}

/** Whether the files are not read any more as in those decisions. @param {Page} page @param {import("../store.js").Decisions} then */
function isReadOtherwise({store}, then) {
  const {decisions} = store.get();
  return decisions === null || readings(decisions) !== readings(then);
}

/**
 * Reads another table than the patients' in another way; what its columns mean is guessed anew.
 * @param {Page} page @param {TableName} name @param {object} change
 */
export async function rereadSheet(page, name, change) {
  const {store, engine, sync} = page;
  const {decisions, file} = store.get();
  const {files} = sync;
  if (!decisions || !file || !files) return;
  const turned = withReading(store.get(), decisions, name, (reading) => ({
    ...reading,
    ...change,
    columns: {},
  }));
  try {
    const args = sync.args(files, file.name, turned);
    const table = await page.busy("page-reading", () => engine.open(...args));
    const guess = await engine.guess();
    if (!sync.reopened(files, turned)) return;
    if (isReadOtherwise(page, decisions)) return rereadSheet(page, name, change);
    store.set({table, tableVersion: store.get().tableVersion + 1});
    const isOfSheet = (/** @type {any} */ part) => part?.table !== undefined && sameTable(part.table, name);
    const guessedAnew = (/** @type {any} */ mapping) =>
      Object.fromEntries(
        Object.entries(mapping).map(([key, part]) => [key, isOfSheet(part) ? guess[key] : part]),
      );
    page.look({cell: null, record: null, correcting: null});
    const {reading, added} = turned;
    page.edit((before) => ({...before, reading, added, mapping: guessedAnew(before.mapping)}));
  } catch (error) {
    page.complain(error);
    store.set({}); // As above.
  }
}

/**
 * Reads some columns in another way.
 * @param {Page} page @param {string[]} headings @param {object} change @param {TableName | null} [table]
 */
export const readColumns = (page, headings, change, table = null) =>
  page.edit((decisions) =>
    withReading(page.store.get(), decisions, table, (reading) => {
      const before = reading.columns ?? {};
      const changed = headings.map((heading) => [heading, {...before[heading], ...change}]);
      return {...reading, columns: {...before, ...Object.fromEntries(changed)}};
    }),
  );

/** Shows another table in the grid. @param {Page} page @param {TableName | null} table */
export const lookAtTable = (page, table) => page.look({table, cell: null, record: null, correcting: null});

/** @param {Page} page @param {View["cell"]} cell @param {View["record"]} record */
export async function lookAtCell(page, cell, record) {
  page.look({cell, record: record ?? null, correcting: null});
  if (!cell || record) return;
  const [found] = await page.engine.rows(cell.row, 1, page.store.get().view.table);
  if (page.store.get().view.cell === cell) page.look({record: found ?? null});
}

/** @param {Page} page @param {View["cell"]} cell @param {View["record"]} record */
export function startCorrecting(page, cell, record) {
  const {table} = page.store.get().view;
  const heading = cell && tableOf(page.store.get(), table)?.columns[cell.column]?.heading;
  if (record && heading !== undefined) page.look({correcting: cellKey(table, record.row, heading)});
}

/**
 * Shows a cell in the grid; the first of its row where it has no column of its own.
 * @param {Page} page @param {number} row of the spreadsheet @param {string} heading @param {TableName | null} [name]
 */
export async function jumpTo(page, row, heading, name = null) {
  const table = tableOf(page.store.get(), name);
  const found = table && (await findRow(page, row, table));
  if (!found) return;
  const column = Math.max(
    0,
    table.columns.findIndex((candidate) => candidate.heading === heading),
  );
  page.look({table: name, cell: {row: found.index, column}, record: found.record, correcting: null});
  page.go("data");
}

/** @param {Page} page @param {number | undefined} row of the spreadsheet @param {TableName | null} [name] */
export function jumpToRow(page, row, name = null) {
  const heading = tableOf(page.store.get(), name)?.columns[0]?.heading;
  if (row !== undefined && heading !== undefined) jumpTo(page, row, heading, name);
}

/**
 * The data row of a spreadsheet row, by halving: rows ascend.
 * @param {Page} page @param {number} row @param {import("../../types.js").TableInView} table
 */
async function findRow({engine}, row, {name, n_rows}) {
  let [low, high] = [0, n_rows - 1];
  while (low <= high) {
    const index = (low + high) >> 1;
    const [record] = await engine.rows(index, 1, name);
    if (record.row === row) return {index, record};
    if (record.row < row) low = index + 1;
    else high = index - 1;
  }
  return null;
}
