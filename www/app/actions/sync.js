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

/** @type {import("../store.js").Result} */
const NO_RESULT = {key: "", run: null, failure: null, share: null, running: false, slow: false};

export class Sync {
  /** The bytes of the open file. @type {Uint8Array | null} */
  bytes = null;
  /** What the engine has been told, as text. */
  #applied = {reading: "", mapping: ""};
  #running = false;
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

  /** The engine holds these bytes, read in this way. @param {Uint8Array} bytes @param {object} reading */
  opened(bytes, reading) {
    this.bytes = bytes;
    this.#applied = {reading: JSON.stringify(reading), mapping: ""};
  }

  /** The engine shall open these bytes. @param {Uint8Array} bytes */
  reopen(bytes) {
    this.bytes = bytes;
    this.#applied = {reading: "", mapping: ""};
  }

  schedule() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.now(), DEBOUNCE_MS);
  }

  async now() {
    this.#again = true;
    const current = this.#current;
    if (
      current &&
      performance.now() - current.since > SLOW_MS &&
      current.key !== this.#wantedKey(current.id)
    ) {
      this.page.engine.cancel();
    }
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#pass();
      }
    } finally {
      this.#running = false;
    }
  }

  async #pass() {
    const {store} = this.page;
    const {decisions, file} = store.get();
    if (!decisions || !file || !this.bytes) return;
    try {
      await this.#applyReading(decisions, file.name, this.bytes);
      await this.#applyMapping(decisions);
    } catch (error) {
      this.page.complain(error);
      return;
    }
    if (this.#again || store.get().step !== "results" || !store.get().assigned) return;
    await this.#proposeSections();
    for (const section of store.get().decisions?.sections ?? []) {
      if (this.#again) return;
      await this.#compute(section.id);
    }
  }

  /** @param {Decisions} decisions @param {string} name @param {Uint8Array} bytes */
  async #applyReading(decisions, name, bytes) {
    const {store, engine} = this.page;
    const reading = JSON.stringify(decisions.reading);
    if (this.#applied.reading === reading) return;
    const table = await this.page.busy("page-reading", () => engine.open(bytes, name, decisions.reading));
    this.#applied = {reading, mapping: ""};
    store.set({table, tableVersion: store.get().tableVersion + 1});
  }

  /** @param {Decisions} decisions */
  async #applyMapping(decisions) {
    const {store, engine} = this.page;
    const {language} = store.get();
    const mapping = JSON.stringify([decisions.mapping, language]);
    if (this.#applied.mapping === mapping) return;
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
    this.#applied.mapping = mapping;
    store.set({tableVersion: store.get().tableVersion + 1});
    const {cell} = store.get().view;
    if (cell) this.page.look({record: (await engine.rows(cell.row, 1))[0] ?? null});
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
          this.bytes?.length,
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
