// @ts-check
/** The list of sections of the results. */

let last = 0;
export const nextId = () => ++last;

/** @template {{id: number}} S @param {S[]} sections @param {number} id */
export const copySections = (sections, id) =>
  sections.flatMap((section) => (section.id === id ? [section, {...section, id: nextId()}] : [section]));
