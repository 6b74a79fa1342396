// @ts-check
/** The list of sections of the results. */

let last = 0;
export const nextId = () => ++last;

/**
 * The sections of a first visit: every endpoint overall, then by the first column with two groups, then
 * whatever else the cohort allows.
 * @param {any[]} forms @param {any} mapping @param {any[]} columns
 */
export function defaultSections(forms, mapping, columns) {
  const twoLevels = mapping.groups.find(
    (/** @type {any} */ group) => levelCount(group, columns) === 2,
  )?.column;
  return forms
    .filter((form) => !form.missing)
    .flatMap((form) => {
      const endpoints = choicesOf(form, "endpoint");
      const analyses = endpoints.length
        ? endpoints.map((/** @type {any} */ {value}) => ({...form.analysis, endpoint: value}))
        : [form.analysis];
      const groups = choicesOf(form, "group").map((/** @type {any} */ {value}) => value);
      return analyses.flatMap((/** @type {any} */ analysis) => {
        const overall = groups.length ? {...analysis, group: null} : analysis;
        return endpoints.length && twoLevels && groups.includes(twoLevels)
          ? [overall, {...analysis, group: twoLevels}]
          : [overall];
      });
    })
    .map((analysis) => ({id: nextId(), title: null, analysis}));
}

/** @param {any} form @param {string} id */
function choicesOf(form, id) {
  const field = form.fields.find((/** @type {any} */ candidate) => candidate.id === id);
  return field?.kind.choices ?? [];
}

/**
 * How many groups a column makes once texts with one label are merged.
 * @param {any} group @param {any[]} columns
 */
function levelCount(group, columns) {
  const column = columns.find((candidate) => candidate.heading === group.column);
  if (!column || column.distinct > column.values.length) return 0;
  return new Set(column.values.map((/** @type {[string, number]} */ [text]) => group.labels[text] ?? text))
    .size;
}

/** @template {{id: number}} S @param {S[]} sections @param {number} id */
export const copySections = (sections, id) =>
  sections.flatMap((section) => (section.id === id ? [section, {...section, id: nextId()}] : [section]));
