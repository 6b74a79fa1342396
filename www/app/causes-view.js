// @ts-check
import {html, nothing} from "lit";
import {choose} from "./parts.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").TimeAndCause} TimeAndCause */
/** @typedef {import("../types.js").CauseCodes} CauseCodes */

const MEANINGS = ["unknown", "censored", "event"];

/**
 * What the values of a column of causes mean, with how many patients; and the events by name, in order.
 * @param {Context} context @param {TimeAndCause} given @param {[string, number][]} values
 */
export function causesView({actions, t}, given, values) {
  const set = (/** @type {Partial<TimeAndCause>} */ change) =>
    actions.editMapping((mapping) => ({...mapping, competing: {...mapping.competing, ...change}}));
  const meaning = (/** @type {string} */ text) => {
    if (given.censored.includes(text)) return "censored";
    return given.causes.some((cause) => cause.values.includes(text)) ? "event" : "unknown";
  };
  return html`
    <ul class="codes">
      ${values.map(
        ([text, count]) =>
          html`<li>
            <label>
              <span class="code-text">${text} <span class="count">${count}</span></span>
              <select
                aria-label=${t("page-cause-meaning", {value: text, count})}
                @change=${choose((chosen) => set(means(given, text, chosen)))}
              >
                ${MEANINGS.map(
                  (name) =>
                    html`<option value=${name} .selected=${name === meaning(text)}>
                      ${t(`page-cause-${name}`)}
                    </option>`,
                )}
              </select>
            </label>
          </li>`,
      )}
    </ul>
    <ol class="levels">
      ${given.causes.map(
        (cause, position) =>
          html`<li>
            <input
              type="text"
              aria-label=${t("page-cause-name", {value: cause.values.join(", ")})}
              .value=${cause.label}
              @change=${choose((label) => set({causes: renamed(given.causes, position, label.trim())}))}
            />
            <span class="note">
              ${cause.values.join(", ")} ${position === 0 ? html`· ${t("page-cause-first")}` : nothing}
            </span>
            ${
              position > 0
                ? html`<button
                    class="quiet"
                    aria-label=${t("page-level-up", {value: cause.label})}
                    @click=${() => set({causes: raised(given.causes, position)})}
                  >
                    ↑
                  </button>`
                : nothing
            }
          </li>`,
      )}
    </ol>
    <p class="note">${t("page-causes-help")}</p>
  `;
}

/**
 * The coding with another meaning of one value; a new event is called after its value.
 * @param {TimeAndCause} given @param {string} text @param {string} chosen
 */
function means({causes, censored}, text, chosen) {
  const without = (/** @type {string[]} */ values) => values.filter((value) => value !== text);
  const kept = causes
    .map((cause) => ({...cause, values: without(cause.values)}))
    .filter(({values}) => values.length > 0);
  const added = chosen === "event" ? [{label: text, values: [text]}] : [];
  return {
    causes: [...kept, ...added],
    censored: [...without(censored), ...(chosen === "censored" ? [text] : [])],
  };
}

/** Two events of one name become one. @param {CauseCodes[]} causes @param {number} position @param {string} label */
function renamed(causes, position, label) {
  const {values} = causes[position];
  const name = label || values[0];
  const same = causes.findIndex((cause, other) => other !== position && cause.label === name);
  if (same < 0) return causes.map((cause, other) => (other === position ? {...cause, label: name} : cause));
  return causes
    .map((cause, other) => (other === same ? {...cause, values: [...cause.values, ...values]} : cause))
    .filter((_, other) => other !== position);
}

/** @param {CauseCodes[]} causes @param {number} from */
function raised(causes, from) {
  const order = [...causes];
  [order[from - 1], order[from]] = [order[from], order[from - 1]];
  return order;
}
