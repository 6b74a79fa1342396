// @ts-check
/** The step Columns: endpoints of the person's own. */
import {sectionName} from "./results.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("../../types.js").OwnEndpoint} OwnEndpoint */

/** @param {Page} page @param {(all: OwnEndpoint[]) => OwnEndpoint[]} change */
const editAll = (page, change) =>
  page.editMapping((mapping) => ({...mapping, own: change(mapping.own ?? [])}));

/** @param {Page} page @returns {OwnEndpoint[]} */
const allOf = ({store}) => store.get().decisions?.mapping.own ?? [];

/** Adds one that has nothing but a name. @param {Page} page */
export function addOwn(page) {
  const all = allOf(page);
  const taken = new Set(all.map(({name}) => name));
  let n = all.length + 1;
  while (taken.has(page.t("page-own-new", {n}))) n += 1;
  const name = page.t("page-own-new", {n});
  page.look({addedOwn: all.length});
  editAll(page, (all) => [...all, {name, start: null, events: [], censoring: [], last_contact: null}]);
}

/** @param {Page} page @param {number} position @param {Partial<OwnEndpoint>} change */
export const editOwn = (page, position, change) =>
  editAll(page, (all) => all.map((own, index) => (index === position ? {...own, ...change} : own)));

/**
 * Whether another endpoint has a name: another of one's own, or one that is derived by rule.
 * @param {Page} page @param {number} position @param {string} name
 */
export function isNameTaken(page, position, name) {
  const folded = name.toLowerCase();
  const others = allOf(page).filter((_, index) => index !== position);
  return page.engine.isEndpointName(name) || others.some((own) => own.name.toLowerCase() === folded);
}

/**
 * The sections of the results that rest on an endpoint of one's own, unless another one has its name.
 * @param {Page} page @param {number} position @returns {import("./page.js").Section[]}
 */
export function sectionsOfOwn(page, position) {
  const {name} = allOf(page)[position];
  const sections = page.store.get().decisions?.sections ?? [];
  return isNameTaken(page, position, name)
    ? []
    : sections.filter(({analysis}) => usesEndpoint(analysis, name));
}

/** Removes one, and the sections that nothing could be computed of any more. @param {Page} page @param {number} position */
export function removeOwn(page, position) {
  const {name} = allOf(page)[position];
  const gone = sectionsOfOwn(page, position);
  const names = gone.map(({id}) => sectionName(page, id));
  page.look({addedOwn: null, refused: {}});
  page.edit(({mapping, sections, ...decisions}) => ({
    ...decisions,
    mapping: {...mapping, own: allOf(page).filter((_, index) => index !== position)},
    sections: gone.length ? (sections ?? []).filter((section) => !gone.includes(section)) : sections,
  }));
  page.tellWithUndo(page.t("page-own-removed", {name, count: gone.length, sections: quoted(page, names)}));
}

/** @param {Page} page @param {string[]} names */
export const quoted = (page, names) =>
  names.map((text) => page.t("cohort-quoted", {text})).join(page.t("cohort-coding-join"));

/** Whether an `endpoint` anywhere in a value has that name. @param {any} value @param {string} name @returns {boolean} */
function usesEndpoint(value, name) {
  if (value === null || typeof value !== "object") return false;
  return value.endpoint === name || Object.values(value).some((item) => usesEndpoint(item, name));
}

/**
 * Another name, in the results too; one that is taken is refused.
 * @param {Page} page @param {number} position @param {string} name
 */
export function renameOwn(page, position, name) {
  const all = allOf(page);
  const before = all[position].name;
  const field = `own-${position}-name`;
  const {[field]: _, ...refused} = page.store.get().view.refused;
  const taken = name !== before && isNameTaken(page, position, name);
  page.look({refused: taken ? {...refused, [field]: name} : refused});
  if (name === before || taken) return;
  const shared = isNameTaken(page, position, before);
  page.edit(({mapping, sections, ...decisions}) => ({
    ...decisions,
    mapping: {...mapping, own: all.map((own, index) => (index === position ? {...own, name} : own))},
    sections: shared ? sections : sections && renamedIn(sections, before, name),
  }));
  const {endpoint} = page.store.get().view;
  if (endpoint === before) page.look({endpoint: name});
}

/** A copy in which every `endpoint` of that name has another. @param {any} value @param {string} from @param {string} to @returns {any} */
function renamedIn(value, from, to) {
  if (Array.isArray(value)) return value.map((item) => renamedIn(item, from, to));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === "endpoint" && item === from ? to : renamedIn(item, from, to),
  ]);
  return Object.fromEntries(entries);
}
