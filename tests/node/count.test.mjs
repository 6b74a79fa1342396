// @ts-check
import assert from "node:assert/strict";
import {test} from "node:test";
import {countRust} from "../count.mjs";

test("the programs of cargo test are added up", () => {
  const output = `
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.02s
test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
`;
  assert.deepEqual(countRust(output, 101), {passed: 15, failed: 2});
});

test("a program that does not compile counts as one failure", () => {
  assert.deepEqual(countRust("error: could not compile `oncurve`", 101), {passed: 0, failed: 1});
});

test("a program that dies after others passed counts as one failure", () => {
  const output = "test result: ok. 12 passed; 0 failed; 0 ignored;\nerror: test failed";
  assert.deepEqual(countRust(output, 101), {passed: 12, failed: 1});
});

test("no cargo at all counts as one failure", () => {
  assert.deepEqual(countRust("", null), {passed: 0, failed: 1});
});
