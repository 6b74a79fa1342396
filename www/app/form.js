// @ts-check
/** Any analysis' options, drawn from the form that the engine describes. */
import {html, nothing} from "lit";
import {repeat} from "lit/directives/repeat.js";
import {choose, tick} from "./parts.js";
import {at} from "./store.js";

/** @typedef {import("../types.js").Field} Field */
/** @typedef {import("../types.js").FieldKind} FieldKind */
/** @typedef {import("../types.js").Choice} Choice */

/**
 * @param {import("../types.js").AnalysisForm} form
 * @param {any} analysis what is chosen now
 * @param {(path: string, value: unknown) => void} set
 * @param {string} scope makes ids unique
 * @param {(id: string, args?: object) => string} t
 */
export function formView(form, analysis, set, scope, t) {
  const current = (/** @type {string} */ path) => at(analysis, path) ?? at(form.analysis, path) ?? null;
  const holds = (/** @type {unknown} */ held, /** @type {unknown} */ value) =>
    same(value, held) || (Array.isArray(held) && held.some((one) => same(value, one)));
  const shown = form.fields.filter(
    ({shown_if: condition}) =>
      !condition || condition[1].some((value) => holds(current(condition[0]), value)),
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
 * What is drawn of one field.
 * @typedef {object} Drawn
 * @property {string} id unique in the page
 * @property {Field} field
 * @property {any} value what is chosen now
 * @property {(value: unknown) => void} set
 * @property {unknown} help id of its help, or nothing
 * @property {(id: string, args?: object) => string} t
 */

/**
 * @param {Field} field @param {any} value @param {(value: unknown) => void} set @param {string} scope
 * @param {(id: string, args?: object) => string} t
 */
function fieldView(field, value, set, scope, t) {
  // Headings in an id can hold spaces, which part ids elsewhere.
  const id = `${scope}-${encodeURIComponent(field.id)}`;
  const drawn = {id, field, value, set, help: field.help ? `${id}-help` : nothing, t};
  return html`<div class="option">
    ${controlView(drawn)} ${field.help ? html`<p class="note" id=${drawn.help}>${field.help}</p>` : nothing}
  </div>`;
}

/** @param {Drawn} drawn */
function controlView(drawn) {
  const {kind} = drawn.field;
  switch (kind.kind) {
    case "switch":
      return switchView(drawn);
    case "choice":
      return choiceView(drawn, kind);
    case "choices":
      return choicesView(drawn, kind);
    case "ordered":
      return orderedView(drawn, kind);
    case "pairs":
      return pairsView(drawn, kind);
    case "number":
      return numberView(drawn, kind);
    case "numbers":
      return numbersView(drawn, kind);
    case "text":
      return textView(drawn);
  }
}

/** @param {Drawn} drawn @param {unknown} input */
const labelled = ({id, field}, input) => html`<label for=${id}>${field.label}</label>${input}`;

/** @param {Drawn} drawn */
const switchView = ({field, value, set, help}) => html`
  <label class="check">
    <input type="checkbox" .checked=${Boolean(value)} aria-describedby=${help} @change=${tick(set)} />
    <span>${field.label}</span>
  </label>
`;

/** @param {Drawn} drawn @param {Extract<FieldKind, {kind: "choice"}>} kind */
const choiceView = (drawn, {choices}) =>
  labelled(
    drawn,
    html`<select
      id=${drawn.id}
      aria-describedby=${drawn.help}
      @change=${choose((index) => drawn.set(choices[Number(index)].value))}
    >
      ${choices.map(
        ({value, label}, index) =>
          html`<option value=${index} .selected=${same(value, drawn.value)}>${label}</option>`,
      )}
    </select>`,
  );

/** A longer list can be filtered. */
const LONG_LIST = 12;

/** @param {Drawn} drawn @param {Extract<FieldKind, {kind: "choices"}>} kind */
function choicesView({field, value, set, help, t}, {choices}) {
  const chosen = (/** @type {Choice} */ choice) =>
    (value ?? []).some((/** @type {unknown} */ one) => same(one, choice.value));
  const turn = (/** @type {Choice} */ turned, /** @type {boolean} */ on) =>
    set(choices.filter((choice) => (choice === turned ? on : chosen(choice))).map(({value}) => value));
  const count = choices.filter(chosen).length;
  return html`<fieldset class="choices" aria-describedby=${help}>
    <legend>
      ${field.label} <span class="note">${t("page-choices-count", {count, all: choices.length})}</span>
    </legend>
    ${
      choices.length > LONG_LIST
        ? html`<input type="search" aria-label=${t("page-choices-filter")} @input=${filter} />`
        : nothing
    }
    <div class="choices-list">
      ${repeat(
        choices,
        (choice) => JSON.stringify(choice.value),
        (choice) => html`
          <label class="check">
            <input type="checkbox" .checked=${chosen(choice)} @change=${tick((on) => turn(choice, on))} />
            <span>${choice.label}</span>
          </label>
        `,
      )}
    </div>
  </fieldset>`;
}

/**
 * The chosen ones first, in their order, each with a button to move it up; the others below as they are listed.
 * @param {Drawn} drawn @param {Extract<FieldKind, {kind: "ordered"}>} kind
 */
function orderedView({field, value, set, help, t}, {choices}) {
  const place = (/** @type {Choice} */ choice) =>
    (value ?? []).findIndex((/** @type {unknown} */ one) => same(one, choice.value));
  const chosen = choices.filter((choice) => place(choice) >= 0).sort((a, b) => place(a) - place(b));
  const others = choices.filter((choice) => place(choice) < 0);
  const give = (/** @type {Choice[]} */ list) => set(list.map(({value}) => value));
  const turn = (/** @type {Choice} */ turned, /** @type {boolean} */ on) =>
    give(on ? [...chosen, turned] : chosen.filter((choice) => choice !== turned));
  const up = (/** @type {number} */ position) => (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const row = button.closest("div");
    const [raised] = chosen.splice(position, 1);
    give([...chosen.slice(0, position - 1), raised, ...chosen.slice(position - 1)]);
    // Moving the row in the document takes the focus from its button, and the first row has none.
    requestAnimationFrame(() => (button.isConnected ? button : row?.querySelector("input"))?.focus());
  };
  return html`<fieldset class="choices" aria-describedby=${help}>
    <legend>
      ${field.label}
      <span class="note">${t("page-choices-count", {count: chosen.length, all: choices.length})}</span>
    </legend>
    <div class="choices-list">
      ${repeat(
        [...chosen, ...others],
        (choice) => JSON.stringify(choice.value),
        (choice, position) =>
          html`<div class="ordered">
            <label class="check">
              <input
                type="checkbox"
                .checked=${position < chosen.length}
                @change=${tick((on) => turn(choice, on))}
              />
              <span>${choice.label}</span>
            </label>
            ${
              position > 0 && position < chosen.length
                ? html`<button
                    type="button"
                    class="quiet"
                    aria-label=${t("page-level-up", {value: choice.label})}
                    @click=${up(position)}
                  >
                    ↑
                  </button>`
                : nothing
            }
          </div>`,
      )}
    </div>
  </fieldset>`;
}

/** @param {Drawn} drawn @param {Extract<FieldKind, {kind: "pairs"}>} kind */
function pairsView({field, value, set, help, t}, {choices}) {
  /** @type {[unknown, unknown][]} */
  const pairs = value ?? [];
  const label = (/** @type {unknown} */ one) =>
    choices.find((choice) => same(choice.value, one))?.label ?? String(one);
  const add = (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const sides = button.closest("fieldset")?.querySelectorAll("select") ?? [];
    const [first, second] = Array.from(sides, ({value}) => choices[Number(value)].value);
    const known = pairs.some((pair) => same(pair, [first, second]) || same(pair, [second, first]));
    if (!known && !same(first, second)) set([...pairs, [first, second]]);
  };
  const side = (/** @type {number} */ start) => html`
    <select aria-label=${field.label}>
      ${choices.map((choice, index) => html`<option value=${index} ?selected=${index === start}>${choice.label}</option>`)}
    </select>
  `;
  return html`<fieldset class="choices" aria-describedby=${help}>
    <legend>${field.label}</legend>
    ${pairs.map((pair, index) => {
      const name = `${label(pair[0])} × ${label(pair[1])}`;
      return html`<div class="pair">
        <span>${name}</span>
        <button
          class="quiet"
          aria-label=${t("page-pairs-remove", {pair: name})}
          @click=${() => set(pairs.filter((_, other) => other !== index))}
        >
          ×
        </button>
      </div>`;
    })}
    ${
      choices.length > 1
        ? html`${side(0)} ${side(1)} <button @click=${add}>${t("page-pairs-add")}</button>`
        : nothing
    }
  </fieldset>`;
}

/** Shows the choices that hold what is typed. @param {Event} event */
function filter({target}) {
  const input = /** @type {HTMLInputElement} */ (target);
  const wanted = input.value.trim().toLocaleLowerCase();
  for (const label of input.closest("fieldset")?.querySelectorAll("label") ?? []) {
    label.hidden = !label.textContent.toLocaleLowerCase().includes(wanted);
  }
}

/** @param {Drawn} drawn @param {Extract<FieldKind, {kind: "number"}>} kind */
const numberView = (drawn, {min, max, step, optional}) =>
  labelled(
    drawn,
    html`<input
      id=${drawn.id}
      type="number"
      min=${min}
      max=${max}
      step=${step}
      placeholder=${optional ? drawn.t("page-automatic") : nothing}
      .value=${drawn.value ?? ""}
      aria-describedby=${drawn.help}
      @change=${(/** @type {Event} */ event) => {
        const input = /** @type {HTMLInputElement} */ (event.target);
        if (input.value === "") return optional ? drawn.set(null) : void (input.value = drawn.value ?? "");
        if (input.reportValidity()) drawn.set(input.valueAsNumber);
      }}
    />`,
  );

/** @param {Drawn} drawn @param {Extract<FieldKind, {kind: "numbers"}>} kind */
const numbersView = (drawn, {min, max}) =>
  labelled(
    drawn,
    html`<input
      id=${drawn.id}
      type="text"
      inputmode="decimal"
      placeholder=${drawn.t("page-automatic")}
      .value=${(drawn.value ?? []).join("; ")}
      aria-describedby=${drawn.help}
      @change=${(/** @type {Event} */ event) => {
        const input = /** @type {HTMLInputElement} */ (event.target);
        const numbers = numbersOf(input.value, min, max);
        input.setCustomValidity(numbers ? "" : drawn.t("page-numbers-wrong", {min, max}));
        if (input.reportValidity() && numbers) drawn.set(numbers);
      }}
    />`,
  );

/** @param {Drawn} drawn */
const textView = (drawn) =>
  labelled(
    drawn,
    html`<input
      id=${drawn.id}
      type="text"
      .value=${drawn.value ?? ""}
      aria-describedby=${drawn.help}
      @input=${choose((text) => drawn.set(text.trim() === "" ? null : text))}
    />`,
  );

/**
 * A typed list of numbers, decimal comma or point; `null` when something in it is not one.
 * @param {string} text @param {number} min @param {number} max
 */
function numbersOf(text, min, max) {
  const numbers = text
    .split(/[;\s]+/)
    .filter((part) => part !== "")
    .map((part) => Number(part.replace(",", ".")));
  return numbers.every((number) => number >= min && number <= max) ? numbers : null;
}
