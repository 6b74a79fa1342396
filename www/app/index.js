// @ts-check
// Holds the place of the page: shows that the engine runs.

import {initSync, languages} from "../pkg/oncurve_wasm.js";

/**
 * Starts the page.
 * @param {import("../types.js").Payload} payload
 */
export async function start(payload) {
  initSync({module: await payload.module});
  const app = document.querySelector("oncurve-app");
  app?.append(
    languages()
      .map((/** @type {string[]} */ [, name]) => name)
      .join(", "),
  );
  performance.mark("oncurve-ready");
}
