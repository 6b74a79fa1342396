// @ts-check
import assert from "node:assert/strict";
import {test} from "node:test";
import {at, withAt} from "../../www/app/store.js";

test("a dot parts the keys of a path", () => {
  assert.equal(at({figure: {legend: "box"}}, "figure.legend"), "box");
  assert.equal(at({}, "figure.legend"), undefined);
  assert.deepEqual(withAt({a: 1, figure: {band: true}}, "figure.legend", "box"), {
    a: 1,
    figure: {band: true, legend: "box"},
  });
});

test("a backslash quotes a dot or a backslash of a heading", () => {
  const path = String.raw`numbers.ph\.ecog\\.step`;
  const changed = withAt({}, path, 10);
  assert.deepEqual(changed, {numbers: {"ph.ecog\\": {step: 10}}});
  assert.equal(at(changed, path), 10);
});
