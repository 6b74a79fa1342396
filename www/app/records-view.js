// @ts-check
/** Columns: the sheets beside that of the patients. Which kinds and roles there are, the engine says. */
import {html, nothing} from "lit";
import {coding, columnSelect, wordSelect} from "./column-parts.js";
import {partlyMatched} from "./issues.js";
import {choose} from "./parts.js";
import {sameTable, tableKey, tableOf} from "./tables.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").RecordKindInWords} Kind */
/** @typedef {import("../types.js").RecordRole} Role */
/** @typedef {import("../types.js").WideSheet} WideSheet */
/** @typedef {import("../types.js").WidePart} WidePart */

/** The patients' own table, as the sheets of records name it. */
const OWN = {file: null, sheet: null};

/** What a select of columns puts first. */
const WANTED = /** @type {const} */ ({
  text: "any",
  date: "date",
  number: "number",
  grade: "any",
  yes_no: "few",
});

/** @param {Context} context @param {(content: unknown) => unknown} part */
export function sheetsPart(context, part) {
  const {state} = context;
  const mapping = state.decisions?.mapping;
  const several = (state.table?.tables.length ?? 0) > 1;
  const used = state.recordKinds.some(({kind}) => mapping?.[kind]);
  if (!mapping || !(several || used || state.wideSheets.length)) return nothing;
  return part(html`
    ${several ? joined(context) : nothing} ${several ? idMatching(context) : nothing}
    ${state.wideSheets.map((sheet) => wideQuestion(context, sheet))}
    ${several || used ? state.recordKinds.map((kind) => kindView(context, kind)) : nothing}
  `);
}

/** Sheets whose columns stand beside those of the patients. @param {Context} context */
function joined(context) {
  const {state, actions, t} = context;
  /** @type {import("../types.js").JoinedSheet[]} */
  const chosen = state.decisions?.mapping.joined ?? [];
  const edit = (/** @type {(all: typeof chosen) => typeof chosen} */ change) =>
    actions.editMapping((mapping) => ({...mapping, joined: change(mapping.joined ?? [])}));
  const taken = new Set(chosen.map(({table}) => tableKey(table)));
  const free = (state.table?.tables ?? []).filter(({name}) => name && !taken.has(tableKey(name)));
  return html`
    ${chosen.map(({table, patient}, position) => {
      const {label = table.sheet ?? table.file ?? "", columns = []} = tableOf(state, table) ?? {};
      const take = (/** @type {string | null} */ heading) =>
        edit((all) => all.map((one, index) => (index === position ? {...one, patient: heading ?? ""} : one)));
      const id = `joined-${position}`;
      return html`<div class="role">
        ${columnSelect(context, id, patient, "any", take, t("page-joined-by", {sheet: label}), undefined, columns)}
        ${partly(context, table)}
        <p class="samples">
          <button class="quiet" @click=${() => edit((all) => all.filter((_, index) => index !== position))}>
            ${t("page-joined-remove", {sheet: label})}
          </button>
        </p>
      </div>`;
    })}
    ${
      free.length
        ? html`<div class="role">
            <div class="role-select">
              <label for="join-sheet">${t("page-joined-add")}</label>
              <select
                id="join-sheet"
                @change=${(/** @type {Event} */ event) => {
                  const select = /** @type {HTMLSelectElement} */ (event.target);
                  const found = free.find(({name}) => tableKey(name) === select.value);
                  select.value = "";
                  if (found?.name) actions.joinSheet(found.name);
                }}
              >
                <option value="">${t("page-no-sheet")}</option>
                ${free.map(({name, label}) => html`<option value=${tableKey(name)}>${label}</option>`)}
              </select>
            </div>
            <p class="samples note">${t("page-joined-help")}</p>
          </div>`
        : nothing
    }
  `;
}

/** How the ids of different sheets are compared. @param {Context} context */
function idMatching({state, actions, t}) {
  const how = state.decisions?.mapping.ids ?? "loose";
  /** @type {[string, string][]} */
  const options = ["loose", "exact", "number"].map((one) => [one, t(`page-ids-${one}`)]);
  return html`<div class="role">
    ${wordSelect("match-ids", t("page-ids"), how, options, (ids) => actions.editMapping((mapping) => ({...mapping, ids})))}
  </div>`;
}

/** A kind of sheet: which sheet it is, what its columns are, and what was read. @param {Context} context @param {Kind} kind */
function kindView(context, kind) {
  const {state, actions, t} = context;
  const mapped = state.decisions?.mapping[kind.kind] ?? null;
  const tables = state.table?.tables ?? [];
  const chosen = mapped ? tableKey(mapped.table) : "";
  /** @type {[string, string][]} */
  const options = tables.map(({name, label}) => [tableKey(name ?? OWN), label]);
  if (mapped && !options.some(([key]) => key === chosen)) {
    const gone = mapped.table.sheet ?? mapped.table.file ?? "";
    options.push([chosen, t("page-column-gone", {column: gone})]);
  }
  const take = (/** @type {string} */ key) => {
    const found = tables.find(({name}) => tableKey(name ?? OWN) === key);
    actions.chooseRecords(kind.kind, key && found ? (found.name ?? OWN) : null);
  };
  return html`
    <div class="record-kind">
      ${wordSelect(`records-${kind.kind}`, kind.label, chosen, [["", t("page-no-sheet")], ...options], take)}
      ${mapped ? rolesView(context, kind, mapped) : html`<p class="samples note">${kind.help}</p>`}
    </div>
  `;
}

/** @param {Context} context @param {Kind} kind @param {any} mapped */
function rolesView(context, kind, mapped) {
  const {state, t} = context;
  const read = state.records[kind.kind];
  const filled = kind.roles.filter(({id}) => mapped[id]).length;
  return html`
    ${partly(context, mapped.table)}
    <details class="group record-roles" ?open=${!read || state.view.openRecords[kind.kind]}>
      <summary>${t("page-record-columns", {chosen: filled, all: kind.roles.length})}</summary>
      <div class="group-body">
        ${kind.roles.map((role) => roleView(context, kind, mapped, role))}
        ${mapped.wide?.length ? partsView(context, kind, mapped) : nothing}
      </div>
    </details>
    ${read ? asRead(context, kind, mapped.table, state.decisions?.mapping, read) : nothing}
  `;
}

/** What to know of a sheet that only some patients are in. @param {Context} context @param {import("./tables.js").TableName} table */
function partly(context, table) {
  const found = partlyMatched(context.state).find((issue) => sameTable(issue.table, table));
  return found ? html`<p class="caution">${found.sentence}</p>` : nothing;
}

/** @param {Context} context @param {Kind} kind @param {any} mapped @param {Role} role */
function roleView(context, kind, mapped, role) {
  const {state, actions, t} = context;
  const own = tableKey(mapped.table) === tableKey(OWN);
  const columns = (own ? state.table?.tables[0] : tableOf(state, mapped.table))?.columns ?? [];
  const value = mapped[role.id] ?? null;
  const chosen = (role.kind === "status" ? value?.column : value) || null;
  const label = role.required ? t("page-record-needed", {role: role.label}) : role.label;
  const take = (/** @type {string | null} */ heading) => actions.setRecordRole(kind.kind, role, heading);
  const edit = (/** @type {object} */ change) =>
    actions.editMapping((mapping) => ({
      ...mapping,
      [kind.kind]: {...mapping[kind.kind], [role.id]: {...value, ...change}},
    }));
  return html`<div class="role">
    ${columnSelect(context, `record-${kind.kind}-${role.id}`, chosen, WANTED[role.holds], take, label, undefined, columns)}
    ${
      value && role.kind === "status"
        ? coding(
            t,
            columns.find(({heading}) => heading === chosen),
            value,
            false,
            edit,
          )
        : nothing
    }
  </div>`;
}

/** The visits or lesions that one row holds, and when the visits were. @param {Context} context @param {Kind} kind @param {any} mapped */
function partsView({actions, t}, kind, mapped) {
  /** @type {WidePart[]} */
  const parts = mapped.wide;
  const edit = (/** @type {WidePart[]} */ wide) =>
    actions.editMapping((mapping) => ({...mapping, [kind.kind]: {...mapping[kind.kind], wide}}));
  const name = (/** @type {WidePart} */ part) => [part.visit, part.lesion].filter(Boolean).join(", ");
  return html`
    <ul class="wide-parts">
      ${parts.map(
        (part, position) => html`
          <li>
            <span>${name(part)} <span class="note">${Object.values(part.columns).join(", ")}</span></span>
            ${
              part.visit && !part.columns.date
                ? html`<label class="field-inline">
                    <span>${t("page-wide-day")}</span>
                    <input
                      type="number"
                      class="short"
                      aria-label=${t("page-wide-day-of", {visit: part.visit})}
                      .value=${part.day === null ? "" : String(part.day)}
                      @change=${choose((day) =>
                        edit(
                          parts.map((one, index) =>
                            index === position
                              ? {...one, day: day === "" ? null : Math.round(Number(day))}
                              : one,
                          ),
                        ),
                      )}
                    />
                  </label>`
                : nothing
            }
            <button
              class="quiet"
              aria-label=${t("page-wide-drop", {part: name(part)})}
              @click=${() => edit(parts.filter((_, index) => index !== position))}
            >
              ✕
            </button>
          </li>
        `,
      )}
    </ul>
    <p class="note">${t("page-wide-day-help")}</p>
  `;
}

/** A sheet in which one row holds several visits or lesions: turned long only if the person says so. @param {Context} context @param {WideSheet} sheet */
function wideQuestion(context, sheet) {
  const {state, actions, t} = context;
  const kind = state.recordKinds.find(({kind}) => kind === sheet.kind);
  const part = /** @type {any} */ (sheet.mapping)[sheet.kind];
  if (!kind || !part) return nothing;
  const headings = part.wide.flatMap((/** @type {WidePart} */ one) => Object.values(one.columns));
  const mapping = {...state.decisions?.mapping, [sheet.kind]: part};
  return html`
    <div class="question wide-question" role="group" aria-labelledby="wide-${sheet.kind}">
      <div>
        <p id="wide-${sheet.kind}">${t("page-wide-question", {sheet: sheet.label, kind: kind.label})}</p>
        <p class="note">${headings.join(", ")}</p>
      </div>
      ${
        sheet.words?.usable === false
          ? nothing
          : html`<button
              class="primary"
              @click=${() => actions.editMapping((now) => ({...now, [sheet.kind]: part}))}
            >
              ${t("page-wide-turn")}
            </button>`
      }
    </div>
    ${sheet.words ? asRead(context, kind, part.table, mapping, sheet.words) : html`<p class="note">${t("page-wide-no-days")}</p>`}
  `;
}

/**
 * Records as a mapping reads them.
 * @param {Context} context @param {Kind} kind @param {import("./tables.js").TableName} table @param {any} mapping
 * @param {import("../types.js").RecordsInWords} read
 */
function asRead({state, actions, t, engine}, kind, table, mapping, read) {
  const fetch = async (/** @type {number} */ from, /** @type {number} */ count) =>
    (await engine.records(mapping, kind.kind, from, count, state.language))?.rows ?? [];
  const own = tableKey(table) === tableKey(OWN);
  return html`
    <p class="records-count">${read.sentence}</p>
    <details class="group printed">
      <summary>${t("page-records-show", {kind: kind.label})}</summary>
      <oncurve-grid
        class="short-grid"
        .columns=${gridColumns(read)}
        .count=${read.n}
        .version=${`${state.tableVersion} ${kind.kind}`}
        .name=${t("page-records-name", {kind: kind.label})}
        .rowName=${t("page-row")}
        .fetch=${fetch}
        .look=${look}
        .cell=${state.view.recordCell?.kind === kind.kind ? state.view.recordCell.cell : null}
        @cell=${(/** @type {CustomEvent} */ {detail}) =>
          actions.look({recordCell: {kind: kind.kind, cell: detail.cell}})}
        @edit=${(/** @type {CustomEvent} */ {detail}) =>
          actions.jumpToRow(detail.record?.row, own ? null : table)}
      ></oncurve-grid>
      <p class="note">${t("page-records-hint")}</p>
    </details>
  `;
}

/** @param {any} record @param {number} column */
const look = (record, column) => ({
  mark: !record.used && column === record.cells.length - 1 ? "left-out" : "",
});

/** The columns of a preview; the same array for the same records. @type {WeakMap<object, {heading: string}[]>} */
const known = new WeakMap();
/** @param {import("../types.js").RecordsInWords} read */
function gridColumns(read) {
  const columns = known.get(read) ?? read.headings.map((heading) => ({heading}));
  known.set(read, columns);
  return columns;
}
