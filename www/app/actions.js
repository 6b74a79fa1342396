// @ts-check
/**
 * Everything that a person can make the page do. Decisions change at once (and can be undone); `sync`
 * then brings table, cohort and results up to them, one verb of the engine at a time.
 */
import {EngineError} from "../engine.js";
import {copySections, nextId} from "./sections.js";
import {emptyView} from "./store.js";
import {copy} from "./clipboard.js";
import {baseName, readBytes, save, slug} from "./files.js";
import {remember} from "./memory.js";

/** @typedef {import("./store.js").Decisions} Decisions */
/** @typedef {import("../types.js").AcceptedIssue} AcceptedIssue */

/** Work that takes longer shows that it runs. */
const BUSY_MS = 250;
/** Work that takes longer can be cancelled. */
const SLOW_MS = 1000;
/** How long a notice stays that there is nothing to do about. */
const NOTICE_MS = 8000;
/** Wait for the next keystroke before computing. */
const DEBOUNCE_MS = 90;

/**
 * @param {import("./store.js").Store} store
 * @param {ReturnType<typeof import("./store.js").createHistory>} history
 * @param {import("../engine.js").Engine} engine
 * @param {{example: () => Promise<{name: string, bytes: Uint8Array}>}} host
 */
export function createActions(store, history, engine, host) {
  /** The bytes of the open file. @type {Uint8Array | null} */
  let bytes = null;
  /** What the engine has been told, as text. */
  let applied = {reading: "", mapping: ""};

  const t = (/** @type {string} */ id, /** @type {object} */ args = {}) =>
    engine.message(store.get().language, id, args);
  const sentence = (/** @type {unknown} */ error) => {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === "crashed") return t(engine.cancellable ? "page-crashed" : "page-crashed-reload");
    if (error.code === "cancelled") return t("page-cancelled");
    return engine.sentence(store.get().language, error.cause);
  };
  const tell = (
    /** @type {string} */ text,
    /** @type {{label: string, run: () => void} | undefined} */ action = undefined,
  ) => {
    /** @type {import("./store.js").State["notice"]} */
    const notice = {text, kind: "info", ...(action && {action})};
    store.set({notice});
    // What asks for nothing goes by itself.
    if (!action) setTimeout(() => store.get().notice === notice && store.set({notice: null}), NOTICE_MS);
  };
  const complain = (/** @type {unknown} */ error) => {
    const cancelled = error instanceof EngineError && error.code === "cancelled";
    store.set({notice: {text: sentence(error), kind: cancelled ? "info" : "error"}});
  };
  const look = (/** @type {Partial<import("./store.js").View>} */ change) =>
    store.set({view: {...store.get().view, ...change}});

  /**
   * Shows that the page waits, once it has waited a moment.
   * @template T @param {string} id @param {() => Promise<T>} work @returns {Promise<T>}
   */
  async function busy(id, work) {
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

  // ── From decisions to results ──────────────────────────────────────────────────────────────────

  let syncing = false;
  let again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  /** The computation that runs. @type {{id: number, key: string, since: number} | null} */
  let current = null;

  function schedule() {
    clearTimeout(soon);
    soon = setTimeout(sync, DEBOUNCE_MS);
  }

  async function sync() {
    again = true;
    if (current && performance.now() - current.since > SLOW_MS && current.key !== wantedKey(current.id)) {
      engine.cancel();
    }
    if (syncing) return;
    syncing = true;
    try {
      while (again) {
        again = false;
        await pass();
      }
    } finally {
      syncing = false;
    }
  }

  async function pass() {
    const {decisions, file} = store.get();
    if (!decisions || !file || !bytes) return;
    try {
      await applyReading(decisions, file.name, bytes);
      await applyMapping(decisions);
    } catch (error) {
      complain(error);
      return;
    }
    if (again || store.get().step !== "results" || !store.get().assigned) return;
    await proposeSections();
    for (const section of store.get().decisions?.sections ?? []) {
      if (again) return;
      await compute(section.id);
    }
  }

  /** Sections that nobody has touched: they follow what the columns mean. @type {WeakSet<object[]>} */
  const proposed = new WeakSet();

  /** The first results, anew until the person has made them their own. */
  async function proposeSections() {
    const before = store.get().decisions?.sections;
    if (before && !proposed.has(before)) return;
    const analyses = await engine.firstAnalyses();
    const {decisions} = store.get();
    if (!decisions || (decisions.sections ?? null) !== (before ?? null)) return;
    const same = (/** @type {any} */ analysis) =>
      before?.find((section) => JSON.stringify(section.analysis) === JSON.stringify(analysis));
    const sections = analyses.map((analysis) => same(analysis) ?? {id: nextId(), title: null, analysis});
    if (before?.length === sections.length && sections.every((section, index) => section === before[index])) {
      return;
    }
    proposed.add(sections);
    store.set({decisions: {...decisions, sections}});
  }

  /** @param {Decisions} decisions @param {string} name @param {Uint8Array} content */
  async function applyReading(decisions, name, content) {
    const reading = JSON.stringify(decisions.reading);
    if (applied.reading === reading) return;
    const table = await busy("page-reading", () => engine.open(content, name, decisions.reading));
    applied = {reading, mapping: ""};
    store.set({table, tableVersion: store.get().tableVersion + 1});
  }

  /** @param {Decisions} decisions */
  async function applyMapping(decisions) {
    const {language} = store.get();
    const mapping = JSON.stringify([decisions.mapping, language]);
    if (applied.mapping === mapping) return;
    try {
      const assigned = await busy("page-assigning", () => engine.assign(decisions.mapping, language));
      const forms = await engine.forms(language);
      store.set({assigned, forms, assignFailure: null});
    } catch (error) {
      if (error instanceof EngineError && ["crashed", "cancelled"].includes(error.code)) throw error;
      store.set({assigned: null, forms: [], assignFailure: sentence(error)});
    }
    applied.mapping = mapping;
    store.set({tableVersion: store.get().tableVersion + 1});
    const {cell} = store.get().view;
    if (cell) look({record: (await engine.rows(cell.row, 1))[0] ?? null});
  }

  /** What a result is computed from. @param {number} id */
  function wantedKey(id) {
    const {decisions, language} = store.get();
    const section = decisions?.sections?.find((candidate) => candidate.id === id);
    return section && decisions
      ? JSON.stringify([
          section.analysis,
          decisions.style,
          language,
          {...decisions.mapping, accepted: null},
          decisions.reading,
          bytes?.length,
        ])
      : "";
  }

  /** @param {number} id @param {Partial<import("./store.js").Result>} change */
  function setResult(id, change) {
    const {results} = store.get();
    const before = results[id] ?? {
      key: "",
      run: null,
      failure: null,
      share: null,
      running: false,
      slow: false,
    };
    store.set({results: {...results, [id]: {...before, ...change}}});
  }

  /** @param {number} id */
  async function compute(id) {
    const key = wantedKey(id);
    const {decisions, language, results} = store.get();
    const section = decisions?.sections?.find((candidate) => candidate.id === id);
    if (!section || !decisions || results[id]?.key === key) return;
    current = {id, key, since: performance.now()};
    setResult(id, {running: true, share: null});
    const timer = setTimeout(() => setResult(id, {slow: true}), SLOW_MS);
    const idle = {running: false, slow: false, share: null};
    try {
      const run = await engine.run(section.analysis, decisions.style, language, (share) => {
        if (performance.now() - (current?.since ?? 0) > BUSY_MS) setResult(id, {share});
      });
      setResult(id, {...idle, key, run, failure: null});
    } catch (error) {
      const obsolete = wantedKey(id) !== key;
      // A cancelled or crashed run is not tried again until something changes or the person asks.
      setResult(id, obsolete ? idle : {...idle, key, failure: sentence(error)});
    } finally {
      clearTimeout(timer);
      current = null;
    }
  }

  engine.onCrash(() => store.set({notice: {text: t("page-crashed"), kind: "error"}}));

  // ── Decisions ──────────────────────────────────────────────────────────────────────────────────

  /** @param {(decisions: Decisions) => Decisions} change @param {string} [key] */
  function edit(change, key) {
    history.edit(change, key);
    schedule();
  }
  /** @param {(mapping: any) => any} change @param {string} [key] */
  const editMapping = (change, key) =>
    edit((decisions) => ({...decisions, mapping: change(decisions.mapping)}), key);
  /** @typedef {{id: number, title: string | null, analysis: any}} Section */
  /** @param {(sections: Section[]) => Section[]} change @param {string} [key] */
  const editSections = (change, key) =>
    edit((decisions) => ({...decisions, sections: change(decisions.sections ?? [])}), key);

  /** @param {"data" | "columns" | "results"} step */
  function go(step) {
    if (store.get().step !== step) store.set({step});
    schedule();
  }

  /**
   * Opens a spreadsheet in place of the present one.
   * @param {Uint8Array} content @param {string} name @param {{example?: boolean, pasted?: boolean}} [kind]
   */
  async function openBytes(content, name, {example = false, pasted = false} = {}) {
    const {pendingStudy} = store.get();
    try {
      const {table, reading} = await busy("page-reading", () =>
        openAs(content, name, pendingStudy?.reading ?? {}),
      );
      const mapping = pendingStudy?.mapping ?? (await engine.guess());
      const before = store.get();
      const former = bytes;
      bytes = content;
      applied = {reading: JSON.stringify(reading), mapping: ""};
      store.set({
        table,
        file: {name, example, pasted},
        tableVersion: before.tableVersion + 1,
        decisions: {
          reading,
          mapping,
          style: pendingStudy?.style ?? {},
          sections: pendingStudy?.analyses.length ? numbered(pendingStudy.analyses) : null,
        },
        past: [],
        future: [],
        results: {},
        assigned: null,
        assignFailure: null,
        pendingStudy: null,
        notice: null,
        view: emptyView(),
      });
      if (former && before.file && before.past.length > 0) {
        const back = () => {
          bytes = former;
          applied = {reading: "", mapping: ""};
          const {file, decisions, past, future} = before;
          store.set({
            file,
            decisions,
            past,
            future,
            results: {},
            assigned: null,
            notice: null,
            view: emptyView(),
          });
          schedule();
        };
        tell(t("page-opened-instead", {file: name, before: before.file.name}), {
          label: t("page-back-to-file"),
          run: back,
        });
      }
      if (pendingStudy && pendingStudy.file_name !== name) {
        const {file_name: before} = pendingStudy;
        tell(t("page-study-other-file", {file: name, before}), {
          label: t("page-study-afresh"),
          run: () => startAfresh(),
        });
      }
      if (pendingStudy) go("results");
      else go(before.step);
    } catch (error) {
      complain(error);
    }
  }

  /** The columns as the file itself suggests, in place of those of a saved study. */
  async function startAfresh() {
    try {
      const mapping = await engine.guess();
      edit((before) => ({...before, mapping, sections: null}));
      store.set({notice: null});
      go("columns");
    } catch (error) {
      complain(error);
    }
  }

  /**
   * Opens with a saved reading if there is one that fits, else as the file itself suggests.
   * @param {Uint8Array} content @param {string} name @param {any} reading
   */
  async function openAs(content, name, reading) {
    try {
      return {table: await engine.open(content, name, reading), reading};
    } catch (error) {
      if (Object.keys(reading).length === 0) throw error;
      return {table: await engine.open(content, name, {}), reading: {}};
    }
  }

  /** @param {{title: string | null, analysis: any}[]} analyses */
  const numbered = (analyses) => analyses.map(({title, analysis}) => ({id: nextId(), title, analysis}));

  /** @param {string} text of a `.oncurve.json` file */
  function openStudy(text) {
    try {
      const saved = engine.restore(text);
      if (store.get().file?.name === saved.file_name) {
        const {reading, mapping, style, analyses} = saved;
        edit(() => ({reading, mapping, style, sections: numbered(analyses)}));
        tell(t("page-study-restored", {file: saved.file_name}));
      } else {
        store.set({pendingStudy: saved, notice: null, step: "data"});
      }
    } catch (error) {
      complain(error);
    }
  }

  /** Reads the table in another way; columns are guessed anew. @param {object} change */
  async function reread(change) {
    const {decisions, file} = store.get();
    if (!decisions || !file || !bytes) return;
    const content = bytes;
    const reading = {...decisions.reading, ...change, columns: {}};
    try {
      const table = await busy("page-reading", () => engine.open(content, file.name, reading));
      const mapping = await engine.guess();
      applied = {reading: JSON.stringify(reading), mapping: ""};
      store.set({table, tableVersion: store.get().tableVersion + 1, view: emptyView()});
      edit((before) => ({...before, reading, mapping, sections: null}));
    } catch (error) {
      complain(error);
      store.set({}); // The choice on the page goes back to what is in force.
    }
  }

  /** @param {File[]} files dropped or chosen: a spreadsheet, a saved study, or both */
  async function openFiles(files) {
    const study = files.find((file) => /\.json$/i.test(file.name));
    const sheet = files.find((file) => file !== study);
    if (study) openStudy(await study.text());
    if (sheet) await openBytes(await readBytes(sheet), sheet.name);
  }

  /** The data row of a spreadsheet row, by halving: rows ascend. @param {number} row */
  async function findRow(row) {
    let [low, high] = [0, (store.get().table?.n_rows ?? 0) - 1];
    while (low <= high) {
      const index = (low + high) >> 1;
      const [record] = await engine.rows(index, 1);
      if (record.row === row) return {index, record};
      if (record.row < row) low = index + 1;
      else high = index - 1;
    }
    return null;
  }

  const sectionsToSave = () =>
    (store.get().decisions?.sections ?? []).map(({title, analysis}) => ({title, analysis}));
  const fileBase = () => slug(baseName(store.get().file?.name ?? "oncurve"));

  return {
    t,
    look,
    go,
    sync: schedule,
    openBytes,
    openFiles,
    reread,

    async openExample() {
      const {name, bytes: content} = await host.example();
      store.set({pendingStudy: null});
      await openBytes(content, name, {example: true});
    },
    /** @param {string} text cells from a spreadsheet */
    openPasted: (text) =>
      openBytes(new TextEncoder().encode(text), `${t("page-pasted-name")}.tsv`, {pasted: true}),
    forgetPending: () => store.set({pendingStudy: null}),

    /** @param {string[]} headings @param {object} change */
    readColumns: (headings, change) =>
      edit((decisions) => {
        const before = decisions.reading.columns ?? {};
        const changed = headings.map((heading) => [heading, {...before[heading], ...change}]);
        return {
          ...decisions,
          reading: {...decisions.reading, columns: {...before, ...Object.fromEntries(changed)}},
        };
      }),

    explainPaste: () => tell(t("page-paste-how")),
    /** @param {import("./store.js").View["cell"]} cell @param {import("./store.js").View["record"]} record */
    async lookAtCell(cell, record) {
      look({cell, record: record ?? null, correcting: null});
      if (!cell || record) return;
      const [found] = await engine.rows(cell.row, 1);
      if (store.get().view.cell === cell) look({record: found ?? null});
    },
    /** @param {import("./store.js").View["cell"]} cell @param {import("./store.js").View["record"]} record */
    startCorrecting(cell, record) {
      const heading = cell && store.get().table?.columns[cell.column]?.heading;
      if (record && heading !== undefined) look({correcting: `${record.row}|${heading}`});
    },
    /** Shows a cell in the grid. @param {number} row of the spreadsheet @param {string} heading */
    async jumpTo(row, heading) {
      const {table} = store.get();
      const column = table?.columns.findIndex((candidate) => candidate.heading === heading) ?? -1;
      const found = await findRow(row);
      if (!found || column < 0) return;
      look({cell: {row: found.index, column}, record: found.record, correcting: null});
      go("data");
    },

    /** @param {number | undefined} row of the spreadsheet */
    jumpToRow(row) {
      const heading = store.get().table?.columns[0]?.heading;
      if (row !== undefined && heading !== undefined) this.jumpTo(row, heading);
    },

    /**
     * Ready-made time and event: in force once both columns are chosen.
     * @param {"pfs" | "os"} name @param {any} half
     */
    async setTimeAndEvent(name, half) {
      look({halves: {...store.get().view.halves, [name]: half}});
      const before = store.get().decisions?.mapping[name];
      if (!half.time || !half.event) {
        if (before) editMapping((mapping) => ({...mapping, [name]: null}));
        return;
      }
      const unit = half.time === before?.time ? half.unit : (await engine.suggest(half.time)).unit;
      const event_values =
        half.event === before?.event ? half.event_values : (await engine.suggest(half.event)).event_values;
      editMapping((mapping) => ({
        ...mapping,
        [name]: {time: half.time, event: half.event, unit, event_values},
      }));
    },
    /** The same with a column of several kinds of event. @param {any} half */
    async setTimeAndCause(half) {
      look({halves: {...store.get().view.halves, competing: half}});
      const before = store.get().decisions?.mapping.competing;
      if (!half.time || !half.cause) {
        if (before) editMapping((mapping) => ({...mapping, competing: null}));
        return;
      }
      const unit = half.time === before?.time ? half.unit : (await engine.suggest(half.time)).unit;
      const {causes, censored} = half.cause === before?.cause ? half : await engine.suggest(half.cause);
      editMapping((mapping) => ({
        ...mapping,
        competing: {time: half.time, cause: half.cause, unit, causes, censored},
      }));
    },
    /** A column that says whether something happened. @param {"progressed" | "died"} name @param {string | null} column */
    async setStatus(name, column) {
      const status =
        column === null ? null : {column, event_values: (await engine.suggest(column)).event_values};
      editMapping((mapping) => ({...mapping, [name]: status}));
    },
    /** @param {string | null} column */
    async setResponse(column) {
      const response = column === null ? null : {column, codes: (await engine.suggest(column)).codes};
      editMapping((mapping) => ({...mapping, response}));
    },
    /** @param {"groups" | "counted"} role @param {(groups: any[]) => any[]} change @param {string} [key] */
    editGroups: (role, change, key) =>
      editMapping((mapping) => ({...mapping, [role]: change(mapping[role])}), key),

    editMapping,
    /** @param {number} row @param {string} column @param {string} value */
    correct(row, column, value) {
      editMapping((mapping) => ({
        ...mapping,
        corrections: [
          ...mapping.corrections.filter(
            (/** @type {any} */ made) => made.row !== row || made.column !== column,
          ),
          {row, column, value},
        ],
        // What is wrong with the new value has not been looked at.
        accepted: mapping.accepted.filter(
          (/** @type {any} */ issue) => issue.row !== row || issue.column !== column,
        ),
      }));
      look({correcting: null});
    },
    /** @param {number} row @param {string} column */
    uncorrect: (row, column) =>
      editMapping((mapping) => ({
        ...mapping,
        corrections: mapping.corrections.filter(
          (/** @type {any} */ made) => made.row !== row || made.column !== column,
        ),
      })),
    /** Issues that the person lets stand. @param {(accepted: AcceptedIssue[]) => AcceptedIssue[]} change */
    acceptIssues: (change) => editMapping((mapping) => ({...mapping, accepted: change(mapping.accepted)})),
    /** @param {number} row @param {boolean} excluded */
    excludeRow: (row, excluded) =>
      editMapping((mapping) => ({
        ...mapping,
        excluded_rows: excluded
          ? [...mapping.excluded_rows, row]
          : mapping.excluded_rows.filter((/** @type {number} */ other) => other !== row),
      })),
    /** @param {object} change */
    editStyle: (change) => edit((decisions) => ({...decisions, style: {...decisions.style, ...change}})),

    /** @param {any} analysis */
    addSection(analysis) {
      const id = nextId();
      editSections((sections) => [...sections, {id, title: null, analysis}]);
      look({added: id});
    },
    /** @param {number} id @param {Partial<Section>} change @param {string} [key] */
    editSection: (id, change, key) =>
      editSections(
        (sections) => sections.map((section) => (section.id === id ? {...section, ...change} : section)),
        key && `${id}.${key}`,
      ),
    /** Ends the renaming of a section; the usual name comes back when nothing is typed. @param {number} id @param {string} typed */
    rename(id, typed) {
      if (store.get().view.renaming !== id) return;
      const name = this.sectionName(id);
      look({renaming: null});
      if (typed !== name) this.editSection(id, {title: typed || null});
    },
    /** @param {number} id */
    duplicateSection: (id) => editSections((sections) => copySections(sections, id)),
    /** @param {number} id @param {string} name */
    removeSection(id, name) {
      editSections((sections) => sections.filter((section) => section.id !== id));
      tell(t("page-section-removed", {name}), {label: t("page-undo"), run: () => this.undo()});
    },
    /** @param {number} id @param {-1 | 1} by */
    moveSection: (id, by) =>
      editSections((sections) => {
        const from = sections.findIndex((section) => section.id === id);
        const to = from + by;
        if (to < 0 || to >= sections.length) return sections;
        const moved = [...sections];
        [moved[from], moved[to]] = [moved[to], moved[from]];
        return moved;
      }),
    /** @param {number} id */
    retry(id) {
      setResult(id, {key: "", failure: null});
      schedule();
    },

    /** Copies, and says that it is done or that the browser forbids it. @param {string} id @param {() => Promise<void>} work */
    async saying(id, work) {
      try {
        await work();
        tell(t(id));
      } catch {
        store.set({notice: {text: t("page-copy-failed"), kind: "error"}});
      }
    },
    /** @param {{text: string, references: string[]}} methods */
    copyMethods(methods) {
      const text = [methods.text, ...methods.references].join("\n");
      return this.saying("page-text-copied", () => copy({"text/plain": text}));
    },

    undo() {
      history.undo();
      store.set({notice: null});
      schedule();
    },
    redo() {
      history.redo();
      schedule();
    },
    cancel: () => engine.cancel(),
    dismiss: () => store.set({notice: null}),
    /** @param {"privacy" | "keys" | null} dialog */
    openDialog: (dialog) => store.set({dialog}),

    /** @param {string} language */
    setLanguage(language) {
      remember("language", language);
      store.set({language});
      schedule();
    },
    /** @param {"system" | "light" | "dark"} theme */
    setTheme(theme) {
      remember("theme", theme);
      store.set({theme});
    },

    async saveStudy() {
      const {decisions} = store.get();
      if (!decisions) return;
      try {
        await sync();
        const text = await engine.save(decisions.style, sectionsToSave());
        save(`${fileBase()}.oncurve.json`, text, "application/json");
        tell(t("page-study-saved"));
      } catch (error) {
        complain(error);
      }
    },
    /** @param {"html" | "csv" | "r"} format @param {number} [id] one section, or all */
    async exportReport(format, id) {
      const {decisions, language} = store.get();
      if (!decisions) return;
      const chosen = (decisions.sections ?? []).filter((section) => id === undefined || section.id === id);
      const sections = chosen.map(({title, analysis}) => ({title, analysis}));
      const types = {html: "text/html", csv: "text/csv", r: "text/plain"};
      try {
        const text = await busy("page-exporting", () =>
          engine.report(format, sections, decisions.style, language),
        );
        const name = id === undefined ? fileBase() : `${fileBase()}-${slug(this.sectionName(id))}`;
        save(`${name}.${format === "r" ? "R" : format}`, text, types[format]);
      } catch (error) {
        complain(error);
      }
    },
    /** The heading of a section, for people. @param {number} id @returns {string} */
    sectionName(id) {
      const {decisions, results, forms} = store.get();
      const section = decisions?.sections?.find((candidate) => candidate.id === id);
      const heading = results[id]?.run?.blocks.find((block) => block.kind === "heading")?.text;
      const form = forms.find((candidate) => candidate.analysis.kind === section?.analysis.kind);
      return section?.title ?? heading ?? form?.label ?? "";
    },
    fileBase,
  };
}

/** @typedef {ReturnType<typeof createActions>} Actions */
