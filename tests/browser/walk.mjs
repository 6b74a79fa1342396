// @ts-check
// A person's steps through the page, as tests take them.

import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {open, ready} from "./chromium.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * A test that is one way through the page, which must ask for nothing and complain of nothing.
 * @param {() => import("playwright-core").Browser} browser
 */
export const flowIn =
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

/** @param {Page} page */
export async function openExample(page) {
  await page.getByRole("button", {name: "Try the example cohort"}).click();
  await page.getByRole("gridcell", {name: "SYN-01"}).waitFor();
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

/**
 * A section of the results, once it is computed.
 * @param {Page} page
 * @param {string} heading
 */
export async function section(page, heading) {
  const found = page
    .locator("section.analysis")
    .filter({has: page.getByRole("heading", {name: heading, exact: true})});
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
 * Waits until a section shows what its options ask for.
 * @param {Page} page
 * @param {import("playwright-core").Locator} section
 */
export async function settled(page, section) {
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
