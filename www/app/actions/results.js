// @ts-check
/** The step Results: its sections, and how their numbers are written. */
import {copySections, nextId} from "../sections.js";

/** @typedef {import("./page.js").Page} Page */

/** The heading of a section, for people. @param {Page} page @param {number} id @returns {string} */
export function sectionName({store}, id) {
  const {decisions, results, forms} = store.get();
  const section = decisions?.sections?.find((candidate) => candidate.id === id);
  const heading = results[id]?.run?.blocks.find((block) => block.kind === "heading")?.text;
  const form = forms.find((candidate) => candidate.analysis.kind === section?.analysis.kind);
  return section?.title ?? heading ?? form?.label ?? "";
}

/** @param {Page} page @param {any} analysis */
export function addSection(page, analysis) {
  const id = nextId();
  page.editSections((sections) => [...sections, {id, title: null, analysis}]);
  page.look({added: id});
}

/** Puts every analysis that the columns allow on the page, in the order of a paper. @param {Page} page */
export async function addAll(page) {
  const sections = page.store.get().decisions?.sections ?? [];
  try {
    const planned = await page.engine.allAnalyses(sections.map(({analysis}) => analysis));
    // What the person did meanwhile is not undone.
    if ((page.store.get().decisions?.sections ?? sections) !== sections) return;
    const added = planned.filter(({present}) => present === null).length;
    const moved = planned.some(({present}, index) => present !== index);
    if (moved) {
      page.editSections(() =>
        planned.map(({analysis, present}) =>
          present === null ? {id: nextId(), title: null, analysis} : sections[present],
        ),
      );
    }
    if (added) page.tellWithUndo(page.t("page-all-added", {added}));
    else page.tell(page.t(moved ? "page-all-ordered" : "page-all-there"));
  } catch (error) {
    page.complain(error);
  }
}

/** @param {Page} page @param {number} id @param {Partial<import("./page.js").Section>} change @param {string} [key] */
export const editSection = (page, id, change, key) =>
  page.editSections(
    (sections) => sections.map((section) => (section.id === id ? {...section, ...change} : section)),
    key && `${id}.${key}`,
  );

/** Ends the renaming of a section; the usual name comes back when nothing is typed. @param {Page} page @param {number} id @param {string} typed */
export function rename(page, id, typed) {
  if (page.store.get().view.renaming !== id) return;
  const name = sectionName(page, id);
  page.look({renaming: null});
  if (typed !== name) editSection(page, id, {title: typed || null});
}

/** @param {Page} page @param {number} id */
export const duplicateSection = (page, id) => page.editSections((sections) => copySections(sections, id));

/** @param {Page} page @param {number} id @param {-1 | 1} by */
export const moveSection = (page, id, by) =>
  page.editSections((sections) => {
    const from = sections.findIndex((section) => section.id === id);
    const to = from + by;
    if (to < 0 || to >= sections.length) return sections;
    const moved = [...sections];
    [moved[from], moved[to]] = [moved[to], moved[from]];
    return moved;
  });

/** @param {Page} page @param {number} id @param {string} name */
export function removeSection(page, id, name) {
  page.editSections((sections) => sections.filter((section) => section.id !== id));
  page.tellWithUndo(page.t("page-section-removed", {name}));
}

/** Computes a section again. @param {Page} page @param {number} id */
export function retry(page, id) {
  page.sync.setResult(id, {key: "", failure: null});
  page.sync.schedule();
}

/** @param {Page} page @param {object} change */
export const editStyle = (page, change) =>
  page.edit((decisions) => ({...decisions, style: {...decisions.style, ...change}}));
