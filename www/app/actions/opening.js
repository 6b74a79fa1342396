// @ts-check
/** Opening spreadsheets, pasted cells, the example or a saved study. */
import {readBytes} from "../files.js";
import {nextId} from "../sections.js";
import {emptyView} from "../store.js";
import {namesOf} from "../tables.js";
import {reread} from "./data.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../store.js").State} State */
/** @typedef {import("../store.js").FileInHand} FileInHand */

/** @param {Page} page @param {number} patients how many it has */
export async function openExample(page, patients) {
  const {name, bytes} = await page.host.example(patients);
  page.store.set({pendingStudy: null, pendingFiles: []});
  await openAll(page, [{name, bytes}], {example: true});
}

/** @param {Page} page @param {string} text cells from a spreadsheet */
export function openPasted(page, text) {
  const bytes = new TextEncoder().encode(text);
  const {decisions, file} = page.store.get();
  const taken = [file?.name, ...(decisions?.added ?? []).map(({file_name}) => file_name)];
  const name = (/** @type {number} */ n) => `${page.t("page-pasted-name")}${n > 1 ? ` ${n}` : ""}.tsv`;
  let n = 1;
  while (taken.includes(name(n))) n += 1;
  return take(page, [{name: name(n), bytes, pasted: true}], "ask");
}

/** @param {Page} page */
export const explainPaste = (page) => page.tell(page.t("page-paste-how"));

/**
 * Files dropped or chosen: spreadsheets, a saved study, or both.
 * @param {Page} page @param {File[]} files
 * @param {"replace" | "add" | "ask"} [way] what becomes of the present ones
 */
export async function openFiles(page, files, way = "replace") {
  const study = files.find((file) => /\.json$/i.test(file.name));
  const sheets = files.filter((file) => file !== study);
  if (study) await openStudy(page, await study.text(), sheets.length > 0);
  if (!sheets.length) return;
  const read = async (/** @type {File} */ file) => ({name: file.name, bytes: await readBytes(file)});
  await take(page, await Promise.all(sheets.map(read)), way);
}

/** @param {Page} page @param {FileInHand[]} files @param {"replace" | "add" | "ask"} way */
async function take(page, files, way) {
  const {pendingStudy, decisions, file} = page.store.get();
  if (pendingStudy) return openForStudy(page, files);
  if (!decisions || way === "replace") return openAll(page, files);
  if (way === "add") return addFiles(page, files);
  // The same file once more, or one's own after the example: there is nothing to ask.
  if (file?.example || (files.length === 1 && files[0].name === file?.name)) return openAll(page, files);
  page.store.set({asked: files, dialog: "beside"});
}

/** The answer to the question what becomes of the present files. @param {Page} page @param {"replace" | "add"} way */
export function answerBeside(page, way) {
  const {asked} = page.store.get();
  page.store.set({asked: null, dialog: null});
  return asked ? take(page, asked, way) : undefined;
}

/** Opens the next spreadsheet without the study that waits for it. @param {Page} page */
export const forgetPending = (page) => page.store.set({pendingStudy: null, pendingFiles: []});

/** Files of the study that waits, which opens once all of them are there. @param {Page} page @param {FileInHand[]} files */
async function openForStudy(page, files) {
  const {pendingStudy: study, pendingFiles} = page.store.get();
  const names = files.map(({name}) => name);
  const have = [...pendingFiles.filter(({name}) => !names.includes(name)), ...files];
  const wanted = namesOf(study);
  const others = have.filter(({name}) => !wanted.includes(name));
  // What has another name takes the first place that is free.
  const placed = wanted.map((name) => have.find((file) => file.name === name) ?? others.shift());
  if (placed.includes(undefined)) return page.store.set({pendingFiles: have});
  const found = /** @type {FileInHand[]} */ (placed);
  const beside = [...found.slice(1).map((file, index) => ({...file, name: wanted[index + 1]})), ...others];
  await openAll(page, [found[0], ...beside], {study});
}

/**
 * Opens files in place of the present ones, the patients' first.
 * @param {Page} page @param {FileInHand[]} files
 * @param {{study?: any, example?: boolean, reading?: any}} [of] `reading` where the person says which is that of the patients
 */
async function openAll(page, files, {study, example = false, reading: chosen} = {}) {
  const {store, engine, sync} = page;
  try {
    const opened = await page.busy("page-reading", () => openAs(page, files, study, chosen));
    const {table, reading, files: inOrder} = opened;
    const mapping = study?.mapping ?? asGuessed(await engine.guess());
    const [first, ...beside] = inOrder;
    const before = store.get();
    const former = sync.files;
    const added = opened.added.map((file) => ({...file, id: nextId()}));
    const hands = {
      first: first.bytes,
      beside: new Map(beside.map((file, index) => [added[index].id, file])),
    };
    sync.opened(hands, {reading, added});
    store.set({
      ...NOTHING_DONE,
      table,
      columns: table.columns,
      file: {name: first.name, example, pasted: first.pasted ?? false},
      tableVersion: before.tableVersion + 1,
      decisions: {
        reading,
        added,
        mapping,
        style: study?.style ?? {},
        sections: study?.analyses.length ? numbered(study.analyses) : null,
      },
      pendingStudy: null,
      pendingFiles: [],
      view: emptyView(),
    });
    if (former) offerReturn(page, first.name, before, former);
    if (study && study.file_name !== first.name) offerAfresh(page, first.name, study.file_name);
    page.go(study ? "results" : before.step);
  } catch (error) {
    page.complain(error);
  }
}

/** Of the state: as it is with files that nobody has worked on. */
const NOTHING_DONE = {
  past: [],
  future: [],
  results: {},
  assigned: null,
  assignFailure: null,
  notice: null,
  records: {},
  wideSheets: [],
};

/**
 * Opens with a saved reading if there is one that fits, else as the files themselves suggest: with that of
 * the patients first.
 * @param {Page} page @param {FileInHand[]} files @param {any} study @param {any} chosen
 */
async function openAs({engine}, files, study, chosen) {
  const open = async (/** @type {FileInHand[]} */ files, /** @type {any[]} */ readings) => {
    const [first, ...beside] = files;
    const [reading, ...rest] = readings;
    const added = beside.map(({name}, index) => ({file_name: name, reading: rest[index] ?? {}}));
    const table = await engine.open(
      first.bytes,
      first.name,
      reading,
      beside.map(({name, bytes}, index) => [bytes, name, added[index].reading]),
    );
    return {table, reading, added, files};
  };
  if (study) {
    try {
      const added = (study.added ?? []).map((/** @type {any} */ file) => file.reading);
      return await open(files, [study.reading, ...added]);
    } catch {
      // The file is not what it was: it is read as it suggests itself.
    }
    return open(files, [{}]);
  }
  if (chosen) return open(files, [chosen]);
  const opened = await open(files, [{}]);
  const patients = await engine.tableOfPatients();
  if (!patients) return opened;
  const own = files.find(({name}) => name === patients.file) ?? files[0];
  const inOrder = [own, ...files.filter((file) => file !== own)];
  return open(inOrder, [patients.sheet ? {sheet: patients.sheet} : {}]);
}

/** @param {{title: string | null, analysis: any}[]} analyses */
const numbered = (analyses) => analyses.map(({title, analysis}) => ({id: nextId(), title, analysis}));

/** Mappings that nobody has touched. @type {WeakSet<object>} */
const guesses = new WeakSet();

/** @param {any} mapping */
function asGuessed(mapping) {
  guesses.add(mapping);
  return mapping;
}

/** Opens files beside the present ones. @param {Page} page @param {FileInHand[]} files */
async function addFiles(page, files) {
  const {store, engine, sync} = page;
  const {decisions, file} = store.get();
  const hands = sync.files;
  if (!decisions || !file || !hands) return;
  const names = files.map(({name}) => name);
  const more = names.map((file_name) => ({id: nextId(), file_name, reading: {}}));
  files.forEach((file, index) => hands.beside.set(more[index].id, file));
  const withMore = (/** @type {import("../store.js").Decisions} */ before) => ({
    ...before,
    added: [...before.added.filter(({file_name}) => !names.includes(file_name)), ...more],
  });
  try {
    const args = sync.args(hands, file.name, withMore(decisions));
    const table = await page.busy("page-reading", () => engine.open(...args));
    const guess = asGuessed(await engine.guess());
    if (!sync.reopened(hands, withMore(decisions))) return;
    store.set({table, columns: table.columns, tableVersion: store.get().tableVersion + 1});
    page.edit((before) => {
      const untouched = before.mapping === decisions.mapping && guesses.has(before.mapping);
      return {...withMore(before), mapping: untouched ? guess : completed(before.mapping, guess, names)};
    });
    page.tell(page.t("page-file-added", {file: names.join(", ")}));
  } catch (error) {
    for (const {id} of more) hands.beside.delete(id);
    page.complain(error);
  }
}

/** A mapping with what new files suggest where it says nothing yet. @param {any} mapping @param {any} guess @param {string[]} names */
function completed(mapping, guess, names) {
  const isNew = (/** @type {any} */ part) => names.includes(part?.table?.file);
  const joined = (guess.joined ?? []).filter(isNew);
  const open = (/** @type {[string, any]} */ [name, value]) =>
    (mapping[name] ?? null) === null && (joined.length > 0 || isNew(value));
  const filled = Object.entries(guess).filter(open);
  return {...mapping, ...Object.fromEntries(filled), joined: [...(mapping.joined ?? []), ...joined]};
}

/** Closes a file that stands beside the first, with what was said of it. @param {Page} page @param {string} name */
export function removeFile(page, name) {
  const of = (/** @type {any} */ part) => part?.table?.file === name;
  page.look({table: null, cell: null, record: null});
  page.edit((decisions) => {
    const kept = Object.entries(decisions.mapping).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter((part) => !of(part)) : of(value) ? null : value,
    ]);
    return {
      ...decisions,
      added: decisions.added.filter(({file_name}) => file_name !== name),
      mapping: Object.fromEntries(kept),
    };
  });
}

/** Reads the patients from another of the open tables. @param {Page} page @param {import("../tables.js").TableName} table */
export async function patientsIn(page, {file: name, sheet}) {
  if (!name) return reread(page, {sheet, header_row: null});
  const {file, decisions} = page.store.get();
  const hands = page.sync.files;
  if (!file || !decisions || !hands) return;
  const beside = decisions.added.map(({id}) => /** @type {FileInHand} */ (hands.beside.get(id)));
  const all = [{name: file.name, bytes: hands.first}, ...beside];
  const first = all.find((one, index) => index > 0 && one.name === name);
  const reading = sheet ? {sheet} : {};
  if (first) await openAll(page, [first, ...all.filter((one) => one !== first)], {reading});
}

/**
 * Offers to go back to files that the person had worked on.
 * @param {Page} page @param {string} file now open @param {State} before
 * @param {import("./sync.js").Hands} hands the former files
 */
function offerReturn(page, file, before, hands) {
  if (!before.file || before.past.length === 0) return;
  const back = () => {
    page.sync.reopen(hands);
    const {file, decisions, past, future} = before;
    page.store.set({
      file,
      decisions,
      past,
      future,
      results: {},
      assigned: null,
      notice: null,
      view: emptyView(),
    });
  };
  page.tell(page.t("page-opened-instead", {file, before: before.file.name}), {
    label: page.t("page-back-to-file"),
    run: back,
  });
}

/** @param {Page} page @param {string} file now open @param {string} before the file that the study was saved with */
function offerAfresh(page, file, before) {
  page.tell(page.t("page-study-other-file", {file, before}), {
    label: page.t("page-study-afresh"),
    run: () => startAfresh(page),
  });
}

/** The columns as the file itself suggests, in place of those of a saved study. @param {Page} page */
async function startAfresh(page) {
  try {
    const mapping = await page.engine.guess();
    page.edit((before) => ({...before, mapping, sections: null}));
    page.store.set({notice: null});
    page.go("columns");
  } catch (error) {
    page.complain(error);
  }
}

/** @param {Page} page @param {string} text of a `.oncurve.json` file @param {boolean} withFiles that come with it */
async function openStudy(page, text, withFiles) {
  const {store, engine, sync} = page;
  try {
    const saved = await engine.restore(text);
    const {file, decisions} = store.get();
    // By name: those beside the first, and those that were.
    const ids = new Map([
      ...Array.from(sync.files?.beside ?? [], ([id, {name}]) => /** @type {const} */ ([name, id])),
      ...(decisions?.added ?? []).map(({file_name, id}) => /** @type {const} */ ([file_name, id])),
    ]);
    const there = decisions && !withFiles ? [file?.name, ...ids.keys()] : [];
    if (there[0] === saved.file_name && namesOf(saved).every((name) => there.includes(name))) {
      const {reading, mapping, style, analyses} = saved;
      const added = (saved.added ?? []).map((/** @type {any} */ file) => ({
        ...file,
        id: ids.get(file.file_name),
      }));
      page.edit(() => ({reading, added, mapping, style, sections: numbered(analyses)}));
      page.tell(page.t("page-study-restored", {file: saved.file_name}));
    } else {
      store.set({pendingStudy: saved, pendingFiles: [], notice: null, step: "data"});
    }
  } catch (error) {
    page.complain(error);
  }
}
