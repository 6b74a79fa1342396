// @ts-check
// Nothing leaves the page: the policy and the doors are attacked, and the attacks are proven to be real.

import assert from "node:assert/strict";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {ATTACKS, DEPARTURES, FRAMES} from "./attacks.mjs";
import {PAGE, launch, open, ready} from "./chromium.mjs";

/** Long enough for a request to this machine to arrive. */
const PATIENCE_MS = 400;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("node:http").Server} */
let listener;
/** Paths that arrived at the listener. @type {Set<string>} */
const arrived = new Set();
let port = 0;
let connections = 0;

/** @param {import("node:http").IncomingMessage} request */
function note({url = ""}) {
  // A form adds a question mark; a new tab asks for its icon.
  const name = decodeURIComponent(url.slice(1).replace(/\?$/, ""));
  if (name !== "favicon.ico") arrived.add(name);
}

const folder = mkdtempSync(join(tmpdir(), "oncurve-"));
const UNPROTECTED = join(folder, "unprotected.html");
writeFileSync(UNPROTECTED, "<!doctype html><title>no policy</title><body>");

before(async () => {
  // Pages from disk may not reach this machine without asking; here they shall, so that the attacks are real.
  browser = await launch(["--disable-features=LocalNetworkAccessChecks", "--disable-popup-blocking"]);
  listener = createServer((request, response) => {
    note(request);
    response.writeHead(200, {"content-type": "text/plain"}).end();
  });
  listener.on("connection", () => connections++);
  listener.on("upgrade", (request, socket) => {
    note(request);
    socket.destroy();
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", () => resolve(undefined)));
  port = /** @type {import("node:net").AddressInfo} */ (listener.address()).port;
});

after(async () => {
  await browser.close();
  listener.close();
  listener.closeAllConnections();
  rmSync(folder, {recursive: true});
});

/**
 * Tries an attack; what it throws or refuses is as good as blocked.
 * @param {import("playwright-core").Page} page
 * @param {import("./attacks.mjs").Attack | string} attack
 * @param {string} name under which it would arrive
 */
async function attempt(page, attack, name) {
  const path = `127.0.0.1:${port}/${encodeURIComponent(name)}`;
  const code = `{
    const attack = ${attack};
    Promise.resolve().then(() => attack("http://${path}", "ws://${path}")).catch(() => {});
  }`;
  await page.evaluate(code).catch(() => {});
}

/**
 * Tries all attacks in a page; gives those that arrived.
 * @param {string} file
 */
async function arrivals(file) {
  arrived.clear();
  connections = 0;
  const {page, close} = await open(browser, file);
  if (file === PAGE) await ready(page);
  for (const [name, attack] of Object.entries(ATTACKS)) await attempt(page, attack, name);
  await page.waitForTimeout(PATIENCE_MS);
  await close();
  for (const [name, attack] of Object.entries(DEPARTURES)) {
    const {page, close} = await open(browser, file);
    if (file === PAGE) await ready(page);
    await attempt(page, attack, name);
    await page.waitForTimeout(PATIENCE_MS);
    await close();
  }
  return {names: [...arrived].sort(), connections};
}

const ALL = [...Object.keys(ATTACKS), ...Object.keys(DEPARTURES)].sort();

test("every attack arrives from a page without protection", async () => {
  assert.deepEqual((await arrivals(UNPROTECTED)).names, ALL);
});

test("no attack arrives from the built page", async () => {
  assert.deepEqual(await arrivals(PAGE), {names: [], connections: 0});
});

/** What the policy says nothing of. */
const UNCOVERED = [
  "RTCPeerConnection",
  "webkitRTCPeerConnection",
  "WebTransport",
  "PaymentRequest",
  "documentPictureInPicture",
];

test("what no policy covers exists without protection, and not in the built page", async () => {
  const existing = (/** @type {string[]} */ names) => names.filter((name) => name in window);
  for (const [file, expected] of /** @type {const} */ ([
    [UNPROTECTED, UNCOVERED],
    [PAGE, []],
  ])) {
    const {page, close} = await open(browser, file);
    if (file === PAGE) await ready(page);
    assert.deepEqual(await page.evaluate(existing, UNCOVERED), expected);
    await close();
  }
});

/**
 * The ways to a frame that give a window with a peer connection.
 * @param {string} file
 */
async function windows(file) {
  const {page, close} = await open(browser, file);
  if (file === PAGE) await ready(page);
  const found = [];
  for (const [name, frame] of Object.entries(FRAMES)) {
    const code = `(() => {
      try {
        const peer = (${frame})().contentWindow.RTCPeerConnection;
        return typeof peer === "function";
      } catch {
        return window.length > 0;
      }
    })()`;
    if (await page.evaluate(code)) found.push(name);
  }
  await close();
  return found;
}

test("every way to a frame gives a window without protection, and none in the built page", async () => {
  assert.deepEqual(await windows(UNPROTECTED), Object.keys(FRAMES));
  assert.deepEqual(await windows(PAGE), []);
});

test("nothing leaves the worker of the built page", async () => {
  arrived.clear();
  connections = 0;
  const {page, close} = await open(browser);
  await ready(page);
  const worker = page.workers()[0] ?? (await page.waitForEvent("worker"));
  const tried = await worker.evaluate(async (port) => {
    const [url, ws] = [`http://127.0.0.1:${port}/worker`, `ws://127.0.0.1:${port}/worker`];
    const attempts = [
      () => fetch(url, {mode: "no-cors"}),
      () => {
        const request = new XMLHttpRequest();
        request.open("GET", url);
        request.send();
      },
      () => new EventSource(url),
      () => new WebSocket(ws),
      () => /** @type {any} */ (globalThis).importScripts(url),
      () => import(url),
      () => new Worker(url),
    ];
    for (const attempt of attempts)
      await Promise.resolve()
        .then(attempt)
        .catch(() => {});
    return attempts.length;
  }, port);
  assert.equal(tried, 7);
  await page.waitForTimeout(PATIENCE_MS);
  assert.deepEqual({names: [...arrived], connections}, {names: [], connections: 0});
  await close();
});

test("opening the built page asks for nothing and complains of nothing", async () => {
  const {page, requests, complaints, close} = await open(browser);
  await ready(page);
  await page.waitForTimeout(PATIENCE_MS);
  assert.deepEqual({requests, complaints}, {requests: [], complaints: []});
  await close();
});

test("the built page can still save what it has made", async () => {
  const {page, close} = await open(browser);
  await ready(page);
  const download = page.waitForEvent("download");
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["made here"]));
    link.download = "made.txt";
    link.click();
  });
  assert.equal((await download).suggestedFilename(), "made.txt");
  await close();
});
