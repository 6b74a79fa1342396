// @ts-check
// What the single file carries behind its script: the wasm, the worker and the examples, each in an inert
// block, deflated and packed as text. Nothing is fetched.

import {GROUP, unpack} from "./packed.js";

/** The page shows itself before the browser has come to the end of the file. */
const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve, {once: true});
  else resolve(undefined);
});

/** How much is unpacked and inflated at a time: the page answers in between. */
const PIECE = GROUP * 2 ** 15;

/**
 * The bytes of a block, as a response that only pretends to come from somewhere.
 * @param {string} id
 * @param {string} type
 */
async function block(id, type) {
  await parsed;
  const element = document.getElementById(id);
  if (!element) throw new Error(`this file has no block ${id}`);
  const text = element.textContent;
  let left = Number(element.dataset.bytes);
  let from = 0;
  const deflated = new ReadableStream({
    async pull(controller) {
      const bytes = unpack(text.slice(from, from + PIECE), left);
      from += PIECE;
      left -= bytes.length;
      controller.enqueue(bytes);
      if (left === 0) controller.close();
      await new Promise((resume) => setTimeout(resume));
    },
  });
  const inflated = deflated.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(inflated, {headers: {"content-type": type}});
}

const EXAMPLE = "oncurve-example:";

/** @type {import("./types.js").Payload} */
export const payload = {
  // Compiles while it inflates.
  module: async () => WebAssembly.compileStreaming(block("oncurve-wasm", "application/wasm")),
  workerSource: async () => (await block("oncurve-worker", "text/javascript")).text(),
  examples: async () => {
    await parsed;
    return [...document.querySelectorAll(`script[id^="${EXAMPLE}"]`)].map(({id}) => ({
      name: id.slice(EXAMPLE.length),
      bytes: async () => new Uint8Array(await (await block(id, "application/octet-stream")).arrayBuffer()),
    }));
  },
};
