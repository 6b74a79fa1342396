// @ts-check

/** @typedef {{passed: number, failed: number}} Counts */

/**
 * @param {string} output of `cargo test`
 * @param {number | null} code its exit code
 * @returns {Counts}
 */
export function countRust(output, code) {
  const counts = {passed: 0, failed: 0};
  for (const [, passed, failed] of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  // A program that does not compile, or that dies, has no closing line.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
