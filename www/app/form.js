// @ts-check
/** Any analysis' options, drawn from the form that the engine describes. */
import {html, nothing} from "lit";
import {choose, tick} from "./parts.js";
import {at} from "./store.js";

/** @typedef {import("../types.js").Field} Field */

/**
 * @param {import("../types.js").AnalysisForm} form
 * @param {any} analysis what is chosen now
 * @param {(path: string, value: unknown) => void} set
 * @param {string} scope makes ids unique
 * @param {(id: string, args?: object) => string} t
 */
export function formView(form, analysis, set, scope, t) {
  const current = (/** @type {string} */ path) => at(analysis, path) ?? at(form.analysis, path) ?? null;
  const shown = form.fields.filter(
    ({shown_if: condition}) => !condition || condition[1].some((value) => same(value, current(condition[0]))),
  );
  const parts = [...new Set(shown.map(({part}) => part))];
  return parts.map(
    (part, index) => html`
      <details class="options-part" ?open=${index === 0}>
        <summary>${part}</summary>
        ${shown
          .filter((field) => field.part === part)
          .map((field) => fieldView(field, current(field.id), (value) => set(field.id, value), scope, t))}
      </details>
    `,
  );
}

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * @param {Field} field @param {any} value @param {(value: unknown) => void} set @param {string} scope
 * @param {(id: string, args?: object) => string} t
 */
function fieldView(field, value, set, scope, t) {
  const id = `${scope}-${field.id}`;
  const help = field.help ? `${id}-help` : nothing;
  const helpLine = field.help ? html`<p class="note" id=${help}>${field.help}</p>` : nothing;
  const {kind} = field;
  switch (kind.kind) {
    case "switch":
      return html`<div class="option">
        <label class="check">
          <input type="checkbox" .checked=${Boolean(value)} aria-describedby=${help} @change=${tick(set)} />
          <span>${field.label}</span>
        </label>
        ${helpLine}
      </div>`;
    case "choice":
      return html`<div class="option">
        <label for=${id}>${field.label}</label>
        <select
          id=${id}
          aria-describedby=${help}
          @change=${choose((index) => set(kind.choices[Number(index)].value))}
        >
          ${kind.choices.map(
            (choice, index) =>
              html`<option value=${index} .selected=${same(choice.value, value)}>${choice.label}</option>`,
          )}
        </select>
        ${helpLine}
      </div>`;
    case "number":
      return html`<div class="option">
        <label for=${id}>${field.label}</label>
        <input
          id=${id}
          type="number"
          min=${kind.min}
          max=${kind.max}
          step=${kind.step}
          placeholder=${kind.optional ? t("page-automatic") : nothing}
          .value=${value ?? ""}
          aria-describedby=${help}
          @change=${(/** @type {Event} */ event) => {
            const input = /** @type {HTMLInputElement} */ (event.target);
            if (input.value === "") return kind.optional ? set(null) : void (input.value = value ?? "");
            if (input.reportValidity()) set(input.valueAsNumber);
          }}
        />
        ${helpLine}
      </div>`;
    case "numbers":
      return html`<div class="option">
        <label for=${id}>${field.label}</label>
        <input
          id=${id}
          type="text"
          inputmode="decimal"
          placeholder=${t("page-automatic")}
          .value=${(value ?? []).join("; ")}
          aria-describedby=${help}
          @change=${(/** @type {Event} */ event) => {
            const input = /** @type {HTMLInputElement} */ (event.target);
            const numbers = numbersOf(input.value, kind.min, kind.max);
            input.setCustomValidity(numbers ? "" : t("page-numbers-wrong", {min: kind.min, max: kind.max}));
            if (input.reportValidity() && numbers) set(numbers);
          }}
        />
        ${helpLine}
      </div>`;
    case "text":
      return html`<div class="option">
        <label for=${id}>${field.label}</label>
        <input
          id=${id}
          type="text"
          .value=${value ?? ""}
          aria-describedby=${help}
          @input=${choose((text) => set(text.trim() === "" ? null : text))}
        />
        ${helpLine}
      </div>`;
  }
}

/**
 * A typed list of numbers, decimal comma or point; `null` when something in it is not one.
 * @param {string} text @param {number} min @param {number} max
 */
export function numbersOf(text, min, max) {
  const numbers = text
    .split(/[;\s]+/)
    .filter((part) => part !== "")
    .map((part) => Number(part.replace(",", ".")));
  return numbers.every((number) => number >= min && number <= max) ? numbers : null;
}
