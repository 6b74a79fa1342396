// @ts-check
/** Choices of a column, for the roles of the patients' sheet and of others. */
import {html, nothing} from "lit";
import {choose, tick} from "./parts.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").ColumnSummary} Column */

/** How many of a column's values stand under its role. */
const SAMPLES = 3;
/** Columns with more distinct values than this do not make groups. */
export const MOST_GROUPS = 30;

/**
 * A choice among the columns, those of the fitting kind first.
 * @param {Context} context @param {string} id @param {string | null} chosen @param {"any" | "date" | "number" | "few"} wanted
 * @param {(heading: string | null) => void} take @param {string} label @param {string} [description] id of what describes it
 * @param {Column[]} [columns] of another sheet
 * @param {string} [none] what no column means
 */
export function columnSelect(
  {state, t},
  id,
  chosen,
  wanted,
  take,
  label,
  description,
  columns = /** @type {Column[]} */ (state.columns),
  none = t("page-no-column"),
) {
  const fits = (/** @type {Column} */ {column_type: {kind}, distinct}) =>
    wanted === "any" || (wanted === "few" ? distinct > 0 && distinct <= MOST_GROUPS : kind === wanted);
  const option = (/** @type {Column} */ {heading}) =>
    html`<option value=${heading} .selected=${heading === chosen}>${heading}</option>`;
  const known = chosen === null || columns.some(({heading}) => heading === chosen);
  return html`
    <div class="role-select">
      <label for=${id}>${label}</label>
      <select
        id=${id}
        aria-describedby=${description ?? nothing}
        @change=${choose((value) => take(value === "" ? null : value))}
      >
        <option value="" .selected=${chosen === null}>${none}</option>
        ${known ? nothing : html`<option value=${chosen} .selected=${true}>${t("page-column-gone", {column: chosen})}</option>`}
        ${columns.filter(fits).map(option)}
        ${
          wanted === "any"
            ? nothing
            : html`<optgroup label=${t("page-other-columns")}>
                ${columns.filter((column) => !fits(column)).map(option)}
              </optgroup>`
        }
      </select>
    </div>
  `;
}

/**
 * A choice of one of a few words.
 * @param {string} id @param {string} label @param {string} chosen
 * @param {[string, string][]} options values with their words @param {(value: string) => void} take
 */
export const wordSelect = (id, label, chosen, options, take) => html`
  <div class="role-select">
    <label for=${id}>${label}</label>
    <select id=${id} @change=${choose(take)}>
      ${options.map(([value, words]) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`)}
    </select>
  </div>
`;

/** A few values of a column. @param {Context} context @param {string | null} heading @param {string} id */
export function samples({state, t}, heading, id) {
  const column = columnOf(state, heading);
  if (!column) return html`<p class="samples" id=${id}></p>`;
  const values = column.values.slice(0, SAMPLES).map((/** @type {[string, number]} */ [text]) => text);
  return html`<p class="samples" id=${id}>
    ${values.map((text) => html`<span class="sample">${text}</span>`)}
    <span class="note">${t("page-values-of", {n: column.n})}</span>
  </p>`;
}

/**
 * Several columns with a few of their values, each to be taken away, and a choice of one more.
 * @param {Context} context @param {string} id @param {string[]} chosen
 * @param {(column: Column) => boolean} fits what may be chosen
 * @param {(change: (all: string[]) => string[]) => void} edit
 * @param {string} label of the choice @param {(column: string) => string} remove what the button says
 */
export function columnList(context, id, chosen, fits, edit, label, remove) {
  const {state, t} = context;
  const free = state.columns.filter((column) => fits(column) && !chosen.includes(column.heading));
  return html`
    ${chosen.map(
      (heading, position) => html`
        <div class="role">
          <div class="role-select">
            <span>${columnOf(state, heading) ? heading : t("page-column-gone", {column: heading})}</span>
            <button class="quiet" @click=${() => edit((all) => all.filter((other) => other !== heading))}>
              ${remove(heading)}
            </button>
          </div>
          ${samples(context, heading, `samples-${id}-${position}`)}
        </div>
      `,
    )}
    <div class="role-select">
      <label for=${id}>${label}</label>
      <select
        id=${id}
        @change=${(/** @type {Event} */ event) => {
          const select = /** @type {HTMLSelectElement} */ (event.target);
          const column = select.value;
          select.value = "";
          if (column) edit((all) => [...all, column]);
        }}
      >
        <option value="">${t("page-no-column")}</option>
        ${free.map(({heading}) => html`<option value=${heading}>${heading}</option>`)}
      </select>
    </div>
  `;
}

/** @param {Context["state"]} state @param {string | null | undefined} heading @returns {Column | undefined} */
export const columnOf = (state, heading) => state.columns.find((column) => column.heading === heading);

/**
 * What the values of an event column mean, with how many rows.
 * @param {Context["t"]} t @param {Column | undefined} column
 * @param {{event_values: string[], no_values?: string[], blank_is_no_event?: boolean}} status
 * @param {boolean} isGiven whether other values mean "censored" instead of "no"
 * @param {(change: object) => void} edit
 */
export function coding(t, column, status, isGiven, edit) {
  const {values = [], missing = []} = column ?? {};
  const events = status.event_values;
  const noes = status.no_values;
  const without = (/** @type {string[]} */ texts, /** @type {string} */ text) =>
    texts.filter((other) => other !== text);
  /** Says what a value means: where noes are listed, one that is neither has not been said yet. @param {string} text @param {boolean} on */
  const say = (text, on) =>
    edit({
      event_values: on ? [...events, text] : without(events, text),
      ...(noes ? {no_values: on ? without(noes, text) : [...without(noes, text), text]} : {}),
    });
  const flip = () =>
    edit(
      noes
        ? {event_values: noes, no_values: events}
        : {event_values: values.map(([text]) => text).filter((text) => !events.includes(text))},
    );
  const blanks = missing.find(([text]) => text === "")?.[1] ?? 0;
  const words = isGiven
    ? ["page-coding-event", "page-coding-censored"]
    : ["page-coding-yes", "page-coding-no"];
  const word = (/** @type {string} */ text) => {
    if (events.includes(text)) return words[0];
    return noes && !noes.includes(text) ? "page-coding-unsaid" : words[1];
  };
  return html`
    <div class="coding">
      ${values.map(
        ([text, count]) => html`
          <label class="check">
            <input type="checkbox" .checked=${events.includes(text)} @change=${tick((on) => say(text, on))} />
            <span>${t(word(text), {value: text, count})}</span>
          </label>
        `,
      )}
      ${
        blanks > 0
          ? html`<label class="check">
              <input
                type="checkbox"
                .checked=${status.blank_is_no_event ?? false}
                @change=${tick((blank_is_no_event) => edit({blank_is_no_event}))}
              />
              <span>${t("page-coding-blank", {count: blanks})}</span>
            </label>`
          : nothing
      }
      <button class="quiet" @click=${flip}>${t("page-flip")}</button>
    </div>
  `;
}
