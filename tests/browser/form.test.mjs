// @ts-check
// Any form that the engine may describe is drawn, and gives back what a person chooses.

import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {build} from "esbuild";
import {root} from "../../www/steps.mjs";
import {launch, open} from "./chromium.mjs";

const folder = mkdtempSync(join(tmpdir(), "oncurve-form-"));
const FILE = join(folder, "form.html");

/** A page with nothing but one form, in a shadow root as on the page, which keeps what is chosen in `chosen`. */
const SCRIPT = `
  import {nothing, render} from "lit";
  import {formView} from "./www/app/form.js";
  import {withAt} from "./www/app/store.js";
  const place = document.body.attachShadow({mode: "open"});
  globalThis.show = (form, analysis) => {
    render(nothing, place);
    const draw = () => render(formView(form, globalThis.chosen, set, "option", (id) => id), place);
    const set = (path, value) => {
      globalThis.chosen = withAt(globalThis.chosen, path, value);
      draw();
    };
    globalThis.chosen = analysis;
    draw();
  };
`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof open>>} */
let opened;
before(async () => {
  const {outputFiles} = await build({
    stdin: {contents: SCRIPT, resolveDir: root},
    bundle: true,
    format: "iife",
    write: false,
  });
  writeFileSync(FILE, `<!doctype html><meta charset="utf-8"><body><script>${outputFiles[0].text}</script>`);
  browser = await launch();
  opened = await open(browser, FILE);
});
after(async () => {
  await browser.close();
  rmSync(folder, {recursive: true});
});

/** @typedef {import("../../www/types.js").FieldKind} FieldKind */

/**
 * Shows a form of one field, lets a person act on it, and gives what is chosen then.
 * @param {FieldKind} kind @param {unknown} value before
 * @param {(page: import("playwright-core").Page) => Promise<void>} act
 */
async function chosen(kind, value, act) {
  const {page, complaints} = opened;
  const field = {id: "a.b", label: "Field", help: "What it does", part: "Part", kind, shown_if: null};
  const form = {analysis: {}, label: "Form", help: "", missing: null, fields: [field]};
  const show = (/** @type {unknown[]} */ shown) => /** @type {any} */ (globalThis).show(...shown);
  await page.evaluate(show, [form, {a: {b: value}}]);
  await act(page);
  assert.deepEqual(complaints, []);
  return page.evaluate(() => /** @type {any} */ (globalThis).chosen.a.b);
}

/** @param {string[]} labels @returns {Extract<FieldKind, {kind: "choices"}>} */
const choices = (labels) => ({
  kind: "choices",
  choices: labels.map((label) => ({value: label.toLowerCase(), label, literal: true})),
});

test("pairs are added, each once and of two, and removed", async () => {
  const kind = /** @type {FieldKind} */ ({...choices(["Age", "Sex", "Stage"]), kind: "pairs"});
  const result = await chosen(kind, [["age", "sex"]], async (page) => {
    const [first, second] = [page.locator("select").nth(0), page.locator("select").nth(1)];
    const add = page.getByRole("button", {name: "page-pairs-add"});
    await second.selectOption("Stage");
    await add.click();
    // The same the other way round, and a column with itself.
    await first.selectOption("Stage");
    await second.selectOption("Age");
    await add.click();
    await first.selectOption("Age");
    await add.click();
    await page.getByRole("button", {name: "page-pairs-remove"}).first().click();
  });
  assert.deepEqual(result, [["age", "stage"]]);
});

test("several of a list are chosen, and stand in the order of the list", async () => {
  const result = await chosen(choices(["Age", "Sex", "Stage"]), ["sex"], async (page) => {
    const exact = {exact: true};
    const group = page.getByRole("group", {name: /^Field/});
    assert.equal(await group.getByRole("checkbox", {checked: true}).count(), 1);
    assert.equal(await group.getByRole("searchbox").count(), 0, "a short list has no filter");
    await group.getByLabel("Stage", exact).check();
    await group.getByLabel("Age", exact).check();
    await group.getByLabel("Sex", exact).uncheck();
  });
  assert.deepEqual(result, ["age", "stage"]);
});

test("a long list is filtered, and what is hidden stays chosen", async () => {
  const labels = [...Array(13)].map((_, index) => `Marker ${index + 1}`);
  const result = await chosen(choices(labels), ["marker 2"], async (page) => {
    await page.getByRole("searchbox").fill("KER 1");
    const shown = page.getByRole("checkbox");
    assert.deepEqual(await shown.count(), 5, "1 and 10 to 13");
    await page.getByLabel("Marker 12").check();
    assert.equal(await shown.count(), 5, "the filter outlasts a choice");
    await page.getByRole("searchbox").fill("");
    assert.equal(await shown.count(), 13);
  });
  assert.deepEqual(result, ["marker 2", "marker 12"]);
});

test("several are put in an order of one's own, and the keyboard can go on moving one", async () => {
  const kind = /** @type {const} */ ({...choices(["Age", "Sex", "Stage", "Site"]), kind: "ordered"});
  const result = await chosen(kind, ["stage", "age"], async (page) => {
    const names = async () =>
      (await page.locator(".ordered label").allInnerTexts()).map((name) => name.trim());
    assert.deepEqual(await names(), ["Stage", "Age", "Sex", "Site"], "the chosen ones first");
    await page.getByLabel("Site", {exact: true}).check();
    const up = page.getByRole("button", {name: "page-level-up"});
    assert.equal(await up.count(), 2, "the first cannot be moved up, nor can those not chosen");
    await up.nth(1).click();
    await page.waitForFunction(() => document.body.shadowRoot?.activeElement?.tagName === "BUTTON");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.shadowRoot?.activeElement?.tagName === "INPUT");
    await page.getByLabel("Age", {exact: true}).uncheck();
    assert.deepEqual(await names(), ["Site", "Stage", "Age", "Sex"]);
  });
  assert.deepEqual(result, ["site", "stage"]);
});

test("every other kind of field gives its kind of value", async () => {
  const options = [null, "os"].map((value) => ({value, label: String(value), literal: true}));
  assert.equal(
    await chosen({kind: "choice", choices: options}, "os", async (page) => {
      await page.getByLabel("Field").selectOption({label: "null"});
    }),
    null,
  );
  assert.equal(await chosen({kind: "switch"}, false, (page) => page.getByLabel("Field").check()), true);
  const typed = (/** @type {FieldKind} */ kind, /** @type {unknown} */ value, /** @type {string} */ text) =>
    chosen(kind, value, async (page) => {
      await page.getByLabel("Field").fill(text);
      await page.getByLabel("Field").blur();
    });
  const range = {min: 0, max: 10};
  const number = /** @type {const} */ ({kind: "number", ...range, step: 0.5, optional: false});
  assert.equal(await typed(number, 1, "2.5"), 2.5);
  assert.equal(await typed(number, 1, "11"), 1, "out of range");
  assert.equal(await typed(number, 1, ""), 1, "not optional");
  assert.equal(await typed({...number, optional: true}, 1, ""), null);
  assert.deepEqual(await typed({kind: "numbers", ...range}, [], "6; 2,5 1"), [6, 2.5, 1]);
  assert.deepEqual(await typed({kind: "numbers", ...range}, [3], "6; twelve"), [3]);
  assert.equal(await typed({kind: "text"}, null, "A title"), "A title");
  assert.equal(await typed({kind: "text"}, "A title", "  "), null);
});
