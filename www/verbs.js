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
    open([bytes, fileName, reading]) {
      const opened = new wasm.Session(bytes, fileName, reading);
      session?.free();
      session = opened;
      return {
        source: session.source(),
        columns: session.columns(),
        n_rows: session.row_count(),
        tables: session.tables(),
        unread: session.unread(),
      };
    },
    close() {
      session?.free();
      session = null;
    },
    guess: () => open().guess(),
    suggest: ([heading, table]) => open().suggest(heading, table),
    rows: ([from, count, table]) => open().rows(from, count, table),
    columns: ([table]) => open().columns(table),
    add([bytes, fileName, reading]) {
      open().add(bytes, fileName, reading);
      return {tables: open().tables(), unread: open().unread()};
    },
    remove: ([fileName]) => open().remove(fileName),
    recordKinds: ([language]) => open().recordKinds(language),
    assign: ([mapping, language]) => open().assign(mapping, language),
    derived: ([endpoint, from, count, style, language]) =>
      open().derived(endpoint, from, count, style, language),
    firstAnalyses: () => open().firstAnalyses(),
    forms: ([language]) => open().forms(language),
    run([analysis, style, language], progress) {
      const run = open().run(analysis, style, language, progress);
      try {
        return {blocks: run.blocks, scenes: run.scenes};
      } finally {
        run.free();
      }
    },
    save: ([style, analyses]) => open().save(style, analyses),
    report: ([format, sections, style, language]) => open().report(format, sections, style, language),
  };
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
