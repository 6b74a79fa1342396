// @ts-check
// The whole way by keyboard alone: the focus is always somewhere, in sight, and marked.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {download, walks} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const {folder, flow} = walks("keyboard");

/** What has the focus: its name, and whether a person sees that. */
const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body)
    return {name: "", seen: "nothing has the focus"};
  const name =
    element.ariaLabel ??
    /** @type {HTMLInputElement} */ (element).labels?.[0]?.innerText ??
    element.innerText;
  const {top, bottom, left, right, width, height} = element.getBoundingClientRect();
  const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  // A field may be drawn by what stands around it.
  const ringed = [element, element.parentElement].some((drawn) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(/** @type {Element} */ (drawn));
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  });
  const seen = !inSight ? "out of sight" : width * height === 0 ? "of no size" : ringed ? "" : "not marked";
  return {name: `${element.localName} ${name.trim().split("\n")[0]}`, seen};
};

/** Presses a key; what has the focus then is in sight and marked. @param {Page} page @param {string} key */
async function press(page, key) {
  await page.keyboard.press(key);
  const {name, seen} = await page.evaluate(focused);
  assert.equal(seen, "", `after ${key}: ${name}`);
  return name;
}

/**
 * Goes on by Tab to what has that name.
 * @param {Page} page @param {string} wanted tag and name @param {"Tab" | "Shift+Tab"} [key]
 */
async function tabTo(page, wanted, key = "Tab") {
  const passed = [];
  while (passed.length < 100) {
    const name = await press(page, key);
    if (name.startsWith(wanted)) return;
    passed.push(name);
  }
  throw new Error(`${wanted} is not reached, but ${passed.join(", ")}`);
}

/** The step that was gone to has the focus as a whole, so that the next Tab is in it. @param {Page} page @param {string} name */
async function inStep(page, name) {
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.localName === "main");
  assert.equal((await page.evaluate(focused)).name, `main ${name}`);
}

flow(
  "from the example to a saved study by keyboard alone",
  async (page) => {
    await tabTo(page, "button 14 patients");
    await page.keyboard.press("Enter");
    await inStep(page, "Data");

    await tabTo(page, "button Next: Columns");
    await page.keyboard.press("Enter");
    await inStep(page, "Columns");
    await tabTo(page, "select Start");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.getByLabel("Start", {exact: true}).inputValue(), "Start date");
    await tabTo(page, "button Next: Results", "Shift+Tab");
    await page.keyboard.press("Enter");
    await inStep(page, "Results");

    const heading = page.getByRole("heading", {name: "Progression-free survival", exact: true});
    const finding = page.locator("section.analysis").filter({has: heading}).locator(".finding");
    await finding.filter({hasText: "95 % CI"}).waitFor();
    await tabTo(page, "button Progression-free survival");
    await page.keyboard.press("Enter");
    await heading.locator("button:focus").waitFor();
    await tabTo(page, "summary Estimates");
    await page.keyboard.press("Enter");
    await tabTo(page, "input Confidence level");
    await press(page, "Control+a");
    await page.keyboard.type("0.9");
    assert.match(await press(page, "Tab"), /^summary Figure/);
    await finding.filter({hasText: "90 % CI"}).waitFor();
    assert.match(
      (await page.evaluate(focused)).name,
      /^summary Figure/,
      "the focus stays when the result changes",
    );

    await tabTo(page, "button Copy table", "Shift+Tab");
    assert.equal(await press(page, "Enter"), "button Copy table");
    await page.getByText("The table is copied, for Word or Excel.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /Median PFS, months \(90 % CI\)\t11\.7/);

    await tabTo(page, "summary Section Progression-free survival", "Shift+Tab");
    await press(page, "Enter");
    await tabTo(page, "button Remove");
    await page.keyboard.press("Enter");
    await inStep(page, "Results");
    assert.equal(await heading.count(), 0);

    await tabTo(page, "button Save study", "Shift+Tab");
    const saved = await download(page, folder, () => page.keyboard.press("Enter"));
    const study = JSON.parse(readFileSync(saved.path, "utf8"));
    assert.equal(study.analyses[0].analysis.group, "PD-L1");
    assert.equal(await press(page, "Shift+Tab"), "button Undo");
  },
  {permissions: ["clipboard-read", "clipboard-write"]},
);
