// @ts-check
// The page stands before its engine has started: what is done meanwhile is done once it has.

import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {root} from "../../www/steps.mjs";
import {dropWhenReady, open, ready} from "./chromium.mjs";
import {download, walks, section, step} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const EXAMPLE = join(root, "www", "examples", "oncurve-example-14-synthetic-patients.csv");
const {folder, flow, browser} = walks("early");

/** Lets the engine wait for `release`. */
function hold() {
  const {compileStreaming} = WebAssembly;
  const held = new Promise((resolve) => Object.assign(globalThis, {release: resolve}));
  WebAssembly.compileStreaming = async (source) => {
    await held;
    return compileStreaming.call(WebAssembly, source);
  };
}

/** @param {Page} page */
const release = (page) => page.evaluate(() => /** @type {any} */ (globalThis).release());

/** @param {Page} page */
const started = (page) => page.evaluate(() => performance.getEntriesByName("oncurve-engine").length > 0);

flow(
  "without its engine, the page has all the words that it shows",
  async (page) => {
    const said = async () => {
      const text = await page.locator("oncurve-app").evaluate((app) => app.shadowRoot?.textContent ?? "");
      assert.doesNotMatch(text, /page-|undefined/);
      return text;
    };
    assert.match(
      await said(),
      /Drop a spreadsheet here[^]*For research and teaching\. Not a medical device\./,
    );
    for (const name of /** @type {const} */ (["Columns", "Results"])) {
      await step(page, name);
      assert.match(await said(), /Open a spreadsheet first\./);
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    assert.match(await said(), /Undo[^]*Redo/);
    await page.keyboard.press("Escape");
    await page.getByRole("button", {name: "How to check"}).click();
    await page.getByRole("dialog").waitFor();
    await said();
    await page.keyboard.press("Escape");
    await page.getByLabel("Appearance").selectOption("dark");
    assert.equal(await page.locator("oncurve-app").getAttribute("data-theme"), "dark");
    assert.equal(await started(page), false);
  },
  {before: hold},
);

flow(
  "a file that comes before the engine has started is opened once it has",
  async (page) => {
    await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
    await page.getByRole("status").getByText("Reading the spreadsheet").waitFor();
    assert.equal(await started(page), false);
    await release(page);
    await page.getByRole("gridcell", {name: "SYN-14"}).waitFor();
    assert.equal(await page.getByRole("status").innerText(), "");

    const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
    await page.reload();
    await ready(page);
    await page.locator("input[type=file]").first().setInputFiles([saved.path, EXAMPLE]);
    assert.equal(await started(page), false);
    await release(page);
    const pfs = await section(page, "Progression-free survival");
    assert.match(await pfs.locator(".finding").first().innerText(), /11\.7 months/);
  },
  {before: hold},
);

test("a file that is dropped in the moment in which the page is ready is opened", async () => {
  const {page, complaints, close} = await open(browser(), undefined, {before: dropWhenReady});
  await page.getByRole("gridcell", {name: "2022-05-06"}).waitFor();
  assert.match(await page.locator(".file-name").innerText(), /dropped\.csv/);
  assert.deepEqual(complaints, []);
  await close();
});

flow(
  "where the engine cannot start, the page says so, and again when it is given a file",
  async (page) => {
    const alert = page.getByRole("alert").locator("p");
    for (const attempt of ["at the start", "with a file"]) {
      if (attempt === "with a file") await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
      await alert.waitFor();
      assert.match(
        await alert.innerText(),
        /^The calculator could not start: this browser is too old/,
        attempt,
      );
      await page.getByRole("button", {name: "Dismiss"}).click();
      await alert.waitFor({state: "detached"});
    }
  },
  {
    before: () => {
      Reflect.deleteProperty(globalThis, "WebAssembly");
    },
  },
);
