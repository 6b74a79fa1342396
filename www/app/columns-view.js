// @ts-check
import {html, nothing} from "lit";
import {assessmentRules} from "./assessment-rules.js";
import {causesView} from "./causes-view.js";
import {
  MOST_GROUPS,
  coding,
  columnList,
  columnOf,
  columnSelect,
  samples,
  wordSelect,
} from "./column-parts.js";
import {derivedView} from "./derived.js";
import {issuesView} from "./issues.js";
import {ownEndpoints} from "./own-view.js";
import {choose, tick} from "./parts.js";
import {sheetsPart} from "./records-view.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

const UNITS = ["days", "weeks", "months", "years"];
const RESPONSES = ["cr", "pr", "sd", "non_cr_non_pd", "pd", "ne", "missing"];

/** @param {Context} context */
export function columnsView(context) {
  const {state, actions, t} = context;
  const mapping = state.decisions?.mapping;
  if (!mapping || !state.table) {
    return html`<section class="nothing-yet">
      <h1>${t("page-step-columns")}</h1>
      <p>${t("page-columns-no-file")}</p>
      <button class="primary" @click=${() => actions.go("data")}>${t("page-go-data")}</button>
    </section>`;
  }
  const ready = (state.assigned?.endpoints.length ?? 0) > 0 || mapping.response !== null;
  return html`
    <div class="page-head">
      <h1>${t("page-step-columns")}</h1>
      <div class="buttons">
        <button class="primary" ?disabled=${!ready} @click=${() => actions.go("results")}>
          ${t("page-next-results")}
        </button>
      </div>
    </div>
    <p class="lead">${t("page-columns-lead")}</p>
    ${state.assignFailure ? html`<p class="caution" role="alert">${state.assignFailure}</p>` : nothing}
    ${state.assigned && !ready ? html`<p class="caution">${t("page-nothing-mapped")}</p>` : nothing}
    <div class="columns-panes">
      <div class="roles">
        ${part(t, "who", html`${role(context, "patient", "any")}`)}
        ${part(
          t,
          "when",
          html`
            ${role(context, "start", "date")} ${role(context, "progression", "date")}
            ${role(context, "death", "date")} ${role(context, "last_contact", "date")} ${cutOff(context)}
            ${furtherDates(context)} ${rules(context)} ${assessmentRules(context)}
          `,
        )}
        ${part(
          t,
          "what",
          html`
            ${status(context, "progressed")} ${status(context, "died")} ${response(context)}
            ${timeAndEvent(context, "pfs")} ${timeAndEvent(context, "os")} ${timeAndCause(context)}
            ${groups(context, "counted")}
          `,
        )}
        ${part(t, "group", groups(context, "groups"))} ${part(t, "covariates", covariates(context))}
        ${sheetsPart(context, (content) => part(t, "sheets", content))}
        ${part(t, "own", ownEndpoints(context))}
      </div>
      <div class="outcome-pane">${derivedView(context)} ${issuesView(context)}</div>
    </div>
  `;
}

/** @param {Context["t"]} t @param {string} name @param {unknown} content */
const part = (t, name, content) => html`
  <fieldset class="part">
    <legend>${t(`page-part-${name}`)}</legend>
    ${content}
  </fieldset>
`;

/** A role that one column fills. @param {Context} context @param {string} name @param {"any" | "date"} wanted */
function role(context, name, wanted) {
  const {state, actions, t} = context;
  const chosen = state.decisions?.mapping[name] ?? null;
  const id = `samples-${name}`;
  const take = (/** @type {string | null} */ heading) =>
    actions.editMapping((mapping) => ({...mapping, [name]: heading}));
  return html`<div class="role">
    ${columnSelect(context, `role-${name}`, chosen, wanted, take, t(`page-role-${name.replaceAll("_", "-")}`), id)}
    ${samples(context, chosen, id)}
  </div>`;
}

/** Dates that only some studies have. */
const FURTHER_DATES = ["treatment_end", "new_therapy", "clinical_progression", "second_progression"];

/** @param {Context} context */
function furtherDates(context) {
  const mapping = context.state.decisions?.mapping ?? {};
  return html`<details ?open=${FURTHER_DATES.some((name) => mapping[name])}>
    <summary>${context.t("page-further-dates")}</summary>
    ${FURTHER_DATES.map((name) => role(context, name, "date"))}
  </details>`;
}

/** @param {Context} context */
function cutOff({state, actions, t}) {
  const value = state.decisions?.mapping.cut_off ?? "";
  return html`<div class="role">
    <label class="role-select">
      <span>${t("page-role-cut-off")}</span>
      <input
        type="date"
        .value=${value}
        aria-describedby="cut-off-help"
        @change=${choose((date) => actions.editMapping((mapping) => ({...mapping, cut_off: date || null})))}
      />
    </label>
    <p class="samples note" id="cut-off-help">${t("page-cut-off-help")}</p>
  </div>`;
}

/** @param {Context["t"]} t @returns {[string, string][]} */
const units = (t) => UNITS.map((unit) => [unit, t(`page-unit-${unit}`)]);

/** How dates become times. @param {Context} context */
function rules({state, actions, t}) {
  const current = state.decisions?.mapping.rules ?? {};
  const set = (/** @type {object} */ change) =>
    actions.editMapping((mapping) => ({...mapping, rules: {...mapping.rules, ...change}}));
  return html`
    <div class="role rules">
      ${wordSelect("display-unit", t("page-display-unit"), current.display ?? "months", units(t), (display) => set({display}))}
      ${wordSelect(
        "month-rule",
        t("page-month-rule"),
        current.month ?? "average",
        ["average", "thirty", "calendar"].map((rule) => [rule, t(`page-month-${rule}`)]),
        (month) => set({month}),
      )}
      <label class="check">
        <input
          type="checkbox"
          .checked=${current.count_first_day ?? false}
          @change=${tick((count_first_day) => set({count_first_day}))}
        />
        <span>${t("page-count-first-day")}</span>
      </label>
    </div>
  `;
}

/** Ready-made times and events of an endpoint. @param {Context} context @param {"pfs" | "os"} name */
function timeAndEvent(context, name) {
  const {state, actions, t} = context;
  const given = state.decisions?.mapping[name] ?? null;
  const half = given ?? state.view.halves[name] ?? {time: null, event: null};
  const take = (/** @type {object} */ change) => actions.setTimeAndEvent(name, {...half, ...change});
  return readyMade(
    context,
    name,
    half.time,
    given?.unit,
    take,
    html`
      ${columnSelect(context, `role-${name}-event`, half.event, "few", (event) => take({event}), t("page-role-event"))}
      ${given ? codingOf(context, name, given.event) : nothing}
    `,
  );
}

/** Ready-made times with several kinds of event. @param {Context} context */
function timeAndCause(context) {
  const {state, actions, t} = context;
  const given = state.decisions?.mapping.competing ?? null;
  const half = given ?? state.view.halves.competing ?? {time: null, cause: null};
  const take = (/** @type {object} */ change) => actions.setTimeAndCause({...half, ...change});
  const values = columnOf(state, given?.cause)?.values ?? [];
  return readyMade(
    context,
    "competing",
    half.time,
    given?.unit,
    take,
    html`
      ${columnSelect(context, "role-competing-cause", half.cause, "few", (cause) => take({cause}), t("page-role-cause"))}
      ${given ? causesView(context, given, values) : nothing}
    `,
  );
}

/**
 * A column of times, its unit once there is one, and what ended them.
 * @param {Context} context @param {"pfs" | "os" | "competing"} name @param {string | null} time
 * @param {string | undefined} unit @param {(change: object) => void} take @param {unknown} ends
 */
function readyMade(context, name, time, unit, take, ends) {
  const {t} = context;
  const id = `samples-${name}`;
  return html`
    <details class="ready-made printed" ?open=${unit !== undefined}>
      <summary>${t(`page-ready-${name}`)}</summary>
      <div class="role">
        ${columnSelect(context, `role-${name}-time`, time, "number", (time) => take({time}), t("page-role-time"), id)}
        ${samples(context, time, id)}
      </div>
      ${
        unit !== undefined
          ? html`<div class="role">
              ${wordSelect(`role-${name}-unit`, t("page-time-unit"), unit, units(t), (unit) => take({unit}))}
            </div>`
          : nothing
      }
      <div class="role">${ends}</div>
    </details>
  `;
}

/** Whether something happened, beside its date. @param {Context} context @param {"progressed" | "died"} name */
function status(context, name) {
  const {state, actions, t} = context;
  const given = state.decisions?.mapping[name] ?? null;
  const take = (/** @type {string | null} */ column) => actions.setStatus(name, column);
  return html`<div class="role">
    ${columnSelect(context, `role-${name}`, given?.column ?? null, "few", take, t(`page-role-${name}`))}
    ${given ? codingOf(context, name, given.column) : nothing}
  </div>`;
}

/** @param {Context} context @param {"pfs" | "os" | "progressed" | "died"} name of the role @param {string} column */
function codingOf({state, actions, t}, name, column) {
  const edit = (/** @type {object} */ change) =>
    actions.editMapping((mapping) => ({...mapping, [name]: {...mapping[name], ...change}}));
  const isGiven = name === "pfs" || name === "os";
  return coding(t, columnOf(state, column), state.decisions?.mapping[name], isGiven, edit);
}

/** @param {Context} context */
function response(context) {
  const {state, actions, t} = context;
  const given = state.decisions?.mapping.response ?? null;
  const values = columnOf(state, given?.column)?.values ?? [];
  const set = (/** @type {string} */ text, /** @type {string} */ code) =>
    actions.editMapping((mapping) => {
      const codes = {...mapping.response.codes};
      if (code) codes[text] = code;
      else delete codes[text];
      return {...mapping, response: {...mapping.response, codes}};
    });
  return html`
    <div class="role">
      ${columnSelect(context, "role-response", given?.column ?? null, "few", actions.setResponse, t("page-role-response"))}
      ${
        given
          ? html`<ul class="codes">
              ${values.map(
                ([text, count]) =>
                  html`<li>
                    <label>
                      <span class="code-text">${text} <span class="count">${count}</span></span>
                      <select @change=${choose((code) => set(text, code))}>
                        <option value="" .selected=${!given.codes[text]}>${t("page-response-none")}</option>
                        ${RESPONSES.map(
                          (code) =>
                            html`<option value=${code} .selected=${given.codes[text] === code}>
                              ${t(`page-response-${code.replaceAll("_", "-")}`)}
                            </option>`,
                        )}
                      </select>
                    </label>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </div>
  `;
}

/**
 * The columns that make groups, or those whose values are counted.
 * @param {Context} context @param {"groups" | "counted"} role
 */
function groups(context, role) {
  const {state, actions, t} = context;
  /** @type {import("../types.js").Grouping[]} */
  const chosen = state.decisions?.mapping[role] ?? [];
  const taken = new Set(chosen.map(({column}) => column));
  const free = state.columns.filter(
    ({heading, distinct}) => !taken.has(heading) && distinct > 0 && distinct <= MOST_GROUPS,
  );
  return html`
    ${chosen.map((group) => groupView(context, role, group))}
    <div class="role-select">
      <label for="role-${role}">${t(`page-${role}-${chosen.length ? "another" : "choose"}`)}</label>
      <select
        id="role-${role}"
        @change=${(/** @type {Event} */ event) => {
          const select = /** @type {HTMLSelectElement} */ (event.target);
          const column = select.value;
          select.value = "";
          if (column) actions.editGroups(role, (all) => [...all, {column, levels: [], labels: {}}]);
        }}
      >
        <option value="">${t("page-no-column")}</option>
        ${free.map(({heading, distinct}) => html`<option value=${heading}>${t(`page-${role}-option`, {column: heading, n: distinct})}</option>`)}
      </select>
    </div>
  `;
}

/** The columns of measurements. @param {Context} context */
function covariates(context) {
  const {state, actions, t} = context;
  /** @type {string[]} */
  const chosen = state.decisions?.mapping.covariates ?? [];
  return columnList(
    context,
    "role-covariates",
    chosen,
    ({column_type: {kind}}) => kind === "number",
    (change) =>
      actions.editMapping((mapping) => ({...mapping, covariates: change(mapping.covariates ?? [])})),
    t(`page-covariates-${chosen.length ? "another" : "choose"}`),
    (column) => t("page-covariates-remove", {column}),
  );
}

/** @param {Context} context @param {"groups" | "counted"} role @param {import("../types.js").Grouping} group */
function groupView({state, actions, t}, role, group) {
  const values = columnOf(state, group.column)?.values ?? [];
  const counts = new Map(values);
  const texts = values.map(([text]) => text).sort((a, b) => a.localeCompare(b, undefined, {numeric: true}));
  const known = group.levels.filter((text) => counts.has(text));
  const levels = [...known, ...texts.filter((text) => !known.includes(text))];
  const shownLevels = [...new Set(levels.map((text) => group.labels[text] ?? text))];
  const set = (/** @type {Partial<typeof group>} */ change, /** @type {string} */ key = "") =>
    actions.editGroups(
      role,
      (all) => all.map((other) => (other.column === group.column ? {...other, ...change} : other)),
      key,
    );
  const up = (/** @type {number} */ from) => {
    const order = [...levels];
    [order[from - 1], order[from]] = [order[from], order[from - 1]];
    set({levels: order});
  };
  const rename = (/** @type {string} */ text, /** @type {string} */ label) => {
    const labels = {...group.labels};
    if (label && label !== text) labels[text] = label;
    else delete labels[text];
    set({labels}, `label ${group.column} ${text}`);
  };
  return html`
    <details class="group">
      <summary>
        <span class="group-name">${group.column}</span>
        <span class="samples">${shownLevels.map((level) => html`<span>${level}</span>`)}</span>
      </summary>
      <div class="group-body">
        <ol class="levels">
          ${levels.map(
            (text, position) =>
              html`<li>
                <label>
                  <span class="sr">${t("page-level-label", {value: text})}</span>
                  <input
                    type="text"
                    .value=${group.labels[text] ?? text}
                    @change=${choose((label) => rename(text, label.trim()))}
                  />
                </label>
                <span class="note">
                  ${group.labels[text] ? t("page-level-was", {value: text}) : nothing} ${counts.get(text)}
                  ${position === 0 ? html`· ${t("page-reference")}` : nothing}
                </span>
                ${
                  position > 0
                    ? html`<button
                        class="quiet"
                        aria-label=${t("page-level-up", {value: text})}
                        @click=${() => up(position)}
                      >
                        ↑
                      </button>`
                    : nothing
                }
              </li>`,
          )}
        </ol>
        <p class="note">${t("page-levels-help")}</p>
        <button
          class="quiet"
          @click=${() => actions.editGroups(role, (all) => all.filter((other) => other.column !== group.column))}
        >
          ${t(`page-${role}-remove`, {column: group.column})}
        </button>
      </div>
    </details>
  `;
}
