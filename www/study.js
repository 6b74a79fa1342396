// @ts-check
// The npm package: a spreadsheet opened in this process, without page or worker.

import init, {Session} from "./pkg/oncurve_wasm.js";

/**
 * The `open` function of the package for one way of loading the wasm.
 * @param {() => Promise<BufferSource | WebAssembly.Module>} load
 * @returns {typeof import("./index.js").open}
 */
export function opener(load) {
  /** @type {Promise<unknown> | undefined} */
  let ready;
  return async (bytes, fileName, {reading, style, language = "en"} = {}) => {
    ready ??= load().then((module) => init({module_or_path: module}));
    await ready;
    const session = new Session(
      bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes),
      fileName,
      reading,
    );
    return study(session, style, language);
  };
}

/**
 * @param {Session} session
 * @param {Partial<import("./types.js").Style> | undefined} style
 * @param {string} language
 * @returns {import("./index.js").Study}
 */
function study(session, style, language) {
  return {
    source: () => session.source(),
    add: (bytes, fileName, reading) =>
      session.add(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes), fileName, reading),
    tables: () => session.tables(),
    columns: (table) => session.columns(table),
    rows: (from, count, table) => session.rows(from, count, table),
    guess: () => session.guess(),
    assign: async (mapping) => session.assign(mapping, language),
    firstAnalyses: () => session.firstAnalyses(),
    allAnalyses: (present) => session.allAnalyses(present),
    forms: () => session.forms(language),
    derived: (endpoint, from, count) => session.derived(endpoint, from, count, style, language),
    run: async (analysis, progress) => result(session.run(analysis, style, language, progress)),
    save: (analyses) => session.save(style, analyses),
    report: (format, sections) => session.report(format, sections, style, language),
    close: () => session.free(),
  };
}

/**
 * Values cross from wasm when they are first asked for: a curve of a million steps is not copied in vain.
 * @param {import("./pkg/oncurve_wasm.js").Run} run
 * @returns {import("./index.js").Result}
 */
function result(run) {
  /** @type {import("./types.js").Outcome | undefined} */
  let outcome;
  /** @type {import("./types.js").Block[] | undefined} */
  let blocks;
  return {
    get outcome() {
      return (outcome ??= run.outcome);
    },
    get blocks() {
      return (blocks ??= run.blocks);
    },
    svg: (index) => run.svg(index),
    close: () => run.free(),
  };
}
