// @ts-check
import {html, nothing} from "lit";
import {accepts} from "./issues.js";
import {fileButton, SPREADSHEETS} from "./parts.js";
import {sameTable, shownTable, tableKey} from "./tables.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

/** The open files, and the way to another. @param {Context} context */
export const filesView = ({state, actions, t}) => html`
  <div class="files">
    <span class="file-name">${state.file?.name}</span>
    ${(state.decisions?.added ?? []).map(
      ({file_name: file}) =>
        html`<span class="chip file"
          ><span>${file}</span
          ><button aria-label=${t("page-file-remove", {file})} @click=${() => actions.removeFile(file)}>
            ✕
          </button></span
        >`,
    )}
    ${fileButton(t("page-add-file"), SPREADSHEETS, (files) => actions.openFiles(files, "add"), "quiet")}
  </div>
`;

/** The tables of the open files, one of which is shown, and the sheets that could not be read. @param {Context} context */
export function tabsView({state, actions, t, engine}) {
  const {tables = [], unread = []} = state.table ?? {};
  const shown = shownTable(state);
  const isAccepted = accepts(state);
  /** @type {Map<string, number>} */
  const issues = new Map();
  for (const issue of state.assigned?.issues ?? []) {
    const key = tableKey(issue.table);
    if (!isAccepted(issue)) issues.set(key, (issues.get(key) ?? 0) + 1);
  }
  return html`
    ${
      tables.length > 1
        ? html`<div class="tabs" role="group" aria-label=${t("page-tables")}>
            ${tables.map(({name, label, n_rows}) => {
              const found = issues.get(tableKey(name)) ?? 0;
              return html`<button
                aria-pressed=${sameTable(name, shown?.name) ? "true" : "false"}
                @click=${() => actions.lookAtTable(name)}
              >
                <span class="tab-name">${label}</span>
                <span class="note">
                  ${name ? nothing : html`${t("page-tab-patients")} · `}${t("page-tab-rows", {rows: n_rows})}${
                    found ? html` · ${t("page-tab-issues", {issues: found})}` : nothing
                  }
                </span>
              </button>`;
            })}
          </div>`
        : nothing
    }
    ${unread.map(
      ({table, error}) =>
        html`<p class="note unread">
          ${t("page-sheet-unread", {sheet: table.sheet})} ${engine.sentence(state.language, error)}
        </p>`,
    )}
  `;
}
