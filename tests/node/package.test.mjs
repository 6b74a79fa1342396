// @ts-check
// The npm package, as someone uses it who has installed it: in Node, without a page.

import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {pathToFileURL} from "node:url";
import {attempt, root} from "../../www/steps.mjs";

const folder = mkdtempSync(join(tmpdir(), "oncurve-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(join(root, "dist", "npm"), join(folder, "node_modules", "oncurve"), "junction");
writeFileSync(join(folder, "entry.mjs"), 'export * from "oncurve";\n');
after(() => rmSync(folder, {recursive: true}));

/** @type {typeof import("../../www/index.js")} */
const {open} = await import(pathToFileURL(join(folder, "entry.mjs")).href);

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** Four patients; the third is censored at 3 months. */
const FOUR = bytes("patient,OS_months,OS_event,arm\nA,1,1,x\nB,2,1,y\nC,3,0,x\nD,4.5,1,y\n");

/** @type {Partial<import("../../www/types.js").Mapping>} */
const MAPPING = {
  patient: "patient",
  os: {time: "OS_months", event: "OS_event", unit: "months", event_values: ["1"], blank_is_no_event: false},
  groups: [{column: "arm", levels: [], labels: {}}],
};

test("a curve worked by hand comes out unrounded", async () => {
  const study = await open(FOUR, "four.csv");
  const assigned = await study.assign(MAPPING);
  assert.deepEqual([assigned.n, assigned.issues], [4, []]);
  const {outcome} = await study.run({kind: "survival", endpoint: "os"});
  assert.equal(outcome.kind, "survival");
  const steps = outcome.overall.curve.steps.map(({time, n_risk, survival}) => [time, n_risk, survival]);
  assert.deepEqual(steps, [
    [1, 4, 3 / 4],
    [2, 3, 1 / 2],
    [3, 2, 1 / 2],
    [4.5, 1, 0],
  ]);
  assert.equal(outcome.overall.n_event, 3);
});

test("what is not estimable is null", async () => {
  const study = await open(FOUR, "four.csv");
  await study.assign(MAPPING);
  const {outcome} = await study.run({kind: "survival", endpoint: "os"});
  assert.equal(outcome.kind, "survival");
  assert.equal(outcome.overall.curve.steps[3].std_err, null);
  assert.equal(outcome.comparison, null);
});

test("blocks are finished text, and figures SVG documents", async () => {
  const study = await open(FOUR, "four.csv");
  await study.assign(MAPPING);
  const result = await study.run({kind: "survival", endpoint: "os", group: "arm"});
  assert.deepEqual([...new Set(result.blocks.map(({kind}) => kind))].sort().slice(0, 2), [
    "caution",
    "figure",
  ]);
  assert.match(result.svg(0) ?? "", /^(<\?xml[^>]*>\s*)?<svg [^]*<\/svg>\s*$/);
  assert.equal(result.svg(1), undefined);
});

test("the meaning of columns is guessed from their headings", async () => {
  const {patient, os} = (await open(FOUR, "four.csv")).guess();
  assert.deepEqual(
    [patient, os?.time, os?.event, os?.unit, os?.event_values],
    ["patient", "OS_months", "OS_event", "months", ["1"]],
  );
});

test("errors say what happened in a code with its facts", async () => {
  await assert.rejects(open(new Uint8Array(), "empty.csv"), ({cause}) => {
    assert.deepEqual(cause, {code: "empty"});
    return true;
  });
  const study = await open(FOUR, "four.csv");
  await assert.rejects(study.assign({patient: "name"}), ({cause}) => {
    assert.deepEqual(cause, {code: "no_such_column", column: "name"});
    return true;
  });
});

test("saved decisions hold no data", async () => {
  const study = await open(FOUR, "four.csv");
  await study.assign(MAPPING);
  const saved = JSON.parse(study.save([{title: null, analysis: {kind: "survival", endpoint: "os"}}]));
  assert.deepEqual(saved.mapping.os, MAPPING.os);
  assert.equal(saved.analyses.length, 1);
});

test("the types that are shipped describe all this", async () => {
  const code = `import {open} from "oncurve";
const study = await open(new Uint8Array(), "x.csv", {language: "en"});
await study.assign(study.guess());
const {outcome, blocks, svg} = await study.run({kind: "response", method: "wilson"});
const rate: number | null = outcome.kind === "response" ? outcome.overall.orr.estimate : null;
const first: string | undefined = svg(0);
// @ts-expect-error there is no such analysis
await study.run({kind: "horoscope"});
export {rate, first, blocks};
`;
  writeFileSync(join(folder, "use.mts"), code);
  const compilerOptions = {noEmit: true, strict: true, target: "es2022", module: "nodenext", types: []};
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({compilerOptions, files: ["use.mts"]}));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const {code: failed, output} = await attempt(process.execPath, [tsc, "--project", folder]);
  assert.equal(failed, 0, output);
});
