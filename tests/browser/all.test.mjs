// @ts-check
// All analyses of both examples on one page: complete, in order, quick, accessible, on every screen and on paper.

import assert from "node:assert/strict";
import {addAll, allComputed, openExample, step, text, violations, walks} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const {flow} = walks("all");

/** From the press to the last section painted. It is held to a second where nothing else runs: `npm run bench`. */
const LIMIT_MS = 5000;

const EXAMPLES = /** @type {const} */ ([14, 300]);

/** The headings of the sections. @param {Page} page */
const headings = async (page) =>
  (await page.locator("section.analysis h2").allTextContents()).map((heading) => heading.trim());

/** Opens an example and its results. @param {Page} page @param {14 | 300} patients */
async function results(page, patients) {
  await openExample(page, patients);
  await step(page, "Results");
  await allComputed(page);
}

/** What a paper says first, and what later, of each example. */
const IN_ORDER = {
  14: [
    "Patient flow",
    "Baseline characteristics by PD-L1",
    "Progression-free survival",
    "Progression-free survival by PD-L1",
    "Overall survival",
    "Overall survival by PD-L1",
    "Best response",
    "Tumour courses",
    "Course of each patient",
    "Time to response",
    "Duration of response",
    "Duration of response by iRECIST",
    "Progression-free survival by iRECIST",
    "Time to progression",
    "Progression-free survival under different rules of censoring",
    "Comparison of progression-free survival by PD-L1",
    "Comparison of overall survival by PD-L1",
    "Cox models of progression-free survival",
    "Cox models of overall survival",
    "Effect of PD-L1 on progression-free survival in subgroups",
    "Effect of PD-L1 on overall survival in subgroups",
    "Age and progression-free survival",
    "Cumulative incidence of progression by PD-L1",
    "Worst AE grade by PD-L1",
    "Time on treatment",
    "Adverse events",
    "Worst AE grade",
    "Treatment-related death",
  ],
  300: [
    "Patient flow by Arm",
    "Baseline characteristics by Arm",
    "Progression-free survival",
    "Progression-free survival by Arm",
    "Overall survival",
    "Overall survival by Arm",
    "Best response by Arm",
    "Tumour courses",
    "Course of each patient",
    "Time to response by Arm",
    "Duration of response by Arm",
    "Duration of response by iRECIST by Arm",
    "Progression-free survival by iRECIST by Arm",
    "Time to progression by Arm",
    "Progression-free survival by Arm under different rules of censoring",
    "Comparison of progression-free survival by Arm",
    "Comparison of overall survival by Arm",
    "Cox models of progression-free survival",
    "Cox models of overall survival",
    "Effect of Arm on progression-free survival in subgroups",
    "Effect of Arm on overall survival in subgroups",
    "Age and progression-free survival",
    "Cumulative incidence of progression by Arm",
    "Sex by Arm",
    "Time on treatment by Arm",
    "Adverse events by Arm",
  ],
};

for (const patients of EXAMPLES) {
  flow(
    `${patients} patients: all analyses stand in the order of a paper, and one undo takes them back`,
    async (page) => {
      await results(page, patients);
      const before = await headings(page);
      const {ms} = await addAll(page);
      assert.ok(ms < LIMIT_MS, `${Math.round(ms)} ms`);
      assert.deepEqual(await headings(page), IN_ORDER[patients]);
      assert.equal(await page.locator("section.analysis button", {hasText: "Compute again"}).count(), 0);
      const contents = page.getByRole("navigation", {name: "Contents"});
      assert.deepEqual(await contents.getByRole("listitem").allInnerTexts(), IN_ORDER[patients]);

      await contents.getByRole("button", {name: "Age and progression-free survival"}).click();
      const place = page.getByRole("heading", {name: "Age and progression-free survival"});
      await place.locator("button:focus").waitFor();
      const top = async () => (await place.boundingBox())?.y ?? -1;
      for (let wait = 0; Math.abs(await top()) > 200 && wait < 50; wait++) await page.waitForTimeout(20);
      assert.ok(Math.abs(await top()) < 200, `${await top()}`);

      await page.getByRole("button", {name: "All analyses", exact: true}).click();
      await page.getByText("Every analysis that the columns allow is on the page").waitFor();
      await page.getByRole("button", {name: "Undo"}).first().click();
      assert.deepEqual(await headings(page), before);
    },
  );

  flow(`${patients} patients: all analyses are free of accessibility violations`, async (page) => {
    await results(page, patients);
    await addAll(page);
    const looks = /** @type {const} */ ([
      ["light", {colorScheme: "light", forcedColors: "none"}],
      ["dark", {colorScheme: "dark", forcedColors: "none"}],
      ["forced colours", {colorScheme: "light", forcedColors: "active"}],
    ]);
    for (const [look, media] of looks) {
      await page.emulateMedia({...media, reducedMotion: "reduce"});
      assert.deepEqual(await violations(page), [], look);
    }
    await page.emulateMedia({forcedColors: "none"});
    await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
    assert.deepEqual(await violations(page), [], "200 % text");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  });

  flow(
    `${patients} patients: all analyses fit a phone, and the contents are folded`,
    async (page) => {
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(await over(), 0);
      await results(page, patients);
      await addAll(page);
      assert.equal(await over(), 0);
      assert.equal(await page.getByRole("navigation", {name: "Contents"}).getByRole("listitem").count(), 0);
    },
    {viewport: {width: 360, height: 740}},
  );
}

flow("the examples are changed for each other, and each says what it is", async (page) => {
  await openExample(page, 300);
  assert.match(await text(page.locator(".synthetic")), /describe no real person/);
  await page.locator(".page-head summary", {hasText: "Try an example"}).click();
  await page
    .locator(".menu[open]")
    .getByRole("button", {name: /^14 patients/})
    .click();
  await page.getByRole("gridcell", {name: "SYN-14"}).waitFor();
  assert.match(await text(page.locator(".steps a").first()), /14 rows/);
});
