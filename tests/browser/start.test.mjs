// @ts-check
// From navigation to a page that can be used.

import assert from "node:assert/strict";
import {cpus, loadavg} from "node:os";
import {test} from "node:test";
import {pathToFileURL} from "node:url";
import {PAGE, findFirefox, launch, open, ready} from "./chromium.mjs";

const LIMIT_MS = 200;
const STARTS = 9;
/** Other work on the machine slows a start down, never up: the best of some rounds is the page's own. */
const ROUNDS = 4;

test(`the page is ready within ${LIMIT_MS} ms, the median of ${STARTS} starts`, async (context) => {
  const browser = await launch();
  const medians = [];
  while (medians.length < ROUNDS && !(Math.min(...medians) < LIMIT_MS)) {
    const times = [];
    for (let start = 0; start < STARTS; start++) times.push(await readyAfter(browser));
    times.sort((a, b) => a - b);
    medians.push(times[(STARTS - 1) / 2]);
    context.diagnostic(`ready after ${times.map((time) => Math.round(time)).join(", ")} ms`);
  }
  await browser.close();
  const busy = loadavg()[0] / cpus().length;
  if (Math.min(...medians) >= LIMIT_MS && busy > 2) {
    context.skip(`this machine has ${Math.round(busy)} times the work that it can do`);
  } else {
    assert.ok(Math.min(...medians) < LIMIT_MS, `medians ${medians.join(", ")} ms`);
  }
});

/**
 * Milliseconds from the navigation to the page that can be used.
 * @param {import("playwright-core").Browser} browser
 */
async function readyAfter(browser) {
  const {page, close} = await open(browser);
  await ready(page);
  const time = await page.evaluate(() => performance.getEntriesByName("oncurve-ready")[0].startTime);
  await close();
  return time;
}

test(
  "the page becomes ready in Firefox, too",
  {skip: findFirefox() ? false : "no Firefox here"},
  async () => {
    const {launch} = await import("puppeteer-core");
    const browser = await launch({browser: "firefox", executablePath: findFirefox(), headless: true});
    try {
      const page = await browser.newPage();
      /** @type {string[]} */
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(pathToFileURL(PAGE).href);
      await page.waitForFunction(() => performance.getEntriesByName("oncurve-ready").length > 0);
      assert.equal(await page.evaluate(() => "RTCPeerConnection" in globalThis), false);
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
    }
  },
);
