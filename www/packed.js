// @ts-check
/**
 * Bytes as text of an HTML file: six bytes in seven characters, where base64 needs eight. All of them are ASCII,
 * which browsers decode and keep in the quickest way, and none means anything to a parser or to an editor.
 */

/** Codes below 128 that are not used: NUL, tab, line ends, end of file, escape, `&`, `<`, `>` and delete. */
const UNUSED = [0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b, 0x26, 0x3c, 0x3e, 0x7f];
/** The others, each a digit: 116 ** 7 is just above 256 ** 6. */
const DIGITS = Array.from({length: 128}, (_, code) => code).filter((code) => !UNUSED.includes(code));
const BASE = DIGITS.length;
/** Digits by their code. */
const VALUES = new Uint8Array(128);
for (const [value, code] of DIGITS.entries()) VALUES[code] = value;

/** Characters that stand for six bytes. */
export const GROUP = 7;
const HALF = 2 ** 24;

/** @param {Uint8Array} bytes */
export function pack(bytes) {
  let text = "";
  for (let from = 0; from < bytes.length; from += 6) {
    let value = 0;
    for (let at = from; at < from + 6; at++) value = value * 256 + (bytes[at] ?? 0);
    let group = "";
    for (let at = 0; at < GROUP; at++) {
      group = String.fromCharCode(DIGITS[value % BASE]) + group;
      value = Math.floor(value / BASE);
    }
    text += group;
  }
  return text;
}

/** @param {string} text whole groups @param {number} length of the bytes */
export function unpack(text, length) {
  const bytes = new Uint8Array((text.length / GROUP) * 6);
  for (let from = 0, at = 0; from < text.length; from += GROUP, at += 6) {
    let value = 0;
    for (let index = from; index < from + GROUP; index++)
      value = value * BASE + VALUES[text.charCodeAt(index)];
    // Only numbers of 32 bits can be shifted; this one has 48.
    const high = Math.floor(value / HALF);
    const low = value - high * HALF;
    bytes[at] = high >> 16;
    bytes[at + 1] = high >> 8;
    bytes[at + 2] = high;
    bytes[at + 3] = low >> 16;
    bytes[at + 4] = low >> 8;
    bytes[at + 5] = low;
  }
  return bytes.subarray(0, length);
}
