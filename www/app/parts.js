// @ts-check
/** Small parts that several views use. */
import {html, nothing} from "lit";

/** A listener that hands over the value of a field. @param {(value: string) => void} take */
export const choose = (take) => (/** @type {Event} */ event) =>
  take(/** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value);

/** A listener that hands over whether a box is ticked. @param {(on: boolean) => void} take */
export const tick = (take) => (/** @type {Event} */ event) =>
  take(/** @type {HTMLInputElement} */ (event.target).checked);

/**
 * @param {string} label @param {number | null} share done, if known
 * @param {false | (() => void)} cancel @param {(id: string) => string} t
 */
export const progressView = (label, share, cancel, t) => html`
  <div class="progress">
    <span>${label}</span>
    <progress aria-label=${label} max="1" value=${share ?? nothing}></progress>
    ${cancel ? html`<button class="quiet" @click=${cancel}>${t("page-cancel")}</button>` : nothing}
  </div>
`;

/**
 * A button that unfolds a list of things to do.
 * @param {unknown} label @param {{label: string, note?: string, run?: () => void}[]} items what cannot be done has no `run`
 * @param {{quiet?: boolean, name?: string, end?: boolean}} [look]
 */
export const menu = (label, items, {quiet = false, name, end = false} = {}) => html`
  <details class="menu ${quiet ? "light" : ""} ${end ? "end" : ""}">
    <summary aria-label=${name ?? nothing}>${label}</summary>
    <ul>
      ${items.map(
        ({label, note, run}) => html`
          <li>
            <button ?disabled=${!run} @click=${(/** @type {Event} */ event) => fold(event, run)}>
              <span>${label}</span>${note ? html`<span class="note">${note}</span>` : nothing}
            </button>
          </li>
        `,
      )}
    </ul>
  </details>
`;

/** @param {Event} event @param {(() => void) | undefined} run */
function fold(event, run) {
  const details = /** @type {HTMLElement} */ (event.currentTarget).closest("details");
  if (details) details.open = false;
  details?.querySelector("summary")?.focus();
  run?.();
}

/** A button that asks for a file. @param {string} label @param {string} accept @param {(files: File[]) => void} take @param {string} [look] */
export const fileButton = (label, accept, take, look = "") => html`
  <label class="button ${look}">
    <input
      type="file"
      class="sr"
      accept=${accept}
      multiple
      @change=${(/** @type {Event} */ event) => {
        const input = /** @type {HTMLInputElement} */ (event.target);
        const files = [...(input.files ?? [])];
        input.value = "";
        if (files.length) take(files);
      }}
    />
    <span>${label}</span>
  </label>
`;

/** Brings a new section to the person, and the focus to its heading. @param {Element | undefined} element */
export function bringHere(element) {
  if (!(element instanceof HTMLElement)) return;
  requestAnimationFrame(() => {
    const scroll = () => element.closest("section")?.scrollIntoView({block: "start"});
    scroll();
    element.focus({preventScroll: true});
    // What has come into sight by that has its true height now.
    requestAnimationFrame(() => requestAnimationFrame(scroll));
  });
}

/** Takes the focus when it appears, its text selected. @param {Element | undefined} element */
export function takeFocus(element) {
  if (!(element instanceof HTMLElement)) return;
  requestAnimationFrame(() => {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  });
}

/** What a file picker offers. */
export const SPREADSHEETS = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.json";
export const STUDIES = ".json";

/**
 * Text whose lines do not break inside "95 % CI", "1.4–NR", "p = 0.048", "n = 14" or "log-rank".
 * @param {string} text
 */
export const bound = (text) =>
  text
    .replace(/ (?=%)|(?<=%) (?=CI\b)/g, "\u00a0")
    .replace(/(?<=[\d.])–(?=[\dN])|-(?=rank)/g, "$&\u2060")
    .replace(/\b([pn]) ([=<>]) /g, "$1\u00a0$2\u00a0");
