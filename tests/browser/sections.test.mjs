// @ts-check
// Every analysis that the page offers, as a person walks through it: added, changed by its form, copied, exported,
// looked at in the dark, on a phone and on paper.

import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {open as openPage} from "./chromium.mjs";
import {patients} from "./patients.mjs";
import {
  add,
  download,
  openExample,
  openFile,
  section,
  settled,
  step,
  text,
  violations,
  walks,
} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

const {folder, flow, browser} = walks("sections");
const COHORT = join(folder, "synthetic-200.csv");
writeFileSync(COHORT, patients(200));

/** Where the sections are walked through, and what the columns are called there. */
const COHORTS = {
  "200 patients": {
    open: (/** @type {Page} */ page) => openFile(page, COHORT),
    names: {
      group: "arm",
      levels: ["A", "B"],
      other: "sex",
      otherLevels: ["female", "male"],
      number: "age",
      more: ["stage", "III"],
      effect: ["sex", "female", "male"],
      quartiles: "> 52 to 63",
    },
  },
  "the example": {
    open: openExample,
    names: {
      group: "PD-L1",
      levels: ["Negative or unknown", "Positive"],
      other: "Sex",
      otherLevels: ["Female", "Male"],
      number: "Age",
      more: ["Sex", "Male"],
      effect: ["Sex", "Female", "Male"],
      quartiles: "> 57.25 to 62",
    },
  },
};

/** @typedef {typeof COHORTS["the example"]["names"]} Names */

/**
 * A section: what is changed in its form, and what a table then has that it had not.
 * @typedef {object} Walk
 * @property {string} name in the menu
 * @property {string} [part] of the form, folded at first
 * @property {(form: Locator, names: Names) => Promise<unknown>} change
 * @property {(names: Names) => string[]} gains headings or cells
 * @property {number} figures before the change
 * @property {RegExp} methods
 */

/** @type {Walk[]} */
const WALKS = [
  {
    name: "Survival",
    change: (form, {group}) => form.getByLabel("Compare groups by").selectOption(group),
    gains: ({levels}) => [...levels, "Hazard ratio"],
    figures: 1,
    methods: /Kaplan and Meier|Kaplan-Meier/,
  },
  {
    name: "Response",
    change: (form, {other}) => form.getByLabel("Compare groups by").selectOption(other),
    gains: ({otherLevels}) => otherLevels,
    figures: 0,
    methods: /Clopper/,
  },
  {
    name: "Counts and percentages",
    change: (form, {other}) => form.getByLabel("Column", {exact: true}).selectOption(other),
    gains: ({otherLevels}) => otherLevels,
    figures: 0,
    methods: /Clopper/,
  },
  {
    name: "Compare curves",
    part: "Tests",
    change: (form) => form.getByLabel("Primary test").selectOption("Gehan-Breslow (Wilcoxon)"),
    gains: () => ["Gehan-Breslow"],
    figures: 2,
    methods: /log-rank test[^]*restricted/i,
  },
  {
    name: "Competing risks",
    change: (form, {group}) => form.getByLabel("Compare groups by").selectOption(group),
    gains: ({levels}) => levels,
    figures: 2,
    methods: /Aalen/,
  },
  {
    name: "Compare groups",
    change: (form, {number}) => form.getByLabel("Column", {exact: true}).selectOption(number),
    gains: () => ["Median"],
    figures: 1,
    methods: /χ²|Fisher/,
  },
  {
    name: "Cox models",
    part: "Covariates",
    change: (form, {more}) =>
      form
        .getByRole("group", {name: /^Covariates/})
        .getByLabel(more[0], {exact: true})
        .check(),
    gains: ({more}) => more,
    figures: 1,
    methods: /Cox/,
  },
  {
    name: "Effect in subgroups",
    change: (form, {effect}) => form.getByLabel("Effect of", {exact: true}).selectOption(effect[0]),
    gains: ({effect}) => effect.slice(1),
    figures: 1,
    methods: /interaction/,
  },
  {
    name: "Cut-points",
    part: "Cut-points",
    change: (form) => form.getByLabel("Divide at").selectOption("the quartiles"),
    gains: ({quartiles}) => [quartiles],
    figures: 1,
    methods: /median of/,
  },
];

/**
 * Those that rest on the sheets of the example: how many figures they have, and what they say.
 * @type {{name: string, figures: number, says: RegExp}[]}
 */
const SHOWN = [
  {name: "Tumour courses", figures: 2, says: /14 of 14 patients/},
  {name: "Swimmer plot", figures: 1, says: /of 14 patients died/},
  {name: "Baseline table", figures: 0, says: /Age/},
  {name: "Patient flow", figures: 1, says: /14/},
  {name: "Adverse events", figures: 1, says: /13 of 14/},
  {name: "Rules of censoring compared", figures: 1, says: /FDA-style/},
];

/** What the tables of a section say. @param {Locator} section */
const tables = async (section) =>
  (await Promise.all((await section.locator("table").all()).map(text))).join("\n");

/** Whether something is drawn on every canvas: some pixels of each are not white. @param {Locator} section */
const drawn = (section) =>
  section.locator("canvas").evaluateAll((canvases) =>
    canvases.map((canvas) => {
      const {width, height} = /** @type {HTMLCanvasElement} */ (canvas);
      const context = /** @type {HTMLCanvasElement} */ (canvas).getContext("2d");
      const {data} = /** @type {CanvasRenderingContext2D} */ (context).getImageData(0, 0, width, height);
      return data.some((value, index) => index % 4 !== 3 && data[index | 3] > 0 && value < 128);
    }),
  );

flow("the example: what rests on its sheets is shown with its figures", async (page) => {
  await openExample(page);
  await step(page, "Results");
  await section(page, /^Best response/);
  for (const {name, figures, says} of SHOWN) {
    const added = await add(page, name);
    const canvases = await drawn(added);
    assert.ok(canvases.length >= figures, `${name}: ${canvases.length} figures`);
    assert.ok(canvases.every(Boolean), `${name}: every figure is drawn`);
    assert.match(await text(added), says, name);
  }
});

for (const [cohort, {open, names}] of Object.entries(COHORTS)) {
  flow(`${cohort}: every analysis is added, changed, copied and exported`, async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page);
    await step(page, "Results");
    await section(page, /^Best response/);
    await page.locator(".page-head summary", {hasText: "Add an analysis"}).click();
    const offered = await page.locator(".page-head .menu[open] button span:first-child").allInnerTexts();
    assert.equal(offered.shift(), "All analyses");
    assert.deepEqual(
      offered.map((name) => [...WALKS, ...SHOWN].some((walk) => name.startsWith(walk.name))),
      offered.map(() => true),
      `${offered}: each is walked through`,
    );
    await page.locator(".page-head summary", {hasText: "Add an analysis"}).click();
    const kept = [];
    for (const {name, part, change, gains, figures, methods} of WALKS) {
      const added = await add(page, name);
      const [before, canvases] = [await tables(added), await drawn(added)];
      assert.equal(canvases.length >= figures, true, `${name}: ${canvases.length} figures`);
      assert.ok(canvases.every(Boolean), `${name}: every figure is drawn`);
      const paragraph = added.locator("details.methods");
      await paragraph.locator("summary").click();
      assert.match(await text(paragraph), methods, name);
      const form = added.locator(".options");
      if (part) await form.locator("summary", {hasText: part}).click();
      await change(form, names);
      await settled(page, added);
      const now = await tables(added);
      assert.notEqual(now, before, name);
      for (const gained of gains(names)) assert.ok(now.includes(gained), `${name}: ${gained} in ${now}`);

      await added.getByRole("button", {name: "Copy table"}).first().click();
      await page.locator(".notice", {hasText: "copied"}).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const first = await added
        .locator("table")
        .first()
        .locator("tbody tr")
        .first()
        .locator("th")
        .innerText();
      const plain = first.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
      assert.ok(copied.includes(`${plain}\t`), `${name}: ${plain} in ${copied}`);
      kept.push({heading: await added.locator("h2").innerText(), cell: plain});
    }
    const {path} = await download(page, folder, async () => {
      await page.locator(".page-head summary", {hasText: "Export"}).click();
      await page.locator(".menu[open]").getByRole("button", {name: "Web page"}).click();
    });
    const report = await openPage(browser(), path);
    const whole = await text(report.page.locator("body"));
    for (const {heading, cell} of kept) {
      assert.ok(whole.includes(heading), `${heading} in the report`);
      assert.ok(whole.includes(cell), `${cell} in the report`);
    }
    assert.ok((await report.page.locator("svg").count()) >= 8);
    assert.deepEqual([report.requests, report.complaints], [[], []]);
    await report.close();
  });
}

/** Opens the 200 patients and adds every analysis. @param {Page} page */
async function everything(page) {
  await openFile(page, COHORT);
  await step(page, "Results");
  await section(page, /^Best response/);
  for (const {name} of WALKS.slice(3)) await add(page, name);
}

flow("every analysis is free of accessibility violations, light and dark", async (page) => {
  await everything(page);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
    assert.deepEqual(await violations(page), [], colorScheme);
  }
});

flow(
  "every analysis fits a phone: wide tables and figures move in their own boxes",
  async (page) => {
    await everything(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    const forest = page
      .locator("section.analysis")
      .filter({hasText: "in subgroups"})
      .locator("oncurve-figure");
    const [shown, whole] = await forest.evaluate(({clientWidth, scrollWidth}) => [clientWidth, scrollWidth]);
    assert.ok(whole > shown, `${whole} of the forest plot in ${shown}: it keeps a size that can be read`);
  },
  {viewport: {width: 360, height: 740}},
);

flow("every analysis prints within the page, without its controls", async (page) => {
  await everything(page);
  await page.emulateMedia({media: "print"});
  // A4 less margins of 15 mm, in CSS pixels.
  await page.setViewportSize({width: 680, height: 1009});
  const sections = page.locator("section.analysis");
  const wider = await sections.evaluateAll((all) =>
    all.flatMap((one) =>
      [...one.querySelectorAll("canvas, table, p, h2")]
        .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
        .map((part) => `${part.localName} of ${one.querySelector("h2")?.textContent?.trim()}`),
    ),
  );
  assert.deepEqual(wider, []);
  for (const control of [".options", ".section-menus", ".figure-buttons"]) {
    assert.equal(await sections.locator(control).locator("visible=true").count(), 0, control);
  }
  assert.ok((await sections.locator("canvas").locator("visible=true").count()) >= 8);
  const pdf = await page.pdf({format: "A4"});
  assert.match(pdf.toString("latin1", 0, 8), /^%PDF-/);
});
