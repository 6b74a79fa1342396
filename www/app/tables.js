// @ts-check
/** Tables and files: which one is meant. The patients' table has no name: `null`. */

/** @typedef {import("../types.js").TableName} TableName */
/** @typedef {import("./store.js").State} State */

/** A table by its name, as a key. @param {TableName | null | undefined} name */
export const tableKey = (name) => (name ? JSON.stringify([name.file ?? null, name.sheet ?? null]) : "");

/** @param {TableName | null | undefined} a @param {TableName | null | undefined} b */
export const sameTable = (a, b) => tableKey(a) === tableKey(b);

/** A cell of a table, as a key. @param {TableName | null | undefined} table @param {number | null} row @param {string | null} column */
export const cellKey = (table, row, column) => JSON.stringify([tableKey(table), row, column]);

/** What stands in a saved place: nothing for the patients' table. @param {TableName | null | undefined} table */
export const inTable = (table) => (table ? {table} : {});

/** @param {State} state @param {TableName | null | undefined} name */
export const tableOf = ({table}, name) => table?.tables.find((one) => sameTable(one.name, name));

/** The table in the grid. @param {State} state */
export const shownTable = (state) => tableOf(state, state.view.table) ?? state.table?.tables[0];

/** Whether a table is the first of its file, which the reading of the file is about. @param {State} state @param {TableName} name */
export const isFirstOfFile = ({table}, name) =>
  sameTable(table?.tables.find((one) => one.name && one.name.file === name.file)?.name, name);

/**
 * Decisions with another reading of one table.
 * @param {State} state @param {import("./store.js").Decisions} decisions @param {TableName | null} name
 * @param {(reading: any) => any} change
 */
export function withReading(state, decisions, name, change) {
  const inSheets = (/** @type {any} */ reading) => {
    const sheet = /** @type {string} */ (name?.sheet);
    const sheets = reading.sheets ?? {};
    return {...reading, sheets: {...sheets, [sheet]: change(sheets[sheet] ?? {})}};
  };
  if (!name) return {...decisions, reading: change(decisions.reading)};
  if (name.file === null) return {...decisions, reading: inSheets(decisions.reading)};
  const turn = isFirstOfFile(state, name) ? change : inSheets;
  const added = decisions.added.map((file) =>
    file.file_name === name.file ? {...file, reading: turn(file.reading)} : file,
  );
  return {...decisions, added};
}

/** Whether a row is left out. @param {any} mapping @param {TableName | null} table @param {number} row @returns {boolean} */
export const isExcluded = (mapping, table, row) =>
  table
    ? (mapping?.excluded_records ?? []).some(
        (/** @type {any} */ other) => other.row === row && sameTable(other.table, table),
      )
    : (mapping?.excluded_rows.includes(row) ?? false);

/** The files that a saved study was made with. @param {any} study @returns {string[]} */
export const namesOf = (study) => [
  study.file_name,
  ...(study.added ?? []).map((/** @type {any} */ file) => file.file_name),
];
