// @ts-check
// A person's steps through the page, as tests take them.

import assert from "node:assert/strict";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {launch, open, ready} from "./chromium.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * What the tests of one file share: a browser and a folder, both gone after the last of them.
 * @param {string} name of the folder
 */
export function walks(name) {
  const folder = mkdtempSync(join(tmpdir(), `oncurve-${name}-`));
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, {recursive: true});
  });
  return {folder, browser: () => browser, flow: flowIn(() => browser)};
}

/**
 * A test that is one way through the page, which must ask for nothing and complain of nothing.
 * @param {() => import("playwright-core").Browser} browser
 */
const flowIn =
  (browser) =>
  /**
   * @param {string} name @param {(page: Page) => Promise<void>} walk
   * @param {Parameters<typeof open>[2]} [options]
   */
  (name, walk, options = {}) =>
    test(name, async () => {
      const viewport = {width: 1366, height: 768};
      const {page, requests, complaints, close} = await open(browser(), undefined, {viewport, ...options});
      try {
        await ready(page);
        await walk(page);
        assert.deepEqual(requests, []);
        assert.deepEqual(complaints, []);
      } finally {
        await close();
      }
    });

/** @param {Page} page @param {14 | 300} [patients] which of the examples */
export async function openExample(page, patients = 14) {
  // Where a file is open, the examples are in a menu.
  const menu = page.locator("summary", {hasText: "Try an example"});
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", {name: new RegExp(`^${patients} patients`)}).click();
  await page.getByRole("gridcell", {name: /^SYN-0+1$/}).waitFor();
}

/**
 * Chooses a file from disk.
 * @param {Page} page
 * @param {string} path
 */
export async function openFile(page, path) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByText("Choose a file", {exact: true}).click(),
  ]);
  await chooser.setFiles(path);
  await page.getByRole("grid").first().waitFor();
}

/**
 * Goes to a step.
 * @param {Page} page
 * @param {"Data" | "Columns" | "Results"} name
 */
export const step = (page, name) =>
  page.getByRole("navigation", {name: "Steps"}).locator(`a[href="#${name.toLowerCase()}"]`).click();

/** Has every section laid out: what is out of sight has no text that a test could read. @param {Page} page */
async function layOutAll(page) {
  await page.evaluate(() => {
    const root = document.querySelector("oncurve-app")?.shadowRoot;
    const main = root?.querySelector("main");
    if (!root || !main || "laidOut" in main.dataset) return;
    main.dataset.laidOut = "";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".analysis { content-visibility: visible !important }");
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  });
}

/**
 * A section of the results, once it is computed.
 * @param {Page} page
 * @param {string | RegExp} heading
 */
export async function section(page, heading) {
  const found = page
    .locator("section.analysis")
    .filter({has: page.getByRole("heading", {name: heading, exact: true})});
  await layOutAll(page);
  await found.locator(".finding").first().waitFor();
  await found.and(page.locator('[aria-busy="false"]')).waitFor();
  return found;
}

/**
 * Adds an analysis to the results, and waits until it is computed.
 * @param {Page} page
 * @param {string} name
 */
export async function add(page, name) {
  await page.locator(".page-head summary", {hasText: "Add an analysis"}).click();
  await page
    .locator(".menu[open]")
    .getByRole("button", {name: new RegExp(`^${name}`)})
    .click();
  const added = page.locator("section.analysis").last();
  await added.locator("h2 button:focus").waitFor();
  await settled(page, added);
  return added;
}

/**
 * Puts all analyses on the page.
 * @param {Page} page with first results
 * @returns {Promise<{ms: number, longest: number}>} from the press to the last section painted, and the longest task
 *   of the page's own thread meanwhile; that is 0 below 50 ms
 */
export async function addAll(page) {
  await allComputed(page);
  return page.evaluate(async () => {
    const root = document.querySelector("oncurve-app")?.shadowRoot;
    const sections = () => [...(root?.querySelectorAll("section.analysis") ?? [])];
    const isPainted = (/** @type {Element} */ section) =>
      section.getAttribute("aria-busy") === "false" &&
      section.querySelector(".finding, table") !== null &&
      [...section.querySelectorAll("canvas")].every((canvas) => canvas.style.width !== "");
    let longest = 0;
    const watch = new PerformanceObserver((list) => {
      for (const {duration} of list.getEntries()) longest = Math.max(longest, duration);
    });
    watch.observe({entryTypes: ["longtask"]});
    const before = sections().length;
    const buttons = [...(root?.querySelectorAll(".page-head button") ?? [])];
    const pressed = performance.now();
    /** @type {HTMLElement} */ (
      buttons.find(({textContent}) => textContent.trim() === "All analyses")
    ).click();
    while (sections().length === before || !sections().every(isPainted)) {
      await new Promise((resume) => setTimeout(resume, 5));
    }
    await new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));
    const ms = performance.now() - pressed;
    await new Promise((resume) => setTimeout(resume, 200));
    watch.disconnect();
    return {ms, longest};
  });
}

/** Waits until every section shows its result. @param {Page} page */
export async function allComputed(page) {
  const found = page.locator("section.analysis");
  await found.first().waitFor();
  await page.waitForFunction(() => {
    const root = document.querySelector("oncurve-app")?.shadowRoot;
    const all = [...(root?.querySelectorAll("section.analysis") ?? [])];
    return all.every(
      (one) => one.getAttribute("aria-busy") === "false" && one.querySelector(".finding, table"),
    );
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What is not accessible on the page as it stands. @param {Page} page @returns {Promise<string[]>} */
export async function violations(page) {
  await layOutAll(page);
  await page.evaluate(axe);
  const found = await page.evaluate(async () => /** @type {any} */ (globalThis).axe.run());
  return found.violations.map((/** @type {any} */ {id, nodes}) => `${id}: ${nodes[0].html}`);
}

/**
 * Waits until a section shows what its options ask for.
 * @param {Page} page
 * @param {import("playwright-core").Locator} section
 */
export async function settled(page, section) {
  await layOutAll(page);
  await section.locator(".finding").first().waitFor();
  // Changes are computed a moment after they are made.
  await page.waitForTimeout(150);
  await section.and(page.locator('[aria-busy="false"]')).waitFor();
}

/** What stands there, with ordinary spaces. @param {import("playwright-core").Locator} place */
export const text = async (place) =>
  (await place.innerText()).replaceAll("\u00a0", " ").replaceAll("\u2060", "");

/**
 * Presses an entry of a menu of a section.
 * @param {Page} page
 * @param {import("playwright-core").Locator} section
 * @param {string} menu
 * @param {string} entry
 */
export async function choose(page, section, menu, entry) {
  await section.locator("summary", {hasText: menu}).click();
  await section.locator(".menu[open]").getByRole("button", {name: entry}).click();
}

/**
 * Saves what a press downloads into a folder.
 * @param {Page} page
 * @param {string} folder
 * @param {() => Promise<void>} press
 */
export async function download(page, folder, press) {
  const [offered] = await Promise.all([page.waitForEvent("download"), press()]);
  const name = offered.suggestedFilename();
  const path = join(folder, name);
  await offered.saveAs(path);
  return {name, path};
}
