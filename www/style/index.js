// @ts-check
/** The style of the page, in the order of the cascade. */
import {base} from "./base.js";
import {columns} from "./columns.js";
import {data} from "./data.js";
import {frame} from "./frame.js";
import {print} from "./print.js";
import {results} from "./results.js";
import {tokens} from "./tokens.js";

export const styles = [tokens, base, frame, data, columns, results, print];
