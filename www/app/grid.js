// @ts-check
import {LitElement, html, nothing} from "lit";

/** Rows fetched at a time. */
const BLOCK = 100;
/** Blocks kept; the oldest is forgotten. */
const BLOCKS_KEPT = 40;
/** Rows drawn above and below what is seen. */
const MARGIN = 6;
/** Browsers cut elements that are much taller; rows beyond share the scroll bar unevenly. */
const MAX_HEIGHT = 8_000_000;

/**
 * @typedef {{heading: string, mark?: unknown, numeric?: boolean, sample?: string[]}} GridColumn
 * @typedef {{row: number, cells: string[]}} GridRow
 * @typedef {{mark?: string, title?: string}} CellState
 */

/**
 * A table of any length: only the rows in view are drawn, and fetched in blocks. Arrow keys move.
 * Fires `cell` with `{row, column}` (positions) when a cell is focused, `edit` on Enter.
 */
export class OncurveGrid extends LitElement {
  static properties = {
    columns: {attribute: false},
    count: {attribute: false},
    version: {attribute: false},
    fetch: {attribute: false},
    look: {attribute: false},
    name: {attribute: false},
    rowName: {attribute: false},
    cell: {attribute: false},
    wraps: {attribute: false},
  };

  /** @type {Map<number, GridRow[]>} */
  #blocks = new Map();
  /** @type {Set<number>} */
  #asked = new Set();
  #rowHeight = 28;
  #resizes = new ResizeObserver(() => this.requestUpdate());
  #moved = false;
  #epoch = 0;

  constructor() {
    super();
    /** @type {GridColumn[]} */
    this.columns = [];
    this.count = 0;
    this.version = 0;
    /** @type {(from: number, count: number) => Promise<GridRow[]>} */
    this.fetch = async () => [];
    /** How a cell is marked. @type {(row: GridRow, column: number) => CellState} */
    this.look = () => ({});
    this.name = "";
    /** Head of the column of row numbers; none when empty. */
    this.rowName = "";
    /** The focused cell. @type {{row: number, column: number} | null} */
    this.cell = null;
    /** Whether the last column is broken into lines: then every row is drawn. */
    this.wraps = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.addEventListener("scroll", this.#onScroll, {passive: true});
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  #onScroll = () => this.requestUpdate();

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("version")) {
      this.#epoch += 1;
      this.#asked.clear();
      // What was read before stays until the new rows are there: no flicker while a person corrects.
      if (changed.has("columns")) this.#blocks.clear();
    }
  }

  /** The first row in view and how many there are. */
  #window() {
    if (this.wraps) return {from: 0, to: this.count};
    const seen = Math.ceil((this.clientHeight || 400) / this.#rowHeight) + 1;
    const top = Math.floor(this.scrollTop / this.#scale() / this.#rowHeight);
    const from = Math.max(0, Math.min(top - MARGIN, this.count - seen));
    return {from, to: Math.min(this.count, from + seen + 2 * MARGIN)};
  }

  /** Below 1 when the rows are more than an element can be tall. */
  #scale() {
    return Math.min(1, MAX_HEIGHT / Math.max(1, this.count * this.#rowHeight));
  }

  /** @param {number} index @returns {GridRow | undefined} */
  #row(index) {
    const block = Math.floor(index / BLOCK);
    if (!this.#asked.has(block)) this.#ask(block);
    return this.#blocks.get(block)?.[index - block * BLOCK];
  }

  /** @param {number} block */
  async #ask(block) {
    this.#asked.add(block);
    const epoch = this.#epoch;
    try {
      const rows = await this.fetch(block * BLOCK, BLOCK);
      if (epoch !== this.#epoch) return;
      this.#blocks.delete(block);
      this.#blocks.set(block, rows);
      for (const oldest of this.#blocks.keys()) {
        if (this.#blocks.size <= BLOCKS_KEPT) break;
        this.#blocks.delete(oldest);
        this.#asked.delete(oldest);
      }
      this.requestUpdate();
    } catch {
      // The engine was stopped or restarted: the next drawing asks again.
      this.#asked.delete(block);
    }
  }

  render() {
    const {from, to} = this.#window();
    const scale = this.#scale();
    const above = from * this.#rowHeight * scale;
    const below = Math.max(0, (this.count - to) * this.#rowHeight * scale);
    const active = this.cell ?? {row: 0, column: 0};
    const rows = Array.from({length: to - from}, (_, offset) => from + offset);
    return html`
      <table
        role="grid"
        class=${this.wraps ? "wraps" : ""}
        aria-label=${this.name}
        aria-rowcount=${this.count + 1}
        aria-colcount=${this.columns.length + (this.rowName ? 1 : 0)}
        @keydown=${this.#onKey}
        @focusin=${this.#onFocus}
        @dblclick=${() => this.#fire("edit")}
      >
        <thead>
          <tr aria-rowindex="1">
            ${this.rowName ? html`<th scope="col" class="row-number">${this.rowName}</th>` : nothing}
            ${this.columns.map(
              ({heading, mark, numeric}) =>
                html`<th scope="col" class=${numeric ? "numeric" : ""}>
                  <span class="heading">${heading}</span>${mark ?? nothing}
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          <tr class="spacer" aria-hidden="true" .style=${`height: ${above}px`}></tr>
          ${rows.map((index) => this.#rowView(index, active))}
          <tr class="spacer" aria-hidden="true" .style=${`height: ${below}px`}></tr>
        </tbody>
      </table>
    `;
  }

  /** @param {number} index @param {{row: number, column: number}} active */
  #rowView(index, active) {
    const row = this.#row(index);
    return html`<tr class="data" aria-rowindex=${index + 2} data-index=${index}>
      ${this.rowName ? html`<th scope="row" class="row-number">${row?.row ?? ""}</th>` : nothing}
      ${this.columns.map(({numeric}, column) => {
        const {mark = "", title} = row ? this.look(row, column) : {};
        const here = index === active.row && column === active.column;
        return html`<td
          class="${numeric ? "numeric" : ""} ${mark}"
          tabindex=${here ? 0 : -1}
          data-column=${column}
          aria-description=${title ?? nothing}
        >
          ${row ? row.cells[column] : "…"}
        </td>`;
      })}
    </tr>`;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const drawn = /** @type {HTMLElement | null} */ (this.querySelector("tr.data"));
    const height = drawn?.getBoundingClientRect().height;
    if (height && Math.abs(height - this.#rowHeight) > 0.5) {
      this.#rowHeight = height;
      this.requestUpdate();
    }
    if (changed.has("cell") && this.cell) this.#show(this.cell);
  }

  /** Brings a cell into view, and focuses it after a key press. @param {{row: number, column: number}} cell */
  #show({row, column}) {
    const head = /** @type {HTMLElement | null} */ (this.querySelector("thead"))?.offsetHeight ?? 0;
    const top = row * this.#rowHeight * this.#scale();
    const bottom = top + this.#rowHeight + head;
    if (this.wraps) {
      // Rows have heights of their own, and all of them are drawn.
    } else if (top < this.scrollTop) this.scrollTo({top});
    else if (bottom > this.scrollTop + this.clientHeight)
      this.scrollTo({top: bottom - this.clientHeight + 2});
    const focus = this.#moved;
    this.#moved = false;
    const reach = () => {
      const element = this.#cellElement(row, column);
      element?.scrollIntoView({block: "nearest", inline: "nearest"});
      if (focus) element?.focus({preventScroll: true});
      return element;
    };
    // A cell far away is drawn first.
    if (!reach()) {
      this.requestUpdate();
      this.updateComplete.then(reach);
    }
  }

  /** @param {number} row @param {number} column @returns {HTMLElement | null} */
  #cellElement(row, column) {
    return this.querySelector(`tr[data-index="${row}"] td[data-column="${column}"]`);
  }

  /** Moves to a cell and focuses it. @param {{row: number, column: number}} cell */
  focusCell(cell) {
    this.#moved = true;
    this.#fire("cell", cell);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const {row, column} = this.cell ?? {row: 0, column: 0};
    const page = Math.max(1, Math.floor(this.clientHeight / this.#rowHeight) - 2);
    const end = event.ctrlKey || event.metaKey;
    /** @type {Record<string, [number, number]>} */
    const moves = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
      Home: [end ? 0 : row, 0],
      End: [end ? this.count - 1 : row, this.columns.length - 1],
    };
    const to = moves[event.key];
    if (to) {
      event.preventDefault();
      this.focusCell({
        row: Math.max(0, Math.min(this.count - 1, to[0])),
        column: Math.max(0, Math.min(this.columns.length - 1, to[1])),
      });
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.#fire("edit");
    }
  }

  /** @param {Event} event */
  #onFocus(event) {
    const td = /** @type {HTMLElement} */ (event.target).closest("td");
    const tr = td?.closest("tr");
    if (!td || !tr) return;
    const cell = {row: Number(tr.dataset.index), column: Number(td.dataset.column)};
    if (cell.row !== this.cell?.row || cell.column !== this.cell?.column) this.#fire("cell", cell);
  }

  /** @param {string} type @param {{row: number, column: number} | null} cell */
  #fire(type, cell = this.cell) {
    const record = cell ? this.#blocks.get(Math.floor(cell.row / BLOCK))?.[cell.row % BLOCK] : undefined;
    this.dispatchEvent(new CustomEvent(type, {detail: {cell, record}}));
  }
}
