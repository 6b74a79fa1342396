// @ts-check
/** What the person does about issues: correct a cell, exclude a row, let it stand. */

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../../types.js").AcceptedIssue} AcceptedIssue */

/** Everything but what concerns one cell. @template {{row: number | null, column: string | null}} T @param {T[]} list @param {number} row @param {string} column */
const without = (list, row, column) => list.filter((one) => one.row !== row || one.column !== column);

/** @param {Page} page @param {number} row @param {string} column @param {string} value */
export function correct(page, row, column, value) {
  page.editMapping((mapping) => ({
    ...mapping,
    corrections: [...without(mapping.corrections, row, column), {row, column, value}],
    // What is wrong with the new value has not been looked at.
    accepted: without(mapping.accepted, row, column),
  }));
  page.look({correcting: null});
}

/** @param {Page} page @param {number} row @param {string} column */
export const uncorrect = (page, row, column) =>
  page.editMapping((mapping) => ({...mapping, corrections: without(mapping.corrections, row, column)}));

/** Issues that the person lets stand. @param {Page} page @param {(accepted: AcceptedIssue[]) => AcceptedIssue[]} change */
export const acceptIssues = (page, change) =>
  page.editMapping((mapping) => ({...mapping, accepted: change(mapping.accepted)}));

/** @param {Page} page @param {number} row @param {boolean} excluded */
export const excludeRow = (page, row, excluded) =>
  page.editMapping((mapping) => ({
    ...mapping,
    excluded_rows: excluded
      ? [...mapping.excluded_rows, row]
      : mapping.excluded_rows.filter((/** @type {number} */ other) => other !== row),
  }));
