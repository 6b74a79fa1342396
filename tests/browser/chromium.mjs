// @ts-check
// A browser that records everything a page asks for.

import {existsSync} from "node:fs";
import {delimiter, join} from "node:path";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";
import {root} from "../../www/steps.mjs";

/** The built page. */
export const PAGE = join(root, "dist", "oncurve.html");

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Path of a Chromium: `CHROMIUM` in the environment, or one that is installed.
 * @returns {string | undefined}
 */
export function findChromium() {
  const wanted = process.env.CHROMIUM;
  return wanted ? wanted : (find(NAMES) ?? PLACES.find((path) => existsSync(path)));
}

/**
 * Path of a Firefox: `FIREFOX` in the environment, or one that is installed.
 * @returns {string | undefined}
 */
export function findFirefox() {
  return process.env.FIREFOX ?? find(["firefox-esr", "firefox"]);
}

/** @param {string[]} names */
function find(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * Starts Chromium.
 * @param {string[]} [flags] beside the usual ones
 */
export function launch(flags = []) {
  return chromium.launch({executablePath: findChromium(), args: [...FLAGS, ...flags]});
}

/**
 * Opens a page from disk and records what it does.
 * @param {import("playwright-core").Browser} browser
 * @param {string} [file]
 * @param {import("playwright-core").BrowserContextOptions & {before?: () => void}} [options] `before` runs in
 *   the page before its own scripts
 */
export async function open(browser, file = PAGE, {before, ...options} = {}) {
  const context = await browser.newContext(options);
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  /** Everything asked for but the file itself. @type {string[]} */
  const requests = [];
  /** Errors and warnings, thrown or written to the console. @type {string[]} */
  const complaints = [];
  context.on("request", (request) => {
    if (request.url() !== url && !/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  await page.goto(url);
  return {page, context, requests, complaints, close: () => context.close()};
}

/**
 * Waits until the page can be used.
 * @param {import("playwright-core").Page} page
 */
export async function ready(page) {
  await page.waitForFunction(() => performance.getEntriesByName("oncurve-ready").length > 0);
}

/**
 * Times from navigation to a page that can be used, ascending, in milliseconds.
 * @param {import("playwright-core").Browser} browser
 * @param {number} count
 */
export async function starts(browser, count) {
  const times = [];
  for (let start = 0; start < count; start++) {
    const {page, close} = await open(browser);
    await ready(page);
    // Marks count from the start of the navigation.
    times.push(await page.evaluate(() => performance.getEntriesByName("oncurve-ready")[0].startTime));
    await close();
  }
  return times.sort((a, b) => a - b);
}
