// @ts-check
// npm run bench: the built package in Node and in Chromium, against R's survival where R is installed, and
// against the npm packages papaparse and xlsx. Prints medians and ratios.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import {createRequire} from "node:module";
import {cpus, tmpdir} from "node:os";
import {extname, join, normalize} from "node:path";
import {pathToFileURL} from "node:url";
import {build, compile} from "../www/build.mjs";
import {Refusal, attempt, root, run, script, step} from "../www/steps.mjs";
import {cohort, modelled, modelledCsv} from "./data.js";

/** @typedef {import("./cases.js").Timing} Timing */
/**
 * What R takes for each part of a section: curve and reverse curve of all, the same by arm, and the tests.
 * @typedef {Record<"curve" | "follow_up" | "curves" | "follow_ups" | "log_rank" | "cox", number> & {version: string}} Peer
 */

const SIZES = [1e3, 1e4, 1e5, 1e6];

const STARTS = 21;
/** What the page promises: from navigation to ready. */
const READY_MS = 200;
const ALL_RUNS = 5;
/** What the page promises of the examples: all analyses within that time. @type {[14 | 300, number][]} */
const ALL_MS = [
  [14, 1000],
  [300, 2000],
];
/** What a Cox model of five covariates may take at the largest size. */
const COX_BYTES = 400e6;
/** How many workers share the draws of a permutation test. */
const WORKERS = [1, 2, 4];

/** R's competing risks take minutes beyond this many patients. */
const R_COMPETING = 1e4;

/** What the models are called in the listing. */
const MODELS = /** @type {Record<string, string>} */ ({
  cox5: "Cox model, 5 covariates",
  aalen_johansen: "Aalen-Johansen curves, 2 causes",
  fine_gray: "Fine-Gray model, 5 covariates",
});

/** Bindings of the estimators alone. */
const ESTIMATORS = join(root, "target", "estimators");

await script(async () => {
  const fast = process.argv.includes("--fast");
  await build({fast});
  await step("the estimators alone", () => buildEstimators(fast));
  const engines = [await inNode(), await inChromium()].filter((engine) => engine !== undefined);
  const peers = /** @type {Peer[] | undefined} */ (await inR("survival.R", cohort));
  const modelPeers = await inR("models.R", modelledCsv, String(R_COMPETING));
  console.log(`\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0].model}`);
  console.log(`${engines.map(({version}) => version).join("; ")}; ${peers?.[0].version ?? "no R here"}\n`);
  if (peers) printPeers(peers);
  await printStart();
  await printAll();
  console.log("\n× is how many times as fast as the other.");
  for (const {version, estimators, models, survival, permutation, reading} of engines) {
    console.log(`\n${version}`);
    for (const timing of estimators) {
      const peer = peers?.[SIZES.indexOf(timing.n)];
      const ms = timing.name === "log-rank test" ? peer?.log_rank : peer?.curve;
      print(timing.name, timing, ms === undefined ? undefined : {what: "R", ms});
    }
    for (const timing of models) {
      const ms = modelPeers?.[SIZES.indexOf(timing.n)][timing.name];
      print(MODELS[timing.name], timing, ms === undefined ? undefined : {what: "R", ms});
    }
    for (const timing of survival) {
      const peer = peers?.[SIZES.indexOf(timing.n)];
      print(`survival, ${timing.name}`, timing, peer && {what: "R", ms: sameInR(timing.name, peer)});
    }
    for (const timing of permutation) print(timing.name, timing, undefined);
    for (const timing of reading) print(timing.name, timing, {what: "peer", ms: timing.peer ?? 0});
  }
});

/**
 * R's time for the same work as one run.
 * @param {string} name
 * @param {Peer} peer
 */
function sameInR(name, {curve, follow_up, curves, follow_ups, log_rank, cox}) {
  return name === "one group" ? curve + follow_up : curve + curves + follow_ups + log_rank + cox;
}

/**
 * @param {string} name
 * @param {Timing} timing
 * @param {{what: string, ms: number} | undefined} peer
 */
function print(name, {n, ms}, peer) {
  const time = (/** @type {number} */ value) => `${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ms`;
  const ratio = peer ? `   ${peer.what} ${time(peer.ms)}   ${(peer.ms / ms).toFixed(1).padStart(5)} ×` : "";
  console.log(`${name.padEnd(38)} n = ${n.toLocaleString("en").padStart(9)} ${time(ms)}${ratio}`);
}

/** @param {Peer[]} peers */
function printPeers(peers) {
  for (const [i, {version, ...parts}] of peers.entries()) {
    const times = Object.entries(parts).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
    console.log(`R, n = ${SIZES[i].toLocaleString("en").padStart(9)}: ${times.join(", ")}`);
  }
}

/** All that the wasm holds after a Cox model at the largest size, the data included. @param {number} bytes */
function printMemory(bytes) {
  const n = Math.max(...SIZES).toLocaleString("en");
  console.log(`memory of a Cox model, 5 covariates, n = ${n}: ${Math.round(bytes / 1e6)} MB`);
  if (bytes < COX_BYTES) return;
  console.log(`✖ it should be below ${COX_BYTES / 1e6} MB`);
  process.exitCode = 1;
}

/** From navigation over `file://` to a page that takes files; held to what is promised. */
async function printStart() {
  const {findChromium, launch, median, starts} = await import("../tests/browser/chromium.mjs");
  if (!findChromium()) return;
  const browser = await launch();
  const {ready, engine, columns} = await starts(browser, STARTS);
  await browser.close();
  const ms = (/** @type {number[]} */ times) => `${Math.round(median(times))} ms`;
  console.log(
    `\nmedians of ${STARTS} starts in Chromium: ready after ${ms(ready)}, its engine after ${ms(engine)};`,
  );
  console.log(`a file dropped when the page is ready shows its columns ${ms(columns)} after navigation`);
  if (median(ready) < READY_MS) return;
  console.log(`✖ ready should be below ${READY_MS} ms`);
  process.exitCode = 1;
}

/** All analyses of each example, from the press to the last section painted; held to what is promised. */
async function printAll() {
  const {findChromium, launch, median, open, ready} = await import("../tests/browser/chromium.mjs");
  const {addAll, openExample, step: go} = await import("../tests/browser/walk.mjs");
  if (!findChromium()) return;
  const browser = await launch();
  for (const [patients, limit] of ALL_MS) {
    const times = [];
    let longest = 0;
    for (let run = 0; run < ALL_RUNS; run++) {
      const {page, close} = await open(browser, undefined, {viewport: {width: 1366, height: 768}});
      await ready(page);
      await openExample(page, patients);
      await go(page, "Results");
      const {ms, longest: task} = await addAll(page);
      times.push(ms);
      longest = Math.max(longest, task);
      await close();
    }
    const ms = median(times.sort((a, b) => a - b));
    const tasks = longest ? `its longest task ${Math.round(longest)} ms` : "no task above 50 ms";
    console.log(
      `all analyses of ${patients} patients: ${Math.round(ms)} ms, median of ${ALL_RUNS}; ${tasks}`,
    );
    if (ms < limit) continue;
    console.log(`✖ they should take less than ${limit} ms`);
    process.exitCode = 1;
  }
  await browser.close();
}

/** @param {boolean} fast */
async function buildEstimators(fast) {
  const wasm = await compile(fast, "estimators");
  await run("cargo", ["run", "--quiet", "--profile", "tool", "-p", "bindings", "--", wasm, ESTIMATORS]);
}

async function inNode() {
  const {estimators, models, survival, reading} = await import("./cases.js");
  const alone = await import(pathToFileURL(join(ESTIMATORS, "oncurve_wasm.js")).href);
  const {memory} = alone.initSync({module: readFileSync(join(ESTIMATORS, "oncurve_wasm_bg.wasm"))});
  // First of all: the memory of a wasm only grows.
  const {time, event, covariates} = modelled(Math.max(...SIZES));
  alone.bench_cox(time, event, covariates);
  printMemory(memory.buffer.byteLength);
  const {open} = await import(String(new URL("../dist/npm/node.js", import.meta.url)));
  const require = createRequire(import.meta.url);
  return {
    version: `Node ${process.versions.node} (V8 ${process.versions.v8.split("-")[0]})`,
    estimators: await estimators(alone, SIZES),
    models: await models(alone, SIZES),
    survival: await survival(open, SIZES),
    permutation: [],
    reading: await reading(open, require("papaparse"), require("xlsx")),
  };
}

/** The same in Chromium, from a server on this machine. */
async function inChromium() {
  const {findChromium, launch} = await import("../tests/browser/chromium.mjs");
  if (!findChromium()) {
    console.log("No Chromium here.");
    return undefined;
  }
  const types = {".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html"};
  const server = createServer(({url = "/"}, response) => {
    const path = normalize(url.split("?")[0]);
    const type = /** @type {Record<string, string>} */ (types)[extname(path)];
    if (!/^\/(benches|dist|www|target\/estimators)\//.test(path) || type === undefined) {
      response.writeHead(path === "/" ? 200 : 404, {"content-type": "text/html"}).end("<!doctype html>");
      return;
    }
    response.writeHead(200, {"content-type": type}).end(readFileSync(join(root, path)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const {port} = /** @type {import("node:net").AddressInfo} */ (server.address());
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.addScriptTag({path: join(root, "node_modules", "papaparse", "papaparse.min.js")});
    await page.addScriptTag({path: join(root, "node_modules", "xlsx", "dist", "xlsx.full.min.js")});
    const timings = await page.evaluate(
      `(async () => {
        const {estimators, models, survival, permutation, reading} = await import("/benches/cases.js");
        const alone = await import("/target/estimators/oncurve_wasm.js");
        await alone.default({module_or_path: "/target/estimators/oncurve_wasm_bg.wasm"});
        const {open} = await import("/dist/npm/index.js");
        const {Engine} = await import("/www/engine.js");
        const host = {
          module: () => WebAssembly.compileStreaming(fetch("/www/pkg/oncurve_wasm_bg.wasm")),
          createWorker: async () => new Worker("/www/worker.js", {type: "module"}),
        };
        const sizes = ${JSON.stringify(SIZES)};
        return {
          estimators: await estimators(alone, sizes),
          models: await models(alone, sizes),
          survival: await survival(open, sizes),
          permutation: await permutation(Engine, host, ${JSON.stringify(WORKERS)}),
          reading: await reading(open, Papa, XLSX),
        };
      })()`,
    );
    return {version: `Chromium ${browser.version()}`, .../** @type {any} */ (timings)};
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * A script of R on the same data, one size after the other; undefined where there is no R.
 * @param {string} name
 * @param {(n: number) => string} text the data
 * @param {string[]} rest further arguments
 * @returns {Promise<any[] | undefined>}
 */
async function inR(name, text, ...rest) {
  const folder = mkdtempSync(join(tmpdir(), "oncurve-"));
  try {
    const peers = [];
    for (const n of SIZES) {
      const file = join(folder, `${n}.csv`);
      writeFileSync(file, text(n));
      const {code, output} = await attempt("Rscript", [join(root, "benches", name), file, ...rest]);
      if (code === null) return undefined;
      if (code !== 0) throw new Refusal(`R did not run the comparison:\n${output}`);
      peers.push(JSON.parse(output));
    }
    return peers;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
