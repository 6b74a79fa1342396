// @ts-check
/** Tables and figures onto the clipboard, as Word and Excel want them. */

/** @typedef {Extract<import("../types.js").Block, {kind: "table"}>} Table */

/** @param {string} text */
const escaped = (text) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const FONT = "font-family:Arial,Helvetica,sans-serif;font-size:10pt";
const RULE = "1px solid #000000";
/** Keeps Excel from taking a text for a formula or a date. */
const AS_TEXT = "mso-number-format:'\\@'";

/** A table as Word and Excel paste it: three rules, row heads to the left, indents kept. @param {Table} table */
export function tableHtml({caption, columns, rows, notes}) {
  const cell = (/** @type {string} */ tag, /** @type {string} */ text, /** @type {string} */ style) =>
    `<${tag} style="${AS_TEXT};padding:2pt 6pt;${style}">${escaped(text)}</${tag}>`;
  const head = columns.map((text, index) =>
    cell("th", text, `border-top:${RULE};border-bottom:${RULE};text-align:${index ? "center" : "left"}`),
  );
  const body = rows.map(({head: name, cells, indent}, index) => {
    const end = index === rows.length - 1 ? `border-bottom:${RULE};` : "";
    const first = cell("td", name, `${end}text-align:left;padding-left:${6 + 12 * indent}pt`);
    return `<tr>${first}${cells.map((text) => cell("td", text, `${end}text-align:center`)).join("")}</tr>`;
  });
  const under = notes.map((note) => `<p style="${FONT};font-size:9pt">${escaped(note)}</p>`);
  return [
    `<p style="${FONT}"><b>${escaped(caption)}</b></p>`,
    `<table style="border-collapse:collapse;${FONT}"><thead><tr>${head.join("")}</tr></thead>`,
    `<tbody>${body.join("")}</tbody></table>`,
    ...under,
  ].join("");
}

/** The same for a plain field; no cell becomes a formula. @param {Table} table */
export function tableText({caption, columns, rows, notes}) {
  const safe = (/** @type {string} */ text) => text.replace(/\s+/g, " ").replace(/^[=+@-]/, "'$&");
  const lines = [columns, ...rows.map(({head, cells}) => [head, ...cells])];
  return [caption, ...lines.map((cells) => cells.map(safe).join("\t")), ...notes].join("\n");
}

/** @param {Table} table */
export function copyTable(table) {
  return copy({"text/html": tableHtml(table), "text/plain": tableText(table)});
}

/** @param {Promise<Blob>} picture */
export async function copyPicture(picture) {
  await navigator.clipboard.write([new ClipboardItem({"image/png": picture})]);
}

/** @param {Record<string, string>} flavours text by MIME type */
export async function copy(flavours) {
  try {
    const blobs = Object.entries(flavours).map(([type, text]) => [type, new Blob([text], {type})]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  } catch {
    copyByCommand(flavours);
  }
}

/** Where the clipboard is not open to scripts (older browsers from disk), the copy command is. @param {Record<string, string>} flavours */
function copyByCommand(flavours) {
  let done = false;
  const give = (/** @type {ClipboardEvent} */ event) => {
    for (const [type, text] of Object.entries(flavours)) event.clipboardData?.setData(type, text);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", give, {capture: true, once: true});
  document.execCommand("copy");
  document.removeEventListener("copy", give, {capture: true});
  if (!done) throw new Error("the browser does not let pages copy");
}
