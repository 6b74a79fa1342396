// @ts-check
/** Starts the page: what there is to see, then the engine. */
import {Engine} from "../engine.js";
import {OncurveApp} from "./oncurve-app.js";

/** What may be started as a script by its address, where the policy asks for it: the worker of this page. */
const trusted = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("oncurve-worker", {
  createScriptURL: (/** @type {string} */ address) => address,
});

/**
 * @param {import("../types.js").Payload} payload what the page carries
 */
export async function start(payload) {
  const engine = new Engine({
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
  app.begin(engine, payload.examples);
  await app.updateComplete;
  await painted();
  performance.mark("oncurve-ready");
  await app.warm();
}

/** Once what there is to see is painted, which a hidden page does not. */
const painted = () =>
  new Promise((resolve) => {
    if (document.hidden) resolve(undefined);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
