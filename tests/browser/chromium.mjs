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
 * Waits until the page is painted and takes files. Its engine may still be starting.
 * @param {import("playwright-core").Page} page
 */
export async function ready(page) {
  await page.waitForFunction(() => performance.getEntriesByName("oncurve-ready").length > 0);
}

/** Drops a file on the page, before its own scripts run: in the very moment in which it says that it is ready. */
export function dropWhenReady() {
  const {mark} = performance;
  performance.mark = function (...args) {
    const made = mark.apply(this, args);
    if (args[0] === "oncurve-ready") {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(
        new File(["id,start date,death date\nA,2021-02-03,2022-05-06\n"], "dropped.csv"),
      );
      dispatchEvent(new DragEvent("drop", {dataTransfer, cancelable: true}));
    }
    return made;
  };
  const watch = () => {
    const shown = document.querySelector("oncurve-app")?.shadowRoot?.querySelector("oncurve-grid td");
    if (shown) performance.mark("test-columns");
    else requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
}

/** What is measured of a start: the page is painted and takes files; its engine waits for work; the columns of a file that was dropped when the page was ready are shown. */
const MOMENTS = /** @type {const} */ ({
  ready: "oncurve-ready",
  engine: "oncurve-engine",
  columns: "test-columns",
});

/**
 * Starts the page again and again, and drops a file on it as soon as it takes one.
 * @param {import("playwright-core").Browser} browser
 * @param {number} count
 * @param {string} [file]
 * @returns {Promise<Record<keyof typeof MOMENTS, number[]>>} times since navigation in milliseconds, ascending
 */
export async function starts(browser, count, file = PAGE) {
  /** @type {Record<keyof typeof MOMENTS, number[]>} */
  const times = {ready: [], engine: [], columns: []};
  for (let start = 0; start < count; start++) {
    const {page, close} = await open(browser, file, {before: dropWhenReady});
    for (const moment of /** @type {(keyof typeof MOMENTS)[]} */ (Object.keys(MOMENTS))) {
      // Marks count from the start of the navigation.
      const reached = await page.waitForFunction(
        (name) => performance.getEntriesByName(name)[0]?.startTime,
        MOMENTS[moment],
      );
      times[moment].push(Number(await reached.jsonValue()));
    }
    await close();
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  return times;
}

/** @param {number[]} ascending */
export const median = (ascending) => ascending[Math.floor(ascending.length / 2)];
