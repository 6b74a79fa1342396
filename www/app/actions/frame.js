// @ts-check
/** What belongs to no step: going between them, undo, notices, dialogs, language and look. */
import {remember} from "../memory.js";

/** @typedef {import("./page.js").Page} Page */

/** @param {Page} page @param {"data" | "columns" | "results"} step */
export const go = (page, step) => page.go(step);

/** @param {Page} page @param {Partial<import("../store.js").View>} change */
export const look = (page, change) => page.look(change);

/** @param {Page} page */
export function undo(page) {
  page.history.undo();
  page.store.set({notice: null});
  page.look({refused: {}});
  page.sync.schedule();
}

/** @param {Page} page */
export function redo(page) {
  page.history.redo();
  page.look({refused: {}});
  page.sync.schedule();
}

/** Starts the engine before it is needed. @param {Page} page */
export const warm = (page) => page.engine.warm().catch((error) => page.complain(error));

/** Stops whatever runs. @param {Page} page */
export const cancel = (page) => page.engine.cancel();

/** Takes the notice away. @param {Page} page */
export const dismiss = (page) => page.store.set({notice: null});

/** @param {Page} page @param {"privacy" | "keys" | null} dialog */
export const openDialog = (page, dialog) => page.store.set({dialog});

/** @param {Page} page @param {string} language */
export function setLanguage(page, language) {
  remember("language", language);
  page.store.set({language});
  page.sync.schedule();
}

/** @param {Page} page @param {"system" | "light" | "dark"} theme */
export function setTheme(page, theme) {
  remember("theme", theme);
  page.store.set({theme});
}
