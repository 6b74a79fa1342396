// @ts-check
import {html, nothing} from "lit";
import {ref} from "lit/directives/ref.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

const PROOFS = ["policy", "offline", "network", "source"];
const KEYS = [
  ["paste", ["Ctrl", "V"]],
  ["undo", ["Ctrl", "Z"]],
  ["redo", ["Ctrl", "Shift", "Z"]],
  ["save", ["Ctrl", "S"]],
  ["arrows", ["←", "↑", "→", "↓"]],
  ["edit", ["Enter"]],
  ["escape", ["Esc"]],
  ["help", ["?"]],
];

/** @param {Context} context */
export function dialogView({state, actions, t}) {
  const {dialog} = state;
  if (!dialog) return nothing;
  const close = () => actions.openDialog(null);
  return html`
    <dialog aria-labelledby="dialog-title" ${ref(show)} @close=${close} @click=${closeOutside}>
      <div class="dialog-body">
        <h2 id="dialog-title">${t(`page-${dialog}-title`)}</h2>
        ${
          dialog === "beside"
            ? beside(state, actions, t)
            : html`${dialog === "privacy" ? privacy(t) : keys(t)}
                <button autofocus @click=${closeThis}>${t("page-close")}</button>`
        }
      </div>
    </dialog>
  `;
}

/**
 * What becomes of the open file when another is dropped.
 * @param {Context["state"]} state @param {Context["actions"]} actions @param {Context["t"]} t
 */
const beside = ({asked, file}, actions, t) => html`
  <p>
    ${t("page-beside-question", {files: (asked ?? []).map(({name}) => name).join(", "), open: file?.name})}
  </p>
  <div class="buttons">
    <button class="primary" autofocus @click=${() => actions.answerBeside("add")}>
      ${t("page-beside-add")}
    </button>
    <button @click=${() => actions.answerBeside("replace")}>${t("page-beside-replace")}</button>
    <button class="quiet" @click=${closeThis}>${t("page-cancel")}</button>
  </div>
`;

/** Once it stands in the page. @param {Element | undefined} element */
function show(element) {
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
  });
}

/** A click beside the text closes. @param {Event} event */
function closeOutside(event) {
  if (event.target === event.currentTarget) /** @type {HTMLDialogElement} */ (event.currentTarget).close();
}

/** @param {Event} event */
function closeThis(event) {
  /** @type {HTMLElement} */ (event.currentTarget).closest("dialog")?.close();
}

/** @param {Context["t"]} t */
const privacy = (t) => html`
  <p>${t("page-privacy-intro")}</p>
  <ul class="proofs">
    ${PROOFS.map((proof) => html`<li><b>${t(`page-privacy-${proof}-name`)}</b> ${t(`page-privacy-${proof}`)}</li>`)}
  </ul>
  <p class="note">${t("page-privacy-stored")}</p>
`;

const mac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** @param {Context["t"]} t */
const keys = (t) => html`
  <dl class="keys">
    ${KEYS.map(
      ([name, presses]) => html`
        <dt>
          ${/** @type {string[]} */ (presses).map((key) => html`<kbd>${mac && key === "Ctrl" ? "⌘" : key}</kbd> `)}
        </dt>
        <dd>${t(`page-keys-${name}`)}</dd>
      `,
    )}
  </dl>
  <p class="note">${t("page-keys-drop")}</p>
  <p class="note">${t("page-not-a-device")}</p>
`;
