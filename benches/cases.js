// @ts-check
// What is measured: the same code in Node and in Chromium.

import {clinic, cohort, csv, modelled, patients} from "./data.js";

/** @typedef {{name: string, n: number, ms: number, peer?: number}} Timing */

/** @type {Partial<import("../www/types.js").Mapping>} */
const MAPPING = {
  patient: "patient",
  os: {time: "OS_months", event: "OS_event", unit: "months", event_values: ["1"]},
  groups: [{column: "arm", levels: [], labels: {}}],
};

/** Each is repeated until this has passed, but at least `LEAST` times. */
const PATIENCE_MS = 1500;
const LEAST = 3;

/**
 * Median time of a piece of work, after one run to warm up.
 * @param {() => unknown} work
 */
async function median(work) {
  await work();
  const times = [];
  const begin = performance.now();
  while (times.length < LEAST || (performance.now() - begin < PATIENCE_MS && times.length < 25)) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
}

/**
 * The estimators alone, on typed arrays.
 * @param {any} wasm the bindings of `benches/estimators`
 * @param {number[]} sizes
 * @returns {Promise<Timing[]>}
 */
export async function estimators(wasm, sizes) {
  const timings = [];
  for (const n of sizes) {
    const {time, event, arm} = patients(n);
    timings.push(
      {name: "Kaplan-Meier curve", n, ms: await median(() => wasm.bench_kaplan_meier(time, event))},
      {name: "log-rank test", n, ms: await median(() => wasm.bench_log_rank(time, event, arm))},
    );
  }
  return timings;
}

/**
 * The models alone: Cox and Fine-Gray with five covariates, Aalen-Johansen with two causes.
 * @param {any} wasm the bindings of `benches/estimators`
 * @param {number[]} sizes
 * @returns {Promise<Timing[]>}
 */
export async function models(wasm, sizes) {
  const timings = [];
  for (const n of sizes) {
    const {time, event, cause, covariates} = modelled(n);
    const work = {
      cox5: () => wasm.bench_cox(time, event, covariates),
      aalen_johansen: () => wasm.bench_aalen_johansen(time, cause),
      fine_gray: () => wasm.bench_fine_gray(time, cause, covariates),
    };
    for (const [name, run] of Object.entries(work)) {
      const estimate = run();
      if (!Number.isFinite(estimate)) throw new Error(`${name} gave ${estimate}`);
      timings.push({name, n, ms: await median(run)});
    }
  }
  return timings;
}

/**
 * Runs of `survival` on an open table: one group (Kaplan-Meier, its reverse, quantiles), and two (the same
 * for each group, the log-rank test, the Cox model); figure and text included, as a person gets them.
 * @param {typeof import("../www/index.js").open} open
 * @param {number[]} sizes
 * @returns {Promise<Timing[]>}
 */
export async function survival(open, sizes) {
  const timings = [];
  for (const n of sizes) {
    const study = await open(new TextEncoder().encode(cohort(n)), "cohort.csv");
    await study.assign(MAPPING);
    for (const [name, group] of /** @type {const} */ ([
      ["one group", null],
      ["two groups", "arm"],
    ])) {
      const run = async () => (await study.run({kind: "survival", endpoint: "os", group})).close();
      timings.push({name, n, ms: await median(run)});
    }
    study.close();
  }
  return timings;
}

/** Patients of the permutation tests. */
const PERMUTED = 200;

/** The tests, and how often the patients are dealt to the groups. The page computes the first without helpers. */
const PERMUTATIONS = /** @type {const} */ ([
  ["log_rank", 1e5],
  ["max_combo", 1e5],
  ["log_rank", 1e6],
]);

/**
 * Permutation tests as the page computes them, alone and with helpers.
 * @param {typeof import("../www/engine.js").createEngine} createEngine
 * @param {import("../www/engine.js").Host} host
 * @param {number[]} workers
 * @returns {Promise<Timing[]>}
 */
export async function permutation(createEngine, host, workers) {
  const n = PERMUTED;
  const options = {kind: "comparison", endpoint: "os", group: "arm", permutation: "always"};
  const timings = [];
  for (const count of workers) {
    // One of them is the session itself.
    Object.defineProperty(navigator, "hardwareConcurrency", {value: count, configurable: true});
    const engine = await createEngine(host);
    await engine.open(new TextEncoder().encode(cohort(n)), "cohort.csv");
    await engine.assign(MAPPING, "en");
    for (const [primary, draws] of PERMUTATIONS) {
      const run = () => engine.run({...options, draws, primary}, {}, "en");
      const name = `${primary}, ${draws} draws, ${count} worker${count > 1 ? "s" : ""}`;
      timings.push({name, n, ms: await median(run)});
    }
    await engine.close();
    engine.cancel();
  }
  return timings;
}

/**
 * From the bytes of a file to typed rows, beside the packages that JavaScript has for it.
 * @param {typeof import("../www/index.js").open} open
 * @param {{parse: Function}} papaparse
 * @param {{read: Function, write: Function, utils: any}} xlsx
 * @returns {Promise<Timing[]>}
 */
export async function reading(open, papaparse, xlsx) {
  const text = new TextEncoder().encode(csv(clinic(100_000)));
  const book = {SheetNames: ["Data"], Sheets: {Data: xlsx.utils.aoa_to_sheet(clinic(10_000))}};
  const workbook = new Uint8Array(xlsx.write(book, {type: "array", bookType: "xlsx", compression: true}));
  const read = async (/** @type {Uint8Array} */ bytes, /** @type {string} */ name) =>
    (await open(bytes, name)).close();
  return [
    {
      name: "csv × 20 columns, against papaparse",
      n: 100_000,
      ms: await median(() => read(text, "clinic.csv")),
      peer: await median(() =>
        papaparse.parse(new TextDecoder().decode(text), {header: true, dynamicTyping: true}),
      ),
    },
    {
      name: "xlsx × 20 columns, against xlsx",
      n: 10_000,
      ms: await median(() => read(workbook, "clinic.xlsx")),
      peer: await median(() => xlsx.utils.sheet_to_json(xlsx.read(workbook, {dense: true}).Sheets.Data)),
    },
  ];
}
