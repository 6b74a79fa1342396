// @ts-check
// From navigation to a page that can be used.

import assert from "node:assert/strict";
import {test} from "node:test";
import {pathToFileURL} from "node:url";
import {PAGE, findFirefox, launch, open, ready} from "./chromium.mjs";

const LIMIT_MS = 200;
const STARTS = 9;
const ROUNDS = 5;

test(`the page is ready within ${LIMIT_MS} ms, the median of ${STARTS} starts`, async (context) => {
  const browser = await launch();
  try {
    // What else the machine does only adds time: the quietest round is the nearest to the truth.
    const medians = [];
    while (medians.length < ROUNDS && !(Math.min(...medians) < LIMIT_MS)) {
      const times = [];
      for (let start = 0; start < STARTS; start++) {
        const {page, close} = await open(browser);
        await ready(page);
        // Marks count from the start of the navigation.
        times.push(await page.evaluate(() => performance.getEntriesByName("oncurve-ready")[0].startTime));
        await close();
      }
      times.sort((a, b) => a - b);
      context.diagnostic(`ready after ${times.map((time) => Math.round(time)).join(", ")} ms`);
      medians.push(times[(STARTS - 1) / 2]);
    }
    assert.ok(Math.min(...medians) < LIMIT_MS, `medians ${medians.join(", ")} ms`);
  } finally {
    await browser.close();
  }
});

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
