// @ts-check
// npm run check: formatting, lints and types, each reported by name.

import {pathToFileURL} from "node:url";
import {TARGET, setUp} from "../www/setup.mjs";
import {attempt, script, step} from "../www/steps.mjs";

const npx = (/** @type {string[]} */ ...args) => ["npm", "exec", "--offline", "--", ...args];
const clippy = (/** @type {string[]} */ ...args) => [
  "cargo",
  "clippy",
  "--quiet",
  "--locked",
  ...args,
  "--",
  "-D",
  "warnings",
];

const CHECKS = {
  rustfmt: ["cargo", "fmt", "--all", "--check"],
  clippy: clippy("--workspace", "--all-targets"),
  "clippy for wasm": clippy("--lib", "--target", TARGET),
  tsc: npx("tsc"),
  prettier: npx("prettier", "--check", "--log-level", "warn", "."),
};

/**
 * Runs every check and prints what the failed ones say.
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function check() {
  const failures = [];
  for (const [name, [command, ...args]] of Object.entries(CHECKS)) {
    const {code, output} = await step(`check: ${name}`, () => attempt(command, args));
    if (code === 0) continue;
    failures.push(name);
    console.log(`${output.trimEnd()}\n✖ ${name}`);
  }
  return {passed: Object.keys(CHECKS).length - failures.length, failed: failures.length};
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await script(async () => {
    await setUp();
    const {passed, failed} = await check();
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  });
}
