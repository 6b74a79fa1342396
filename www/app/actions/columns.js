// @ts-check
/** The step Columns: which column is what. */

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../tables.js").TableName} TableName */

/** @param {Page} page @param {(mapping: any) => any} change @param {string} [key] */
export const editMapping = (page, change, key) => page.editMapping(change, key);

/**
 * Ready-made time and event: in force once both columns are chosen.
 * @param {Page} page @param {"pfs" | "os"} name @param {any} half
 */
export async function setTimeAndEvent(page, name, half) {
  const {store, engine} = page;
  page.look({halves: {...store.get().view.halves, [name]: half}});
  const before = store.get().decisions?.mapping[name];
  if (!half.time || !half.event) {
    if (before) page.editMapping((mapping) => ({...mapping, [name]: null}));
    return;
  }
  const unit = half.time === before?.time ? half.unit : (await engine.suggest(half.time)).unit;
  const {event_values, blank_is_no_event} =
    half.event === before?.event ? half : {...(await engine.suggest(half.event)), blank_is_no_event: false};
  page.editMapping((mapping) => ({
    ...mapping,
    [name]: {time: half.time, event: half.event, unit, event_values, blank_is_no_event},
  }));
}

/** The same with a column of several kinds of event. @param {Page} page @param {any} half */
export async function setTimeAndCause(page, half) {
  const {store, engine} = page;
  page.look({halves: {...store.get().view.halves, competing: half}});
  const before = store.get().decisions?.mapping.competing;
  if (!half.time || !half.cause) {
    if (before) page.editMapping((mapping) => ({...mapping, competing: null}));
    return;
  }
  const unit = half.time === before?.time ? half.unit : (await engine.suggest(half.time)).unit;
  const {causes, censored} = half.cause === before?.cause ? half : await engine.suggest(half.cause);
  page.editMapping((mapping) => ({
    ...mapping,
    competing: {time: half.time, cause: half.cause, unit, causes, censored},
  }));
}

/** A column that says whether something happened. @param {Page} page @param {"progressed" | "died"} name @param {string | null} column */
export async function setStatus(page, name, column) {
  const status =
    column === null ? null : {column, event_values: (await page.engine.suggest(column)).event_values};
  page.editMapping((mapping) => ({...mapping, [name]: status}));
}

/** @param {Page} page @param {string | null} column */
export async function setResponse(page, column) {
  const response = column === null ? null : {column, codes: (await page.engine.suggest(column)).codes};
  page.editMapping((mapping) => ({...mapping, response}));
}

/** @param {Page} page @param {"groups" | "counted"} role @param {(groups: any[]) => any[]} change @param {string} [key] */
export const editGroups = (page, role, change, key) =>
  page.editMapping((mapping) => ({...mapping, [role]: change(mapping[role])}), key);

/** The sheet that holds the records of a kind, with what its columns seem to mean. @param {Page} page @param {string} kind @param {TableName | null} table */
export async function chooseRecords(page, kind, table) {
  const mapping = page.store.get().decisions?.mapping;
  const proposed = table && mapping ? (await page.engine.propose(mapping, kind, table))?.[kind] : null;
  page.editMapping((mapping) => ({...mapping, [kind]: proposed ?? null}));
}

/**
 * What a column of a sheet of records is.
 * @param {Page} page @param {string} kind @param {import("../../types.js").RecordRole} role @param {string | null} column
 */
export async function setRecordRole(page, kind, role, column) {
  const mapped = page.store.get().decisions?.mapping[kind];
  if (!mapped) return;
  // The columns stay open while one after the other is chosen.
  page.look({openRecords: {...page.store.get().view.openRecords, [kind]: true}});
  const none = role.required ? "" : null;
  const {file, sheet} = mapped.table;
  const table = file === null && sheet === null ? null : mapped.table;
  /** @param {string} column */
  const answers = async (column) => {
    const {yes_values, no_values} = await page.engine.suggest(column, table);
    return {column, event_values: yes_values, no_values};
  };
  const value = column !== null && role.kind === "status" ? await answers(column) : (column ?? none);
  page.editMapping((mapping) => ({...mapping, [kind]: {...mapping[kind], [role.id]: value}}));
}

/** Joins a sheet to that of the patients by the ids that it seems to have. @param {Page} page @param {TableName} table */
export async function joinSheet(page, table) {
  const mapping = page.store.get().decisions?.mapping;
  const [{kind}] = page.store.get().recordKinds;
  const patient = (await page.engine.propose(mapping, kind, table))?.[kind]?.patient ?? "";
  page.editMapping((mapping) => ({...mapping, joined: [...(mapping.joined ?? []), {table, patient}]}));
}
