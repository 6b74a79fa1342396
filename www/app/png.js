// @ts-check
/** Figures as PNG files that know their size on paper. */

const POINTS_PER_INCH = 72;
const INCHES_PER_METRE = 39.3701;
/** Signature (8 bytes) and the IHDR chunk (25 bytes), which comes first in every PNG. */
const AFTER_HEADER = 33;

/**
 * Paints a scene at a resolution.
 * @param {import("../engine.js").Engine} engine
 * @param {import("../types.js").Scene} scene
 * @param {number} dpi
 * @returns {Promise<Blob>}
 */
export async function png(engine, scene, dpi) {
  const canvas = document.createElement("canvas");
  engine.paint(scene, canvas, dpi / POINTS_PER_INCH);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the browser cannot make a picture of this size");
  return withResolution(/** @type {Blob} */ (blob), dpi);
}

/**
 * The same picture with its resolution written in it (chunk pHYs), so that it has its size in print.
 * @param {Blob} blob @param {number} dpi
 */
async function withResolution(blob, dpi) {
  const perMetre = Math.round(dpi * INCHES_PER_METRE);
  const chunk = new DataView(new ArrayBuffer(21));
  chunk.setUint32(0, 9);
  [..."pHYs"].forEach((letter, index) => chunk.setUint8(4 + index, letter.charCodeAt(0)));
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1);
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)));
  return new Blob([blob.slice(0, AFTER_HEADER), chunk.buffer, blob.slice(AFTER_HEADER)], {type: "image/png"});
}

/** The check sum of PNG chunks (ISO 3309). @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
