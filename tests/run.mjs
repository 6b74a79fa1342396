// @ts-check
// npm test: installs what is missing, builds, and runs every test: checks, Rust, JavaScript, browser.
// --fast compiles the wasm quickly instead of well.

import {readdirSync} from "node:fs";
import {once} from "node:events";
import {join} from "node:path";
import {run as runTests} from "node:test";
import {spec as Spec} from "node:test/reporters";
import {countRust} from "./count.mjs";
import {build} from "../www/build.mjs";
import {setUp} from "../www/setup.mjs";
import {Refusal, attempt, root, run, script, step} from "../www/steps.mjs";

/** @typedef {import("./count.mjs").Counts} Counts */

await script(async () => {
  await setUp();
  await provideChromium();
  await build({fast: process.argv.includes("--fast")});
  const {check} = await import("./check.mjs");
  /** @type {[string, () => Promise<Counts>][]} */
  const suites = [
    ["checks", check],
    ["Rust", rust],
    ["JavaScript", () => javascript("node")],
    ["browser", () => javascript("browser")],
  ];
  const total = {passed: 0, failed: 0};
  const lines = [];
  for (const [name, suite] of suites) {
    console.log(`\n── ${name}`);
    const {passed, failed} = await suite();
    lines.push(`${name}: ${passed} passed, ${failed} failed`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${lines.join("\n")}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});

/** Installs Chromium where there is none and that can be done without asking. */
async function provideChromium() {
  const {findChromium} = await import("./browser/chromium.mjs");
  if (findChromium()) return;
  const debian = (await attempt("apt-get", ["--version"])).code === 0;
  if (debian && process.getuid?.() === 0) {
    await step("Chromium: installing the system's package", async () => {
      await run("apt-get", ["update"]);
      await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
        DEBIAN_FRONTEND: "noninteractive",
      });
    });
  }
  if (!findChromium()) {
    throw new Refusal(
      "The browser tests need Chromium, Chrome or Edge: install one (on Debian or Ubuntu: `sudo apt-get install chromium`), or name its program in the variable CHROMIUM.",
    );
  }
}

/** `cargo test`, counted from the closing line of each of its programs. */
async function rust() {
  const {code, output} = await attempt("cargo", ["test", "--locked", "--no-fail-fast"], {}, true);
  return countRust(output, code);
}

/**
 * The tests of a folder of `tests/`, on node's own runner.
 * @param {string} folder
 * @returns {Promise<Counts>}
 */
async function javascript(folder) {
  const path = join(root, "tests", folder);
  const files = readdirSync(path)
    .filter((name) => name.endsWith(".test.mjs"))
    .sort();
  const counts = {passed: 0, failed: 0};
  // One browser after the other: some tests measure time.
  const events = runTests({files: files.map((name) => join(path, name)), concurrency: 1});
  events.on("test:pass", ({details, skip}) => {
    if (details.type !== "suite" && skip === undefined) counts.passed++;
  });
  events.on("test:fail", ({details}) => {
    if (details.type !== "suite") counts.failed++;
  });
  const report = events.compose(new Spec());
  report.pipe(process.stdout, {end: false});
  await once(report, "end");
  return counts;
}
