// @ts-check
// The product works: a person's ways through the built page, over file://, without a network.

import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {root} from "../../www/steps.mjs";
import {ready} from "./chromium.mjs";
import {download, openExample, section, step, violations, walks} from "./walk.mjs";

/** @typedef {import("playwright-core").Page} Page */

const EXAMPLE = join(root, "www", "examples", "oncurve-example-14-synthetic-patients.csv");
const EXAMPLES = [EXAMPLE, EXAMPLE.replace(/csv$/, "xlsx")];
const {folder, flow} = walks("flows");

/** @param {Page} page */
const headings = (page) => page.locator("section.analysis h2").allInnerTexts();

flow("the example goes from data through columns to results", async (page) => {
  await openExample(page);
  assert.match(await page.locator(".synthetic").innerText(), /Synthetic patients/);
  await step(page, "Columns");
  assert.equal(await page.getByLabel("Start", {exact: true}).inputValue(), "Start date");
  assert.equal(await page.getByLabel("Progression", {exact: true}).inputValue(), "Progression date");
  const derived = page.getByRole("grid", {name: /Derivation/});
  await derived.getByRole("gridcell", {name: "SYN-14"}).waitFor();
  await step(page, "Results");
  const pfs = await section(page, "Progression-free survival");
  assert.match(await pfs.locator(".finding").first().innerText(), /11\.7 months/);
  const response = await section(page, "Best response");
  assert.deepEqual(await headings(page), [
    "Baseline characteristics by PD-L1",
    "Progression-free survival",
    "Progression-free survival by PD-L1",
    "Overall survival",
    "Overall survival by PD-L1",
    "Best response",
    "Tumour courses",
    "Course of each patient",
    "Adverse events",
    "Worst AE grade",
    "Treatment-related death",
  ]);
  assert.match(await response.innerText(), /4\/14|28\.6/);
  assert.match(await response.innerText(), /13\/14|92\.9/);
  const byGroup = await section(page, "Progression-free survival by PD-L1");
  const text = await byGroup.innerText();
  for (const figure of ["13.0", "10.3", "0.048"]) assert.ok(text.includes(figure), `${figure} in ${text}`);
});

for (const example of EXAMPLES) {
  flow(`${example.slice(-4)}: every published figure of the study stands on the page`, async (page) => {
    await page.locator("input[type=file]").first().setInputFiles(example);
    await page.getByRole("gridcell", {name: "SYN-01"}).waitFor();
    const range = async (/** @type {number} */ column) => {
      await page.locator(`tr[data-index="0"] td[data-column="${column}"]`).click();
      return page.locator(".column-view").innerText();
    };
    const [start, contact] = [await range(7), await range(10)];
    assert.match(start, /^Column Start date[^]*From 2020-03-16 to/);
    assert.match(contact, /^Column Last contact[^]*to 2024-06-30/);
    await step(page, "Results");
    const published = {
      "Progression-free survival": ["Median PFS was 11.7 months"],
      "Progression-free survival by PD-L1": [
        "10.3 months (95 % CI 1.4–NR) in “Negative or unknown”",
        "13.0 months (95 % CI 5.2–NR) in “Positive”",
        "p = 0.048 (log-rank test)",
      ],
      "Best response": [
        "in 4 of 14 patients: objective response rate (ORR) 28.6 %",
        "in 13 of 14: disease control rate (DCR) 92.9 %",
      ],
      "Worst AE grade": ["“3” in 1 of 14 (7.1 %"],
      "Treatment-related death": ["“No” in 14 of 14 (100.0 %"],
    };
    for (const [heading, figures] of Object.entries(published)) {
      const found = await (await section(page, heading)).locator(".finding").first().innerText();
      const text = found.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
      for (const figure of figures) assert.ok(text.includes(figure), `${figure} in ${text}`);
    }
  });
}

flow("untouched results follow the columns, and say what they wait for", async (page) => {
  const rows = [1, 2, 3, 4].map((n) => `P${n},0${n}/02/2021,1${n % 3}/11/2022,AB`);
  const path = join(folder, "ambiguous.csv");
  writeFileSync(
    path,
    ["id,start date,death date,arm", ...rows].join("\n").replace("11/11/2022", "25/11/2022"),
  );
  await page.locator("input[type=file]").first().setInputFiles(path);
  await page.getByRole("gridcell", {name: "P4"}).waitFor();
  await step(page, "Columns");
  await page.getByText("nothing tells day from month").waitFor();
  await step(page, "Results");
  await page.locator(".unsettled", {hasText: "nothing tells day from month"}).waitFor();
  await page.locator(".unsettled").getByRole("button", {name: "Go to Columns"}).click();
  await page.getByRole("button", {name: "Day first"}).click();
  await step(page, "Results");
  await section(page, "Overall survival");
  assert.equal(await page.locator(".unsettled").count(), 0);
});

flow("an accepted issue stays accepted in the saved study, which holds no value of it", async (page) => {
  const path = join(folder, "twice.csv");
  const rows = ["ID-77,2021-02-03,2022-05-06", "ID-77,2021-03-04,2022-07-08"];
  writeFileSync(path, ["id,start date,death date", ...rows].join("\n"));
  await page.locator("input[type=file]").first().setInputFiles(path);
  await step(page, "Columns");
  const issue = page.locator(".issue-item", {hasText: "is already in row 2"});
  await issue.getByRole("button", {name: "Accept"}).click();
  await issue.waitFor({state: "detached"});
  const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
  assert.ok(!readFileSync(saved.path, "utf8").includes("ID-77"));
  await page.keyboard.press("Control+z");
  await issue.waitFor();

  await page.reload();
  await ready(page);
  await step(page, "Data");
  await page.locator("input[type=file]").last().setInputFiles(saved.path);
  await page.locator("input[type=file]").first().setInputFiles(path);
  await step(page, "Columns");
  await page.getByRole("button", {name: /1 accepted/}).click();
  await issue.waitFor();
});

flow("an added section comes into view, with the focus on its heading", async (page) => {
  await openExample(page);
  await step(page, "Results");
  await section(page, "Treatment-related death");
  await page.locator(".page-head summary", {hasText: "Add an analysis"}).click();
  await page.locator(".menu[open]").getByRole("button", {name: "Counts of best response"}).click();
  const added = page.locator("section.analysis").last();
  await added.locator(".finding").waitFor();
  await added.locator("h2 button:focus").waitFor();
  const top = await added.evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 768, `${top}`);
});

flow("a study reopened with another spreadsheet says so, and offers to start afresh", async (page) => {
  await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
  await page.getByRole("gridcell", {name: "SYN-01"}).waitFor();
  const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
  const other = join(folder, "other.csv");
  writeFileSync(other, "code,start date,death date\nA,2021-02-03,2022-05-06\nB,2021-03-04,2022-07-08\n");
  await page.reload();
  await ready(page);
  await page.locator("input[type=file]").last().setInputFiles(saved.path);
  await page.locator("input[type=file]").first().setInputFiles(other);
  await page.getByText("There is no column named").first().waitFor();
  await page
    .locator(".notice", {hasText: "was made with"})
    .getByRole("button", {name: "Start afresh"})
    .click();
  await page.getByText("OS: 2 patients, 2 events").waitFor();
});

flow("the address remembers the step, and going back loses nothing", async (page) => {
  await openExample(page);
  await step(page, "Columns");
  assert.equal(await page.evaluate(() => location.hash), "#columns");
  await page.goBack();
  await page.getByRole("gridcell", {name: "SYN-01"}).waitFor();
  await page.goForward();
  assert.equal(await page.getByLabel("Start", {exact: true}).inputValue(), "Start date");
});

flow("a section is renamed, duplicated, moved and removed, and each is undone", async (page) => {
  await openExample(page);
  await step(page, "Results");
  await section(page, "Treatment-related death");
  const before = await headings(page);
  await page
    .getByRole("heading", {name: "Progression-free survival", exact: true})
    .getByRole("button")
    .click();
  await page.getByRole("textbox", {name: "Rename"}).fill("PFS of the safety set");
  await page.keyboard.press("Enter");
  assert.equal((await headings(page))[1], "PFS of the safety set");
  await page.keyboard.press("Control+z");
  assert.deepEqual(await headings(page), before);
  await page.keyboard.press("Control+Shift+z");
  assert.equal((await headings(page))[1], "PFS of the safety set");

  const act = async (/** @type {string} */ what) => {
    await page.locator('summary[aria-label="Section PFS of the safety set"]').first().click();
    await page.locator(".menu[open]").getByRole("button", {name: what}).click();
  };
  await act("Move down");
  assert.equal((await headings(page))[2], "PFS of the safety set");
  await act("Duplicate");
  assert.equal((await headings(page)).length, before.length + 1);
  await act("Remove");
  assert.equal((await headings(page)).length, before.length);
  await page.locator(".notice").getByRole("button", {name: "Undo"}).click();
  assert.equal((await headings(page)).length, before.length + 1);
});

flow("options act at once, and undo takes them back", async (page) => {
  await openExample(page);
  await step(page, "Results");
  const pfs = await section(page, "Progression-free survival");
  await pfs.locator("summary", {hasText: "Estimates"}).click();
  const level = pfs.getByLabel("Confidence level");
  const before = await pfs.locator(".finding").first().innerText();
  await level.fill("0.9");
  await level.press("Tab");
  await pfs.locator(".finding", {hasText: "90 % CI"}).first().waitFor();
  await page.getByRole("button", {name: "Undo", exact: true}).click();
  await pfs.locator(".finding", {hasText: "95 % CI"}).first().waitFor();
  assert.equal(await pfs.locator(".finding").first().innerText(), before);
});

flow("a correction lies over the data, changes the result and is taken back", async (page) => {
  await openExample(page);
  await page.getByRole("gridcell", {name: "2022-06-09"}).click();
  await page.keyboard.press("Enter");
  await page.getByLabel("Value for row 2, Progression date").fill("2020-06-09");
  await page.keyboard.press("Enter");
  await page.getByRole("gridcell", {name: "2020-06-09"}).waitFor();
  await page.getByText("Corrected by you").waitFor();
  await step(page, "Columns");
  await page
    .getByRole("grid", {name: /Derivation/})
    .getByRole("gridcell", {name: /9 June 2020|2020-06-09/})
    .waitFor();
  await page.getByText("Row 2, Progression date: 2020-06-09").waitFor();
  await page.keyboard.press("Control+z");
  await page
    .getByRole("grid", {name: /Derivation/})
    .getByRole("gridcell", {name: /9 June 2022|2022-06-09/})
    .waitFor();
});

flow("a study is saved without data and reopens with its spreadsheet", async (page) => {
  await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
  await page.getByRole("gridcell", {name: "SYN-01"}).waitFor();
  await step(page, "Results");
  await section(page, "Progression-free survival");
  await page
    .getByRole("heading", {name: "Progression-free survival", exact: true})
    .getByRole("button")
    .click();
  await page.getByRole("textbox", {name: "Rename"}).fill("My PFS");
  await page.keyboard.press("Enter");
  const saved = await download(page, folder, () => page.keyboard.press("Control+s"));
  assert.equal(saved.name, "oncurve-example-14-synthetic-patients.oncurve.json");
  const text = readFileSync(saved.path, "utf8");
  assert.ok(!text.includes("SYN-01"));

  await page.reload();
  await ready(page);
  await step(page, "Data");
  await page.locator("input[type=file]").last().setInputFiles(saved.path);
  await page.getByText("Now choose its spreadsheet: oncurve-example-14-synthetic-patients.csv").waitFor();
  await page.locator("input[type=file]").first().setInputFiles(EXAMPLE);
  await section(page, "My PFS");
});

flow("pasted cells become a table", async (page) => {
  const cells =
    "id\tstart\tprogression\tlast contact\n" +
    [1, 2, 3, 4].map((n) => `P${n}\t2023-01-0${n}\t2023-0${n + 2}-15\t2023-12-01`).join("\n");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
  }, cells);
  await page.getByRole("gridcell", {name: "P4"}).waitFor();
  assert.match(await page.locator(".file-name").innerText(), /pasted cells/);
});

flow("a file that is not a spreadsheet gets one sentence, and the page stays usable", async (page) => {
  const bad = join(folder, "picture.xlsx");
  writeFileSync(bad, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 255, 254]));
  await page.locator("input[type=file]").first().setInputFiles(bad);
  const said = page.getByRole("alert").locator("p");
  await said.waitFor();
  assert.match(await said.innerText(), /This is a picture/);
  await openExample(page);
});

flow("a section is exported as a page, tables and a script, a figure as SVG and PNG", async (page) => {
  await openExample(page);
  await step(page, "Results");
  const byGroup = await section(page, "Progression-free survival by PD-L1");
  const choose = async (/** @type {string} */ list, /** @type {string} */ what) => {
    await byGroup.locator("summary", {hasText: list}).click();
    await byGroup.locator(".menu[open]").getByRole("button", {name: what}).click();
  };
  const base = "oncurve-example-14-synthetic-patients-progression-free-survival-by-pd-l1";
  for (const [what, ending, holds] of [
    ["Web page", ".html", "0.048"],
    ["Tables", ".csv", "13.0"],
    // The script and the data that it asks for.
    ["R script", "-R.zip", "survfit"],
    ["R script", "-R.zip", `${base}.R`],
    ["R script", "-R.zip", "oncurve-example-14-synthetic-patients-derived.csv"],
    ["R script", "-R.zip", '"2","SYN-01","815","1","1102","1"'],
  ]) {
    const {name, path} = await download(page, folder, () => choose("Export", what));
    assert.equal(name, `${base}${ending}`);
    assert.ok(readFileSync(path, "utf8").includes(holds), `${holds} in ${name}`);
  }
  const svg = await download(page, folder, () => choose("Save figure", "SVG"));
  assert.match(readFileSync(svg.path, "utf8"), /^<svg|^<\?xml/);
  const png = await download(page, folder, () => choose("Save figure", "PNG, 600 dpi"));
  const bytes = readFileSync(png.path);
  const physical = bytes.indexOf("pHYs");
  assert.equal(bytes.readUInt32BE(physical + 4), 23622, "600 dpi in pixels a metre");
});

flow("pointing at a curve tells its numbers, by mouse and by keyboard", async (page) => {
  await openExample(page);
  await step(page, "Results");
  const pfs = await section(page, "Progression-free survival");
  const area = pfs.locator(".figure-area");
  await area.scrollIntoViewIfNeeded();
  await area.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowRight");
  const spoken = pfs.locator("[aria-live=polite]");
  assert.match(await spoken.innerText(), /%/);
  const box = /** @type {{x: number, y: number, width: number, height: number}} */ (await area.boundingBox());
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.35);
  assert.match(await pfs.locator(".tip").innerText(), /at risk/i);
});

flow("no accessibility violation on any step, light and dark", async (page) => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
    await step(page, "Data");
    assert.deepEqual(await violations(page), [], `${colorScheme}, data`);
    await openExample(page);
    assert.deepEqual(await violations(page), [], `${colorScheme}, grid`);
    await step(page, "Columns");
    assert.deepEqual(await violations(page), [], `${colorScheme}, columns`);
    await step(page, "Results");
    await section(page, "Best response");
    assert.deepEqual(await violations(page), [], `${colorScheme}, results`);
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await violations(page), [], `${colorScheme}, keys`);
    await page.keyboard.press("Escape");
  }
});

flow(
  "nothing is wider than a phone",
  async (page) => {
    const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(await tooWide(), 0);
    await openExample(page);
    for (const name of /** @type {const} */ (["Data", "Columns", "Results"])) {
      await step(page, name);
      if (name === "Results") await section(page, "Best response");
      assert.equal(await tooWide(), 0, name);
    }
  },
  {viewport: {width: 360, height: 740}},
);
