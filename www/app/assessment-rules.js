// @ts-check
/** Columns: how assessments become responses and censor, by RECIST 1.1, iRECIST and the rules of censoring. */
import {html, nothing} from "lit";
import {wordSelect} from "./column-parts.js";
import {tick} from "./parts.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").RecistSettings} Settings */

/** A response is seen again four weeks later, with at most one assessment between that says nothing. */
const CONFIRMATION = {days: 28, not_evaluable: 1, one_stable: false};

/** Shown while a sheet holds assessments. @param {Context} context */
export function assessmentRules(context) {
  const {state, actions, t} = context;
  const mapping = state.decisions?.mapping ?? {};
  if (!mapping.assessments && !mapping.lesions) return nothing;
  const {censoring = {}} = mapping.rules ?? {};
  /** @type {Settings} */
  const recist = mapping.recist;
  const censor = (/** @type {object} */ change) =>
    actions.editMapping((mapping) => ({
      ...mapping,
      rules: {...mapping.rules, censoring: {...mapping.rules?.censoring, ...change}},
    }));
  const judge = (/** @type {Partial<Settings>} */ change) =>
    actions.editMapping((mapping) => ({...mapping, recist: {...mapping.recist, ...change}}));
  const preset = censoring.preset ?? "fda";
  return html`<div class="role rules">
    ${wordSelect(
      "censoring-preset",
      t("page-censoring"),
      preset,
      ["fda", "ema", "plain"].map((preset) => [preset, t(`page-censoring-${preset}`)]),
      (preset) => censor({preset}),
    )}
    ${
      preset === "fda"
        ? days(context, "censoring-gap", censoring.gap_days ?? 98, [1, 1000], (gap_days) =>
            censor({gap_days}),
          )
        : yesNo(t, "clinical-progression-counts", censoring.clinical_progression ?? false, (on) =>
            censor({clinical_progression: on}),
          )
    }
    <label class="check">
      <input
        type="checkbox"
        .checked=${Boolean(recist.confirmation)}
        @change=${tick((on) => judge({confirmation: on ? CONFIRMATION : null}))}
      />
      <span>${t("page-confirm-responses")}</span>
    </label>
    ${days(context, "minimum-stable", recist.minimum_stable, [0, 1000], (minimum_stable) => judge({minimum_stable}))}
    <details class="more-settings">
      <summary>${t("page-more-settings")}</summary>
      <div class="rules">${moreSettings(context, recist, judge)}</div>
    </details>
  </div>`;
}

/** @param {Context} context @param {Settings} recist @param {(change: Partial<Settings>) => void} judge */
function moreSettings(context, recist, judge) {
  const {t} = context;
  const {confirmation, immune} = recist;
  const confirm = (/** @type {Partial<typeof CONFIRMATION>} */ change) =>
    judge({confirmation: {...CONFIRMATION, ...confirmation, ...change}});
  const immunely = (/** @type {Partial<typeof immune>} */ change) => judge({immune: {...immune, ...change}});
  return html`
    ${number(
      context,
      "baseline-window",
      recist.baseline_window,
      {min: 0, max: 1000, optional: true},
      (baseline_window) => judge({baseline_window}),
    )}
    ${days(context, "baseline-grace", recist.baseline_grace, [0, 365], (baseline_grace) => judge({baseline_grace}))}
    ${
      confirmation
        ? html`
            ${days(context, "confirmation-days", confirmation.days, [1, 365], (days) => confirm({days}))}
            ${days(context, "confirmation-ne", confirmation.not_evaluable, [0, 10], (not_evaluable) =>
              confirm({not_evaluable}),
            )}
            ${yesNo(t, "confirmation-sd", confirmation.one_stable, (one_stable) => confirm({one_stable}))}
          `
        : html`<p class="samples note">${t("page-confirmation-off")}</p>`
    }
    ${yesNo(t, "before-new-therapy", recist.before_new_therapy, (before_new_therapy) => judge({before_new_therapy}))}
    ${days(context, "immune-confirm-after", immune.confirm_after, [1, 365], (confirm_after) => immunely({confirm_after}))}
    ${days(context, "immune-tolerance", immune.tolerance, [0, 90], (tolerance) => immunely({tolerance}))}
    ${yesNo(t, "immune-repeated-flag", immune.repeated_flag_is_another, (repeated_flag_is_another) =>
      immunely({repeated_flag_is_another}),
    )}
  `;
}

/**
 * A whole number with a line of help. One that does not fit is refused in words, and the former one stays in force.
 * @param {Context} context @param {string} id @param {number | null} value
 * @param {{min: number, max: number, optional?: boolean}} range @param {(value: number | null) => void} set
 */
function number({state, actions, t}, id, value, {min, max, optional = false}, set) {
  const {[id]: typed, ...refused} = state.view.refused;
  return html`
    <div class="role-select setting">
      <label for=${id}>${t(`page-setting-${id}`)}</label>
      <div>
        <input
          id=${id}
          class="short"
          type="number"
          min=${min}
          max=${max}
          step="1"
          ?required=${!optional}
          .value=${typed ?? String(value ?? "")}
          aria-invalid=${String(typed !== undefined)}
          aria-describedby="${id}-help"
          aria-errormessage="${id}-wrong"
          @change=${(/** @type {Event} */ event) => {
            const input = /** @type {HTMLInputElement} */ (event.target);
            const fits = input.validity.valid;
            actions.look({refused: fits ? refused : {...refused, [id]: input.value}});
            if (fits) set(input.value === "" ? null : input.valueAsNumber);
          }}
        />
        <p class="note" id="${id}-help">${t(`page-setting-${id}-help`)}</p>
        <p class="wrong" id="${id}-wrong" role="alert">
          ${t("page-setting-wrong", {min, max, value: value ?? t("page-setting-none")})}
        </p>
      </div>
    </div>
  `;
}

/**
 * @param {Context} context @param {string} id @param {number} value @param {[number, number]} range
 * @param {(value: number) => void} set
 */
const days = (context, id, value, [min, max], set) =>
  number(context, id, value, {min, max}, (value) => set(/** @type {number} */ (value)));

/** @param {Context["t"]} t @param {string} id @param {boolean} value @param {(on: boolean) => void} set */
const yesNo = (t, id, value, set) => html`
  <div class="setting-check">
    <label class="check">
      <input type="checkbox" id=${id} .checked=${value} aria-describedby="${id}-help" @change=${tick(set)} />
      <span>${t(`page-setting-${id}`)}</span>
    </label>
    <p class="note" id="${id}-help">${t(`page-setting-${id}-help`)}</p>
  </div>
`;
