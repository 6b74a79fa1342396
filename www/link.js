// @ts-check
/**
 * Whom the page asks: a session in a worker, or on the page's own thread where workers are forbidden. A
 * cancelled or crashed worker is replaced by one that is told what the last one knew.
 */
import * as wasm from "./pkg/oncurve_wasm.js";
import {causeOf, verbs} from "./verbs.js";

/** How long a worker may take to start before the page does without: a blocked one never says so. */
const START_LIMIT_MS = 5000;

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

/** @typedef {(verb: string, args: any[], progress?: (share: number) => void) => Promise<any>} Ask */
/** Somebody who answers; `stop` fails what has not been answered. @typedef {{ask: Ask, stop: (error: EngineError) => void}} Session */

export class Link {
  #compiled;
  #createWorker;
  /** @type {Promise<Session> | null} */
  #session = null;
  /** The one in a worker, which can be stopped. @type {Session | null} */
  #current = null;
  /** What a new worker is told first. @type {[string, any[]][]} */
  memory = [];
  /** @type {Set<() => void>} */
  #crashListeners = new Set();

  /**
   * @param {() => Promise<WebAssembly.Module>} compiled once this thread has an instance
   * @param {(() => Promise<Worker>) | null} createWorker `null` where it cannot
   */
  constructor(compiled, createWorker) {
    this.#compiled = compiled;
    this.#createWorker = createWorker;
  }

  /** Whether work runs beside the page, so that it can be stopped. */
  get cancellable() {
    return this.#createWorker !== null;
  }

  /** @param {() => void} listener called when a worker crashed */
  onCrash(listener) {
    this.#crashListeners.add(listener);
  }

  /** @type {Ask} */
  async ask(verb, args, progress) {
    const {ask} = await this.ready();
    return ask(verb, args, progress);
  }

  /** A session that knows the file. */
  ready() {
    this.#session ??= this.#restore();
    return this.#session;
  }

  /** A new session that is told what the last one knew. */
  #restore() {
    const session = this.#start().then(async (session) => {
      for (const [verb, args] of this.memory) await session.ask(verb, args);
      return session;
    });
    session.catch((error) => {
      if (this.#session === session) this.#session = null;
      // A file that brings the engine down is not handed to the next worker.
      if (error.code !== "cancelled") this.memory = [];
    });
    return session;
  }

  /** Ends the worker and fails what it had not answered. @param {string} code @param {string} [detail] */
  stop(code, detail) {
    const session = this.#current;
    if (!session) return;
    this.#current = null;
    this.#session = null;
    session.stop(new EngineError(detail ? {code, detail} : {code}));
  }

  /** @param {string | undefined} detail */
  #crashed(detail) {
    this.stop("crashed", detail);
    for (const listener of this.#crashListeners) listener();
  }

  /** @returns {Promise<Session>} */
  async #start() {
    const starting = this.#createWorker?.().catch(() => null);
    const module = await this.#compiled();
    const worker = await starting;
    if (worker && (await answers(worker, module))) {
      this.#current = inWorker(worker, (detail) => this.#crashed(detail));
      return this.#current;
    }
    worker?.terminate();
    this.#createWorker = null;
    return onThisThread();
  }
}

/**
 * Hands a worker its engine; whether it is ready in time.
 * @param {Worker} worker @param {WebAssembly.Module} module @returns {Promise<boolean>}
 */
function answers(worker, module) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), START_LIMIT_MS);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(false);
    };
    worker.onmessage = () => resolve(true);
    worker.postMessage({module});
  });
}

/**
 * @param {Worker} worker ready
 * @param {(detail: string | undefined) => void} crashed
 * @returns {Session}
 */
function inWorker(worker, crashed) {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: EngineError) => void, progress?: (share: number) => void}>} */
  const waiting = new Map();
  let last = 0;
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
  return {
    ask: (verb, args, progress) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, {resolve, reject, progress});
        worker.postMessage({id, verb, args});
      }),
    stop(error) {
      worker.terminate();
      for (const {reject} of waiting.values()) reject(error);
    },
  };
}

/** @returns {Session} */
function onThisThread() {
  const answer = verbs(wasm);
  return {
    async ask(verb, args, progress = () => {}) {
      // The page paints what it has before the engine takes the thread.
      await new Promise((resume) => setTimeout(resume));
      try {
        return answer[verb](args, progress);
      } catch (error) {
        throw new EngineError(causeOf(error));
      }
    },
    stop() {},
  };
}
