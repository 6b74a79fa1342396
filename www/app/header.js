// @ts-check
import {html, nothing} from "lit";
import {accepts} from "./issues.js";
import {choose, progressView} from "./parts.js";

/** @typedef {import("./oncurve-app.js").Context} Context */

/** @param {Context} context */
export function headerView({state, actions, t, engine: {languages}}) {
  const themes = /** @type {const} */ (["system", "light", "dark"]);
  return html`
    <header class="top">
      <button class="skip" @click=${skip}>${t("page-skip")}</button>
      <div class="name">
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M4 5 H10 V11 H16 V18 H22 V23 H29" />
          <path d="M13 8.5 V13.5 M19 15.5 V20.5" />
        </svg>
        <span>oncurve</span>
      </div>
      <button class="privacy" @click=${() => actions.openDialog("privacy")}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 7h9v6.5h-9zM5.5 7V4.8a2.5 2.5 0 0 1 5 0V7" />
        </svg>
        <span class="strong">${t("page-privacy-strip")}</span>
        <span class="link">${t("page-privacy-verify")}</span>
      </button>
      <div class="preferences">
        ${
          languages.length > 1
            ? html`<label class="quiet-field">
                <span class="sr">${t("page-language")}</span>
                <select @change=${choose(actions.setLanguage)}>
                  ${languages.map(
                    ([tag, name]) =>
                      html`<option value=${tag} lang=${tag} .selected=${tag === state.language}>
                        ${name}
                      </option>`,
                  )}
                </select>
              </label>`
            : nothing
        }
        <label class="quiet-field">
          <span class="sr">${t("page-theme")}</span>
          <select @change=${choose((value) => actions.setTheme(/** @type {any} */ (value)))}>
            ${themes.map(
              (theme) =>
                html`<option value=${theme} .selected=${theme === state.theme}>
                  ${t(`page-theme-${theme}`)}
                </option>`,
            )}
          </select>
        </label>
        <button class="quiet" @click=${() => actions.openDialog("keys")}>${t("page-help")}</button>
      </div>
    </header>
  `;
}

/** A link cannot reach into a shadow root. @param {Event} event */
function skip(event) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  /** @type {ShadowRoot} */ (button.getRootNode()).querySelector("main")?.focus();
}

/** @param {Context} context */
export function stepsView({state, actions, t}) {
  const {file, table, assigned, assignFailure, decisions} = state;
  const isAccepted = accepts(state);
  const issues = assigned?.issues.filter((issue) => !isAccepted(issue)).length ?? 0;
  const notes = {
    data: file && table ? t("page-step-data-note", {rows: table.n_rows, columns: table.columns.length}) : "",
    columns: assignFailure
      ? t("page-step-columns-failed")
      : assigned
        ? t("page-step-columns-note", {patients: assigned.n, issues})
        : "",
    results: decisions?.sections ? t("page-step-results-note", {sections: decisions.sections.length}) : "",
  };
  const steps = /** @type {const} */ (["data", "columns", "results"]);
  return html`
    <nav class="steps" aria-label=${t("page-steps")}>
      <ol>
        ${steps.map(
          (step, index) => html`
            <li>
              <a
                href="#${step}"
                aria-current=${state.step === step ? "step" : nothing}
                @click=${(/** @type {Event} */ event) => {
                  event.preventDefault();
                  actions.go(step);
                }}
              >
                <span class="number" aria-hidden="true">${index + 1}</span>
                <span class="step-name">${t(`page-step-${step}`)}</span>
                <span class="step-note">${notes[step]}</span>
              </a>
            </li>
          `,
        )}
      </ol>
      ${
        decisions
          ? html`<div class="study-buttons">
              <button class="quiet" ?disabled=${!state.past.length} @click=${actions.undo}>
                ${t("page-undo")}
              </button>
              <button class="quiet" ?disabled=${!state.future.length} @click=${actions.redo}>
                ${t("page-redo")}
              </button>
              <button class="quiet" @click=${actions.saveStudy}>${t("page-save-study")}</button>
            </div>`
          : nothing
      }
    </nav>
  `;
}

/** What floats at the foot: work in progress, and what there is to say. @param {Context} context */
export function noticeView({state, actions, t}) {
  const {busy, notice} = state;
  return html`
    <div class="floats">
      <div role="status">
        ${busy ? html`<div class="notice">${progressView(t(busy.id), null, busy.slow && actions.cancel, t)}</div>` : nothing}
        ${notice?.kind === "info" ? noticeBox(notice, actions, t) : nothing}
      </div>
      <div role="alert">${notice?.kind === "error" ? noticeBox(notice, actions, t) : nothing}</div>
    </div>
  `;
}

/**
 * @param {NonNullable<import("./store.js").State["notice"]>} notice
 * @param {Context["actions"]} actions @param {Context["t"]} t
 */
function noticeBox({text, kind, action}, actions, t) {
  return html`<div class="notice ${kind}">
    <p>${text}</p>
    ${action ? html`<button @click=${action.run}>${action.label}</button>` : nothing}
    <button class="quiet" @click=${actions.dismiss}>${t("page-dismiss")}</button>
  </div>`;
}
