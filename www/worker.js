// @ts-check
/** The session's own thread. First message: `{module}`; then `{id, verb, args}`, answered in order. */
import * as wasm from "./pkg/oncurve_wasm.js";
import {causeOf, verbs} from "./verbs.js";

/** Between two reports of progress: the page draws itself anew for each. */
const QUIET_MS = 100;

/** @type {ReturnType<typeof verbs> | undefined} */
let answer;

self.onmessage = async ({data}) => {
  if (data.module) {
    wasm.initSync({module: data.module});
    answer = verbs(wasm);
    self.postMessage({ready: true});
    return;
  }
  const {id, verb, args} = data;
  try {
    let told = performance.now();
    const progress = (/** @type {number} */ share) => {
      if (performance.now() - told < QUIET_MS) return;
      told = performance.now();
      self.postMessage({id, share});
    };
    self.postMessage({id, value: answer?.[verb](args, progress)});
  } catch (error) {
    self.postMessage({id, cause: causeOf(error)});
  }
};
