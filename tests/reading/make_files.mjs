// @ts-check
// Makes the workbooks under files/ that Python has no writer for. Every patient in them is invented.
//
//     node tests/reading/make_files.mjs
import {mkdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {fileURLToPath} from "node:url";
import XLSX from "xlsx";

const files = fileURLToPath(new URL("files/", import.meta.url));
mkdirSync(files, {recursive: true});

// The same rows as every_kind in make_files.py; dates are serial numbers, so that no time zone enters.
const rows = [
  ["id", "age", "start", "died", "note", "marker"],
  ["P1", 61, 45356, true, "胸腔积液", 0.5],
  ["P2", 48.5, 45366, false, "two\nlines", {t: "e", v: 0x2a, w: "#N/A"}],
  ["P3", null, 36525, true, "é & <b>", -1.25],
  ["P4", 1234567, 45351, false, "x".repeat(300), 1e-7],
];
const sheet = XLSX.utils.aoa_to_sheet(rows);
for (let row = 2; row <= 5; row++) sheet[`C${row}`].z = "dd/mm/yyyy";
sheet["!merges"] = [{s: {r: 1, c: 4}, e: {r: 1, c: 5}}];
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, "Patients");
XLSX.writeFile(book, `${files}short_cells.xlsb`, {bookType: "xlsb", bookSST: true});
XLSX.writeFile(book, `${files}every_kind_95.xls`, {bookType: "biff5"});
XLSX.writeFile(book, `${files}every_kind_97.xls`, {bookType: "biff8", bookSST: true});

// SheetJS writes a cell beside another in a short record; Excel does not, and calamine reads none.
const path = createRequire(import.meta.url).resolve("xlsx");
const source = readFileSync(path, "utf8").replaceAll("if(last_seen)", "if(false)");
const long = {exports: /** @type {any} */ ({})};
new Function("module", "exports", "require", source)(long, long.exports, createRequire(path));
long.exports.writeFile(book, `${files}every_kind.xlsb`, {bookType: "xlsb", bookSST: true});
