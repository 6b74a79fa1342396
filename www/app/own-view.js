// @ts-check
/** Columns: endpoints of the person's own, from a start to the first of some dates. */
import {html, nothing} from "lit";
import {ref} from "lit/directives/ref.js";
import {columnList, columnSelect} from "./column-parts.js";
import {takeFocus} from "./parts.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").OwnEndpoint} OwnEndpoint */

/** As long as an axis can be titled. */
const LONGEST_NAME = 60;

/** @param {Context} context */
export function ownEndpoints(context) {
  const {state, actions, t} = context;
  /** @type {OwnEndpoint[]} */
  const all = state.decisions?.mapping.own ?? [];
  return html`
    <p class="note own-help">${t("page-own-help")}</p>
    ${all.map((own, position) => ownEndpoint(context, own, position))}
    <button class="add-own" @click=${() => actions.addOwn()}>${t("page-own-add")}</button>
  `;
}

/** @param {Context} context @param {OwnEndpoint} own @param {number} position */
function ownEndpoint(context, own, position) {
  const {state, actions, t} = context;
  const mapping = state.decisions?.mapping ?? {};
  const id = `own-${position}`;
  const typed = state.view.refused[`${id}-name`];
  const isNew = state.view.addedOwn === position;
  const using = actions.sectionsOfOwn(position).map(({id}) => actions.sectionName(id));
  const edit = (/** @type {Partial<OwnEndpoint>} */ change) => actions.editOwn(position, change);
  const isDate = (/** @type {import("../types.js").ColumnSummary} */ {column_type: {kind}}) =>
    kind === "date";
  const one = (/** @type {"start" | "last_contact"} */ name) => {
    const label = t(`page-own-${name.replace("_", "-")}`);
    const shared = mapping[name] ? t("page-own-shared", {column: mapping[name]}) : t("page-no-column");
    const take = (/** @type {string | null} */ heading) => edit({[name]: heading});
    return html`<div class="role">
      ${columnSelect(context, `${id}-${name}`, own[name], "date", take, label, undefined, undefined, shared)}
    </div>`;
  };
  const several = (/** @type {"events" | "censoring"} */ name) =>
    columnList(
      context,
      `${id}-${name}`,
      own[name],
      isDate,
      (change) => edit({[name]: change(own[name])}),
      t(own[name].length ? `page-own-${name}-another` : `page-own-${name}`),
      (column) => t("page-own-column-remove", {column}),
    );
  return html`
    <details class="group own" ?open=${isNew}>
      <summary><span class="group-name">${own.name}</span></summary>
      <div class="group-body" role="group" aria-label=${own.name}>
        <div class="role-select">
          <label for="${id}-name">${t("page-own-name")}</label>
          <div>
            <input
              id="${id}-name"
              type="text"
              maxlength=${LONGEST_NAME}
              .value=${typed ?? own.name}
              aria-invalid=${String(typed !== undefined)}
              aria-errormessage="${id}-name-wrong"
              ${isNew ? ref(takeFocus) : nothing}
              @change=${(/** @type {Event} */ event) => {
                const input = /** @type {HTMLInputElement} */ (event.target);
                // Without a name it keeps the one that it has.
                if (!input.value.trim()) input.value = own.name;
                actions.renameOwn(position, input.value.trim());
              }}
            />
            <p class="wrong" id="${id}-name-wrong" role="alert">
              ${t("page-own-name-wrong", {typed: typed ?? "", name: own.name})}
            </p>
          </div>
        </div>
        ${one("start")}
        <p class="note own-dates">${t("page-own-events-help")}</p>
        ${several("events")}
        <p class="note own-dates">${t("page-own-censoring-help")}</p>
        ${several("censoring")} ${one("last_contact")}
        ${
          using.length
            ? html`<p class="note own-used">
                ${t("page-own-used", {count: using.length, sections: actions.quoted(using)})}
              </p>`
            : nothing
        }
        <button class="quiet" @click=${() => actions.removeOwn(position)}>
          ${t("page-own-remove", {name: own.name})}
        </button>
      </div>
    </details>
  `;
}
