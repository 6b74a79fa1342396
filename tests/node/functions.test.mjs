// @ts-check
// No function is longer than what a reader can hold.

import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {parsers} from "prettier/plugins/acorn";
import {root} from "../../www/steps.mjs";

const LIMIT = 80;
const OURS = ["www", "tests", "benches"];

/** @param {string} folder */
const scripts = (folder) =>
  readdirSync(join(root, folder), {recursive: true})
    .map((name) => join(folder, String(name)))
    .filter((path) => /\.m?js$/.test(path) && !path.startsWith(join("www", "pkg")));

/**
 * The functions of a syntax tree, as places in its text.
 * @param {any} node
 * @returns {Generator<[number, number]>}
 */
function* functions(node) {
  if (!node || typeof node !== "object") return;
  if (/Function/.test(node.type)) yield node.range;
  for (const child of Object.values(node)) yield* functions(child);
}

const lines = (/** @type {string} */ text) => text.split("\n").length;

test(`no function of ours exceeds ${LIMIT} lines`, async () => {
  const long = [];
  let seen = 0;
  for (const path of OURS.flatMap(scripts)) {
    const text = readFileSync(join(root, path), "utf8");
    const tree = await parsers.acorn.parse(text, /** @type {any} */ ({}));
    for (const [start, end] of functions(tree)) {
      seen++;
      const length = lines(text.slice(start, end));
      if (length > LIMIT) long.push(`${path}:${lines(text.slice(0, start))} has ${length} lines`);
    }
  }
  assert.ok(seen > 500, `${seen} functions were seen`);
  assert.deepEqual(long, []);
});
