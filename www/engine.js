// @ts-check
/**
 * The engine as the page sees it: asynchronous verbs on the open file. The session lives in a worker;
 * where workers are forbidden it runs here, behind the same interface. The file's bytes stay in hand,
 * so that a cancelled or crashed worker is replaced by one that knows the same file and mapping.
 */
import * as wasm from "./pkg/oncurve_wasm.js";
import {causeOf, verbs} from "./verbs.js";

/** How long a worker may take to start before the page does without: a blocked one never says so. */
const START_LIMIT_MS = 5000;

/**
 * What the page stands in: the compiled engine, and how to start a worker (`null` where it cannot).
 * @typedef {object} Host
 * @property {Promise<WebAssembly.Module> | WebAssembly.Module} module
 * @property {(() => Promise<Worker>) | null} createWorker
 */

/** Why a verb failed. `cause.code` says what to do; `engine.sentence(cause)` says it in words. */
export class EngineError extends Error {
  /** @param {{code: string, [field: string]: unknown}} cause */
  constructor(cause) {
    super(cause.code, {cause});
    this.name = "EngineError";
    this.code = cause.code;
    /** @type {any} */
    this.cause = cause;
  }
}

/**
 * @param {Host} host
 * @returns {Promise<Engine>}
 * @typedef {ReturnType<typeof makeEngine>} Engine
 */
export async function createEngine(host) {
  const module = await host.module;
  wasm.initSync({module});
  return makeEngine(module, host.createWorker);
}

/**
 * @param {WebAssembly.Module} module
 * @param {(() => Promise<Worker>) | null} createWorker
 */
function makeEngine(module, createWorker) {
  /** @typedef {{resolve: (value: any) => void, reject: (error: EngineError) => void, progress?: (share: number) => void}} Waiting */
  /** @typedef {(verb: string, args: any[], progress?: (share: number) => void) => Promise<any>} Ask */

  /** @type {Promise<Ask> | null} */
  let asking = null;
  /** Ends the current worker and fails what it had not answered. @type {(code: string, detail?: string) => void} */
  let stop = () => {};
  /** What a new worker is told first: the `open` and `assign` that succeeded last. @type {[string, any[]][]} */
  let memory = [];
  /** @type {Set<() => void>} */
  const crashListeners = new Set();

  /** @returns {Promise<Ask>} */
  async function start() {
    const worker = await createWorker?.().catch(() => null);
    if (!worker) return withoutWorker();
    return new Promise((resolve) => {
      const give = (/** @type {Ask} */ ask) => {
        clearTimeout(timer);
        resolve(ask);
      };
      const timer = setTimeout(() => give(withoutWorker()), START_LIMIT_MS);
      worker.onerror = (event) => {
        event.preventDefault();
        give(withoutWorker());
      };
      worker.onmessage = () => give(overMessages(worker));
      worker.postMessage({module});
    });
  }

  function withoutWorker() {
    createWorker = null;
    return onThisThread();
  }

  /** @returns {Ask} */
  function onThisThread() {
    const answer = verbs(wasm);
    stop = () => {};
    return async (verb, args, progress = () => {}) => {
      // The page paints what it has before the engine takes the thread.
      await new Promise((resume) => setTimeout(resume));
      try {
        return answer[verb](args, progress);
      } catch (error) {
        throw new EngineError(causeOf(error));
      }
    };
  }

  /** @param {Worker} worker @returns {Ask} */
  function overMessages(worker) {
    /** @type {Map<number, Waiting>} */
    const waiting = new Map();
    let last = 0;
    stop = (code, detail) => {
      worker.terminate();
      asking = null;
      stop = () => {};
      const error = new EngineError(detail ? {code, detail} : {code});
      for (const {reject} of waiting.values()) reject(error);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      crashed(event.message);
    };
    worker.onmessage = ({data: {id, value, share, cause}}) => {
      const call = waiting.get(id);
      if (!call) return;
      if (share !== undefined) return call.progress?.(share);
      if (cause?.code === "crashed") return crashed(cause.detail);
      waiting.delete(id);
      if (cause) call.reject(new EngineError(cause));
      else call.resolve(value);
    };
    return (verb, args, progress) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, {resolve, reject, progress});
        worker.postMessage({id, verb, args});
      });
  }

  /** @param {string} [detail] */
  function crashed(detail) {
    stop("crashed", detail);
    for (const listener of crashListeners) listener();
  }

  /** A worker that knows the file. */
  function ready() {
    asking ??= start().then(async (ask) => {
      for (const [verb, args] of memory) await ask(verb, args);
      return ask;
    });
    // A file that brings the engine down is not handed to the next worker.
    asking.catch(() => {
      asking = null;
      memory = [];
    });
    return asking;
  }

  /** @type {Ask} */
  async function ask(verb, args, progress) {
    return (await ready())(verb, args, progress);
  }

  return {
    /** Starts the worker before it is needed. */
    warm: () => void ready().catch(() => {}),

    /**
     * Opens the bytes of a file, or pasted cells as tab-separated text.
     * @param {Uint8Array} bytes @param {string} fileName @param {object} [reading]
     * @returns {Promise<{source: any, columns: any[], n_rows: number}>}
     */
    async open(bytes, fileName, reading = {}) {
      const args = [bytes, fileName, reading];
      const opened = await ask("open", args);
      memory = [["open", args]];
      return opened;
    },

    /** Forgets the file. */
    async close() {
      memory = [];
      await ask("close", []);
    },

    /** A proposal for the mapping. */
    guess: () => ask("guess", []),

    /** How one column would be read in a role. @param {string} heading */
    suggest: (heading) => ask("suggest", [heading]),

    /** @param {any} mapping @param {string} language */
    async assign(mapping, language) {
      const args = [mapping, language];
      const assigned = await ask("assign", args);
      memory = [memory[0], ["assign", args]];
      return assigned;
    },

    /** @param {number} from @param {number} count @returns {Promise<{row: number, cells: string[]}[]>} */
    rows: (from, count) => ask("rows", [from, count]),

    /** @param {string} endpoint @param {number} from @param {number} count @param {any} style @param {string} language */
    derived: (endpoint, from, count, style, language) =>
      ask("derived", [endpoint, from, count, style, language]),

    /** @returns {Promise<any[]>} */
    firstAnalyses: () => ask("firstAnalyses", []),

    /** @param {string} language @returns {Promise<any[]>} */
    forms: (language) => ask("forms", [language]),

    /** @param {any} analysis @param {any} style @param {string} language @param {(share: number) => void} [progress] */
    run: (analysis, style, language, progress) => ask("run", [analysis, style, language], progress),

    /** @param {any} style @param {any[]} analyses @returns {Promise<string>} */
    save: (style, analyses) => ask("save", [style, analyses]),

    /** @param {string} format @param {any[]} sections @param {any} style @param {string} language @returns {Promise<string>} */
    report: (format, sections, style, language) => ask("report", [format, sections, style, language]),

    /** Stops whatever runs; the next verb finds a new worker with the same file. */
    cancel: () => stop("cancelled"),

    /** @param {() => void} listener called when the engine had to be restarted */
    onCrash: (listener) => crashListeners.add(listener),

    /** Whether work runs beside the page, so that it can be cancelled. */
    get cancellable() {
      return createWorker !== null;
    },

    // On the page's own instance, at once:
    /** @param {string} language @param {string} id @param {object} [args] @returns {string} */
    message: (language, id, args = {}) => wasm.message(language, id, args),
    /** @returns {[string, string][]} */
    languages: () => wasm.languages(),
    /** @param {string} language @param {any} cause @returns {string} */
    sentence: (language, cause) => wasm.error_sentence(language, cause),
    /** @param {string} text @returns {any} */
    restore(text) {
      try {
        return wasm.restore(text);
      } catch (error) {
        throw new EngineError(causeOf(error));
      }
    },
    /** @param {any} scene @param {HTMLCanvasElement} canvas @param {number} scale */
    paint: (scene, canvas, scale) => wasm.paint(scene, canvas, scale),
    /** A table for the clipboard. @param {any} block @returns {{html: string, text: string}} */
    tableForClipboard: (block) => wasm.table_for_clipboard(block),
    /** @param {any} scene @returns {string} */
    svg: (scene) => wasm.svg(scene),
  };
}
