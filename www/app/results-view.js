// @ts-check
import {html, nothing} from "lit";
import {guard} from "lit/directives/guard.js";
import {repeat} from "lit/directives/repeat.js";
import {partlyMatched} from "./issues.js";
import {bringHere, choose, menu} from "./parts.js";
import {sectionView} from "./section.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

/** How many of the issues that must be settled are told above the results. */
const MOST_UNSETTLED = 5;

/** @param {Context} context */
export function resultsView(context) {
  const {state, actions, t} = context;
  const {decisions, assigned, forms} = state;
  const sections = decisions?.sections ?? [];
  if (!decisions || !assigned || !forms.some(({missing}) => !missing)) {
    return html`<section class="nothing-yet">
      <h1>${t("page-step-results")}</h1>
      ${
        unsettled(context) ??
        html`<p>
            ${state.assignFailure ?? t(decisions ? "page-results-nothing-mapped" : "page-columns-no-file")}
          </p>
          <button class="primary" @click=${() => actions.go(decisions ? "columns" : "data")}>
            ${t(decisions ? "page-go-columns" : "page-go-data")}
          </button>`
      }
    </section>`;
  }
  return html`
    <div class="page-head">
      <h1>${t("page-step-results")}</h1>
      <div class="buttons">
        ${numbersMenu(context)} ${addMenu(context, false)}
        <button @click=${() => actions.addAll()}>${t("page-all-analyses")}</button>
        ${
          sections.length
            ? menu(
                t("page-export-all"),
                [
                  {
                    label: t("page-export-html"),
                    note: t("page-export-html-note"),
                    run: () => actions.exportReport("html"),
                  },
                  {
                    label: t("page-export-csv"),
                    note: t("page-export-csv-note"),
                    run: () => actions.exportReport("csv"),
                  },
                  {
                    label: t("page-export-r"),
                    note: t("page-export-r-note"),
                    run: () => actions.exportReport("r"),
                  },
                  {label: t("page-export-study"), note: t("page-export-study-note"), run: actions.saveStudy},
                  {label: t("page-print"), note: t("page-print-note"), run: () => print()},
                ],
                {end: true},
              )
            : nothing
        }
      </div>
    </div>
    ${state.file?.example ? html`<p class="synthetic">${t("page-example-note")}</p>` : nothing}
    ${unsettled(context) ?? nothing} ${partly(context)} ${contentsView(context, sections)}
    ${sections.length === 0 ? html`<p class="lead">${t("page-results-empty")}</p>` : nothing}
    <div class="document">
      ${repeat(
        sections,
        ({id}) => id,
        (section, index) =>
          guard(dependencies(state, section, index, sections.length), () =>
            sectionView(context, section, index, sections.length),
          ),
      )}
    </div>
    ${sections.length ? html`<div class="add-below">${addMenu(context, true)}</div>` : nothing}
  `;
}

/** What keeps an endpoint from having results; null when nothing does. @param {Context} context */
function unsettled({state, actions, t}) {
  const errors = (state.assigned?.issues ?? []).filter(({severity}) => severity === "error");
  if (!errors.length) return null;
  return html`<div class="caution unsettled">
    <p>${t("page-results-unsettled", {count: errors.length})}</p>
    <ul>
      ${errors.slice(0, MOST_UNSETTLED).map(({sentence}) => html`<li>${sentence}</li>`)}
    </ul>
    <button @click=${() => actions.go("columns")}>${t("page-go-columns")}</button>
  </div>`;
}

/** Sheets that match some of the patients only. @param {Context} context */
function partly({state, actions, t}) {
  const found = partlyMatched(state);
  if (!found.length) return nothing;
  return html`<div class="caution unsettled">
    <ul>
      ${found.map(({sentence}) => html`<li>${sentence}</li>`)}
    </ul>
    <button @click=${() => actions.go("columns")}>${t("page-go-columns")}</button>
  </div>`;
}

/**
 * All that a section shows: while it is the same, the section is not drawn again.
 * @param {Context["state"]} state @param {{id: number}} section @param {number} index @param {number} count
 */
const dependencies = (state, section, index, count) => [
  section,
  state.results[section.id],
  state.view.renaming === section.id,
  state.view.added === section.id,
  state.forms,
  state.file,
  state.language,
  index,
  count,
];

/** So few sections are found without a list of them. */
const FEW_SECTIONS = 3;

/** Where there is room, the list of sections stands open. */
const wide = matchMedia("(min-width: 45em)");

/** The sections, to jump to. @param {Context} context @param {{id: number}[]} sections */
function contentsView({actions, t}, sections) {
  if (sections.length <= FEW_SECTIONS) return nothing;
  return html`<nav class="contents" aria-label=${t("page-contents")}>
    <details ?open=${wide.matches}>
      <summary>${t("page-contents")}</summary>
      <ol>
        ${repeat(
          sections,
          ({id}) => id,
          ({id}) =>
            html`<li>
              <button class="link-like" @click=${jump(id)}>
                ${actions.sectionName(id) || t("page-computing")}
              </button>
            </li>`,
        )}
      </ol>
    </details>
  </nav>`;
}

/** @param {number} id */
const jump =
  (id) =>
  (/** @type {Event} */ {currentTarget}) => {
    const root = /** @type {ShadowRoot} */ (/** @type {HTMLElement} */ (currentTarget).getRootNode());
    bringHere(root.querySelector(`#heading-${id} button`) ?? undefined);
  };

/** What the mapped columns allow, and what is missing for the rest. @param {Context} context @param {boolean} below */
function addMenu({state, actions, t}, below) {
  const items = state.forms.map(({analysis, label, help, missing}) => ({
    label,
    note: missing ?? help,
    run: missing ? undefined : () => actions.addSection(analysis),
  }));
  const all = {label: t("page-all-analyses"), note: t("page-all-analyses-note"), run: actions.addAll};
  return menu(t("page-add-analysis"), [all, ...items], {end: !below});
}

const P_VALUES = ["default", "nejm", "jama", "lancet"];

/** How numbers are written, everywhere at once. @param {Context} context */
function numbersMenu({state, actions, t}) {
  const {style, mapping} = /** @type {NonNullable<typeof state.decisions>} */ (state.decisions);
  return html`
    <details class="menu">
      <summary>${t("page-numbers")}</summary>
      <div class="menu-form">
        <label>
          <span>${t("page-p-values")}</span>
          <select @change=${choose((p_value) => actions.editStyle({p_value}))}>
            ${P_VALUES.map(
              (name) =>
                html`<option value=${name} .selected=${name === (style.p_value ?? "default")}>
                  ${t(`page-p-${name}`)}
                </option>`,
            )}
          </select>
        </label>
        <label>
          <span>${t("page-percent-decimals")}</span>
          <select @change=${choose((decimals) => actions.editStyle({percent_decimals: Number(decimals)}))}>
            ${[0, 1, 2].map(
              (decimals) =>
                html`<option value=${decimals} .selected=${decimals === (style.percent_decimals ?? 1)}>
                  ${decimals}
                </option>`,
            )}
          </select>
        </label>
        <label>
          <span>${t("page-display-unit")}</span>
          <select
            @change=${choose((display) => actions.editMapping((all) => ({...all, rules: {...all.rules, display}})))}
          >
            ${["days", "weeks", "months", "years"].map(
              (unit) =>
                html`<option value=${unit} .selected=${unit === (mapping.rules.display ?? "months")}>
                  ${t(`page-unit-${unit}`)}
                </option>`,
            )}
          </select>
        </label>
      </div>
    </details>
  `;
}
