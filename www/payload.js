// @ts-check
// What the single file carries besides its script: the wasm, the worker and the examples, each in an inert
// block, deflated and packed as text. Nothing is fetched.

import {unpack} from "./packed.js";

/**
 * The bytes of a block, as a response that only pretends to come from somewhere.
 * @param {string} id
 * @param {string} type
 */
function block(id, type) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`this file has no block ${id}`);
  const deflated = unpack(element.textContent, Number(element.dataset.bytes));
  const inflated = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated, {headers: {"content-type": type}});
}

const EXAMPLE = "oncurve-example:";

/** @type {import("./types.js").Payload} */
export const payload = {
  // Compiles while it inflates.
  module: WebAssembly.compileStreaming(block("oncurve-wasm", "application/wasm")),
  workerSource: () => block("oncurve-worker", "text/javascript").text(),
  examples: [...document.querySelectorAll(`script[id^="${EXAMPLE}"]`)].map(({id}) => ({
    name: id.slice(EXAMPLE.length),
    bytes: async () => new Uint8Array(await block(id, "application/octet-stream").arrayBuffer()),
  })),
};
