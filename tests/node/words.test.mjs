// @ts-check
// Every message that the page asks for exists, and every message of the page is asked for.

import assert from "node:assert/strict";
import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {root} from "../../www/steps.mjs";

const app = join(root, "www", "app");
const source = readdirSync(app, {recursive: true})
  .map(String)
  .filter((name) => name.endsWith(".js"))
  .map((name) => readFileSync(join(app, name), "utf8"))
  .join("\n");
const catalogue = ["page.ftl", "all.ftl"]
  .map((name) => readFileSync(join(root, "locales", "en", name), "utf8"))
  .join("\n");
const ids = [...catalogue.matchAll(/^([a-z][a-z0-9-]*) =/gm)].map(([, id]) => id);

/** Ids written out. Those that are a class of the style as well are told apart by their attribute. */
const literal = [...source.matchAll(/(?<!class=)"(page-[a-z0-9-]+)"/g)].map(([, id]) => id);
/** Ids with a part that is filled in, such as a step or a unit. */
const families = [...source.matchAll(/`(page-[^`]*)`/g)].map(
  ([, pattern]) => new RegExp(`^${pattern.replaceAll(/\$\{[^}]*\}/g, "[a-z0-9-]+")}$`),
);

test("every message that the page asks for exists once", () => {
  assert.deepEqual(
    literal.filter((id) => !ids.includes(id)),
    [],
  );
  assert.deepEqual(
    families.filter((family) => !ids.some((id) => family.test(id))),
    [],
  );
  assert.equal(new Set(ids).size, ids.length);
});

test("every message of the page is asked for", () => {
  const asked = (/** @type {string} */ id) =>
    literal.includes(id) || families.some((family) => family.test(id));
  assert.deepEqual(
    ids.filter((id) => !asked(id)),
    [],
  );
});
