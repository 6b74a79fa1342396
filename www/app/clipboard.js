// @ts-check
/** Tables, texts and figures onto the clipboard. */

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
