// @ts-check
/** What every action works with: the state, the engine, and how the page says what happens. */
import {EngineError} from "../../engine.js";
import {undo} from "./frame.js";
import {BUSY_MS, SLOW_MS, Sync} from "./sync.js";

/** @typedef {import("../store.js").Decisions} Decisions */
/** @typedef {{id: number, title: string | null, analysis: any}} Section */
/** @typedef {{example: (patients: number) => Promise<{name: string, bytes: Uint8Array}>}} Host */

/** How long a notice stays that there is nothing to do about. */
const NOTICE_MS = 8000;

export class Page {
  /**
   * @param {import("../store.js").Store} store
   * @param {ReturnType<typeof import("../store.js").createHistory>} history
   * @param {import("../../engine.js").Engine} engine
   * @param {Host} host
   */
  constructor(store, history, engine, host) {
    this.store = store;
    this.history = history;
    this.engine = engine;
    this.host = host;
    this.sync = new Sync(this);
    engine.onCrash((error) => this.complain(error));
  }

  /** @param {string} id @param {object} [args] */
  t(id, args) {
    return this.engine.message(this.store.get().language, id, args);
  }

  /** What to say of a failed verb; any other error is a mistake of the page. @param {unknown} error */
  sentence(error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === "crashed") {
      if (!this.engine.cancellable) return this.t("page-crashed-reload");
      return this.t(error.cause.lost || !this.store.get().file ? "page-crashed-lost" : "page-crashed");
    }
    if (error.code === "cancelled") return this.t("page-cancelled");
    if (error.code === "not_started") return this.t("page-not-started");
    const sentence = this.engine.sentence(this.store.get().language, error.cause);
    const {file_name: file} = error.cause;
    return file ? this.t("page-in-file", {file, sentence}) : sentence;
  }

  /** @param {string} text @param {NonNullable<import("../store.js").State["notice"]>["action"]} [action] */
  tell(text, action) {
    const {store} = this;
    /** @type {import("../store.js").State["notice"]} */
    const notice = {text, kind: "info", ...(action && {action})};
    store.set({notice});
    // What asks for nothing goes by itself.
    if (!action) setTimeout(() => store.get().notice === notice && store.set({notice: null}), NOTICE_MS);
  }

  /** Says what was decided, and offers to undo it until something else is decided. @param {string} text */
  tellWithUndo(text) {
    this.tell(text, {label: this.t("page-undo"), run: () => undo(this), undoes: true});
  }

  /** @param {unknown} error */
  complain(error) {
    const cancelled = error instanceof EngineError && error.code === "cancelled";
    this.store.set({notice: {text: this.sentence(error), kind: cancelled ? "info" : "error"}});
  }

  /** @param {Partial<import("../store.js").View>} change */
  look(change) {
    this.store.set({view: {...this.store.get().view, ...change}});
  }

  /**
   * Shows that the page waits, once it has waited a moment.
   * @template T @param {string} id @param {() => Promise<T>} work @returns {Promise<T>}
   */
  async busy(id, work) {
    const {store, engine} = this;
    const timers = [
      setTimeout(() => store.set({busy: {id, slow: false}}), BUSY_MS),
      setTimeout(() => store.set({busy: {id, slow: engine.cancellable}}), SLOW_MS),
    ];
    try {
      return await work();
    } finally {
      timers.forEach(clearTimeout);
      if (store.get().busy) store.set({busy: null});
    }
  }

  /** @param {"data" | "columns" | "results"} step */
  go(step) {
    if (this.store.get().step !== step) this.store.set({step});
    this.sync.schedule();
  }

  /** @param {(decisions: Decisions) => Decisions} change @param {string} [key] quick changes of it are one step of undo */
  edit(change, key) {
    if (this.store.get().notice?.action?.undoes) this.store.set({notice: null});
    this.history.edit(change, key);
    this.sync.schedule();
  }

  /** @param {(mapping: any) => any} change @param {string} [key] */
  editMapping(change, key) {
    this.edit((decisions) => ({...decisions, mapping: change(decisions.mapping)}), key);
  }

  /** @param {(sections: Section[]) => Section[]} change @param {string} [key] */
  editSections(change, key) {
    this.edit((decisions) => ({...decisions, sections: change(decisions.sections ?? [])}), key);
  }
}
