// @ts-check
// Entry of the single file.

import "./doors.js";
import {start} from "./app/index.js";
import {payload} from "./payload.js";

start(payload);
