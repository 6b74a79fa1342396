// @ts-check
/** Opening a spreadsheet, pasted cells, the example or a saved study. */
import {readBytes} from "../files.js";
import {nextId} from "../sections.js";
import {emptyView} from "../store.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../store.js").State} State */

/** @param {Page} page */
export async function openExample(page) {
  const {name, bytes} = await page.host.example();
  page.store.set({pendingStudy: null});
  await openBytes(page, bytes, {name, example: true, pasted: false});
}

/** @param {Page} page @param {string} text cells from a spreadsheet */
export const openPasted = (page, text) =>
  openBytes(page, new TextEncoder().encode(text), {
    name: `${page.t("page-pasted-name")}.tsv`,
    example: false,
    pasted: true,
  });

/** @param {Page} page */
export const explainPaste = (page) => page.tell(page.t("page-paste-how"));

/** @param {Page} page @param {File[]} files dropped or chosen: a spreadsheet, a saved study, or both */
export async function openFiles(page, files) {
  const study = files.find((file) => /\.json$/i.test(file.name));
  const sheet = files.find((file) => file !== study);
  if (study) await openStudy(page, await study.text());
  if (sheet) await openBytes(page, await readBytes(sheet), {name: sheet.name, example: false, pasted: false});
}

/** Opens the next spreadsheet without the study that waits for it. @param {Page} page */
export const forgetPending = (page) => page.store.set({pendingStudy: null});

/**
 * Opens a spreadsheet in place of the present one.
 * @param {Page} page @param {Uint8Array} bytes @param {NonNullable<State["file"]>} file
 */
async function openBytes(page, bytes, file) {
  const {store, engine, sync} = page;
  const {pendingStudy: study} = store.get();
  try {
    const {table, reading} = await page.busy("page-reading", () =>
      openAs(page, bytes, file.name, study?.reading ?? {}),
    );
    const mapping = study?.mapping ?? (await engine.guess());
    const before = store.get();
    const former = sync.bytes;
    sync.opened(bytes, reading);
    store.set({
      ...NOTHING_DONE,
      table,
      file,
      tableVersion: before.tableVersion + 1,
      decisions: {
        reading,
        mapping,
        style: study?.style ?? {},
        sections: study?.analyses.length ? numbered(study.analyses) : null,
      },
      pendingStudy: null,
      view: emptyView(),
    });
    if (former) offerReturn(page, file.name, before, former);
    if (study && study.file_name !== file.name) offerAfresh(page, file.name, study.file_name);
    page.go(study ? "results" : before.step);
  } catch (error) {
    page.complain(error);
  }
}

/** Of the state: as it is with a file that nobody has worked on. */
const NOTHING_DONE = {past: [], future: [], results: {}, assigned: null, assignFailure: null, notice: null};

/**
 * Opens with a saved reading if there is one that fits, else as the file itself suggests.
 * @param {Page} page @param {Uint8Array} bytes @param {string} name @param {any} reading
 */
async function openAs({engine}, bytes, name, reading) {
  try {
    return {table: await engine.open(bytes, name, reading), reading};
  } catch (error) {
    if (Object.keys(reading).length === 0) throw error;
    return {table: await engine.open(bytes, name, {}), reading: {}};
  }
}

/** @param {{title: string | null, analysis: any}[]} analyses */
const numbered = (analyses) => analyses.map(({title, analysis}) => ({id: nextId(), title, analysis}));

/**
 * Offers to go back to a file that the person had worked on.
 * @param {Page} page @param {string} file now open @param {State} before @param {Uint8Array} bytes of the former
 */
function offerReturn(page, file, before, bytes) {
  if (!before.file || before.past.length === 0) return;
  const back = () => {
    page.sync.reopen(bytes);
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
    page.sync.schedule();
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

/** @param {Page} page @param {string} text of a `.oncurve.json` file */
async function openStudy(page, text) {
  const {store, engine} = page;
  try {
    const saved = await engine.restore(text);
    if (store.get().file?.name === saved.file_name) {
      const {reading, mapping, style, analyses} = saved;
      page.edit(() => ({reading, mapping, style, sections: numbered(analyses)}));
      page.tell(page.t("page-study-restored", {file: saved.file_name}));
    } else {
      store.set({pendingStudy: saved, notice: null, step: "data"});
    }
  } catch (error) {
    page.complain(error);
  }
}
