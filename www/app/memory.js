// @ts-check
/** Choices about the page itself, kept between visits where the browser allows it. Nothing about data. */

/** @param {"language" | "theme"} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`oncurve.${name}`, value);
  } catch {
    // A browser that forbids storage forgets the choice: no harm.
  }
}

/** @param {"language" | "theme"} name @returns {string | null} */
export function remembered(name) {
  try {
    return localStorage.getItem(`oncurve.${name}`);
  } catch {
    return null;
  }
}
