// @ts-check
// Entry of the npm package in browsers and bundlers.

import {opener} from "./study.js";

export const open = opener(async () => {
  const response = await fetch(new URL("./pkg/oncurve_wasm_bg.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.url} cannot be loaded (${response.status})`);
  return response.arrayBuffer();
});
