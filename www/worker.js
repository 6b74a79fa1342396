// @ts-check
// Holds the place of the worker.

import {initSync} from "./pkg/oncurve_wasm.js";

addEventListener("message", ({data}) => initSync({module: data.module}));
