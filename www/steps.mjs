// @ts-check
// Runs commands and says what is being done, step by step, with times.

import {spawn} from "node:child_process";
import {resolve} from "node:path";
import {fileURLToPath} from "node:url";

/** Folder of the repository. */
export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

/** A problem that the person can mend: printed as one sentence, without a stack. */
export class Refusal extends Error {}

/**
 * Does one step and prints its name with the time it took.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const start = performance.now();
  const result = await work();
  console.log(`${name.padEnd(64, " ")} ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`);
  return result;
}

/**
 * Runs a command in the repository; what it prints is shown only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @returns {Promise<string>} what it printed
 */
export async function run(command, args, env = {}) {
  const {code, output} = await attempt(command, args, env);
  if (code === 0) return output;
  process.stderr.write(output);
  throw new Refusal(`\`${[command, ...args].join(" ")}\` failed${code === null ? ": not found" : ""}.`);
}

/**
 * Runs a command in the repository; `code` is null when there is no such command.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @param {boolean} [show] also print what it prints, as it prints it
 * @returns {Promise<{code: number | null, output: string}>}
 */
export function attempt(command, args, env = {}, show = false) {
  return new Promise((resolve) => {
    // On Windows npm is a batch file, which only a shell can run.
    const shell = process.platform === "win32";
    const child = spawn(command, args, {cwd: root, env: {...process.env, ...env}, shell});
    let output = "";
    for (const [from, to] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      from.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (show) to.write(text);
      });
    }
    child.on("error", () => resolve({code: null, output}));
    child.on("close", (code) => resolve({code: code ?? 1, output}));
  });
}

/**
 * Runs the main function of a script: a refusal ends it with its sentence.
 * @param {() => Promise<void>} main
 */
export async function script(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  }
}
