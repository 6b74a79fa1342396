// @ts-check
// What the single file carries besides its script: the wasm, the worker and the examples, each in an inert
// block of base64 text, deflated. Nothing is fetched.

/**
 * The bytes of a block.
 * @param {string} id
 * @returns {Promise<Uint8Array>}
 */
async function bytesOf(id) {
  const text = document.getElementById(id)?.textContent;
  if (text == null) throw new Error(`this file has no block ${id}`);
  const inflated = new Blob([decoded(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
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
  module: bytesOf("oncurve-wasm").then((bytes) => WebAssembly.compile(/** @type {any} */ (bytes))),
  workerSource: async () => new TextDecoder().decode(await bytesOf("oncurve-worker")),
  examples: [...document.querySelectorAll(`script[id^="${EXAMPLE}"]`)].map(({id}) => ({
    name: id.slice(EXAMPLE.length),
    bytes: () => bytesOf(id),
  })),
};
