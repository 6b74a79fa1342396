// @ts-check
/**
 * Whom the page asks: a session in a worker, or on the page's own thread where workers are forbidden. A
 * cancelled or crashed worker is replaced by one that is told what the last one knew.
 */
import * as wasm from "./pkg/oncurve_wasm.js";
import {causeOf, verbs} from "./verbs.js";

/** How long a worker may take to start before the page does without: a blocked one never says so. */
const START_LIMIT_MS = 5000;

/** More workers than this make shared work hardly faster, and each takes some megabytes. */
const MOST_HELPERS = 4;

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
  /** Those that help it. @type {Set<Session>} */
  #helping = new Set();
  /** Whether a new worker is being told what the last one knew. */
  #restoring = false;
  /** @type {Set<(error: EngineError) => void>} */
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

  /** @param {(error: EngineError) => void} listener called when a worker crashed */
  onCrash(listener) {
    this.#crashListeners.add(listener);
  }

  /** @type {Ask} */
  async ask(verb, args, progress) {
    const {ask} = await this.ready();
    return ask(verb, args, progress);
  }

  /** How many workers can help the session with work that can be shared. */
  get helpers() {
    return this.cancellable ? Math.min(MOST_HELPERS, navigator.hardwareConcurrency - 1) : 0;
  }

  /**
   * Has work counted in like parts: one by the session, one by each helper.
   * @param {string} verb given `[work, part, parts]` @param {any} work @param {(share: number) => void} [progress]
   * @returns {Promise<any[]>} the answers
   */
  async share(verb, work, progress) {
    const {ask} = await this.ready();
    const session = this.#current;
    const shares = Array(1 + this.helpers).fill(0);
    const parts = shares.map((_, part) => {
      const args = [work, part, shares.length];
      const tell = (/** @type {number} */ share) => {
        shares[part] = share;
        progress?.(shares.reduce((sum, one) => sum + one) / shares.length);
      };
      if (part === 0) return ask(verb, args, tell);
      return this.#help(verb, args, tell).catch((error) => {
        if (this.#current !== session) throw error;
        return ask(verb, args, tell);
      });
    });
    return Promise.all(parts);
  }

  /** Asks a new worker, which knows no file and ends with its answer. @type {Ask} */
  async #help(verb, args, progress) {
    const session = this.#current;
    const failed = new EngineError({code: "crashed"});
    const worker = await this.#createWorker?.();
    const ready = worker && (await answers(worker, this.#module));
    if (!worker || !ready || this.#current !== session) {
      worker?.terminate();
      throw failed;
    }
    const helper = inWorker(worker, () => helper.stop(failed));
    this.#helping.add(helper);
    try {
      return await helper.ask(verb, args, progress);
    } finally {
      this.#helping.delete(helper);
      helper.stop(failed);
    }
  }

  /** A session that knows the file. */
  ready() {
    this.#session ??= this.#restore();
    return this.#session;
  }

  /** A new session that is told what the last one knew. */
  #restore() {
    const session = this.#start().then(async (session) => {
      this.#restoring = true;
      for (const [verb, args] of this.memory) await session.ask(verb, args);
      this.#restoring = false;
      return session;
    });
    session.catch((error) => {
      this.#restoring = false;
      if (this.#session === session) this.#session = null;
      // A file that brings the engine down is not handed to the next worker.
      if (error.code !== "cancelled") this.memory = [];
    });
    return session;
  }

  /** Ends the worker with its helpers and fails what they had not answered. @param {EngineError["cause"]} cause */
  stop(cause) {
    const session = this.#current;
    if (!session) return;
    this.#current = null;
    this.#session = null;
    for (const {stop} of [session, ...this.#helping]) stop(new EngineError(cause));
  }

  /** @param {string | undefined} detail */
  #crashed(detail) {
    /** `lost`: the file is forgotten, for it would bring the next worker down, too. */
    const cause = {code: "crashed", detail, lost: this.#restoring};
    this.stop(cause);
    for (const listener of this.#crashListeners) listener(new EngineError(cause));
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
