// @ts-check
import {html, nothing} from "lit";
import {ref} from "lit/directives/ref.js";
import {keyed} from "lit/directives/keyed.js";
import {accepts, issuesAt} from "./issues.js";
import {choose, fileButton, menu, SPREADSHEETS, STUDIES, takeFocus} from "./parts.js";
import {filesView, tabsView} from "./sheets-view.js";
import {cellKey, isExcluded, isFirstOfFile, namesOf, sameTable, shownTable, tableKey} from "./tables.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

/** @param {Context} context */
export const dataView = (context) => (context.state.table ? filled(context) : empty(context));

/** The examples, by their number of patients. */
const EXAMPLES = [14, 300];

/** @param {Context} context */
function empty({state, actions, t}) {
  const {pendingStudy} = state;
  return html`
    <section class="welcome">
      <h1>${t("page-welcome")}</h1>
      <p class="lead">${t("page-welcome-lead")}</p>
      ${
        pendingStudy
          ? html`<div class="pending" role="status">
              ${pendingView(state, t)}
              <button class="quiet" @click=${actions.forgetPending}>${t("page-pending-forget")}</button>
            </div>`
          : nothing
      }
      <div class="drop-area ${state.dragging ? "over" : ""}">
        <p class="drop-title">${t("page-drop-title")}</p>
        <div class="ways">
          ${fileButton(t("page-choose-file"), SPREADSHEETS, (files) => actions.openFiles(files), "primary")}
          <button @click=${() => pasteFromClipboard(actions)}>${t("page-paste")}</button>
        </div>
        <p class="note">${t("page-accepted")}</p>
        <div class="examples" role="group" aria-labelledby="examples">
          <p id="examples">${t("page-examples")}</p>
          ${EXAMPLES.map(
            (patients) =>
              html`<button @click=${() => actions.openExample(patients)}>
                <span>${t(`page-example-${patients}`)}</span>
                <span class="note">${t(`page-example-${patients}-note`)}</span>
              </button>`,
          )}
        </div>
      </div>
      <p class="reopen">
        ${t("page-reopen-question")}
        ${fileButton(t("page-reopen"), STUDIES, (files) => actions.openFiles(files), "link-like")}
      </p>
      <ol class="promise">
        ${["data", "columns", "results"].map(
          (step) => html`<li><b>${t(`page-step-${step}`)}</b> ${t(`page-promise-${step}`)}</li>`,
        )}
      </ol>
      <p class="note device">${t("page-not-a-device")}</p>
    </section>
  `;
}

/** Which files a saved study waits for. @param {Context["state"]} state @param {Context["t"]} t */
function pendingView({pendingStudy, pendingFiles}, t) {
  const names = namesOf(pendingStudy);
  const there = pendingFiles.map(({name}) => name);
  if (names.length === 1) return html`<p>${t("page-pending-study", {file: names[0]})}</p>`;
  return html`
    <div>
      <p>${t("page-pending-files")}</p>
      <ul class="pending-files">
        ${names.map(
          (name) =>
            html`<li class=${there.includes(name) ? "there" : ""}>
              ${name}
              ${there.includes(name) ? html`<span class="note">${t("page-pending-there")}</span>` : nothing}
            </li>`,
        )}
      </ul>
    </div>
  `;
}

/** @param {Context["actions"]} actions */
async function pasteFromClipboard(actions) {
  try {
    const text = await navigator.clipboard.readText();
    if (text.trim()) return void actions.openPasted(text);
  } catch {
    // The browser asks for the keys instead.
  }
  actions.explainPaste();
}

/** @param {Context} context */
function filled(context) {
  const {state, actions, t} = context;
  const {table, file} = state;
  if (!table || !file) return nothing;
  return html`
    <div class="page-head">
      <h1>${t("page-step-data")}</h1>
      <div class="buttons">
        ${fileButton(t("page-other-file"), SPREADSHEETS, (files) => actions.openFiles(files))}
        ${menu(
          t("page-try-example"),
          EXAMPLES.map((patients) => ({
            label: t(`page-example-${patients}`),
            note: t(`page-example-${patients}-note`),
            run: () => actions.openExample(patients),
          })),
          {quiet: true, end: true},
        )}
        <button class="primary" @click=${() => actions.go("columns")}>${t("page-next-columns")}</button>
      </div>
    </div>
    ${file.example ? html`<p class="synthetic">${t("page-example-note")}</p>` : nothing} ${filesView(context)}
    ${tabsView(context)} ${sourceView(context)} ${dateOrders(context)}
    <div class="data-panes">
      ${gridView(context)}
      <aside class="inspector" aria-label=${t("page-inspector")}>
        ${cellView(context)} ${columnView(context)}
      </aside>
    </div>
  `;
}

const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-kr",
  "windows-1251",
  "iso-8859-2",
];
const DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"};

/** How the file was read, each part changeable. @param {Context} context */
function sourceView({state, actions, t}) {
  const table = shownTable(state);
  if (!table) return nothing;
  const {source, name: own} = table;
  const reread = (/** @type {object} */ change) =>
    own ? actions.rereadSheet(own, change) : actions.reread(change);
  // Of a file: how its bytes are read is asked where its first table is.
  const ofFile = !own || (own.file !== null && isFirstOfFile(state, own));
  const select = (
    /** @type {string} */ label,
    /** @type {string} */ value,
    /** @type {[string, string][]} */ options,
    /** @type {(value: string) => void} */ take,
  ) => html`
    <label class="field-inline">
      <span>${label}</span>
      <select @change=${choose(take)}>
        ${options.map(([key, name]) => html`<option value=${key} .selected=${key === value}>${name}</option>`)}
      </select>
    </label>
  `;
  const encoding = (source.encoding ?? "").toLowerCase();
  const encodings = ENCODINGS.includes(encoding) || !encoding ? ENCODINGS : [encoding, ...ENCODINGS];
  return html`
    <div class="source">
      ${
        ofFile && source.sheets.length > 1
          ? select(
              t(own ? "page-sheet" : "page-sheet-patients"),
              source.sheet ?? "",
              source.sheets.map((/** @type {string} */ name) => [name, name]),
              (sheet) => reread({sheet, header_row: null}),
            )
          : source.sheet
            ? html`<span class="note">${t("page-sheet")}: ${source.sheet}</span>`
            : nothing
      }
      ${
        own
          ? html`<button class="quiet" @click=${() => actions.patientsIn(own)}>
              ${t("page-patients-here")}
            </button>`
          : nothing
      }
      ${
        ofFile && source.encoding
          ? select(
              t("page-encoding"),
              encoding,
              encodings.map((name) => [name, name.toUpperCase()]),
              (chosen) => reread({encoding: chosen}),
            )
          : nothing
      }
      ${
        ofFile && source.delimiter
          ? select(
              t("page-delimiter"),
              source.delimiter,
              Object.entries(DELIMITERS).map(([sign, name]) => [sign, t(`page-delimiter-${name}`)]),
              (delimiter) => reread({delimiter}),
            )
          : nothing
      }
      <label class="field-inline">
        <span>${t("page-header-row")}</span>
        <input
          type="number"
          class="short"
          min="1"
          .value=${String(source.header_row)}
          @change=${choose((value) => reread({header_row: Number(value) || null}))}
        />
      </label>
      ${source.decimal_comma ? html`<span class="note">${t("page-decimal-comma")}</span>` : nothing}
    </div>
  `;
}

/** Columns in which day and month cannot be told apart: one choice for all, where it is needed. @param {Context} context */
function dateOrders({state, actions, t}) {
  const undecided = (shownTable(state)?.columns ?? []).filter(
    ({column_type}) => column_type.kind === "date" && column_type.order === null,
  );
  if (!undecided.length) return nothing;
  const headings = undecided.map(({heading}) => heading);
  const choice = (/** @type {string} */ date_order, /** @type {string} */ label) =>
    html`<button @click=${() => actions.readColumns(headings, {date_order}, state.view.table)}>
      ${t(label)}
    </button>`;
  return html`
    <div class="question" role="group" aria-labelledby="date-question">
      <div>
        <p id="date-question">${t("page-date-question", {count: headings.length})}</p>
        <ul class="question-columns">
          ${undecided.map(
            ({heading, values}) => html`<li>${heading} <span class="note">${values[0]?.[0]}</span></li>`,
          )}
        </ul>
      </div>
      <div class="buttons">
        ${choice("day_month_year", "page-date-day-first")}
        ${choice("month_day_year", "page-date-month-first")}
      </div>
    </div>
  `;
}

/** @param {Context} context */
function gridView({state, actions, t, engine}) {
  const {decisions, assigned} = state;
  const table = shownTable(state);
  if (!table || !decisions) return nothing;
  const {name} = table;
  const issues = issuesAt(assigned?.issues ?? []);
  const corrected = new Set(
    decisions.mapping.corrections.map((/** @type {any} */ {table, row, column}) =>
      cellKey(table, row, column),
    ),
  );
  const excluded = (/** @type {number} */ row) => isExcluded(decisions.mapping, name, row);
  const isAccepted = accepts(state);
  return keyed(
    tableKey(name),
    html`<oncurve-grid
      .columns=${gridColumns(table, t)}
      .count=${table.n_rows}
      .version=${state.tableVersion}
      .fetch=${(/** @type {number} */ from, /** @type {number} */ count) => engine.rows(from, count, name)}
      .name=${t("page-grid-name", {file: name ? table.label : (state.file?.name ?? "")})}
      .rowName=${t("page-row")}
      .cell=${state.view.cell}
      .look=${(/** @type {import("./grid.js").GridRow} */ {row}, /** @type {number} */ column) => {
        const key = cellKey(name, row, table.columns[column].heading);
        const found = (issues.get(key) ?? []).filter((issue) => !isAccepted(issue));
        const marks = [
          found.length ? `issue ${found.some(({severity}) => severity !== "note") ? "serious" : ""}` : "",
          corrected.has(key) ? "corrected" : "",
          excluded(row) ? "excluded" : "",
        ];
        return {mark: marks.join(" "), title: found.map(({sentence}) => sentence).join(" ") || undefined};
      }}
      @cell=${(/** @type {CustomEvent} */ {detail}) => actions.lookAtCell(detail.cell, detail.record)}
      @edit=${(/** @type {CustomEvent} */ {detail}) => actions.startCorrecting(detail.cell, detail.record)}
    ></oncurve-grid>`,
  );
}

/** The columns with their type marks; the same array while the table is the same. */
const known = {
  table: /** @type {unknown} */ (null),
  t: /** @type {unknown} */ (null),
  columns: /** @type {any[]} */ ([]),
};
/** @param {import("../types.js").TableInView} table @param {Context["t"]} t */
function gridColumns(table, t) {
  if (known.table !== table) {
    const columns = table.columns.map(({heading, column_type: {kind}}) => ({
      heading,
      numeric: kind === "number" || kind === "date",
      mark: html`<span class="type-mark" title=${t(`page-type-${kind.replace("_", "-")}`)}
        ><span aria-hidden="true">${TYPE_MARKS[/** @type {keyof typeof TYPE_MARKS} */ (kind)]}</span
        ><span class="sr">${t(`page-type-${kind.replace("_", "-")}`)}</span></span
      >`,
    }));
    Object.assign(known, {table, columns});
  }
  return known.columns;
}

/** Signs, not words: the words stand beside them for the screen reader. */
const TYPE_MARKS = {number: "1.2", date: "31", yes_no: "✓✕", category: "A·B", text: "abc", empty: "–"};

/** The focused cell: its whole text, what is wrong with it, and the correction. @param {Context} context */
function cellView(context) {
  const {state, actions, t} = context;
  const {cell, record, table} = state.view;
  const column = cell && shownTable(state)?.columns[cell.column];
  if (!cell || !record || !column) return html`<p class="note">${t("page-inspector-empty")}</p>`;
  const key = cellKey(table, record.row, column.heading);
  const mapping = state.decisions?.mapping;
  const correction = mapping?.corrections.find(
    (/** @type {any} */ made) =>
      made.row === record.row && made.column === column.heading && sameTable(made.table, table),
  );
  const issues = issuesAt(state.assigned?.issues ?? []).get(key) ?? [];
  const excluded = isExcluded(mapping, table, record.row);
  return html`
    <div class="cell-view" aria-live="polite">
      <h2>${t("page-cell", {row: record.row, column: column.heading})}</h2>
      ${
        state.view.correcting === key
          ? nothing
          : html`<p class="cell-text">
              ${record.cells[cell.column] || html`<i>${t("page-cell-empty")}</i>`}
            </p>`
      }
      ${correction ? html`<p class="note">${t("page-corrected-by-you")}</p>` : nothing}
      ${issues.map((issue) => html`<p class="issue-text ${issue.severity}">${issue.sentence}</p>`)}
      ${correctionForm(context, table, record.row, column.heading, record.cells[cell.column] ?? "")}
      <div class="buttons">
        ${
          correction
            ? html`<button class="quiet" @click=${() => actions.uncorrect(table, record.row, column.heading)}>
                ${t("page-uncorrect")}
              </button>`
            : nothing
        }
        <button class="quiet" @click=${() => actions.excludeRow(table, record.row, !excluded)}>
          ${t(excluded ? "page-include-row" : "page-exclude-row", {row: record.row})}
        </button>
      </div>
    </div>
  `;
}

/**
 * The field for a correction, or the button that opens it.
 * @param {Context} context @param {import("./tables.js").TableName | null} table
 * @param {number} row @param {string} column @param {string} value
 * @param {number[]} [also] further rows that are corrected with it
 */
export function correctionForm({state, actions, t}, table, row, column, value, also = []) {
  const key = cellKey(table, row, column);
  if (state.view.correcting !== key) {
    return html`<button @click=${() => actions.look({correcting: key})}>${t("page-correct")}</button>`;
  }
  return html`
    <form
      class="correction"
      @submit=${(/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const input = /** @type {HTMLInputElement} */ (
          /** @type {HTMLFormElement} */ (event.target).elements[0]
        );
        actions.correct(table, [row, ...also], column, input.value.trim());
      }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        actions.look({correcting: null});
      }}
    >
      <label>
        <span
          >${
            also.length
              ? t("page-correction-label-rows", {
                  rows: [row, ...also].join(", "),
                  count: also.length + 1,
                  column,
                })
              : t("page-correction-label", {row, column})
          }</span
        >
        <input type="text" .value=${value} ${ref(takeFocus)} />
      </label>
      <div class="buttons">
        <button class="primary">${t("page-correct-save")}</button>
        <button type="button" class="quiet" @click=${() => actions.look({correcting: null})}>
          ${t("page-cancel")}
        </button>
      </div>
    </form>
  `;
}

/** The column of the focused cell: its type, its missing codes. @param {Context} context */
function columnView({state, actions, t}) {
  const {table} = state.view;
  const column = state.view.cell && shownTable(state)?.columns[state.view.cell.column];
  if (!column) return nothing;
  const {heading, column_type: type, n, distinct, missing, values, range} = column;
  const codes = missing.map((/** @type {[string, number]} */ [text]) => text);
  const setMissing = (/** @type {string[]} */ texts) =>
    actions.readColumns([heading], {missing: texts}, table);
  return html`
    <div class="column-view">
      <h2>${t("page-column", {column: heading})}</h2>
      <p>${t(`page-type-${type.kind.replace("_", "-")}`)} · ${t("page-column-counts", {n, distinct})}</p>
      ${range ? html`<p class="note">${t("page-column-range", {first: range[0], last: range[1]})}</p>` : nothing}
      ${
        type.kind === "date"
          ? html`<label class="field-inline">
              <span>${t("page-date-order")}</span>
              <select @change=${choose((date_order) => actions.readColumns([heading], {date_order}, table))}>
                ${["year_month_day", "day_month_year", "month_day_year"].map(
                  (order) =>
                    html`<option value=${order} .selected=${order === type.order}>
                      ${t(`page-date-${order.replaceAll("_", "-")}`)}
                    </option>`,
                )}
              </select>
            </label>`
          : nothing
      }
      <h3>${t("page-missing")}</h3>
      <ul class="chips">
        ${missing.map(
          (/** @type {[string, number]} */ [text, count]) =>
            html`<li class="chip">
              <span>${text === "" ? t("page-missing-blank") : text} <span class="count">${count}</span></span>
              ${
                text === ""
                  ? nothing
                  : html`<button
                      aria-label=${t("page-missing-remove", {value: text})}
                      @click=${() => setMissing(codes.filter((/** @type {string} */ other) => other !== text))}
                    >
                      ✕
                    </button>`
              }
            </li>`,
        )}
        ${missing.length === 0 ? html`<li class="note">${t("page-missing-none")}</li>` : nothing}
      </ul>
      ${
        values.length
          ? html`<label class="field-inline">
              <span>${t("page-missing-add")}</span>
              <select
                @change=${(/** @type {Event} */ event) => {
                  const select = /** @type {HTMLSelectElement} */ (event.target);
                  if (select.value) setMissing([...codes, select.value]);
                  select.value = "";
                }}
              >
                <option value="">${t("page-missing-choose")}</option>
                ${values.map((/** @type {[string, number]} */ [text]) => html`<option value=${text}>${text}</option>`)}
              </select>
            </label>`
          : nothing
      }
    </div>
  `;
}
