// @ts-check
/** Starts the page: the engine, then the element. */
import {createEngine} from "../engine.js";
import {OncurveApp} from "./oncurve-app.js";

/** What may be started as a script by its address, where the policy asks for it: the worker of this page. */
const trusted = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("oncurve-worker", {
  createScriptURL: (/** @type {string} */ address) => address,
});

/**
 * @param {import("../types.js").Payload} payload what the page carries
 */
export async function start(payload) {
  const engine = createEngine({
    module: payload.module,
    createWorker: async () => {
      const source = new Blob([await payload.workerSource()], {type: "text/javascript"});
      const address = URL.createObjectURL(source);
      const worker = new Worker(/** @type {any} */ (trusted?.createScriptURL(address) ?? address));
      URL.revokeObjectURL(address);
      return worker;
    },
  });
  customElements.define("oncurve-app", OncurveApp);
  const app = /** @type {OncurveApp} */ (document.querySelector("oncurve-app"));
  app.begin(await engine, payload.examples);
  await app.updateComplete;
  document.documentElement.dataset.ready = "";
  performance.mark("oncurve-ready");
}
