// @ts-check
/** What the person does about issues: correct a cell, exclude a row, let it stand. */
import {inTable, sameTable} from "../tables.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../tables.js").TableName} TableName */
/** @typedef {import("../../types.js").AcceptedIssue} AcceptedIssue */

/**
 * Everything but what concerns one cell.
 * @template {{table?: TableName | null, row: number | null, column: string | null}} T
 * @param {T[]} list @param {TableName | null} table @param {number} row @param {string} column
 */
const without = (list, table, row, column) =>
  list.filter((one) => one.row !== row || one.column !== column || !sameTable(one.table, table));

/**
 * Gives the cells of some rows of a column another value, in one step of undo.
 * @param {Page} page @param {TableName | null} table @param {number[]} rows @param {string} column @param {string} value
 */
export function correct(page, table, rows, column, value) {
  /** @template {{table?: TableName | null, row: number | null, column: string | null}} T @param {T[]} list */
  const others = (list) => rows.reduce((left, row) => without(left, table, row, column), list);
  page.editMapping((mapping) => ({
    ...mapping,
    corrections: [
      ...others(mapping.corrections),
      ...rows.map((row) => ({...inTable(table), row, column, value})),
    ],
    // What is wrong with the new value has not been looked at.
    accepted: others(mapping.accepted),
  }));
  page.look({correcting: null});
}

/** @param {Page} page @param {TableName | null} table @param {number} row @param {string} column */
export const uncorrect = (page, table, row, column) =>
  page.editMapping((mapping) => ({
    ...mapping,
    corrections: without(mapping.corrections, table, row, column),
  }));

/** Issues that the person lets stand. @param {Page} page @param {(accepted: AcceptedIssue[]) => AcceptedIssue[]} change */
export const acceptIssues = (page, change) =>
  page.editMapping((mapping) => ({...mapping, accepted: change(mapping.accepted)}));

/** @param {Page} page @param {TableName | null} table @param {number} row @param {boolean} excluded */
export const excludeRow = (page, table, row, excluded) =>
  page.editMapping((mapping) => {
    if (!table) {
      const others = mapping.excluded_rows.filter((/** @type {number} */ other) => other !== row);
      return {...mapping, excluded_rows: excluded ? [...others, row] : others};
    }
    const others = (mapping.excluded_records ?? []).filter(
      (/** @type {import("../../types.js").RecordRow} */ other) =>
        other.row !== row || !sameTable(other.table, table),
    );
    return {...mapping, excluded_records: excluded ? [...others, {table, row}] : others};
  });
