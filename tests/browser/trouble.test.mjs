// @ts-check
// What can go wrong around the engine, and what the page then says and still does.

import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {root} from "../../www/steps.mjs";
import {patients} from "./patients.mjs";
import {add, download, walks, openExample, openFile, section, settled, step} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const EXAMPLE = join(root, "www", "examples", "oncurve-example-14-synthetic-patients.csv");
/** The example of the page, with its other sheets. */
const WORKBOOK = EXAMPLE.replace(/csv$/, "xlsx");
const PROTECTED = join(root, "tests", "reading", "files", "password.xlsx");
const {folder, flow} = walks("trouble");

/** @param {Page} page */
const alert = (page) => page.getByRole("alert").locator("p");

/** Browsers and settings in which a worker does not work, each in its way. @type {Record<string, () => void>} */
const WITHOUT_WORKERS = {
  "no worker can be made": () => {
    /** @type {any} */ (globalThis).Worker = class {
      constructor() {
        throw new DOMException("forbidden", "SecurityError");
      }
    };
  },
  "every worker fails at once": () => {
    /** @type {any} */ (globalThis).Worker = class {
      /** @type {((event: Event) => void) | null} */
      onerror = null;
      postMessage() {
        setTimeout(() => this.onerror?.(new ErrorEvent("error")));
      }
      terminate() {}
    };
  },
  "no worker ever answers": () => {
    /** @type {any} */ (globalThis).Worker = class {
      postMessage() {}
      terminate() {}
    };
    // The page waits 5 s for it.
    const {setTimeout} = globalThis;
    /** @type {any} */ (globalThis).setTimeout = (/** @type {any} */ work, /** @type {number} */ ms) =>
      setTimeout(work, ms === 5000 ? 20 : ms);
  },
};

for (const [what, before] of Object.entries(WITHOUT_WORKERS)) {
  flow(
    `${what}: the page computes on its own thread`,
    async (page) => {
      assert.equal(page.workers().length, 0);
      await openExample(page);
      await step(page, "Results");
      const pfs = await section(page, "Progression-free survival by PD-L1");
      assert.match(await pfs.locator(".finding").first().innerText(), /0\.048/);
      await changeLevel(page, pfs, "0.9");
      await pfs.locator(".finding", {hasText: "90 % CI"}).first().waitFor();
      assert.equal(page.workers().length, 0);
    },
    {before},
  );
}

flow(
  "the page starts where wasm may not be started at once, as in Chromium 109",
  async (page) => {
    await openExample(page);
    await step(page, "Results");
    const pfs = await section(page, "Progression-free survival");
    assert.match(await pfs.locator(".finding").first().innerText(), /11\.7 months/);
  },
  {
    before: () => {
      const forbid = (/** @type {any} */ made) =>
        new Proxy(made, {
          construct() {
            throw new RangeError("disallowed on the main thread");
          },
        });
      WebAssembly.Instance = forbid(WebAssembly.Instance);
      WebAssembly.Module = forbid(WebAssembly.Module);
    },
  },
);

/**
 * Puts mines under the verbs of the worker's engine: while `trouble` of the page names a verb, it ends as a
 * panic of the wasm does (`crash`; `crash of a helper` only in workers that know no file) or takes two seconds
 * (`wait`).
 */
function mined() {
  const mine = () => {
    const {Instance, Module} = WebAssembly;
    // (module (func (export "t") unreachable))
    const code = "0 97 115 109 1 0 0 0 1 4 1 96 0 0 3 2 1 0 7 5 1 1 116 0 0 10 5 1 3 0 0 11"
      .split(" ")
      .map(Number);
    const trap = /** @type {any} */ (new Instance(new Module(Uint8Array.from(code))).exports.t);
    /** @type {string | undefined} */
    let trouble;
    addEventListener("message", ({data}) => (trouble = data.trouble));
    const befall = () => {
      if (trouble?.startsWith("crash")) trap();
      const end = trouble === "wait" ? performance.now() + 2000 : 0;
      trouble = undefined;
      while (performance.now() < end);
    };
    /** @type {any} */ (WebAssembly).Instance = function (
      /** @type {any} */ module,
      /** @type {any} */ imports,
    ) {
      /** @type {any} */
      const exports = {...new Instance(module, imports).exports};
      for (const name of Object.keys(exports).filter((name) => /^session_|^count_part$/.test(name))) {
        const original = exports[name];
        exports[name] = (/** @type {any[]} */ ...args) => {
          befall();
          return original(...args);
        };
      }
      return {exports};
    };
  };
  const Original = Blob;
  globalThis.Blob = class extends Original {
    /** @param {BlobPart[]} [parts] @param {BlobPropertyBag} [options] */
    constructor(parts = [], options) {
      super(options?.type === "text/javascript" ? [`(${mine})();`, ...parts] : parts, options);
    }
  };
  const {postMessage} = Worker.prototype;
  const knowing = new WeakSet();
  Worker.prototype.postMessage = function (/** @type {any} */ message) {
    if (message.verb === "open") knowing.add(this);
    const {verb, kind} = /** @type {any} */ (globalThis).trouble ?? {};
    const meant =
      message.verb && message.verb === verb && !(kind === "crash of a helper" && knowing.has(this));
    postMessage.call(this, {...message, trouble: meant ? kind : undefined});
  };
  Object.defineProperty(navigator, "hardwareConcurrency", {value: 3});
}

/** @param {Page} page @param {string | null} verb @param {"crash" | "crash of a helper" | "wait"} kind */
const trouble = (page, verb, kind = "crash") =>
  page.evaluate(
    (trouble) => {
      /** @type {any} */ (globalThis).trouble = trouble;
    },
    {verb, kind},
  );

/**
 * Changes an option, so that the section is computed again.
 * @param {Page} page @param {import("playwright-core").Locator} section @param {string} level
 */
async function changeLevel(page, section, level) {
  const field = section.getByLabel("Confidence level");
  if (!(await field.isVisible())) await section.locator("summary", {hasText: "Estimates"}).click();
  await field.fill(level);
  await field.press("Tab");
}

flow(
  "a crash of a computation is told, and the page goes on with the same file",
  async (page) => {
    await openExample(page);
    await step(page, "Results");
    const pfs = await section(page, "Progression-free survival");
    await section(page, "Treatment-related death");
    const ended = page.workers()[0].waitForEvent("close");
    await trouble(page, "run");
    await changeLevel(page, pfs, "0.9");
    await alert(page).waitFor();
    assert.equal(
      await alert(page).innerText(),
      "The calculation stopped unexpectedly and was started again. Your file is still open and nothing is lost.",
    );
    await trouble(page, null);
    await pfs.getByRole("button", {name: "Compute again"}).click();
    await pfs.locator(".finding", {hasText: "90 % CI"}).first().waitFor();
    await ended;

    // Another file, and the study of this one.
    const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
    await step(page, "Data");
    await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
    await page.locator(".file-name", {hasText: ".csv"}).waitFor();
    await page.locator("input[type=file]").first().setInputFiles([saved.path, WORKBOOK]);
    const again = await section(page, "Progression-free survival");
    await again.locator(".finding", {hasText: "90 % CI"}).first().waitFor();
  },
  {before: mined},
);

flow(
  "a file that brings the engine down leaves the one that is open",
  async (page) => {
    await openExample(page);
    await step(page, "Columns");
    await page.getByRole("gridcell", {name: "SYN-14"}).waitFor();
    await step(page, "Data");
    await trouble(page, "open");
    await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
    await alert(page).waitFor();
    assert.match(await alert(page).innerText(), /stopped unexpectedly and was started again/);
    await trouble(page, null);
    assert.match(await page.locator(".file-name").innerText(), /\.xlsx/);
    await step(page, "Results");
    const pfs = await section(page, "Progression-free survival");
    assert.match(await pfs.locator(".finding").first().innerText(), /11\.7 months/);
  },
  {before: mined},
);

flow(
  "a file that cannot be opened again after a crash is asked for, and nothing stands in its way",
  async (page) => {
    await openExample(page);
    await step(page, "Results");
    const pfs = await section(page, "Progression-free survival");
    await section(page, "Treatment-related death");
    await trouble(page, "run");
    await changeLevel(page, pfs, "0.9");
    await alert(page).waitFor();
    await trouble(page, "open");
    await pfs.getByRole("button", {name: "Compute again"}).click();
    await pfs.getByText("stopped unexpectedly while it opened the file").waitFor();
    assert.match(await alert(page).innerText(), /^The calculation stopped [^]* Choose the file again/);
    await trouble(page, null);
    await pfs.getByRole("button", {name: "Compute again"}).click();
    await pfs.getByText("Something went wrong. Choose the file again").waitFor();
    await step(page, "Data");
    await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
    await page.locator(".file-name", {hasText: ".csv"}).waitFor();
    await step(page, "Results");
    await section(page, "Progression-free survival");
  },
  {before: mined},
);

flow(
  "cancelling once more while the file is opened again loses nothing",
  async (page) => {
    await openExample(page);
    await step(page, "Results");
    const pfs = await section(page, "Progression-free survival");
    await section(page, "Treatment-related death");
    await trouble(page, "run", "wait");
    await changeLevel(page, pfs, "0.9");
    await pfs.getByRole("button", {name: "Cancel"}).click();
    await pfs.getByText("Cancelled").waitFor();
    await trouble(page, "open", "wait");
    await pfs.getByRole("button", {name: "Compute again"}).click();
    await pfs.getByRole("button", {name: "Cancel"}).click();
    await pfs.getByText("Cancelled").waitFor();
    await trouble(page, null);
    await pfs.getByRole("button", {name: "Compute again"}).click();
    await pfs.locator(".finding", {hasText: "90 % CI"}).first().waitFor();
  },
  {before: mined},
);

flow(
  "what a helper was to count when it crashed is counted by the session, and nobody is troubled",
  async (page) => {
    const path = join(folder, "synthetic-200.csv");
    writeFileSync(path, patients(200));
    await openFile(page, path);
    await step(page, "Results");
    await section(page, /^Best response/);
    const compared = await add(page, "Compare curves");
    await compared.locator("summary", {hasText: "Tests"}).click();
    await compared.getByLabel("MaxCombo (two groups)").check();
    await compared.locator("summary", {hasText: "Permutation test"}).click();
    await compared.getByLabel("Permutation tests").selectOption("Always");
    const table = compared.getByRole("table", {name: /^Comparison of the groups/});
    await table.getByRole("columnheader", {name: /permutation/i}).waitFor();
    await settled(page, compared);
    const before = await table.innerText();

    let helpers = 0;
    page.on("worker", () => helpers++);
    const seed = compared.getByLabel("Seed of the draws");
    const usual = await seed.inputValue();
    await trouble(page, "count", "crash of a helper");
    for (const value of ["7", usual]) {
      await seed.fill(value);
      await seed.press("Tab");
      await settled(page, compared);
    }
    assert.ok(helpers >= 2, `${helpers} helpers`);
    assert.equal(await table.innerText(), before);
    assert.equal(await alert(page).count(), 0);
    assert.equal(page.workers().length, 1);
  },
  {before: mined},
);

flow(
  "a study that is opened while another file is still being read shows its own results",
  async (page) => {
    await openExample(page);
    await step(page, "Results");
    await section(page, "Treatment-related death");
    const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
    await step(page, "Data");
    await trouble(page, "assign", "wait");
    await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
    await page.locator(".file-name", {hasText: ".csv"}).waitFor();
    await page.locator("input[type=file]").first().setInputFiles([saved.path, WORKBOOK]);
    const pfs = await section(page, "Progression-free survival");
    assert.match(await pfs.locator(".finding").first().innerText(), /11\.7 months/);
  },
  {before: mined},
);

flow("a workbook with a password says what to do, and the page stays usable", async (page) => {
  await page.locator("input[type=file]").first().setInputFiles(PROTECTED);
  await alert(page).waitFor();
  assert.equal(
    await alert(page).innerText(),
    "The workbook is protected by a password. Open it in Excel, remove the password under File, Info, and save it; then choose it again.",
  );
  await openExample(page);
  assert.equal(await alert(page).count(), 0, "the sentence goes with the next file");
  // The same beside a file that is open: it stays.
  await page.locator("input[type=file]").first().setInputFiles(PROTECTED);
  await alert(page).waitFor();
  await page.getByRole("gridcell", {name: "SYN-01"}).waitFor();
});
