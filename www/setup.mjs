// @ts-check
// Installs what is missing: the npm packages, the Rust toolchain and its wasm target. Needs only Node.

import {createHash} from "node:crypto";
import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {Refusal, attempt, root, run, step} from "./steps.mjs";

export const TARGET = "wasm32-unknown-unknown";

/** Makes the machine ready to build. */
export async function setUp() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new Refusal(`Node 20 or later is needed; this is Node ${process.versions.node}.`);
  }
  await installPackages();
  await installToolchain();
}

/** Runs `npm ci` unless what is installed came from this very lock file. */
async function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".oncurve-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  await step("npm packages: installing", () => run("npm", ["ci", "--no-audit", "--no-fund"]));
  writeFileSync(stamp, lock);
}

/** Makes the pinned Rust toolchain, its wasm target, rustfmt and clippy available to the following steps. */
async function installToolchain() {
  if ((await attempt("cargo", ["--version"])).code === null) {
    throw new Refusal(
      "Rust is needed: install it from https://rustup.rs, open a new terminal, and try again.",
    );
  }
  await usePinnedToolchain();
  if (!(await hasTarget())) {
    await step(`${TARGET}: adding the target`, () => rustup(["target", "add", TARGET]));
  }
  for (const component of ["rustfmt", "clippy"]) {
    const command = component === "rustfmt" ? "fmt" : "clippy";
    if ((await attempt("cargo", [command, "--version"])).code === 0) continue;
    await step(`${component}: adding the component`, () => rustup(["component", "add", component]));
  }
}

/** rust-toolchain.toml names the version; where it is missing it is installed, or an equal one is used. */
async function usePinnedToolchain() {
  if ((await attempt("rustc", ["--version"])).code === 0) return;
  const pinned = /channel = "(.+)"/.exec(readFileSync(join(root, "rust-toolchain.toml"), "utf8"))?.[1] ?? "";
  const stable = await attempt("rustc", ["+stable", "--version"]);
  if (stable.code === 0 && stable.output.startsWith(`rustc ${pinned} `)) {
    process.env.RUSTUP_TOOLCHAIN = "stable";
    return;
  }
  const parts = [
    "--profile",
    "minimal",
    "--component",
    "rustfmt",
    "--component",
    "clippy",
    "--target",
    TARGET,
  ];
  await step(`Rust ${pinned}: installing`, () => rustup(["toolchain", "install", pinned, ...parts]));
}

async function hasTarget() {
  const libraries = await run("rustc", ["--print", "target-libdir", "--target", TARGET]);
  return existsSync(libraries.trim());
}

/** @param {string[]} args */
async function rustup(args) {
  const {code, output} = await attempt("rustup", args);
  if (code === 0) return;
  process.stderr.write(output);
  throw new Refusal(`\`rustup ${args.join(" ")}\` is needed once, and did not succeed.`);
}
