// @ts-check
/** What works anywhere on the page: dropping, pasting, shortcuts, Esc. */

/**
 * @param {import("./store.js").Store} store
 * @param {import("./actions/index.js").Actions} actions
 * @param {() => ParentNode} root where menus stand
 */
export function onDocument(store, actions, root) {
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (!store.get().dragging) store.set({dragging: true});
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) store.set({dragging: false});
  });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    store.set({dragging: false});
    actions.openFiles([...event.dataTransfer.files], "ask");
  });
  addEventListener("paste", (event) => {
    if (inField(event)) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    // A copied range also comes as a picture: its text is what counts.
    if (text.trim()) actions.openPasted(text);
    else if (files.length) actions.openFiles(files, "ask");
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === "s") actions.saveStudy();
      else if (key === "z" && !inField(event)) event.shiftKey ? actions.redo() : actions.undo();
      else if (key === "y" && !inField(event)) actions.redo();
      else return;
      event.preventDefault();
    } else if (event.key === "?" && !inField(event)) {
      actions.openDialog("keys");
    } else if (event.key === "Escape") {
      const open = [...root().querySelectorAll("details.menu[open]")];
      for (const menu of open) closeMenu(/** @type {HTMLDetailsElement} */ (menu));
      if (!open.length && store.get().notice) actions.dismiss();
    }
  });
  addEventListener("pointerdown", (event) => {
    const path = event.composedPath();
    for (const menu of root().querySelectorAll("details.menu[open]")) {
      if (!path.includes(menu)) /** @type {HTMLDetailsElement} */ (menu).open = false;
    }
  });
  /** @type {HTMLDetailsElement[]} */
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (root().querySelectorAll("details.printed"))];
    folded = folded.filter((details) => !details.open);
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
}

/** @param {HTMLDetailsElement} menu */
function closeMenu(menu) {
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** Whether what is typed or pasted belongs to a field. @param {Event} event */
function inField(event) {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "file"].includes(target.type)))
  );
}
