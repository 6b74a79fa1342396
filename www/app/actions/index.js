// @ts-check
/**
 * Everything that a person can make the page do. Decisions change at once (and can be undone); `sync.js`
 * then brings table, cohort and results up to them, one verb of the engine at a time.
 */
import * as columns from "./columns.js";
import * as data from "./data.js";
import * as frame from "./frame.js";
import * as issues from "./issues.js";
import * as opening from "./opening.js";
import * as own from "./own.js";
import {Page} from "./page.js";
import * as results from "./results.js";
import * as saving from "./saving.js";

/**
 * @param {import("../store.js").Store} store
 * @param {ReturnType<typeof import("../store.js").createHistory>} history
 * @param {import("../../engine.js").Engine} engine
 * @param {import("./page.js").Host} host
 */
export function createActions(store, history, engine, host) {
  const page = new Page(store, history, engine, host);
  return of(page, {...frame, ...opening, ...data, ...columns, ...own, ...issues, ...results, ...saving});
}

/** @typedef {ReturnType<typeof createActions>} Actions */

/**
 * The actions of one page, which each is given first.
 * @template {Record<string, (page: Page, ...args: any[]) => any>} T
 * @param {Page} page @param {T} actions
 * @returns {{[Name in keyof T]: T[Name] extends (page: Page, ...args: infer Args) => infer Result ? (...args: Args) => Result : never}}
 */
function of(page, actions) {
  const bound = Object.entries(actions).map(([name, action]) => [
    name,
    (/** @type {any[]} */ ...args) => action(page, ...args),
  ]);
  return Object.fromEntries(bound);
}
