// @ts-check
/**
 * The engine as the page sees it: asynchronous verbs on the open file, wherever its session runs
 * (`link.js`). The file's bytes stay in hand, so that a new session knows the same file and mapping.
 */
import {EngineError, Link} from "./link.js";
import * as wasm from "./pkg/oncurve_wasm.js";
import {languages, words} from "./pkg/words.js";
import {causeOf} from "./verbs.js";

export {EngineError};

/** @typedef {import("./types.js").TableName} TableName */

/**
 * What the page stands in: how to compile the engine, and to start a worker (`null` where it cannot).
 * @typedef {object} Host
 * @property {() => Promise<WebAssembly.Module>} module
 * @property {(() => Promise<Worker>) | null} createWorker
 */

/** Starts with the first verb, or when it is warmed; a verb waits until it has started. */
export class Engine {
  #host;
  #link;
  /** The compiled engine, once the page has its own instance. @type {Promise<WebAssembly.Module> | null} */
  #started = null;

  /** @param {Host} host */
  constructor(host) {
    this.#host = host;
    this.#link = new Link(() => this.#start(), host.createWorker);
  }

  /** Starts everything before it is needed. */
  async warm() {
    await this.#link.ready();
    performance.mark("oncurve-engine");
  }

  #start() {
    return (this.#started ??= this.#instantiate());
  }

  async #instantiate() {
    try {
      const module = await this.#host.module();
      // Not at once: older browsers refuse that on the page's own thread.
      await wasm.default({module_or_path: module});
      return module;
    } catch (error) {
      throw new EngineError({code: "not_started", detail: String(error)});
    }
  }

  /**
   * Opens the bytes of a file, or pasted cells as tab-separated text, with others beside it; all or none.
   * @param {Uint8Array} bytes @param {string} fileName @param {object} [reading]
   * @param {[Uint8Array, string, object][]} [added]
   * @returns {Promise<import("./app/store.js").Tables>}
   */
  async open(bytes, fileName, reading = {}, added = []) {
    const args = [bytes, fileName, reading, added];
    const opened = await this.#link.ask("open", args);
    this.#link.memory = [["open", args]];
    return opened;
  }

  /** Forgets the file. */
  async close() {
    this.#link.memory = [];
    await this.#link.ask("close", []);
  }

  /** A proposal for the mapping. */
  guess() {
    return this.#link.ask("guess", []);
  }

  /** The table of the patients, where that is evidently another. @returns {Promise<TableName | null>} */
  tableOfPatients() {
    return this.#link.ask("tableOfPatients", []);
  }

  /** How one column would be read in a role. @param {string} heading @param {TableName | null} [table] */
  suggest(heading, table = null) {
    return this.#link.ask("suggest", [heading, table]);
  }

  /** What the roles choose from, joined sheets included. @param {any} mapping @returns {Promise<any[]>} */
  roleColumns(mapping) {
    return this.#link.ask("roleColumns", [mapping]);
  }

  /** @param {string} language @returns {Promise<import("./types.js").RecordKindInWords[]>} */
  recordKinds(language) {
    return this.#link.ask("recordKinds", [language]);
  }

  /** How a sheet would be read as one of a kind. @param {any} mapping @param {string} kind @param {TableName} table */
  propose(mapping, kind, table) {
    return this.#link.ask("propose", [mapping, kind, table]);
  }

  /** @param {any} mapping @returns {Promise<import("./types.js").WideSheet[]>} */
  wideSheets(mapping) {
    return this.#link.ask("wideSheets", [mapping]);
  }

  /**
   * Records as a mapping reads them.
   * @param {any} mapping @param {string} kind @param {number} from @param {number} count @param {string} language
   * @returns {Promise<import("./types.js").RecordsInWords | null>}
   */
  records(mapping, kind, from, count, language) {
    return this.#link.ask("records", [mapping, kind, from, count, language]);
  }

  /** @param {any} mapping @param {string} language */
  async assign(mapping, language) {
    const args = [mapping, language];
    const assigned = await this.#link.ask("assign", args);
    this.#link.memory = [this.#link.memory[0], ["assign", args]];
    return assigned;
  }

  /**
   * Rows of a table, the patients' if none is named.
   * @param {number} from @param {number} count @param {TableName | null} [table]
   * @returns {Promise<{row: number, cells: string[]}[]>}
   */
  rows(from, count, table = null) {
    return this.#link.ask("rows", [from, count, table]);
  }

  /** @param {string} endpoint @param {number} from @param {number} count @param {any} style @param {string} language */
  derived(endpoint, from, count, style, language) {
    return this.#link.ask("derived", [endpoint, from, count, style, language]);
  }

  /** @returns {Promise<any[]>} */
  firstAnalyses() {
    return this.#link.ask("firstAnalyses", []);
  }

  /** All that the cohort allows, among those that are present. @param {any[]} present @returns {Promise<import("./types.js").Planned[]>} */
  allAnalyses(present) {
    return this.#link.ask("allAnalyses", [present]);
  }

  /** @param {string} language @returns {Promise<any[]>} */
  forms(language) {
    return this.#link.ask("forms", [language]);
  }

  /** @param {any} analysis @param {any} style @param {string} language @param {(share: number) => void} [progress] */
  async run(analysis, style, language, progress) {
    const [link, args] = [this.#link, [analysis, style, language]];
    if (link.helpers === 0) return link.ask("run", args, progress);
    const run = await link.ask("run", [...args, []], progress);
    if (!run.work) return run;
    const counted = await link.share("count", run.work, progress);
    return link.ask("run", [...args, counted], progress);
  }

  /** @param {any} style @param {any[]} analyses @returns {Promise<string>} */
  save(style, analyses) {
    return this.#link.ask("save", [style, analyses]);
  }

  /** @param {string} format @param {any[]} sections @param {any} style @param {string} language @returns {Promise<string>} */
  report(format, sections, style, language) {
    return this.#link.ask("report", [format, sections, style, language]);
  }

  /** Stops whatever runs; the next verb finds a new worker with the same file. */
  cancel() {
    this.#link.stop({code: "cancelled"});
  }

  /** @param {(error: EngineError) => void} listener called when the engine had to be restarted */
  onCrash(listener) {
    this.#link.onCrash(listener);
  }

  /** Whether work runs beside the page, so that it can be cancelled. */
  get cancellable() {
    return this.#link.cancellable;
  }

  /** A saved study. @param {string} text @returns {Promise<any>} */
  async restore(text) {
    await this.#start();
    try {
      return wasm.restore(text);
    } catch (error) {
      throw new EngineError(causeOf(error));
    }
  }

  /** The languages that there are, each with its name. */
  languages = languages;

  /**
   * Words of the page. Those without arguments are known before the engine has started.
   * @param {string} language @param {string} id @param {object} [args] @returns {string}
   */
  message(language, id, args) {
    return (!args && words[language]?.[id]) || wasm.message(language, id, args ?? {});
  }

  // On the page's own instance, at once, for what a session has given:

  /** @param {string} language @param {any} cause @returns {string} */
  sentence(language, cause) {
    return wasm.error_sentence(language, cause);
  }

  /** Whether an endpoint that is derived by rule is called that. @param {string} name @returns {boolean} */
  isEndpointName(name) {
    return wasm.endpoint_name_taken(name);
  }

  /** @param {any} scene @param {HTMLCanvasElement} canvas @param {number} scale */
  paint(scene, canvas, scale) {
    wasm.paint(scene, canvas, scale);
  }

  /** A table for the clipboard. @param {any} block @returns {{html: string, text: string}} */
  tableForClipboard(block) {
    return wasm.table_for_clipboard(block);
  }

  /** @param {any} scene @returns {string} */
  svg(scene) {
    return wasm.svg(scene);
  }
}
