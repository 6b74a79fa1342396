// @ts-check
// Endpoints of one's own, and the settings of RECIST and iRECIST, as a person makes them.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {add, download, openExample, section, settled, step, violations, walks} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const {folder, flow} = walks("own");

const NAME = "Time to progression or death";

/** Adds an endpoint with two events, by keyboard where it is typed. @param {Page} page */
async function addOwn(page) {
  await openExample(page);
  await step(page, "Columns");
  await page.getByRole("button", {name: "Add an endpoint"}).click();
  await page.locator("#own-0-name:focus").waitFor();
  // The name that it has is selected, so that typing replaces it.
  await page.keyboard.type(NAME);
  await page.keyboard.press("Tab");
  const own = page.getByRole("group", {name: NAME});
  await own.getByLabel("Event: date of").selectOption("Progression date");
  await own.getByLabel("or date of").selectOption("Death date");
  return own;
}

flow("an endpoint of one's own is derived, analysed, renamed and saved", async (page) => {
  const own = await addOwn(page);
  assert.deepEqual(await own.getByLabel("Start", {exact: true}).locator("option:checked").allTextContents(), [
    "Start date (as above)",
  ]);
  await page.locator(".derived").getByRole("button", {name: NAME, exact: true}).click();
  await page.getByText(`${NAME}: 14 patients`).waitFor();
  const reason = page.getByRole("gridcell", {name: "“Progression date” on 9 June 2022"});
  await reason.first().waitFor();

  await step(page, "Results");
  const added = await add(page, "Survival");
  await added.getByLabel("Endpoint", {exact: true}).selectOption(NAME);
  await settled(page, added);
  await section(page, NAME);
  const methods = await added.locator("details.methods").textContent();
  assert.ok(
    methods?.includes(
      `${NAME} was the time from “Start date” to the first of “Progression date” or “Death date”.`,
    ),
    methods ?? "",
  );

  // The sections follow another name, and come back with it.
  await step(page, "Columns");
  const name = page.locator("#own-0-name");
  await name.fill("Failure");
  await name.press("Tab");
  await step(page, "Results");
  await section(page, "Failure");
  const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
  const study = JSON.parse(readFileSync(saved.path, "utf8"));
  assert.deepEqual(study.mapping.own, [
    {
      name: "Failure",
      start: null,
      events: ["Progression date", "Death date"],
      censoring: [],
      last_contact: null,
    },
  ]);
  assert.equal(study.analyses.at(-1).analysis.endpoint, "Failure");
  await page.keyboard.press("Control+z");
  await section(page, NAME);
});

flow("an endpoint that is removed takes the sections that rest on it along, in one step", async (page) => {
  await addOwn(page);
  await step(page, "Results");
  const sections = page.locator("section.analysis");
  const added = await add(page, "Survival");
  const before = await sections.count();
  await added.getByLabel("Endpoint", {exact: true}).selectOption(NAME);
  await settled(page, added);
  await section(page, NAME);
  await step(page, "Columns");
  await page
    .getByText(`1 section of the results rests on it and goes with it: “${NAME}”.`, {exact: true})
    .waitFor();
  await page.getByRole("button", {name: `Remove ${NAME}`}).click();
  const notice = page.getByText(`“${NAME}” is removed, and with it 1 section of the results: “${NAME}”.`);
  await notice.waitFor();
  await page.locator("details.own").waitFor({state: "detached"});
  await step(page, "Results");
  await page.waitForTimeout(300);
  assert.equal(await sections.count(), before - 1);
  // Nothing is left that fails.
  assert.equal(await page.getByRole("button", {name: "Compute again"}).count(), 0);
  assert.equal(await page.getByRole("heading", {name: NAME, exact: true}).count(), 0);
  // One press brings both back.
  await page.locator(".floats").getByRole("button", {name: "Undo"}).click();
  await section(page, NAME);
  assert.equal(await sections.count(), before);
  await step(page, "Columns");
  await page.locator("details.own").waitFor();
});

flow("a name that another endpoint has is refused in words, and none is not taken", async (page) => {
  await addOwn(page);
  const name = page.locator("#own-0-name");
  await name.fill("PFS");
  await name.press("Tab");
  const wrong = page.getByText(
    `“PFS” is the name of another endpoint. Until you type another, this one is called “${NAME}”.`,
  );
  await wrong.waitFor();
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  await name.fill(" ");
  await name.press("Tab");
  await wrong.waitFor({state: "hidden"});
  assert.equal(await name.inputValue(), NAME);
  await page.getByRole("button", {name: `Remove ${NAME}`}).click();
  await name.waitFor({state: "detached"});
});

flow("settings of RECIST are refused in words or said in the Methods", async (page) => {
  await openExample(page);
  await step(page, "Columns");
  await page.getByText("More settings of RECIST and iRECIST").click();
  const window = page.getByLabel("Baseline: days before the start");
  assert.equal(await window.inputValue(), "28");
  const wrong = page.getByText("Type a whole number from 0 to 1000. Until then 28 holds.");
  for (const typed of ["-1", "2.5", "4000"]) {
    await window.fill(typed);
    await window.press("Tab");
    await wrong.waitFor();
    assert.equal(await window.getAttribute("aria-invalid"), "true");
  }
  await window.fill("60");
  await window.press("Tab");
  await wrong.waitFor({state: "hidden"});
  // What was refused is gone once a step is undone, with its mark.
  await window.fill("4000");
  await window.press("Tab");
  await page.getByText("Until then 60 holds.").waitFor();
  await page.getByRole("button", {name: "Undo", exact: true}).click();
  await page.locator("#baseline-window-wrong").waitFor({state: "hidden"});
  assert.equal(await window.inputValue(), "28");
  assert.equal(await window.getAttribute("aria-invalid"), "false");
  await page.getByRole("button", {name: "Redo", exact: true}).click();
  assert.equal(await window.inputValue(), "60");
  assert.equal(await page.getByLabel("Confirmed after (days)", {exact: true}).count(), 0);
  await page.getByLabel("Responses must be confirmed").check();
  const interval = page.getByLabel("Confirmed after (days)", {exact: true});
  assert.equal(await interval.inputValue(), "28");
  await interval.fill("56");
  await interval.press("Tab");
  await page.getByLabel("One SD may lie between a PR and its confirmation").check();

  await step(page, "Results");
  const added = await add(page, "Tumour courses");
  const methods = (await added.locator("details.methods").textContent()) ?? "";
  for (const sentence of [
    "The baseline was an assessment at most 60 days before the start.",
    "Complete and partial responses were confirmed at least 56 days later.",
    "One stable disease was allowed between a partial response and its confirmation.",
  ]) {
    assert.ok(methods.includes(sentence), methods);
  }
});

for (const [name, viewport] of /** @type {const} */ ([
  ["wide", {width: 1366, height: 768}],
  ["on a phone", {width: 360, height: 740}],
])) {
  flow(
    `endpoints of one's own and settings are accessible and fit, ${name}`,
    async (page) => {
      const own = await addOwn(page);
      await own.getByLabel("Censor at").selectOption("Last contact");
      await page.getByText("More settings of RECIST and iRECIST").click();
      await page.getByLabel("Responses must be confirmed").check();
      const window = page.getByLabel("Baseline: days before the start");
      await window.fill("4000");
      await window.press("Tab");
      await page.locator("#baseline-window-wrong").waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
        assert.deepEqual(await violations(page), [], colorScheme);
      }
    },
    {viewport},
  );
}
