// @ts-check
/** Tables, texts and figures onto the clipboard. */

/** @param {Promise<Blob>} picture */
export async function copyPicture(picture) {
  await navigator.clipboard.write([new ClipboardItem({"image/png": picture})]);
}

/** @param {Record<string, string>} flavours text by MIME type */
export async function copy(flavours) {
  // The command takes the text as it is; the clipboard's own verb parses it in the page, where the policy
  // complains of every style.
  if (copyByCommand(flavours)) return;
  const blobs = Object.entries(flavours).map(([type, text]) => [type, new Blob([text], {type})]);
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
}

/** Whether the copy command, which not every browser still has, took the text. @param {Record<string, string>} flavours */
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
  return done;
}
