// @ts-check
import {html, nothing} from "lit";
import {issueActions, partlyMatched} from "./issues.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

/** What each patient contributes to an endpoint, and why. @param {Context} context */
export function derivedView(context) {
  const {state, actions, t, engine} = context;
  const endpoints = state.assigned?.endpoints ?? [];
  if (!state.assigned || !endpoints.length) {
    return html`<section class="derived">
      <h2>${t("page-derived")}</h2>
      <p class="note">${t("page-derived-none")}</p>
    </section>`;
  }
  const shown = endpoints.find(({endpoint}) => endpoint === state.view.endpoint) ?? endpoints[0];
  const version = `${state.tableVersion} ${shown.endpoint}`;
  const reason = state.view.derivedReason;
  return html`
    <section class="derived" aria-labelledby="derived-title">
      <h2 id="derived-title">${t("page-derived")}</h2>
      ${
        endpoints.length > 1
          ? html`<div class="filter" role="group" aria-label=${t("page-endpoint")}>
              ${endpoints.map(
                ({endpoint, label}) =>
                  html`<button
                    aria-pressed=${endpoint === shown.endpoint ? "true" : "false"}
                    @click=${() => actions.look({endpoint})}
                  >
                    ${label}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      ${partlyMatched(state).map(
        (issue) =>
          html`<div class="caution partly">
            <p>${issue.sentence}</p>
            ${issueActions(context, issue)}
          </div>`,
      )}
      <p>${shown.sentence}</p>
      ${
        shown.rules
          ? html`<p class="note rules-line">
              ${shown.rules}
              <button class="link-like" @click=${changeRules}>${t("page-derived-rules-change")}</button>
            </p>`
          : nothing
      }
      <oncurve-grid
        class="short-grid"
        .wraps=${state.assigned.n <= MOST_WRAPPED}
        .columns=${columns(t)}
        .count=${state.assigned.n}
        .version=${version}
        .name=${t("page-derived-name", {endpoint: shown.label})}
        .fetch=${fetcher(engine, shown.endpoint, state)}
        .cell=${state.view.derivedCell}
        .look=${look}
        @cell=${(/** @type {CustomEvent} */ {detail}) =>
          actions.look({
            derivedCell: detail.cell,
            derivedReason: detail.record && {version, text: reasonOf(detail.record)},
          })}
        @edit=${(/** @type {CustomEvent} */ {detail}) => actions.jumpToRow(detail.record?.row)}
      ></oncurve-grid>
      <p class="note" aria-live="polite">
        ${reason?.version === version ? reason.text : t("page-derived-hint")}
      </p>
    </section>
  `;
}

/** So many rows are all drawn, each as high as its reason; of more only those in view, all of one height. */
const MOST_WRAPPED = 500;

/** Brings the choice of the rules of censoring to the person. @param {Event} event */
function changeRules({target}) {
  const root = /** @type {ShadowRoot} */ (/** @type {HTMLElement} */ (target).getRootNode());
  const select = root.getElementById("censoring-preset");
  select?.scrollIntoView({block: "center"});
  select?.focus({preventScroll: true});
}

/** @param {Context["engine"]} engine @param {string} endpoint @param {Context["state"]} state */
const fetcher =
  (engine, endpoint, state) => async (/** @type {number} */ from, /** @type {number} */ count) => {
    /** @type {import("../types.js").DerivedRow[]} */
    const rows = await engine.derived(endpoint, from, count, state.decisions?.style, state.language);
    return rows.map(({id, row, time, status, reason, event}) => ({
      row,
      event,
      cells: [id, String(row), time, status, reason],
    }));
  };

/** The whole reason of a row, which is often wider than its column. @param {{cells: string[]}} record */
const reasonOf = ({cells}) => `${cells[0]}: ${cells[4]}`;

/** @param {any} row @param {number} column */
const look = (row, column) => ({
  mark: column === 3 ? {true: "event", false: "", null: "left-out"}[String(row.event)] : "",
});

const known = {
  t: /** @type {unknown} */ (null),
  columns: /** @type {{heading: string, numeric?: boolean}[]} */ ([]),
};
/** @param {Context["t"]} t */
function columns(t) {
  const headings = ["patient", "row", "time", "status", "reason"].map((name) => t(`page-derived-${name}`));
  if (known.t !== headings.join()) {
    known.t = headings.join();
    known.columns = headings.map((heading, index) => ({heading, numeric: index === 1 || index === 2}));
  }
  return known.columns;
}
