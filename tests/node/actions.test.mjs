// @ts-check
// What a person does while the page still works on what was done before, with the engine itself.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import * as data from "../../www/app/actions/data.js";
import {undo} from "../../www/app/actions/frame.js";
import * as opening from "../../www/app/actions/opening.js";
import * as own from "../../www/app/actions/own.js";
import {Page} from "../../www/app/actions/page.js";
import * as results from "../../www/app/actions/results.js";
import * as saving from "../../www/app/actions/saving.js";
import {createHistory, createStore, initialState} from "../../www/app/store.js";
import {Engine} from "../../www/engine.js";
import {root} from "../../www/steps.mjs";

const module = WebAssembly.compile(readFileSync(join(root, "www", "pkg", "oncurve_wasm_bg.wasm")));
// What is saved is not looked at here.
Object.assign(globalThis, {
  document: {createElement: () => ({click() {}, remove() {}}), body: {append() {}}},
});

const PATIENTS = `patient,OS_months,OS_event,sex
${[1, 2, 3, 4, 5, 6].map((n) => `P${n},${n + 2},${n % 2},${n < 3 ? "male" : "female"}`).join("\n")}\n`;
const sites = (/** @type {string} */ last) =>
  `patient,site\n${[1, 2, 3, 4, 5, 6].map((n) => `P${n},${n < 6 ? "North" : last}`).join("\n")}\n`;

/** A page without windows, with a file of six patients. */
async function opened() {
  const store = createStore(initialState());
  const engine = new Engine({module: () => module, createWorker: null});
  const page = new Page(store, createHistory(store), engine, {example: async () => assert.fail()});
  await open(page, "patients.csv", PATIENTS);
  return page;
}

/** @param {Page} page @param {string} name @param {string} text @param {"replace" | "add" | "ask"} [way] */
async function open(page, name, text, way) {
  await opening.openFiles(page, [new File([text], name)], way);
  await page.sync.now();
}

/** @param {Page} page */
const decided = ({store}) => store.get().decisions ?? assert.fail();

/** The result of a section, as text. @param {Page} page @param {number} id */
const result = ({store}, id) => JSON.stringify(store.get().results[id]?.run?.blocks);

/**
 * Has a verb of the engine answer when the test says so.
 * @param {Page} page @param {"open" | "assign"} verb @returns {{asked: Promise<void>, go: () => void}}
 */
function held(page, verb) {
  const {engine} = page;
  const usual = engine[verb].bind(engine);
  /** @type {() => void} */
  let go = () => {};
  const gate = new Promise((resolve) => (go = () => resolve(undefined)));
  const asked = new Promise((/** @type {(none: void) => void} */ resolve) => {
    /** @type {any} */ (engine)[verb] = async (/** @type {any[]} */ ...args) => {
      Object.assign(engine, {[verb]: usual});
      const answer = await /** @type {any} */ (usual)(...args);
      resolve();
      await gate;
      return answer;
    };
  });
  return {asked, go};
}

test("a corrected file of the same name is computed anew, and undo brings the former one back", async () => {
  const page = await opened();
  await open(page, "sites.csv", sites("North"), "add");
  page.go("results");
  page.editMapping((mapping) => ({...mapping, counted: [{column: "site", levels: [], labels: {}}]}));
  results.addSection(page, {kind: "frequency", column: "site"});
  const {id} = decided(page).sections?.at(-1) ?? assert.fail();
  await page.sync.now();
  const former = result(page, id);
  assert.match(former, /North/);
  assert.doesNotMatch(former, /South/);
  await open(page, "sites.csv", sites("South"), "add");
  assert.match(result(page, id), /South/);
  undo(page);
  await page.sync.now();
  assert.equal(result(page, id), former);
});

test("a study is saved as it is decided, whatever still runs", async () => {
  const page = await opened();
  /** @type {string[]} */
  const saved = [];
  const {engine} = page;
  const save = engine.save.bind(engine);
  engine.save = async (...args) => {
    saved.push(await save(...args));
    return saved[0];
  };
  page.editMapping((mapping) => ({...mapping, patient: null}));
  const {asked, go} = held(page, "assign");
  const running = page.sync.now();
  await asked;
  page.editMapping((mapping) => ({...mapping, groups: []}));
  const written = saving.saveStudy(page);
  go();
  await Promise.all([running, written]);
  assert.deepEqual(JSON.parse(saved[0]).mapping.groups, []);
});

test("a report is written once everything is as it is decided", async () => {
  const page = await opened();
  page.go("results");
  await page.sync.now();
  /** @type {boolean[]} */
  const upToDate = [];
  const {engine} = page;
  const [assign, report] = [engine.assign.bind(engine), engine.report.bind(engine)];
  let told = false;
  engine.assign = (mapping, language) => {
    told ||= mapping.groups.length === 0;
    return assign(mapping, language);
  };
  engine.report = (...args) => {
    upToDate.push(told);
    return report(...args);
  };
  page.editMapping((mapping) => ({...mapping, groups: []}));
  await saving.exportReport(page, "html");
  assert.deepEqual(upToDate, [true]);
});

test("an edit that is made while a file is read beside the first stays", async () => {
  const page = await opened();
  const {asked, go} = held(page, "open");
  const adding = opening.openFiles(page, [new File([sites("South")], "sites.csv")], "add");
  await asked;
  page.editMapping((mapping) => ({...mapping, groups: []}));
  go();
  await adding;
  const {mapping, added} = decided(page);
  assert.deepEqual(mapping.groups, []);
  assert.deepEqual(mapping.joined[0].table.file, "sites.csv");
  assert.deepEqual(added.length, 1);
});

test("an edit that is made while a sheet is read again stays", async () => {
  const page = await opened();
  await open(page, "sites.csv", sites("South"), "add");
  const {asked, go} = held(page, "open");
  const change = {header_row: 1};
  const reading = data.rereadSheet(page, {file: "sites.csv", sheet: null}, change);
  await asked;
  page.editMapping((mapping) => ({...mapping, groups: []}));
  go();
  await reading;
  assert.deepEqual(decided(page).mapping.groups, []);
  assert.deepEqual(decided(page).added[0].reading, {...change, columns: {}});
});

test("of a file that is not open any more nothing is decided", async () => {
  for (const read of [
    (/** @type {Page} */ page) => data.reread(page, {header_row: 1}),
    (/** @type {Page} */ page) => opening.openFiles(page, [new File([sites("South")], "sites.csv")], "add"),
  ]) {
    const page = await opened();
    const {asked, go} = held(page, "open");
    const reading = read(page);
    await asked;
    await open(page, "others.csv", PATIENTS.replaceAll("sex", "arm"));
    go();
    await reading;
    await page.sync.now();
    assert.deepEqual([decided(page).reading, decided(page).added], [{}, []]);
    assert.equal(page.store.get().table?.columns.at(-1).heading, "arm");
  }
});

test("what a notice offers to undo is the last that was decided", async () => {
  const page = await opened();
  page.go("results");
  await page.sync.now();
  const [first, second] = decided(page).sections ?? assert.fail();
  results.removeSection(page, first.id, "First");
  assert.equal(page.store.get().notice?.action?.label, "Undo");
  results.editSection(page, second.id, {title: "Second"});
  assert.equal(page.store.get().notice, null);
});

test("pasted tables take the first name that is free", async () => {
  const page = await opened();
  const paste = async () => {
    await opening.openPasted(page, sites("South").replaceAll(",", "\t"));
    await opening.answerBeside(page, "add");
    return decided(page).added.map(({file_name}) => file_name);
  };
  await paste();
  const [first, second] = await paste();
  assert.notEqual(first, second);
  opening.removeFile(page, first);
  assert.deepEqual(await paste(), [second, first]);
});

test("a table that is pasted after another asks what becomes of it", async () => {
  const page = await opened();
  await opening.openPasted(page, PATIENTS.replaceAll(",", "\t"));
  await opening.answerBeside(page, "replace");
  const {file} = page.store.get();
  await opening.openPasted(page, sites("South").replaceAll(",", "\t"));
  assert.equal(page.store.get().file, file);
  assert.equal(page.store.get().dialog, "beside");
});

test("an endpoint of one's own gets no name of another", async () => {
  const page = await opened();
  own.addOwn(page);
  own.addOwn(page);
  const names = () => decided(page).mapping.own.map((/** @type {{name: string}} */ {name}) => name);
  const before = names();
  for (const taken of ["os", "OS", "Overall survival", before[0].toUpperCase()]) {
    own.renameOwn(page, 1, taken);
    assert.deepEqual(names(), before, taken);
    assert.deepEqual(page.store.get().view.refused, {"own-1-name": taken});
  }
  own.renameOwn(page, 1, "Failure");
  assert.deepEqual(names(), [before[0], "Failure"]);
  assert.deepEqual(page.store.get().view.refused, {});
});
