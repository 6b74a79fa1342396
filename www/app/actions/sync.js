// @ts-check
/** From decisions to results: whatever changes, a pass over table, cohort and sections brings them up to date. */
import {EngineError} from "../../engine.js";
import {nextId} from "../sections.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../store.js").Decisions} Decisions */

/** Work that takes longer shows that it runs. */
export const BUSY_MS = 250;
/** Work that takes longer can be cancelled. */
export const SLOW_MS = 1000;
/** Wait for the next keystroke before computing. */
const DEBOUNCE_MS = 90;

/**
 * The bytes of the open files: the patients', and every one that was put beside it, by id: what is undone comes back.
 * @typedef {{first: Uint8Array, beside: Map<number, import("../store.js").FileInHand>}} Hands
 */

/** Which files are read and how, as text. @param {{reading: any, added: any[]}} decisions */
export const readings = ({reading, added}) => JSON.stringify([reading, added]);

/** What the columns mean, as text. @param {any} mapping @param {string} language */
const meaning = (mapping, language) => JSON.stringify([mapping, language]);

/** @type {import("../store.js").Result} */
const NO_RESULT = {key: "", run: null, failure: null, share: null, running: false, slow: false};

export class Sync {
  /** @type {Hands | null} */
  files = null;
  /** What the engine has been told, as text. */
  #applied = {reading: "", mapping: ""};
  /** The passes that run. @type {Promise<void> | null} */
  #running = null;
  #again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  /** The computation that runs. @type {{id: number, key: string, since: number} | null} */
  #current = null;
  /** Sections that nobody has touched: they follow what the columns mean. @type {WeakSet<object[]>} */
  #proposed = new WeakSet();

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** The engine holds these files, read in this way. @param {Hands} files @param {{reading: any, added: any[]}} decisions */
  opened(files, decisions) {
    this.files = files;
    this.#applied = {reading: readings(decisions), mapping: ""};
  }

  /** The engine shall open these files. @param {Hands | null} files */
  reopen(files) {
    this.files = files;
    this.#applied = {reading: "", mapping: ""};
    this.schedule();
  }

  /**
   * The engine has opened these files, unless the page has others by now: then it shall open those again.
   * @param {Hands} files @param {{reading: any, added: any[]}} decisions @returns {boolean} whether they are still open
   */
  reopened(files, decisions) {
    if (this.files !== files) this.reopen(this.files);
    else this.opened(files, decisions);
    return this.files === files;
  }

  /**
   * What the engine is told to open files in this way.
   * @param {Hands} files @param {string} name of the first @param {{reading: any, added: any[]}} decisions
   * @returns {Parameters<import("../../engine.js").Engine["open"]>}
   */
  args({first, beside}, name, {reading, added}) {
    /** @type {[Uint8Array, string, object][]} */
    const others = [];
    for (const {id, file_name, reading} of added) {
      const file = beside.get(id);
      if (file) others.push([file.bytes, file_name, reading]);
    }
    return [first, name, reading, others];
  }

  schedule() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.now(), DEBOUNCE_MS);
  }

  /** Ends once everything is as it is decided then. @returns {Promise<void>} */
  now() {
    this.#again = true;
    const current = this.#current;
    if (
      current &&
      performance.now() - current.since > SLOW_MS &&
      current.key !== this.#wantedKey(current.id)
    ) {
      this.page.engine.cancel();
    }
    return (this.#running ??= this.#passes());
  }

  async #passes() {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#pass();
      }
    } finally {
      this.#running = null;
    }
  }

  async #pass() {
    const {store} = this.page;
    const {decisions, file} = store.get();
    if (!decisions || !file || !this.files) return;
    try {
      await this.#applyReading(decisions, file.name, this.files);
      await this.#applyMapping(decisions);
    } catch (error) {
      this.page.complain(error);
      return;
    }
    const obsolete = () => this.#again || !this.#isApplied();
    if (obsolete() || store.get().step !== "results" || !store.get().assigned) return;
    await this.#proposeSections();
    for (const section of store.get().decisions?.sections ?? []) {
      if (obsolete()) return;
      await this.#compute(section.id);
    }
  }

  /** Whether the engine knows what is decided now: other files may have been opened during the pass. */
  #isApplied() {
    const {decisions, language} = this.page.store.get();
    return (
      decisions !== null &&
      this.#applied.reading === readings(decisions) &&
      this.#applied.mapping === meaning(decisions.mapping, language)
    );
  }

  /** @param {Decisions} decisions @param {string} name @param {Hands} files */
  async #applyReading(decisions, name, files) {
    const {store, engine} = this.page;
    const reading = readings(decisions);
    if (this.#applied.reading === reading) return;
    const args = this.args(files, name, decisions);
    const table = await this.page.busy("page-reading", () => engine.open(...args));
    this.#applied = {reading, mapping: ""};
    store.set({table, columns: table.columns, tableVersion: store.get().tableVersion + 1});
  }

  /** @param {Decisions} decisions */
  async #applyMapping(decisions) {
    const {store, engine} = this.page;
    const {language} = store.get();
    const applied = this.#applied;
    const mapping = meaning(decisions.mapping, language);
    if (applied.mapping === mapping) return;
    try {
      const assigned = await this.page.busy("page-assigning", () =>
        engine.assign(decisions.mapping, language),
      );
      const forms = await engine.forms(language);
      store.set({assigned, forms, assignFailure: null});
    } catch (error) {
      if (error instanceof EngineError && ["crashed", "cancelled"].includes(error.code)) throw error;
      store.set({assigned: null, forms: [], assignFailure: this.page.sentence(error)});
    }
    await this.#lookAtSheets(decisions.mapping, language);
    // Of the files that it was told for; others may be open by now.
    applied.mapping = mapping;
    store.set({tableVersion: store.get().tableVersion + 1});
    const {cell, table} = store.get().view;
    if (cell) this.page.look({record: (await engine.rows(cell.row, 1, table))[0] ?? null});
  }

  /** What the mapping makes of the sheets beside that of the patients. @param {any} mapping @param {string} language */
  async #lookAtSheets(mapping, language) {
    const {store, engine} = this.page;
    try {
      const recordKinds = await engine.recordKinds(language);
      const columns = mapping.joined?.length
        ? await engine.roleColumns(mapping)
        : (store.get().table?.columns ?? []);
      /** @type {import("../store.js").State["records"]} */
      const records = {};
      for (const {kind} of recordKinds) {
        if (mapping[kind]) records[kind] = await engine.records(mapping, kind, 0, 0, language);
      }
      const wideSheets = [];
      for (const sheet of await engine.wideSheets(mapping)) {
        const read = {...mapping, [sheet.kind]: sheet.mapping[sheet.kind]};
        wideSheets.push({...sheet, words: await engine.records(read, sheet.kind, 0, 0, language)});
      }
      store.set({recordKinds, columns, records, wideSheets});
    } catch (error) {
      if (error instanceof EngineError && ["crashed", "cancelled"].includes(error.code)) throw error;
      // What is mapped is not there: that is said where the cohort could not be built.
      store.set({records: {}, wideSheets: []});
    }
  }

  /** The first results, anew until the person has made them their own. */
  async #proposeSections() {
    const {store, engine} = this.page;
    const before = store.get().decisions?.sections;
    if (before && !this.#proposed.has(before)) return;
    const analyses = await engine.firstAnalyses();
    const {decisions} = store.get();
    if (!decisions || (decisions.sections ?? null) !== (before ?? null)) return;
    const same = (/** @type {any} */ analysis) =>
      before?.find((section) => JSON.stringify(section.analysis) === JSON.stringify(analysis));
    const sections = analyses.map((analysis) => same(analysis) ?? {id: nextId(), title: null, analysis});
    if (before?.length === sections.length && sections.every((section, index) => section === before[index])) {
      return;
    }
    this.#proposed.add(sections);
    store.set({decisions: {...decisions, sections}});
  }

  /** What a result is computed from. @param {number} id */
  #wantedKey(id) {
    const {decisions, language} = this.page.store.get();
    const section = decisions?.sections?.find((candidate) => candidate.id === id);
    return section && decisions
      ? JSON.stringify([
          section.analysis,
          decisions.style,
          language,
          {...decisions.mapping, accepted: null},
          decisions.reading,
          decisions.added,
        ])
      : "";
  }

  /** @param {number} id @param {Partial<import("../store.js").Result>} change */
  setResult(id, change) {
    const {store} = this.page;
    const {results} = store.get();
    store.set({results: {...results, [id]: {...(results[id] ?? NO_RESULT), ...change}}});
  }

  /** @param {number} id */
  async #compute(id) {
    const {store, engine} = this.page;
    const key = this.#wantedKey(id);
    const {decisions, language, results} = store.get();
    const section = decisions?.sections?.find((candidate) => candidate.id === id);
    if (!section || !decisions || results[id]?.key === key) return;
    this.#current = {id, key, since: performance.now()};
    this.setResult(id, {running: true, share: null});
    const timer = setTimeout(() => this.setResult(id, {slow: true}), SLOW_MS);
    const idle = {running: false, slow: false, share: null};
    try {
      const run = await engine.run(section.analysis, decisions.style, language, (share) => {
        if (performance.now() - (this.#current?.since ?? 0) > BUSY_MS) this.setResult(id, {share});
      });
      this.setResult(id, {...idle, key, run, failure: null});
    } catch (error) {
      const obsolete = this.#wantedKey(id) !== key;
      // A cancelled or crashed run is not tried again until something changes or the person asks.
      this.setResult(id, obsolete ? idle : {...idle, key, failure: this.page.sentence(error)});
    } finally {
      clearTimeout(timer);
      this.#current = null;
    }
  }
}
