// @ts-check
/** The session's own thread. First message: `{module}`; then `{id, verb, args}`, answered in order. */
import * as wasm from "./pkg/oncurve_wasm.js";
import {causeOf, verbs} from "./verbs.js";

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
    const progress = (/** @type {number} */ share) => self.postMessage({id, share});
    self.postMessage({id, value: answer?.[verb](args, progress)});
  } catch (error) {
    self.postMessage({id, cause: causeOf(error)});
  }
};
