// @ts-check
// What the build leaves in dist/.

import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {homedir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {inflateRawSync} from "node:zlib";
import {BUDGET_BYTES, singleFile} from "../../www/build.mjs";
import {GROUP, pack, unpack} from "../../www/packed.js";
import {root} from "../../www/steps.mjs";

const page = readFileSync(join(root, "dist", "oncurve.html"), "utf8");
const wasm = readFileSync(join(root, "dist", "npm", "pkg", "oncurve_wasm_bg.wasm"));
const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text);

/** @param {string} id */
function block(id) {
  const [, length, text] = new RegExp(`id="${id}" data-bytes="(\\d+)">(.*?)</script>`, "s").exec(page) ?? [];
  return inflateRawSync(unpack(text, Number(length)));
}

test("the policy lets in this very script and no connection", () => {
  const hashes = scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  const found = /<meta http-equiv="Content-Security-Policy" content="(.*?)"/.exec(page)?.[1].split("; ");
  const styles = found?.find((directive) => directive.startsWith("style-src"));
  assert.match(styles ?? "", /^style-src ('none'|('sha256-[\w+/=]{44}' ?)+)$/);
  assert.deepEqual(found, [
    "default-src 'none'",
    `script-src ${hashes.join(" ")} 'wasm-unsafe-eval'`,
    styles,
    "worker-src blob:",
    "img-src data: blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html oncurve-worker",
  ]);
});

test("the policy stands before everything that it governs", () => {
  assert.ok(page.indexOf("Content-Security-Policy") < page.search(/<(script|style|link|body)/));
});

test("any bytes become text of ASCII without line ends or markup, and come back", () => {
  for (const length of [0, 1, 2, 3, 5, 6, 7, 8, 255, 256]) {
    for (const make of [
      (/** @type {number} */ n) => n,
      () => 0,
      () => 255,
      () => 60,
      (/** @type {number} */ n) => n * 37,
    ]) {
      const bytes = Uint8Array.from({length}, (_, n) => make(n));
      const text = pack(bytes);
      assert.match(text, /^[\x01-\x7f]*$/);
      assert.doesNotMatch(text, /[\t\n\v\f\r&<>]/);
      assert.equal(text.length % GROUP, 0);
      assert.deepEqual(unpack(text, length), bytes);
    }
  }
});

test("the single file is ASCII alone, which browsers are quickest to decode", () => {
  assert.match(page, /^[\n\x20-\x7e\x01-\x1f]*$/);
});

test("the single file carries the wasm of the package", () => {
  assert.ok(block("oncurve-wasm").equals(wasm));
});

test("packing the same sources again gives the same bytes", async () => {
  assert.ok((await singleFile()) === page);
});

test("the wasm names no folder of this machine", () => {
  for (const folder of [root, homedir(), process.env.CARGO_HOME, process.env.RUSTUP_HOME]) {
    // A home directory of "/" would be found anywhere.
    if (folder && folder.length > 1) assert.equal(wasm.indexOf(folder), -1, folder);
  }
});

test("no script of the single file knows how to fetch", () => {
  for (const code of [...scripts, block("oncurve-worker").toString("utf8")]) {
    for (const word of [
      /(?<![.\w#])fetch\(/,
      /\bXMLHttpRequest\b/,
      /\bsendBeacon\b/,
      /\bnew WebSocket\b/,
      /\bimportScripts\b/,
    ]) {
      assert.doesNotMatch(code, word);
    }
  }
});

test("the single file keeps within its budget", () => {
  const {length} = Buffer.from(page);
  assert.ok(length <= BUDGET_BYTES, `${length} bytes`);
});
