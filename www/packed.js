// @ts-check
/**
 * Bytes as text of an HTML file: seven bits a character, where base64 has six. Characters that a parser or an
 * editor could take for something else are not used: each stands, with the seven bits that follow it, in one
 * character of two bytes.
 */

/** NUL, line ends, end of file, escape, and `<`. */
const UNUSED = [0x00, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b, 0x3c];

/** @param {Uint8Array} bytes */
export function pack(bytes) {
  const sevens = [];
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x7fff;
    bits += 8;
    for (; bits >= 7; bits -= 7) sevens.push((held >> (bits - 7)) & 0x7f);
  }
  if (bits > 0) sevens.push((held << (7 - bits)) & 0x7f);
  let text = "";
  for (let index = 0; index < sevens.length; index++) {
    const unused = UNUSED.indexOf(sevens[index]);
    text += String.fromCharCode(unused < 0 ? sevens[index] : 0x80 + (unused << 7) + (sevens[++index] ?? 0));
  }
  return text;
}

/** @param {string} text @param {number} length of the bytes */
export function unpack(text, length) {
  const bytes = new Uint8Array(length);
  let [held, bits, at] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      held = (held << 7) | code;
      bits += 7;
    } else {
      held = (held << 14) | (UNUSED[(code - 0x80) >> 7] << 7) | (code & 0x7f);
      bits += 14;
    }
    for (; bits >= 8; bits -= 8) bytes[at++] = held >> (bits - 8);
  }
  return bytes;
}
