// @ts-check
// Workbooks of several sheets, and several files together.

import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {root} from "../../www/steps.mjs";
import {open, ready} from "./chromium.mjs";
import {download, openExample, openFile, section, step, walks} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const FILES = join(root, "tests", "cohort", "files");
const WORKBOOK = join(FILES, "synthetic_study.xlsx");
const FOLLOW_UP = join(FILES, "synthetic_follow_up.csv");
const FLAT = join(root, "www", "examples", "oncurve-example-14-synthetic-patients.csv");
const {folder, flow, browser} = walks("sheets");

/** @param {Page} page @param {string[]} paths dropped anywhere */
async function drop(page, paths) {
  const files = paths.map((path) => ({
    name: path.replace(/^.*[\\/]/, ""),
    bytes: readFileSync(path).toString("base64"),
  }));
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const {name, bytes} of files) {
      const binary = atob(bytes);
      data.items.add(new File([Uint8Array.from(binary, (letter) => letter.charCodeAt(0))], name));
    }
    dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
  }, files);
}

/** @param {Page} page @param {string} name of a sheet or file */
const tab = (page, name) =>
  page.getByRole("group", {name: "Sheets and files"}).getByRole("button", {name: new RegExp(`^${name}`)});

/** @param {Page} page */
const tabs = (page) =>
  page.getByRole("group", {name: "Sheets and files"}).locator(".tab-name").allInnerTexts();

/** @param {Page} page @param {string} id of a field @returns {Promise<string>} the chosen words */
const chosen = (page, id) =>
  page.locator(`#${id}`).evaluate((select) => {
    const {selectedOptions} = /** @type {HTMLSelectElement} */ (select);
    return selectedOptions[0].text;
  });

/** @param {Page} page @param {string} sentence */
const read = (page, sentence) => page.locator(".records-count", {hasText: sentence}).waitFor();

flow("a dropped workbook shows its sheets, and its columns are recognised and joined", async (page) => {
  await drop(page, [WORKBOOK]);
  await page.getByRole("gridcell", {name: "SYN-001"}).waitFor();
  assert.deepEqual(await tabs(page), ["Patients", "Assessments", "Lesions", "Adverse events", "Therapies"]);
  await step(page, "Columns");
  await read(
    page,
    "36 of 38 records can be used; they belong to 18 of the 24 patients. 1 row belongs to nobody",
  );
  await read(page, "184 of 184 records can be used; they belong to 23 of the 24 patients.");
  assert.equal(await chosen(page, "records-adverse_events"), "Adverse events");
  assert.equal(await chosen(page, "records-lesions"), "Lesions");
  assert.equal(await chosen(page, "records-assessments"), "Assessments");
  assert.equal(await chosen(page, "records-therapies"), "Therapies");

  await page.getByText("See them as they are read").nth(1).click();
  const grid = page.getByRole("grid", {name: "Adverse events as they are read"});
  await grid.getByRole("gridcell", {name: "“severe” cannot be read"}).waitFor();
});

flow("an issue in another sheet is shown there, corrected, undone and left out", async (page) => {
  await drop(page, [WORKBOOK]);
  await page.getByRole("gridcell", {name: "SYN-001"}).waitFor();
  await step(page, "Columns");
  const unknown = page.locator(".issue-item", {hasText: "“SYN-404” is not among the patients"});
  await unknown.getByRole("button", {name: "Show the cell"}).click();
  await page.getByRole("heading", {name: "Row 38, Subject ID"}).waitFor();
  assert.equal(await tab(page, "Adverse events").getAttribute("aria-pressed"), "true");
  await page.getByRole("button", {name: "Correct", exact: true}).click();
  await page.getByLabel("Value for row 38, Subject ID").fill("syn-002");
  await page.keyboard.press("Enter");
  await page.getByText("Corrected by you").waitFor();
  await page.locator("td.corrected", {hasText: "syn-002"}).waitFor();
  await step(page, "Columns");
  await read(page, "37 of 38 records can be used");
  await page.locator(".corrections", {hasText: "Adverse events Row 38, Subject ID: syn-002"}).waitFor();
  await page.keyboard.press("Control+z");
  await read(page, "36 of 38 records can be used");
  await unknown.getByRole("button", {name: "Exclude row 38"}).click();
  await unknown.waitFor({state: "detached"});
  await page.locator(".corrections", {hasText: "Row 38 is excluded"}).waitFor();
});

flow("a file added to the open study is joined, saved by name, and asked for again", async (page) => {
  await drop(page, [WORKBOOK]);
  await page.getByRole("gridcell", {name: "SYN-001"}).waitFor();
  await drop(page, [FOLLOW_UP]);
  const asked = page.getByRole("dialog");
  await asked.getByText("Open synthetic_follow_up.csv beside synthetic_study.xlsx").waitFor();
  await asked.getByRole("button", {name: "Add beside"}).click();
  await tab(page, "synthetic_follow_up.csv").waitFor();
  await step(page, "Columns");
  assert.equal(await page.getByLabel("Death", {exact: true}).inputValue(), "Death date");
  await page.locator(".issue-item", {hasText: "“SYN-007” is not in the sheet"}).waitFor();
  await step(page, "Results");
  await section(page, "Overall survival");
  const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
  const study = JSON.parse(readFileSync(saved.path, "utf8"));
  assert.deepEqual(
    study.added.map((/** @type {any} */ file) => file.file_name),
    ["synthetic_follow_up.csv"],
  );
  assert.ok(!JSON.stringify(study).includes("SYN-0"));

  await page.reload();
  await ready(page);
  await step(page, "Data");
  await page.locator("input[type=file]").last().setInputFiles(saved.path);
  await page.getByText("Now choose its files, together or one by one").waitFor();
  await page.locator("input[type=file]").first().setInputFiles(FOLLOW_UP);
  await page.locator(".pending-files .there", {hasText: "synthetic_follow_up.csv"}).waitFor();
  await page.locator("input[type=file]").first().setInputFiles(WORKBOOK);
  await section(page, "Overall survival");

  // Closing it takes its roles with it, and is undone.
  await step(page, "Data");
  await page.getByRole("button", {name: "Close synthetic_follow_up.csv"}).click();
  await tab(page, "synthetic_follow_up.csv").waitFor({state: "detached"});
  await page.keyboard.press("Control+z");
  await tab(page, "synthetic_follow_up.csv").waitFor();
  await step(page, "Results");
  await section(page, "Overall survival");
});

flow("of files dropped together that with one row a patient is the patients'", async (page) => {
  const events = join(folder, "events.csv");
  const rows = ["syn-001", "SYN-001", "SYN-002 ", "SYN-003"].map((id) => `${id},Rash,2`);
  writeFileSync(events, ["patient id,adverse event,grade", ...rows].join("\n"));
  await drop(page, [events, FOLLOW_UP]);
  await page.getByRole("gridcell", {name: "syn-003", exact: true}).waitFor();
  assert.equal(await page.locator(".file-name").innerText(), "synthetic_follow_up.csv");
  await step(page, "Columns");
  await read(page, "4 of 4 records can be used; they belong to 3 of the 24 patients.");
  await step(page, "Data");
  await tab(page, "events.csv").click();
  await page.getByRole("button", {name: "The patients are here"}).click();
  await page.locator(".file-name", {hasText: "events.csv"}).waitFor();
});

flow("visits in columns are read as one row each once the person agrees", async (page) => {
  const path = join(folder, "wide.csv");
  const head = "Patient ID,Start date,Baseline SLD,Week 6 SLD,Week 12 SLD";
  writeFileSync(path, [head, "A,2023-01-02,67,46,40", "B,2023-01-02,50,,55"].join("\n"));
  await drop(page, [path]);
  await page.getByRole("gridcell", {name: "A", exact: true}).waitFor();
  await step(page, "Columns");
  const question = page.locator(".wide-question");
  await question.getByText("In “wide.csv” one row holds several visits or lesions").waitFor();
  await read(page, "5 of 5 records can be used; they belong to 2 of the 2 patients.");
  await page.getByText("See them as they are read").click();
  const grid = page.getByRole("grid", {name: "Tumour assessments as they are read"});
  await grid.getByRole("gridcell", {name: "2023-03-27"}).first().waitFor();
  await question.getByRole("button", {name: "Read it so"}).click();
  await question.waitFor({state: "detached"});
  assert.equal(await chosen(page, "records-assessments"), "wide.csv");
  await page.keyboard.press("Control+z");
  await question.waitFor();
});

flow("choosing the patient id of a sheet leaves its columns open and the focus where it is", async (page) => {
  await drop(page, [WORKBOOK]);
  await page.getByRole("gridcell", {name: "SYN-001"}).waitFor();
  await step(page, "Columns");
  await read(page, "36 of 38 records can be used");
  const patient = page.locator("#record-adverse_events-patient");
  const panel = page.locator("details.record-roles", {has: patient});
  await panel.locator("summary").first().click();
  await patient.selectOption("");
  await page.locator(".issue-item", {hasText: "no column was recognised as the patient’s id"}).waitFor();
  await patient.focus();
  await patient.selectOption("Subject ID");
  await read(page, "36 of 38 records can be used");
  await page.waitForTimeout(200);
  assert.equal(await panel.getAttribute("open"), "");
  assert.ok(await patient.evaluate((select) => select.matches(":focus")));
});

/** Patients, and assessments in which two of their ids are misspelt, one of them twice. @param {Page} page */
async function dropMisspelt(page) {
  const [patients, visits] = [join(folder, "clinic.csv"), join(folder, "visits.csv")];
  const ids = ["A-one", "B-two", "C-three", "D-four", "E-five"];
  const rows = ids.map((id) => `${id},2023-01-10,2023-12-30`);
  writeFileSync(patients, ["Patient id,Start date,Last contact", ...rows].join("\n"));
  const seen = ["A-one,2023-03-05,SD", "A-one,2023-05-05,PD", "B-two,2023-03-05,SD", "C-tree,2023-03-05,SD"];
  const more = ["D-four,2023-03-05,SD", "C-tree,2023-05-05,PD", "F-ive,2023-03-05,SD"];
  writeFileSync(visits, ["Subject ID,Assessment date,Overall response", ...seen, ...more].join("\n"));
  await drop(page, [patients, visits]);
  await page.getByRole("gridcell", {name: "A-one", exact: true}).waitFor();
}

flow(
  "a sheet that matches some patients says so, and a misspelt id is corrected in all its rows",
  async (page) => {
    await dropMisspelt(page);
    await step(page, "Columns");
    const sentence = "the assessments match 3 of the 5 patients";
    const notice = page.locator(".derived .partly");
    await notice.filter({hasText: sentence}).waitFor();
    await page.locator(".record-kind .caution", {hasText: sentence}).waitFor();
    const reason = "Censored at the start, 10 January 2023: no assessments of this patient are known";
    await page.locator(".derived").getByRole("gridcell", {name: reason}).first().waitFor();
    await step(page, "Results");
    await page.locator(".caution", {hasText: sentence}).waitFor();

    await step(page, "Columns");
    const unknown = page.locator(".issue-item", {hasText: "“C-tree” is not among the patients"});
    await unknown.getByRole("button", {name: "Correct", exact: true}).click();
    await page.getByLabel("Value for Subject ID in all 2 rows (5, 7)").fill("C-three");
    await page.keyboard.press("Enter");
    await page.locator(".derived .partly", {hasText: "match 4 of the 5 patients"}).waitFor();
    await unknown.waitFor({state: "detached"});
    assert.equal(await page.locator(".corrections li").count(), 2);
    await page.keyboard.press("Control+z");
    await page.locator(".derived .partly", {hasText: sentence}).waitFor();
    assert.equal(await page.locator(".corrections li").count(), 0);

    // Let stand, it is said no more.
    await notice.getByRole("button", {name: "Accept"}).click();
    await notice.waitFor({state: "detached"});
    await step(page, "Results");
    await page.waitForTimeout(200);
    assert.equal(await page.locator(".caution", {hasText: sentence}).count(), 0);
  },
);

flow(
  "the rules that assessments bring are said beside the endpoints, with the way to change them",
  async (page) => {
    await dropMisspelt(page);
    await step(page, "Columns");
    const rules = page.locator(".rules-line");
    await rules
      .filter({hasText: "Because assessments are there, the FDA-style rules of censoring hold"})
      .waitFor();
    await rules.getByRole("button", {name: "Change the rules"}).click();
    const preset = page.locator("#censoring-preset");
    assert.ok(await preset.evaluate((select) => select.matches(":focus")));
    await preset.selectOption("ema");
    await rules.filter({hasText: "As chosen, the EMA-style rules of censoring hold"}).waitFor();
  },
);

flow("many issues of one kind are one line, which unfolds", async (page) => {
  await openExample(page, 300);
  await step(page, "Columns");
  const group = page.locator(".issue-group", {hasText: "Patients without adverse events"});
  await group.waitFor();
  const count = Number((await group.innerText()).match(/: (\d+)$/)?.[1]);
  assert.equal(await group.locator(".issue-item").count(), 0);
  await group.locator("summary").click();
  await group.locator(".issue-item").first().waitFor();
  assert.equal(await group.locator(".issue-item").count(), count);
  await group.getByRole("button", {name: `Accept these ${count}`}).click();
  await group.waitFor({state: "detached"});
  await page.keyboard.press("Control+z");
  await group.waitFor();
});

flow("the whole reason of a derived time is shown, in lines", async (page) => {
  await openExample(page, 300);
  await step(page, "Columns");
  const grid = page.locator(".derived oncurve-grid");
  await grid.locator("tr.data td").first().waitFor();
  const cut = await grid.evaluate((grid) => {
    const reasons = [...grid.querySelectorAll("tr.data td:last-child")];
    return {rows: reasons.length, wide: grid.scrollWidth - grid.clientWidth};
  });
  assert.deepEqual(cut, {rows: 312, wide: 0});
});

flow("one flat sheet has neither tabs nor other sheets", async (page) => {
  await openFile(page, FLAT);
  assert.equal(await page.locator(".tabs").count(), 0);
  await step(page, "Columns");
  await page.getByText("Derived endpoints").waitFor();
  assert.equal(await page.getByText("Other sheets").count(), 0);
});

test("after the engine was stopped all files are opened again", async () => {
  const {page, close} = await open(browser(), undefined, {viewport: {width: 1366, height: 768}});
  try {
    await ready(page);
    await drop(page, [FOLLOW_UP]);
    await page.getByRole("gridcell", {name: "syn-001"}).waitFor();
    await page.getByLabel("Add a file").setInputFiles(WORKBOOK);
    await tab(page, "Lesions").waitFor();
    const [worker] = page.workers();
    const ended = worker.waitForEvent("close");
    // The page hears of a crash as of an error of its worker.
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("stopped by the test");
      });
    });
    await ended;
    await page.getByText("Your file is still open and nothing is lost").waitFor();
    await tab(page, "Lesions").click();
    await page.getByRole("gridcell", {name: "Liver"}).first().waitFor();
    await step(page, "Columns");
    await read(page, "34 of 38 records can be used");
  } finally {
    await close();
  }
});

flow(
  "sheets are not wider than a phone",
  async (page) => {
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await drop(page, [WORKBOOK, FOLLOW_UP]);
    await page.getByRole("gridcell", {name: "SYN-001"}).waitFor();
    assert.equal(await tooWide(), 0);
    await step(page, "Columns");
    await read(page, "36 of 38 records can be used");
    for (const summary of await page.locator(".record-kind summary").all()) await summary.click();
    assert.equal(await tooWide(), 0);
  },
  {viewport: {width: 360, height: 740}},
);
