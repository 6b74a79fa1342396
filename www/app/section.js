// @ts-check
/** One analysis as a section of the document: what was found, and beside it what can be chosen. */
import {html, nothing} from "lit";
import {ref} from "lit/directives/ref.js";
import {copy, copyPicture} from "./clipboard.js";
import {save, slug} from "./files.js";
import {formView} from "./form.js";
import {bound, bringHere, choose, menu, progressView, takeFocus} from "./parts.js";
import {png} from "./png.js";
import {withAt} from "./store.js";

/** @typedef {import("./oncurve-app.js").Context} Context */
/** @typedef {import("../types.js").Block} Block */

/**
 * @param {Context} context
 * @param {{id: number, title: string | null, analysis: any}} section
 * @param {number} index @param {number} count
 */
export function sectionView(context, section, index, count) {
  const {state, t} = context;
  const {id, analysis} = section;
  const result = state.results[id];
  const form = state.forms.find((candidate) => candidate.analysis.kind === analysis.kind);
  const set = (/** @type {string} */ path, /** @type {unknown} */ value) =>
    context.actions.editSection(id, {analysis: withAt(analysis, path, value)}, path);
  const name = context.actions.sectionName(id);
  return html`
    <section
      class="analysis"
      id="section-${id}"
      aria-labelledby="heading-${id}"
      aria-busy=${result?.running ? "true" : "false"}
    >
      <div class="analysis-head">
        ${headingView(context, section, name)} ${sectionMenus(context, section, index, count, name)}
      </div>
      <div class="analysis-body">
        <div class="prose">${bodyView(context, id, name)}</div>
        ${
          // Options come with the first result, so that the sections are drawn one at a time.
          form && (result?.run || result?.failure)
            ? html`<details class="options" ?open=${wide.matches}>
                <summary>${t("page-options")}</summary>
                <div class="options-form" role="group" aria-label=${t("page-options-of", {name})}>
                  ${formView(form, analysis, set, `option-${id}`, t)}
                </div>
              </details>`
            : nothing
        }
      </div>
    </section>
  `;
}

/** Where there is room, the options stand open beside their section. */
const wide = matchMedia("(min-width: 68.75em)");

/** @param {Context} context @param {{id: number}} section @param {string} name */
function headingView({state, actions, t}, {id}, name) {
  if (state.view.renaming !== id) {
    return html`<h2 id="heading-${id}">
      <button
        class="heading-button"
        title=${t("page-rename")}
        ${ref(state.view.added === id ? bringHere : undefined)}
        @click=${() => actions.look({renaming: id})}
      >
        ${name || t("page-computing")}
      </button>
    </h2>`;
  }
  return html`<h2 id="heading-${id}">
    <input
      class="rename"
      aria-label=${t("page-rename")}
      .value=${name}
      ${ref(takeFocus)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Enter") /** @type {HTMLInputElement} */ (event.target).blur();
        if (event.key !== "Escape") return;
        event.stopPropagation();
        actions.look({renaming: null});
      }}
      @blur=${choose((typed) => actions.rename(id, typed.trim()))}
    />
  </h2>`;
}

/** @param {Context} context @param {{id: number}} section @param {number} index @param {number} count @param {string} name */
function sectionMenus({actions, t}, {id}, index, count, name) {
  return html`
    <div class="section-menus">
      ${menu(
        t("page-export"),
        [
          {label: t("page-export-html"), run: () => actions.exportReport("html", id)},
          {label: t("page-export-csv"), run: () => actions.exportReport("csv", id)},
          {label: t("page-export-r"), run: () => actions.exportReport("r", id)},
        ],
        {quiet: true, end: true, name: t("page-export-of", {name})},
      )}
      ${menu(
        t("page-section"),
        [
          {label: t("page-rename"), run: () => actions.look({renaming: id})},
          {label: t("page-duplicate"), run: () => actions.duplicateSection(id)},
          {label: t("page-move-up"), run: index > 0 ? () => actions.moveSection(id, -1) : undefined},
          {label: t("page-move-down"), run: index < count - 1 ? () => actions.moveSection(id, 1) : undefined},
          {label: t("page-remove"), run: () => actions.removeSection(id, name)},
        ],
        {quiet: true, end: true, name: t("page-section-of", {name})},
      )}
    </div>
  `;
}

/** @param {Context} context @param {number} id @param {string} name */
function bodyView(context, id, name) {
  const {state, actions, t} = context;
  const result = state.results[id];
  const progress =
    result?.running && (result.slow || !result.run)
      ? progressView(
          t("page-computing"),
          result.share,
          result.slow && context.engine.cancellable && actions.cancel,
          t,
        )
      : nothing;
  if (!result || (!result.run && !result.failure)) return progress;
  if (result.failure) {
    return html`${progress}
      <p class="caution">${result.failure}</p>
      <button @click=${() => actions.retry(id)}>${t("page-retry")}</button>`;
  }
  const {blocks, scenes} = /** @type {{blocks: Block[], scenes: any[]}} */ (result.run);
  return html`${progress} ${blocks.map((block) => blockView(context, block, scenes, name))}`;
}

/** @param {Context} context @param {Block} block @param {import("../types.js").Scene[]} scenes @param {string} name */
function blockView(context, block, scenes, name) {
  const {t} = context;
  switch (block.kind) {
    case "heading":
      return nothing;
    case "paragraph":
      return html`<p class="finding">${bound(block.text)}</p>`;
    case "caution":
      return html`<p class="caution">${block.text}</p>`;
    case "exclusions":
      return block.lines.length
        ? html`<div class="exclusions">
            <h3>${t("page-exclusions")}</h3>
            <ul>
              ${block.lines.map((line) => html`<li>${bound(line)}</li>`)}
            </ul>
          </div>`
        : nothing;
    case "methods":
      return html`<details class="methods printed">
        <summary>${t("page-methods")}</summary>
        <p>${bound(block.text)}</p>
        ${
          block.references.length
            ? html`<ul>
                ${block.references.map((reference) => html`<li>${reference}</li>`)}
              </ul>`
            : nothing
        }
        <button class="quiet" @click=${() => context.actions.copyMethods(block)}>
          ${t("page-copy-text")}
        </button>
      </details>`;
    case "figure":
      return figureView(context, scenes[block.scene], block.caption, name);
    case "table":
      return tableView(context, block);
  }
}

/** @param {Context} context @param {import("../types.js").Scene | undefined} scene @param {string} caption @param {string} name */
function figureView({engine, actions, t}, scene, caption, name) {
  if (!scene) return nothing;
  const file = `${actions.fileBase()}-${slug(name)}`;
  const picture = (/** @type {number} */ dpi) => async () =>
    save(`${file}-${dpi}dpi.png`, await png(engine, scene, dpi));
  return html`
    <figure class="figure">
      <oncurve-figure
        .scene=${scene}
        .engine=${engine}
        .hint=${t("page-figure-hint")}
        @point=${highlight}
      ></oncurve-figure>
      ${caption ? html`<figcaption>${caption}</figcaption>` : nothing}
      <div class="figure-buttons">
        ${menu(
          t("page-figure-save"),
          [
            {
              label: t("page-figure-svg"),
              note: t("page-figure-svg-note"),
              run: () => save(`${file}.svg`, engine.svg(scene), "image/svg+xml"),
            },
            {label: t("page-figure-png-300"), run: picture(300)},
            {label: t("page-figure-png-600"), run: picture(600)},
          ],
          {quiet: true, name: t("page-figure-save-of", {name})},
        )}
        <button
          class="quiet"
          @click=${() => actions.saying("page-figure-copied", () => copyPicture(png(engine, scene, 300)))}
        >
          ${t("page-figure-copy")}
        </button>
      </div>
    </figure>
  `;
}

/**
 * Marks the rows of the section whose head is among what a figure says of the point.
 * @param {CustomEvent<string[]>} event
 */
function highlight({target, detail}) {
  const section = /** @type {HTMLElement} */ (target).closest("section");
  for (const row of section?.querySelectorAll("table.result tbody tr") ?? []) {
    // Spaces that keep a number with its unit are spaces here.
    const head = (row.querySelector("th")?.textContent ?? "").replace(/\s+/g, " ").trim();
    row.classList.toggle("pointed", detail.includes(head));
  }
}

/** Tables with more columns than this are set closer. */
const MANY_COLUMNS = 4;
/** Longer cells are sentences, which are broken into lines; shorter ones are figures. */
const SENTENCE_LENGTH = 40;
/** Longer figures are broken before their bracket where the table would be too wide. */
const FIGURE_LENGTH = 20;

/** @param {string} cell */
function cellView(cell) {
  if (cell.length > SENTENCE_LENGTH) return html`<td class="words">${bound(cell)}</td>`;
  const bracket = cell.indexOf(" (");
  if (cell.length <= FIGURE_LENGTH || bracket < 0) return html`<td>${bound(cell)}</td>`;
  const parts = [cell.slice(0, bracket), cell.slice(bracket + 1)];
  return html`<td class="long">${parts.map((part) => html`<span>${bound(part)}</span> `)}</td>`;
}

/**
 * The heads of a table in one row, or in two where some are shared.
 * @param {Extract<Block, {kind: "table"}>} table
 */
function headRows({columns, shared_heads: shared = []}) {
  const upper = [];
  const lower = [];
  for (let at = 0; at < columns.length;) {
    const over = shared.find(({from}) => from === at);
    upper.push(over ? {text: over.head, columns: over.columns.length} : {text: columns[at], columns: 0});
    lower.push(...(over?.columns ?? []));
    at += over?.columns.length || 1;
  }
  return {upper, lower};
}

/** @param {Context} context @param {Extract<Block, {kind: "table"}>} table */
function tableView({actions, engine, t}, table) {
  const {upper, lower} = headRows(table);
  const down = lower.length ? 2 : nothing;
  const headView = (/** @type {{text: string, columns: number}} */ {text, columns}) => {
    if (columns) return html`<th scope="colgroup" colspan=${columns}>${bound(text)}</th>`;
    if (text) return html`<th scope="col" rowspan=${down}>${bound(text)}</th>`;
    return html`<td rowspan=${down}></td>`;
  };
  const copyTable = () => {
    const {html: rich, text} = engine.tableForClipboard(table);
    return copy({"text/html": rich, "text/plain": text});
  };
  return html`
    <div class="table-box" tabindex="0" role="group" aria-label=${table.caption}>
      <table class=${table.columns.length > MANY_COLUMNS ? "result dense" : "result"}>
        <caption>
          <span>${table.caption}</span>
        </caption>
        ${lower.length ? upper.map(({columns}) => html`<colgroup span=${columns || 1}></colgroup>`) : nothing}
        <thead>
          <tr>
            ${upper.map(headView)}
          </tr>
          ${
            lower.length
              ? html`<tr>
                  ${lower.map((text) => html`<th scope="col">${bound(text)}</th>`)}
                </tr>`
              : nothing
          }
        </thead>
        <tbody>
          ${table.rows.map(
            ({head, cells, indent}) =>
              html`<tr>
                <th scope="row" class="indent-${indent}">${bound(head)}</th>
                ${cells.map(cellView)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${table.notes.length ? html`<div class="table-notes">${table.notes.map((note) => html`<p>${note}</p>`)}</div>` : nothing}
    <div class="figure-buttons">
      <button class="quiet" @click=${() => actions.saying("page-table-copied", copyTable)}>
        ${t("page-table-copy")}
      </button>
    </div>
  `;
}
