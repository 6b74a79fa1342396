// @ts-check
import {html, nothing} from "lit";
import {correctionForm} from "./data-view.js";
import {cellKey, inTable, isExcluded, tableOf} from "./tables.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").IssueInWords} Issue */

/** An issue by its place and kind, as the study remembers it: never by its value. @param {Issue} issue */
const acceptance = ({table, row, column, kind}) => ({
  ...inTable(table),
  row,
  column,
  code: kind.code === "reading" ? kind.finding : kind.code,
});

/** @param {import("../types.js").AcceptedIssue} issue */
const keyOf = ({table, row, column, code}) => JSON.stringify([cellKey(table, row, column), code]);

/** Whether the person lets an issue stand. @param {Context["state"]} state @returns {(issue: Issue) => boolean} */
export function accepts(state) {
  const keys = new Set((state.decisions?.mapping.accepted ?? []).map(keyOf));
  return (issue) => keys.has(keyOf(acceptance(issue)));
}

/** How many more issues a press shows. */
const MORE = 200;
/** More issues than this that have their group in common are shown as one, to be unfolded. */
const TOGETHER = 3;

/** Sheets that match some of the patients only: results rest on these. @param {Context["state"]} state @returns {Issue[]} */
export function partlyMatched(state) {
  const codes = ["partly_matched", "ids_by_number"];
  const found = (state.assigned?.issues ?? []).filter(({kind}) => codes.includes(kind.code));
  const isAccepted = accepts(state);
  return found.filter((issue) => !isAccepted(issue));
}

/** The issues of every cell, by `cellKey`; the same map while the issues are the same. @type {WeakMap<Issue[], Map<string, Issue[]>>} */
const byCell = new WeakMap();

/** @param {Issue[]} issues */
export function issuesAt(issues) {
  let cells = byCell.get(issues);
  if (!cells) {
    cells = new Map();
    for (const issue of issues) {
      const key = cellKey(issue.table, issue.row, issue.column);
      const here = cells.get(key);
      if (here) here.push(issue);
      else cells.set(key, [issue]);
    }
    byCell.set(issues, cells);
  }
  return cells;
}

/** Everything to look at, in one list. @param {Context} context */
export function issuesView(context) {
  const {state, actions, t} = context;
  const all = state.assigned?.issues ?? [];
  const isAccepted = accepts(state);
  const open = all.filter((issue) => !isAccepted(issue));
  const accepted = all.length - open.length;
  /** @type {Map<string, number>} */
  const kinds = new Map();
  for (const {kind_label} of open) kinds.set(kind_label, (kinds.get(kind_label) ?? 0) + 1);
  const {issueKind, issuesShown} = state.view;
  const listed =
    issueKind && kinds.has(issueKind) ? open.filter(({kind_label}) => kind_label === issueKind) : open;
  // One kind that was asked for is listed issue by issue.
  const entries = listed === open ? together(open) : listed.map((issue) => [issue]);
  return html`
    <section class="issues" aria-labelledby="issues-title">
      <h2 id="issues-title" tabindex="-1">${t("page-issues")} <span class="count">${open.length}</span></h2>
      ${
        kinds.size > 1
          ? html`<div class="filter" role="group" aria-label=${t("page-issues-filter")}>
              <button
                aria-pressed=${issueKind ? "false" : "true"}
                @click=${() => actions.look({issueKind: null})}
              >
                ${t("page-issues-all")} <span class="count">${open.length}</span>
              </button>
              ${[...kinds].map(
                ([kind, count]) =>
                  html`<button
                    aria-pressed=${issueKind === kind ? "true" : "false"}
                    @click=${() => actions.look({issueKind: issueKind === kind ? null : kind})}
                  >
                    ${kind} <span class="count">${count}</span>
                  </button>`,
              )}
            </div>`
          : nothing
      }
      ${open.length === 0 ? html`<p class="note">${t("page-issues-none")}</p>` : nothing}
      <ul class="issue-list">
        ${entries
          .slice(0, issuesShown)
          .map((entry) =>
            entry.length > TOGETHER
              ? groupView(context, entry)
              : entry.map((issue) => issueView(context, issue)),
          )}
      </ul>
      ${
        entries.length > issuesShown
          ? html`<button @click=${() => actions.look({issuesShown: issuesShown + MORE})}>
              ${t("page-issues-more", {shown: issuesShown, all: entries.length})}
            </button>`
          : nothing
      }
      ${
        accepted
          ? html`<button class="quiet" @click=${() => actions.acceptIssues(() => [])}>
              ${t("page-issues-accepted", {count: accepted})}
            </button>`
          : nothing
      }
      ${correctionsView(context)}
    </section>
  `;
}

/** Issues with those of their group where these are many, else alone; in the order of the first. @param {Issue[]} issues */
function together(issues) {
  /** @type {Map<string, Issue[]>} */
  const groups = new Map();
  for (const issue of issues) {
    const all = groups.get(issue.group);
    if (all) all.push(issue);
    else groups.set(issue.group, [issue]);
  }
  return issues.flatMap((issue) => {
    const group = groups.get(issue.group) ?? [];
    if (group.length <= TOGETHER) return [[issue]];
    return group[0] === issue ? [group] : [];
  });
}

/** Many issues of one kind. @param {Context} context @param {Issue[]} issues the gravest first */
function groupView(context, issues) {
  const {state, actions, t} = context;
  const [{group, severity}] = issues;
  const open = state.view.openIssues[group] ?? false;
  const {issuesShown} = state.view;
  const turn = (/** @type {Event} */ {target}) => {
    const {open: now} = /** @type {HTMLDetailsElement} */ (target);
    if (now !== open) actions.look({openIssues: {...state.view.openIssues, [group]: now}});
  };
  return html`
    <li class="issue-group ${severity}">
      <details ?open=${open} @toggle=${turn}>
        <summary>
          <span class="severity" title=${t(`page-severity-${severity}`)}></span
          >${t("page-issues-group", {group, count: issues.length})}
        </summary>
        ${
          open
            ? html`<ul class="issue-list">
                  ${issues.slice(0, issuesShown).map((issue) => issueView(context, issue))}
                </ul>
                ${
                  issues.length > issuesShown
                    ? html`<button @click=${() => actions.look({issuesShown: issuesShown + MORE})}>
                        ${t("page-issues-more", {shown: issuesShown, all: issues.length})}
                      </button>`
                    : nothing
                }
                ${
                  severity === "error"
                    ? nothing
                    : html`<button
                        class="quiet"
                        @click=${() => actions.acceptIssues((accepted) => [...accepted, ...issues.map(acceptance)])}
                      >
                        ${t("page-accept-all", {count: issues.length})}
                      </button>`
                }`
            : nothing
        }
      </details>
    </li>
  `;
}

/** @param {Context} context @param {Issue} issue */
const issueView = (context, issue) => html`
  <li class="issue-item ${issue.severity}">
    <p>
      <span class="severity" title=${context.t(`page-severity-${issue.severity}`)}></span>${issue.sentence}
    </p>
    ${issueActions(context, issue)}
  </li>
`;

/** What can be done about an issue, where it stands. @param {Context} context @param {Issue} issue */
export function issueActions(context, issue) {
  const {state, actions, t} = context;
  const {table, row, column, value, kind, also} = issue;
  const askOrder = kind.code === "reading" && kind.finding === "ambiguous_date_order" && column;
  const accept = () => actions.acceptIssues((accepted) => [...accepted, acceptance(issue)]);
  const excluded = row !== null && isExcluded(state.decisions?.mapping, table, row);
  // A row above the headings is no patient's, nor is one that was left out in reading.
  const unread = kind.code === "reading" && ["units_row", "footnote"].includes(kind.finding);
  const excludable = row !== null && row > (tableOf(state, table)?.source.header_row ?? 0) && !unread;
  return html`
    <div class="buttons">
      ${
        askOrder
          ? html`
              <button @click=${() => actions.readColumns([column], {date_order: "day_month_year"}, table)}>
                ${t("page-date-day-first")}
              </button>
              <button @click=${() => actions.readColumns([column], {date_order: "month_day_year"}, table)}>
                ${t("page-date-month-first")}
              </button>
            `
          : nothing
      }
      ${
        kind.code === "blank_events"
          ? html`<button
              @click=${() =>
                actions.editMapping((mapping) => ({
                  ...mapping,
                  [kind.role]: {...mapping[kind.role], blank_is_no_event: true},
                }))}
            >
              ${t("page-blank-is-no-event")}
            </button>`
          : nothing
      }
      ${idButtons(context, kind)}
      ${
        kind.code === "unreadable" && column !== null && value
          ? html`<button @click=${() => readAsMissing(context, table, column, value)}>
              ${t("page-read-as-missing", {value})}
            </button>`
          : nothing
      }
      ${kind.code === "unclear_answer" && value !== null ? answerButtons(context, kind, value) : nothing}
      ${
        row !== null && column !== null
          ? html`<button class="quiet" @click=${() => actions.jumpTo(row, column, table)}>
                ${t("page-show-cell")}
              </button>
              ${correctionForm(context, table, row, column, value ?? "", also)}`
          : nothing
      }
      ${
        excludable
          ? html`<button class="quiet" @click=${() => actions.excludeRow(table, row, !excluded)}>
              ${t(excluded ? "page-include-row" : "page-exclude-row", {row})}
            </button>`
          : nothing
      }
      ${
        // What must be settled cannot be let stand.
        issue.severity === "error"
          ? nothing
          : html`<button class="quiet" @click=${accept}>${t("page-accept")}</button>`
      }
    </div>
  `;
}

/** How ids of different sheets are to be compared. @param {Context} context @param {Issue["kind"]} kind */
function idButtons({actions, t}, kind) {
  const match = (/** @type {"number" | "exact"} */ ids) =>
    html`<button @click=${() => actions.editMapping((mapping) => ({...mapping, ids}))}>
      ${t(`page-ids-match-${ids}`)}
    </button>`;
  if (kind.code === "ids_by_number" || (kind.code === "no_id_matches" && kind.numbered > 0)) {
    return match("number");
  }
  return kind.code === "ids_respelt" ? match("exact") : nothing;
}

/** Reads a text as missing in the whole column. @param {Context} context @param {Issue["table"]} table @param {string} column @param {string} value */
function readAsMissing({state, actions}, table, column, value) {
  const {missing = []} = tableOf(state, table)?.columns.find(({heading}) => heading === column) ?? {};
  const codes = missing.map(([text]) => text).filter((text) => text !== "");
  actions.readColumns([column], {missing: [...codes, value]}, table);
}

/** What a value of a column of yes and no means. @param {Context} context @param {{records: string, role: string}} kind @param {string} value */
function answerButtons({actions, t}, {records, role}, value) {
  const say = (/** @type {"event_values" | "no_values"} */ list) =>
    actions.editMapping((mapping) => {
      const sheet = mapping[records];
      const status = sheet[role];
      return {
        ...mapping,
        [records]: {...sheet, [role]: {...status, [list]: [...(status[list] ?? []), value]}},
      };
    });
  return html`
    <button @click=${() => say("event_values")}>${t("page-answer-yes", {value})}</button>
    <button @click=${() => say("no_values")}>${t("page-answer-no", {value})}</button>
  `;
}

/** The layer over the data: what the person has corrected and excluded. @param {Context} context */
function correctionsView({state, actions, t}) {
  const {
    corrections,
    excluded_rows: rows,
    excluded_records: records = [],
  } = state.decisions?.mapping ?? {corrections: [], excluded_rows: []};
  const excluded = [...rows.map((/** @type {number} */ row) => ({row, table: null})), ...records];
  /** What stands before a place that is not in the patients' table. @param {any} table */
  const sheet = (table) =>
    table ? html`<b>${tableOf(state, table)?.label ?? table.sheet ?? table.file}</b> ` : nothing;
  if (!corrections.length && !excluded.length) return nothing;
  return html`
    <h3>${t("page-corrections")}</h3>
    <p class="note">${t("page-corrections-note")}</p>
    <ul class="corrections">
      ${corrections.map(
        (/** @type {any} */ {table = null, row, column, value}) =>
          html`<li>
            <span
              >${sheet(table)}${t(value === "" ? "page-correction-emptied" : "page-correction", {row, column, value})}</span
            >
            <button class="quiet" @click=${() => actions.uncorrect(table, row, column)}>
              ${t("page-uncorrect")}
            </button>
          </li>`,
      )}
      ${excluded.map(
        (/** @type {{row: number, table: any}} */ {row, table}) =>
          html`<li>
            <span>${sheet(table)}${t("page-row-excluded", {row})}</span>
            <button class="quiet" @click=${() => actions.excludeRow(table, row, false)}>
              ${t("page-include-row", {row})}
            </button>
          </li>`,
      )}
    </ul>
  `;
}
