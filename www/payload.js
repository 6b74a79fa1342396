// @ts-check
// What the single file carries besides its script: the wasm, the worker and the examples, each in an inert
// block of base64 text, deflated. Nothing is fetched.

/**
 * The bytes of a block, as a response that only pretends to come from somewhere.
 * @param {string} id
 * @param {string} type
 */
function block(id, type) {
  const text = document.getElementById(id)?.textContent;
  if (text == null) throw new Error(`this file has no block ${id}`);
  const inflated = new Blob([decoded(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated, {headers: {"content-type": type}});
}

/**
 * @param {string} text base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
function decoded(text) {
  if ("fromBase64" in Uint8Array) {
    return /** @type {any} */ (Uint8Array).fromBase64(text);
  }
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
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
