// @ts-check
/**
 * The state of the page: plain data in one place. Views are functions of it; `actions/` changes it.
 */

/**
 * The person's decisions, exactly what a saved study holds. Every change is one step of undo.
 * @typedef {object} Decisions
 * @property {any} reading how the file is read
 * @property {{id: number, file_name: string, reading: any}[]} added the files beside it; `id` is of their bytes
 * @property {any} mapping what the columns mean
 * @property {any} style how numbers are written
 * @property {{id: number, title: string | null, analysis: any}[] | null} sections the results; null before the first visit
 */

/**
 * The open files: the patients' table, and every table with the patients' first.
 * @typedef {object} Tables
 * @property {any} source of the patients' table
 * @property {any[]} columns of the patients' table
 * @property {number} n_rows of the patients' table
 * @property {import("../types.js").TableInView[]} tables
 * @property {import("../types.js").UnreadSheet[]} unread
 */

/** A file in hand. @typedef {{name: string, bytes: Uint8Array, pasted?: boolean}} FileInHand */

/**
 * What is shown of one section.
 * @typedef {object} Result
 * @property {string} key what it was computed from
 * @property {{blocks: any[], scenes: any[]} | null} run the last that succeeded
 * @property {string | null} failure why there is none, in words
 * @property {number | null} share of a running computation that is done
 * @property {boolean} running
 * @property {boolean} slow running for longer than a second
 */

/**
 * @typedef {object} State
 * @property {"data" | "columns" | "results"} step
 * @property {string} language
 * @property {"system" | "light" | "dark"} theme
 * @property {{name: string, example: boolean, pasted: boolean} | null} file
 * @property {Tables | null} table
 * @property {any[]} columns what the roles choose from: the patients' columns and those joined to them
 * @property {import("../types.js").RecordKindInWords[]} recordKinds
 * @property {Record<string, import("../types.js").RecordsInWords | null>} records what was read, by kind
 * @property {import("../types.js").WideSheet[]} wideSheets sheets that could be turned long
 * @property {number} tableVersion counts every re-reading and re-assignment, so that grids fetch again
 * @property {Decisions | null} decisions
 * @property {Decisions[]} past
 * @property {Decisions[]} future
 * @property {{n: number, endpoints: any[], issues: any[]} | null} assigned
 * @property {string | null} assignFailure why no cohort could be built, in words
 * @property {any[]} forms
 * @property {Record<number, Result>} results
 * @property {{id: string, slow: boolean} | null} busy what the page waits for (message id)
 * @property {{text: string, kind: "info" | "error", action?: {label: string, run: () => void, undoes?: boolean}} | null} notice
 * @property {any} pendingStudy a saved study that waits for its files
 * @property {FileInHand[]} pendingFiles those of them that are there
 * @property {FileInHand[] | null} asked files of which the person says whether they are added
 * @property {"privacy" | "keys" | "beside" | null} dialog
 * @property {boolean} dragging
 * @property {View} view
 */

/**
 * What is open, chosen or typed, without consequence for a result.
 * @typedef {object} View
 * @property {import("../types.js").TableName | null} table shown in the grid; the patients' if null
 * @property {{row: number, column: number} | null} cell focused in the grid: data row and column
 * @property {{row: number, cells: string[]} | null} record the row of that cell
 * @property {Record<string, {time: string, event: string}>} halves of a time and event role, while one is chosen
 * @property {{row: number, column: number} | null} derivedCell focused in the table of derived endpoints
 * @property {{kind: string, cell: {row: number, column: number} | null} | null} recordCell focused in a table of records
 * @property {{version: string, text: string} | null | undefined} derivedReason of the row of that cell
 * @property {string | null} issueKind filter of the list of issues
 * @property {number} issuesShown
 * @property {string | null} endpoint whose derivation is shown
 * @property {number | null} added section that was added last
 * @property {number | null} addedOwn endpoint of one's own that was added last
 * @property {number | null} renaming section whose heading is being edited
 * @property {string | null} correcting the cell being corrected, see `cellKey`
 * @property {Record<string, boolean>} openRecords kinds of sheet whose columns are being chosen
 * @property {Record<string, boolean>} openIssues groups of issues that are unfolded
 * @property {Record<string, string>} refused what was typed and does not fit, by field
 */

/** @returns {State} */
export function initialState() {
  return {
    step: "data",
    language: "en",
    theme: "system",
    file: null,
    table: null,
    columns: [],
    recordKinds: [],
    records: {},
    wideSheets: [],
    tableVersion: 0,
    decisions: null,
    past: [],
    future: [],
    assigned: null,
    assignFailure: null,
    forms: [],
    results: {},
    busy: null,
    notice: null,
    pendingStudy: null,
    pendingFiles: [],
    asked: null,
    dialog: null,
    dragging: false,
    view: emptyView(),
  };
}

/** @returns {View} */
export function emptyView() {
  return {
    table: null,
    cell: null,
    record: null,
    halves: {},
    derivedCell: null,
    recordCell: null,
    derivedReason: null,
    issueKind: null,
    issuesShown: 50,
    endpoint: null,
    added: null,
    addedOwn: null,
    renaming: null,
    correcting: null,
    openRecords: {},
    openIssues: {},
    refused: {},
  };
}

/** @param {State} initial */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    get: () => state,
    /** @param {Partial<State>} change */
    set(change) {
      state = {...state, ...change};
      for (const listener of listeners) listener();
    },
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */

/** How many steps can be undone. */
const HISTORY_LIMIT = 200;
/** Changes of the same thing within this time are one step of undo. */
const COALESCE_MS = 1200;

/** @param {Store} store */
export function createHistory(store) {
  let lastKey = "";
  let lastTime = 0;

  /** @param {Decisions} decisions @param {Decisions[]} past @param {Decisions[]} future */
  const go = (decisions, past, future) => {
    lastKey = "";
    store.set({decisions, past, future});
  };

  return {
    /**
     * Makes a change that can be undone.
     * @param {(decisions: Decisions) => Decisions} change
     * @param {string} [key] quick changes with the same key are undone together
     */
    edit(change, key = "") {
      const {decisions, past} = store.get();
      if (!decisions) return;
      const now = performance.now();
      const together = key !== "" && key === lastKey && now - lastTime < COALESCE_MS;
      lastKey = key;
      lastTime = now;
      const kept = together ? past : [...past, decisions].slice(-HISTORY_LIMIT);
      store.set({decisions: change(decisions), past: kept, future: []});
    },
    undo() {
      const {decisions, past, future} = store.get();
      if (decisions && past.length) go(past[past.length - 1], past.slice(0, -1), [decisions, ...future]);
    },
    redo() {
      const {decisions, past, future} = store.get();
      if (decisions && future.length) go(future[0], [...past, decisions], future.slice(1));
    },
  };
}

/**
 * The value at a dotted path.
 * @param {any} object @param {string} path
 */
export function at(object, path) {
  return keys(path).reduce((value, key) => value?.[key], object);
}

/** The keys of a dotted path; a backslash stands before a dot that is part of one. @param {string} path */
const keys = (path) => (path.match(/(?:\\.|[^.\\])+/gsu) ?? []).map((key) => key.replace(/\\(.)/gsu, "$1"));

/**
 * A copy with another value at a dotted path.
 * @param {any} object @param {string} path @param {any} value @returns {any}
 */
export function withAt(object, path, value) {
  /** @type {(into: any, keys: string[]) => any} */
  const put = (into, [key, ...rest]) => ({
    ...into,
    [key]: rest.length ? put(into?.[key] ?? {}, rest) : value,
  });
  return put(object, keys(path));
}
