// @ts-check
// npm start: installs what is missing, builds, and serves the single file on this machine only.
// PORT chooses another port than 8417; --fast builds as `npm run build -- --fast` does.

import {readFile} from "node:fs/promises";
import {createServer} from "node:http";
import {join} from "node:path";
import {build} from "./build.mjs";
import {Refusal, root, script} from "./steps.mjs";

const HOST = "127.0.0.1";
const file = join(root, "dist", "oncurve.html");

await script(async () => {
  await build({fast: process.argv.includes("--fast")});
  const server = createServer(async ({url}, response) => {
    if (url !== "/") {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {"content-type": "text/html; charset=utf-8", "cache-control": "no-store"});
    response.end(await readFile(file));
  });
  const port = await listen(server, Number(process.env.PORT ?? 8417));
  console.log(`\noncurve runs at  http://${HOST}:${port}/   (Ctrl+C ends it)`);
  console.log(`the single file  ${file}   opens by itself, too`);
});

/**
 * Listens on `port`, or on any free one where that is taken.
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<number>} the port
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE" && port !== 0) listen(server, 0).then(resolve, reject);
      else reject(new Refusal(`Cannot listen on ${HOST}:${port} (${error.code}).`));
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
