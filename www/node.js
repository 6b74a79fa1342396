// @ts-check
// Entry of the npm package in Node.

import {readFile} from "node:fs/promises";
import {opener} from "./study.js";

export const open = opener(() => readFile(new URL("./pkg/oncurve_wasm_bg.wasm", import.meta.url)));
