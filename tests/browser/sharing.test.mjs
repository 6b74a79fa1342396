// @ts-check
// Permutation tests are shared out to several workers: the p values do not show how many there were.

import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {patients} from "./patients.mjs";
import {add, walks, openFile, section, step, settled} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const {folder, flow} = walks("sharing");
const COHORT = join(folder, "synthetic-200.csv");
writeFileSync(COHORT, patients(200));

/** What the machine says of itself before the page starts. @type {Record<number, () => void>} */
const CORES = {
  1: () => Object.defineProperty(navigator, "hardwareConcurrency", {value: 1}),
  2: () => Object.defineProperty(navigator, "hardwareConcurrency", {value: 2}),
  4: () => Object.defineProperty(navigator, "hardwareConcurrency", {value: 4}),
};

/** Adds a comparison of the arms and asks for permutation tests. @param {Page} page @param {number} draws */
async function permute(page, draws) {
  await openFile(page, COHORT);
  await step(page, "Results");
  await section(page, /^Best response/);
  const added = await add(page, "Compare curves");
  await added.locator("summary", {hasText: "Tests"}).click();
  await added.getByLabel("MaxCombo (two groups)").check();
  await added.locator("summary", {hasText: "Permutation test"}).click();
  const field = added.getByLabel("Random draws");
  await added.getByLabel("Permutation tests").selectOption("Always");
  await field.fill(String(draws));
  await field.press("Tab");
  return added;
}

/** Waits until there are so many workers. @param {Page} page @param {number} count */
async function workers(page, count) {
  for (let wait = 0; page.workers().length !== count && wait < 100; wait++) await page.waitForTimeout(20);
  assert.equal(page.workers().length, count);
}

/** The column of permutation p values, by test. @type {string[][]} */
const seen = [];

for (const [cores, before] of Object.entries(CORES)) {
  flow(
    `with ${cores} workers: the permutation tests have the same p values`,
    async (page) => {
      let started = 0;
      page.on("worker", () => started++);
      const compared = await permute(page, 100_000);
      const table = compared.getByRole("table", {name: /tests/i}).first();
      await table.getByRole("columnheader", {name: /permutation/i}).waitFor();
      await settled(page, compared);
      const place = (await table.getByRole("columnheader").allInnerTexts()).findIndex((name) =>
        /permutation/i.test(name),
      );
      seen.push(
        await table
          .locator("tbody tr")
          .evaluateAll(
            (rows, place) => rows.map((row) => row.children[place].textContent?.trim() ?? ""),
            place,
          ),
      );
      assert.match(seen[0].join(" "), /0\.\d+/);
      assert.deepEqual(seen.at(-1), seen[0]);
      assert.match((await compared.locator("details.methods").textContent()) ?? "", /100,?000/);
      // Helpers end with their work; there was one run with them for each change of the options.
      await workers(page, 1);
      if (cores === "1") assert.equal(started, 0);
      else assert.ok(started > 0 && started % (Number(cores) - 1) === 0, `${started} helpers`);
    },
    {before},
  );
}

flow(
  "cancelling a shared permutation test ends every worker, and computing it again gives it",
  async (page) => {
    const compared = await permute(page, 3_000_000);
    await compared.getByRole("button", {name: "Cancel"}).waitFor();
    await compared.getByRole("progressbar").waitFor();
    await workers(page, 4);
    await compared.getByRole("button", {name: "Cancel"}).click();
    await compared.getByText("Cancelled").waitFor();
    await workers(page, 0);
    const field = compared.getByLabel("Random draws");
    await field.fill("20000");
    await field.press("Tab");
    await compared.getByRole("columnheader", {name: /permutation/i}).waitFor();
    await workers(page, 1);
  },
  {before: CORES[4]},
);
