// @ts-check
/**
 * What a session can be asked, in one place: the worker answers with it, and so does the page where
 * workers are forbidden. Each verb takes and gives plain data.
 */

/** @typedef {typeof import("./pkg/oncurve_wasm.js")} Wasm */

/**
 * @param {Wasm} wasm the bindings, already initialised
 * @returns {Record<string, (args: any[], progress: (share: number) => void) => any>}
 */
export function verbs(wasm) {
  /** @type {InstanceType<Wasm["Session"]> | null} */
  let session = null;
  const open = () => {
    if (!session) throw new Error("no file is open");
    return session;
  };
  return {
    open([bytes, fileName, reading, added = []]) {
      const opened = new wasm.Session(bytes, fileName, reading);
      try {
        for (const one of added) addTo(opened, one);
      } catch (error) {
        opened.free();
        throw error;
      }
      session?.free();
      session = opened;
      const tables = opened
        .tables()
        .map((/** @type {any} */ table) => ({...table, columns: opened.columns(table.name ?? undefined)}));
      const [{source, columns, n_rows}] = tables;
      return {source, columns, n_rows, tables, unread: opened.unread()};
    },
    close() {
      session?.free();
      session = null;
    },
    guess: () => open().guess(),
    suggest: ([heading, table]) => open().suggest(heading, table ?? undefined),
    rows: ([from, count, table]) => open().rows(from, count, table ?? undefined),
    roleColumns: ([mapping]) => open().roleColumns(mapping),
    tableOfPatients: () => open().tableOfPatients(),
    recordKinds: ([language]) => open().recordKinds(language),
    propose: ([mapping, kind, table]) => open().propose(mapping, kind, table),
    wideSheets: ([mapping]) => open().wideSheets(mapping),
    records: ([mapping, kind, from, count, language]) => open().records(mapping, kind, from, count, language),
    assign: ([mapping, language]) => open().assign(mapping, language),
    derived: ([endpoint, from, count, style, language]) =>
      open().derived(endpoint, from, count, style, language),
    firstAnalyses: () => open().firstAnalyses(),
    allAnalyses: ([present]) => open().allAnalyses(present),
    forms: ([language]) => open().forms(language),
    run([analysis, style, language, counted], progress) {
      const run = open().run(analysis, style, language, progress, counted);
      try {
        return run.work ? {work: run.work} : {blocks: run.blocks, scenes: run.scenes};
      } finally {
        run.free();
      }
    },
    count: ([work, part, parts], progress) => wasm.count_part(work, part, parts, progress),
    save: ([style, analyses]) => open().save(style, analyses),
    report: ([format, sections, style, language]) => open().report(format, sections, style, language),
  };
}

/**
 * Opens a file beside the first; an error says which file it is about.
 * @param {InstanceType<Wasm["Session"]>} session @param {[Uint8Array, string, object]} file
 */
function addTo(session, [bytes, fileName, reading]) {
  try {
    session.add(bytes, fileName, reading);
  } catch (error) {
    const {cause} = /** @type {{cause?: object}} */ (error);
    if (cause) Object.assign(cause, {file_name: fileName});
    throw error;
  }
}

/**
 * An error as data, to cross from the worker: `{code, …fields}` where the engine gave a cause,
 * `crashed` after a panic (the instance is then unusable).
 * @param {unknown} error
 * @returns {{code: string, [field: string]: unknown}}
 */
export function causeOf(error) {
  if (error instanceof Error && error.cause && typeof error.cause === "object") {
    return /** @type {any} */ (error.cause);
  }
  if (error instanceof WebAssembly.RuntimeError) return {code: "crashed", detail: error.message};
  return {code: "unexpected", detail: error instanceof Error ? error.message : String(error)};
}
