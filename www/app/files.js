// @ts-check
/** Bytes in and out of the page. */
import {strToU8, zipSync} from "fflate";

/** @param {File} file */
export async function readBytes(file) {
  return new Uint8Array(await file.arrayBuffer());
}

/** How long a browser may take to begin a download. */
const DOWNLOAD_MS = 60_000;

/**
 * Offers a file to the person.
 * @param {string} name @param {string | Blob} content @param {string} [type]
 */
export function save(name, content, type = "application/octet-stream") {
  const blob = content instanceof Blob ? content : new Blob([content], {type: `${type};charset=utf-8`});
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOAD_MS);
}

/** Texts by their file names, as one zip file. @param {Record<string, string>} texts */
export function zipped(texts) {
  const files = Object.entries(texts).map(([name, text]) => [name, strToU8(text)]);
  const bytes = zipSync(Object.fromEntries(files), {level: 0});
  return new Blob([new Uint8Array(bytes)], {type: "application/zip"});
}

/** A file name without its ending. @param {string} name */
export const baseName = (name) => name.replace(/\.[^.]*$/, "");

/** Words as a part of a file name: letters and digits of any script, joined by hyphens. @param {string} words */
export const slug = (words) =>
  words
    .toLocaleLowerCase("en")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80) || "oncurve";
