// @ts-check
// Builds everything: wasm → bindings → scripts → dist/oncurve.html (all in one) and dist/npm (the package).
//
//   npm run build             release: what is published
//   npm run build -- --fast   the same with a quickly compiled wasm, for trying things out

import {createHash} from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import {homedir} from "node:os";
import {dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {deflateRawSync, gzipSync} from "node:zlib";
import {pack} from "./packed.js";
import {TARGET, setUp} from "./setup.mjs";
import {Refusal, root, run, script, step} from "./steps.mjs";

/** The largest single file that is let through. */
export const BUDGET_BYTES = 2_400_000;

/** The oldest browsers that the page runs in. */
const BROWSERS = ["chrome109", "edge109", "firefox115", "safari16.4"];

/** Compiled like the tests, without debug information: seconds instead of a minute. */
const FAST = ['inherits="dev"', "opt-level=1", "debug=false", 'panic="abort"', "incremental=true"];

const targetFolder = () => process.env.CARGO_TARGET_DIR ?? join(root, "target");
const www = join(root, "www");
const pkg = join(www, "pkg");
const dist = join(root, "dist");

/**
 * Builds everything.
 * @param {{fast?: boolean}} [options]
 */
export async function build({fast = false} = {}) {
  await setUp();
  const wasm = await step(`wasm: cargo build, ${fast ? "fast" : "release"}`, () => compile(fast));
  await step("bindings: wasm-bindgen", () =>
    run("cargo", ["run", "--quiet", "--profile", "tool", "-p", "bindings", "--", wasm, pkg]),
  );
  await step("the words that the page starts with", writeWords);
  if (!fast) await step("wasm: deflated as small as it gets", deflateWasm);
  await step("dist/oncurve.html: scripts, policy, all in one", async () => {
    mkdirSync(dist, {recursive: true});
    writeFileSync(join(dist, "oncurve.html"), await singleFile());
  });
  await step("dist/npm: the package", async () => npmPackage());
  reportSizes(fast);
}

/**
 * Compiles the crate, or an example of it, to wasm; the file holds no path of this machine.
 * @param {boolean} fast
 * @param {string} [example]
 * @returns {Promise<string>} path of the wasm file
 */
export async function compile(fast, example) {
  const sysroot = (await run("rustc", ["--print", "sysroot"])).trim();
  const commit = /commit-hash: (\w+)/.exec(await run("rustc", ["-vV"]))?.[1];
  const hidden = {
    [process.env.CARGO_HOME ?? join(homedir(), ".cargo")]: "/cargo",
    [sysroot]: "/rust",
    // Where the sources of the standard library are installed, rustc names them by their place.
    [join(sysroot, "lib", "rustlib", "src", "rust")]: `/rustc/${commit}`,
    [root]: "/oncurve",
  };
  const flags = Object.entries(hidden).map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  const profile = fast ? "fast" : "release";
  const config = fast ? FAST.flatMap((setting) => ["--config", `profile.fast.${setting}`]) : [];
  const what = example ? ["--example", example] : ["--lib"];
  const args = ["build", ...what, "--locked", "--target", TARGET, "--profile", profile, ...config];
  await run("cargo", args, {CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f")});
  return join(targetFolder(), TARGET, profile, example ? `examples/${example}.wasm` : "oncurve.wasm");
}

/**
 * What the page says before its engine runs: the languages, and in each the messages of the page that take no
 * arguments, as the engine words them.
 */
async function writeWords() {
  const wasm = await import(pathToFileURL(join(pkg, "oncurve_wasm.js")).href);
  wasm.initSync({module: readFileSync(join(pkg, "oncurve_wasm_bg.wasm"))});
  /** @type {[string, string][]} */
  const languages = wasm.languages();
  const english = join(root, "locales", "en");
  const ids = readdirSync(english)
    .sort()
    .map((name) => readFileSync(join(english, name), "utf8"))
    .flatMap((catalogue) => [...catalogue.matchAll(/^(page-[a-z0-9-]+) = [^{\n]+$/gm)])
    .map(([, id]) => id);
  const inLanguage = (/** @type {string} */ tag) => ids.map((id) => [id, wasm.message(tag, id, {})]);
  const words = Object.fromEntries(languages.map(([tag]) => [tag, Object.fromEntries(inLanguage(tag))]));
  const script = [
    `/** @type {[string, string][]} */\nexport const languages = ${JSON.stringify(languages)};`,
    `/** @type {Record<string, Record<string, string>>} */\nexport const words = ${JSON.stringify(words)};`,
  ];
  writeFileSync(join(pkg, "words.js"), `${script.join("\n")}\n`);
}

/** Where a release keeps its deflated wasm, which takes long to make, by what it is made of. */
const deflatedWasm = () => {
  const wasm = readFileSync(join(pkg, "oncurve_wasm_bg.wasm"));
  return join(targetFolder(), "deflated", createHash("sha256").update(wasm).digest("hex"));
};

/** Deflates the wasm with zopfli, which is some 4 % smaller than zlib's best. */
async function deflateWasm() {
  const path = deflatedWasm();
  if (existsSync(path)) return;
  mkdirSync(dirname(path), {recursive: true});
  const tool = ["run", "--quiet", "--profile", "tool", "-p", "deflate", "--"];
  await run("cargo", [...tool, join(pkg, "oncurve_wasm_bg.wasm"), `${path}.part`]);
  renameSync(`${path}.part`, path);
}

/** The page with everything that it needs: `index.html` with its blanks filled in. */
export async function singleFile() {
  const best = deflatedWasm();
  const wasm = existsSync(best) ? readFileSync(best) : deflated(join(pkg, "oncurve_wasm_bg.wasm"));
  const blocks = [block("oncurve-wasm", wasm)];
  blocks.push(block("oncurve-worker", deflateRawSync(await bundle("worker.js"), {level: 9})));
  const examples = join(www, "examples");
  for (const name of readdirSync(examples).sort()) {
    if (!name.endsWith(".xlsx")) continue;
    blocks.push(block(`oncurve-example:${name}`, deflated(join(examples, name))));
  }
  const script = await bundle("standalone.js");
  const page = readFileSync(join(root, "index.html"), "utf8")
    .replace("<!-- payload -->", () => blocks.join("\n"))
    .replace("<!-- script -->", () => `<script>${script}</script>`);
  return page.replace(
    "<!-- policy -->",
    () => `<meta http-equiv="Content-Security-Policy" content="${policy(page)}">`,
  );
}

/**
 * An inert script block: no browser runs it, so that the policy needs no hash of it.
 * @param {string} id
 * @param {Buffer} bytes
 */
function block(id, bytes) {
  return `<script type="application/octet-stream" id="${id}" data-bytes="${bytes.length}">${pack(bytes)}</script>`;
}

/** @param {string} path */
const deflated = (path) => deflateRawSync(readFileSync(path), {level: 9});

/**
 * One classic script of a module and all that it imports, which runs from `file://` and from a blob.
 * @param {string} entry
 */
async function bundle(entry) {
  // Imported here because `setUp` installs it.
  const esbuild = await import("esbuild");
  const {outputFiles, warnings} = await esbuild.build({
    entryPoints: [join(www, entry)],
    bundle: true,
    format: "iife",
    minify: true,
    target: BROWSERS,
    charset: "utf8",
    legalComments: "eof",
    write: false,
    logLevel: "error",
    // The bindings know how to fetch their wasm; here it is at hand, and nothing may be fetched.
    define: {fetch: "undefined"},
  });
  if (warnings.length > 0) throw new Refusal(warnings.map(({text}) => text).join("\n"));
  // Browsers are quickest to decode a file of ASCII alone.
  const escaped = (/** @type {string} */ unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  // Only templates have lines left, and html and css do not care how they are indented.
  const code = outputFiles[0].text
    .trim()
    .replace(/\n[ \t]+/g, "\n")
    .replace(/[^\0-\x7f]/g, escaped);
  if (/<\/script|<!--/i.test(code)) throw new Refusal(`${entry} holds text that would end its script block.`);
  return code;
}

/**
 * The policy: the scripts and styles of this very page, and no connection to anywhere.
 * @param {string} page
 */
function policy(page) {
  const hashes = (/** @type {RegExp} */ tag) =>
    [...page.matchAll(tag)].map(
      ([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
    );
  return [
    "default-src 'none'",
    `script-src ${hashes(/<script>(.*?)<\/script>/gs).join(" ")} 'wasm-unsafe-eval'`,
    `style-src ${hashes(/<style>(.*?)<\/style>/gs).join(" ") || "'none'"}`,
    "worker-src blob:",
    "img-src data: blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // No string becomes markup or a script, but the templates of Lit and the address of the worker.
    "require-trusted-types-for 'script'",
    "trusted-types lit-html oncurve-worker",
  ].join("; ");
}

/** The npm package: plain modules beside their wasm and types; Node and browsers differ in how they load it. */
function npmPackage() {
  const out = join(dist, "npm");
  rmSync(out, {recursive: true, force: true});
  mkdirSync(join(out, "pkg"), {recursive: true});
  const types = readdirSync(www).filter((name) => name.endsWith(".d.ts"));
  for (const name of ["index.js", "node.js", "study.js", ...types]) {
    cpSync(join(www, name), join(out, name));
  }
  for (const name of ["oncurve_wasm.js", "oncurve_wasm.d.ts", "oncurve_wasm_bg.wasm"]) {
    cpSync(join(pkg, name), join(out, "pkg", name));
  }
  for (const name of readdirSync(root).filter((name) => /^(README\.md|LICENSE.*)$/.test(name))) {
    cpSync(join(root, name), join(out, name));
  }
  const crate = readFileSync(join(root, "Cargo.toml"), "utf8");
  const field = (/** @type {string} */ name) => new RegExp(`^${name} = "(.*)"`, "m").exec(crate)?.[1];
  const manifest = {
    name: "oncurve",
    version: field("version"),
    description: field("description"),
    license: field("license"),
    type: "module",
    engines: {node: ">=20"},
    sideEffects: false,
    types: "./index.d.ts",
    exports: {
      ".": {types: "./index.d.ts", node: "./node.js", default: "./index.js"},
      "./oncurve.wasm": "./pkg/oncurve_wasm_bg.wasm",
    },
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Prints the sizes; refuses a single file above the budget.
 * @param {boolean} fast
 */
function reportSizes(fast) {
  const kilobytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
  const wasm = readFileSync(join(pkg, "oncurve_wasm_bg.wasm"));
  const page = readFileSync(join(dist, "oncurve.html"));
  console.log(`sizes: wasm ${kilobytes(wasm.length)} (gzip ${kilobytes(gzipSync(wasm).length)}),`);
  console.log(`       dist/oncurve.html ${kilobytes(page.length)} of ${kilobytes(BUDGET_BYTES)} allowed`);
  if (page.length > BUDGET_BYTES && !fast) {
    throw new Refusal(`dist/oncurve.html has ${page.length} bytes; the budget is ${BUDGET_BYTES}.`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await script(() => build({fast: process.argv.includes("--fast")}));
}
