// @ts-check
/** The list of sections of the results. */

let last = 0;
export const nextId = () => ++last;

/** The analyses that most papers begin with; the others are added by hand. */
const FIRST = ["survival", "response"];

/**
 * The sections of a first visit: every endpoint overall and by the column with two groups of the most
 * even size, then the response.
 * @param {any[]} forms @param {any} mapping @param {any[]} columns
 */
export function defaultSections(forms, mapping, columns) {
  const [even] = mapping.groups
    .map((/** @type {any} */ group) => ({column: group.column, size: smallerOfTwo(group, columns)}))
    .filter((/** @type {any} */ {size}) => size > 0)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => b.size - a.size);
  const twoLevels = even?.column;
  return forms
    .filter((form) => !form.missing && FIRST.includes(form.analysis.kind))
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
 * Size of the smaller of a column's two groups, texts with one label merged; 0 when there are not two.
 * @param {any} group @param {any[]} columns
 */
function smallerOfTwo(group, columns) {
  const column = columns.find((candidate) => candidate.heading === group.column);
  if (!column || column.distinct > column.values.length) return 0;
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const [text, count] of column.values) {
    const label = group.labels[text] ?? text;
    sizes.set(label, (sizes.get(label) ?? 0) + count);
  }
  return sizes.size === 2 ? Math.min(...sizes.values()) : 0;
}

/** @template {{id: number}} S @param {S[]} sections @param {number} id */
export const copySections = (sections, id) =>
  sections.flatMap((section) => (section.id === id ? [section, {...section, id: nextId()}] : [section]));
