// @ts-check
// Opening and closing files leaves nothing behind.

import assert from "node:assert/strict";
import {test} from "node:test";
import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";

const {open} = /** @type {typeof import("../../www/index.js")} */ (
  await import(String(new URL("../../dist/npm/node.js", import.meta.url)))
);
/** @type {typeof import("../../www/pkg/oncurve_wasm.js")} */
const glue = await import(String(new URL("../../dist/npm/pkg/oncurve_wasm.js", import.meta.url)));

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** A file of 2,000 patients and 10 columns. */
const file = new TextEncoder().encode(
  [
    "patient,OS_months,OS_event,arm,a,b,c,d,e,f",
    ...Array.from(
      {length: 2000},
      (_, i) => `P${i},${(i * 7919) % 997},${i % 2},${"xy"[i % 2]},${"1,two,3.5,iv,v,".repeat(1)}${i}`,
    ),
  ].join("\n"),
);

async function openAndRun() {
  const study = await open(file, "cohort.csv");
  await study.assign(study.guess());
  const result = await study.run({kind: "survival", endpoint: "os", group: "arm"});
  assert.equal(result.outcome.kind, "survival");
  result.svg(0);
  return () => {
    result.close();
    study.close();
  };
}

/** Bytes of the wasm memory, which never shrinks, and of the JavaScript heap. */
function memory() {
  collect();
  // Already initialised: gives the exports of the one instance.
  const {memory} = glue.initSync(/** @type {any} */ (undefined));
  return {wasm: memory.buffer.byteLength, heap: process.memoryUsage().heapUsed};
}

test("opening and closing 50 files leaves no growth", async () => {
  for (let i = 0; i < 5; i++) (await openAndRun())();
  const before = memory();
  for (let i = 0; i < 50; i++) (await openAndRun())();
  const after = memory();
  assert.equal(after.wasm, before.wasm);
  // One file of 2,000 patients holds more than this.
  assert.ok(after.heap - before.heap < file.length, `${after.heap - before.heap} bytes of heap`);
});

test("files that are not closed are noticed", async () => {
  const before = memory();
  const kept = [];
  for (let i = 0; i < 50; i++) kept.push(await openAndRun());
  assert.ok(memory().wasm > before.wasm);
  for (const close of kept) close();
});
