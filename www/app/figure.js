// @ts-check
import {LitElement, html, nothing} from "lit";

/** How much larger than on paper a figure may stand on the page. */
const MAX_ZOOM = 1.5;
/** CSS pixels to the point below which nothing can be read: wider figures are moved sideways on a phone. */
const MIN_ZOOM = 0.88;
/** CSS pixels in a point. */
const PX_PER_POINT = 96 / 72;

/** The figures that wait to be painted: one a task, so that a page of many never blocks. */
let turn = Promise.resolve();

/** @param {() => void} paint */
function inTurn(paint) {
  turn = turn.then(() => new Promise((resume) => setTimeout(resume))).then(paint);
}

/**
 * A figure on a canvas, painted by the engine. Pointing at it (mouse, touch, arrow keys) tells what
 * stands there and lifts its line out of the others; every word comes with the scene, and goes out
 * again with the event `point`, so that tables can show the same.
 */
export class OncurveFigure extends LitElement {
  static properties = {
    scene: {attribute: false},
    engine: {attribute: false},
    hint: {attribute: false},
    pointed: {state: true},
  };

  #resizes = new ResizeObserver(() => this.#paint());
  /** What the canvas shows. */
  #painted = {scene: /** @type {unknown} */ (null), scale: 0};
  /** @type {MediaQueryList | null} */
  #density = null;

  constructor() {
    super();
    /** @type {import("../types.js").Scene | null} */
    this.scene = null;
    /** @type {import("../engine.js").Engine | null} */
    this.engine = null;
    /** How to read it with the keyboard. */
    this.hint = "";
    /** Series and point that are pointed at. @type {{series: number, point: number} | null} */
    this.pointed = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#watchDensity();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  /** Zooming and moving to another screen change the pixels to the point. */
  #watchDensity() {
    this.#density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#density.addEventListener(
      "change",
      () => {
        this.#paint();
        if (this.isConnected) this.#watchDensity();
      },
      {once: true},
    );
  }

  /** How wide a figure can stand here, in CSS pixels. */
  get #room() {
    const margins =
      2 * (this.querySelector("canvas")?.getBoundingClientRect().left ?? 0) -
      2 * this.getBoundingClientRect().left;
    return this.clientWidth - Math.max(0, margins);
  }

  /** CSS pixels to the point. */
  get #zoom() {
    if (!this.scene) return 1;
    const fits = this.#room / this.scene.width || 1;
    return Math.min(Math.max(fits, MIN_ZOOM), PX_PER_POINT * MAX_ZOOM);
  }

  #paint() {
    const canvas = this.querySelector("canvas");
    if (!canvas || !this.scene || !this.engine || !this.clientWidth) return;
    const zoom = this.#zoom;
    const scale = zoom * devicePixelRatio;
    if (this.#painted.scene === this.scene && this.#painted.scale === scale) return;
    this.#painted = {scene: this.scene, scale};
    this.engine.paint(this.scene, canvas, scale);
    this.classList.toggle("wide", this.scene.width * zoom > this.#room);
    canvas.style.setProperty("--paper-width", `${this.scene.width}pt`);
    canvas.style.width = `${this.scene.width * zoom}px`;
    canvas.style.height = `${this.scene.height * zoom}px`;
    this.requestUpdate();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("scene")) this.pointed = null;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has("scene")) inTurn(() => this.#paint());
    if (changed.has("pointed")) this.dispatchEvent(new CustomEvent("point", {detail: this.#lines}));
  }

  /** What is said of the point: the name of its series first. */
  get #lines() {
    const series = this.pointed && this.scene?.series[this.pointed.series];
    const point = this.pointed && series?.points[this.pointed.point];
    return point && series ? [...(series.label ? [series.label] : []), ...point.lines] : [];
  }

  render() {
    const {scene} = this;
    if (!scene) return nothing;
    const point = this.pointed && scene.series[this.pointed.series]?.points[this.pointed.point];
    const series = this.pointed && scene.series[this.pointed.series];
    const lines = this.#lines;
    const curve = point && series && lineOf(scene.marks, series, point);
    const corners = curve ? curve.points.map((corner) => `${corner.x},${corner.y}`).join(" ") : "";
    // Measured only while it is pointed at: it makes the browser lay out the page.
    const zoom = point ? this.#zoom : 1;
    const [x, y] = point ? [point.at.x * zoom, point.at.y * zoom] : [0, 0];
    const flip = point && point.at.x > scene.width * 0.6;
    return html`
      <div
        class="figure-area"
        role="group"
        tabindex="0"
        aria-label=${scene.title}
        @pointermove=${this.#onPointer}
        @pointerdown=${this.#onPointer}
        @pointerleave=${() => (this.pointed = null)}
        @blur=${() => (this.pointed = null)}
        @keydown=${this.#onKey}
      >
        <canvas role="img" aria-label="${scene.title}. ${scene.description}"></canvas>
        ${
          point && series
            ? html`
                ${
                  corners &&
                  html`<svg
                    class="pointer-curve"
                    aria-hidden="true"
                    viewBox="0 0 ${scene.width} ${scene.height}"
                    .style=${`width: ${scene.width * zoom}px; height: ${scene.height * zoom}px`}
                  >
                    <polyline points=${corners} stroke="#ffffff" stroke-width="4"></polyline>
                    <polyline
                      points=${corners}
                      stroke="rgb(${series.color.rgb.join(" ")})"
                      stroke-width="2"
                    ></polyline>
                  </svg>`
                }
                <div class="pointer-line" .style=${`left: ${x}px`}></div>
                <div
                  class="pointer-dot"
                  .style=${`left: ${x}px; top: ${y}px; background: rgb(${series.color.rgb.join(" ")})`}
                ></div>
                <div class="tip ${flip ? "left" : ""}" .style=${`left: ${x}px; top: ${y}px`}>
                  ${lines.map((line, index) => html`<div class=${index === 0 && series.label ? "strong" : ""}>${line}</div>`)}
                </div>
              `
            : nothing
        }
      </div>
      <p class="sr" aria-live="polite">${lines.join(", ")}</p>
      ${scene.series.length ? html`<p class="figure-hint">${this.hint}</p>` : nothing}
    `;
  }

  /** @param {PointerEvent} event */
  #onPointer(event) {
    if (!this.scene) return;
    const box = this.querySelector("canvas")?.getBoundingClientRect();
    if (!box) return;
    const zoom = this.#zoom;
    this.pointed = nearest(
      this.scene.series,
      (event.clientX - box.left) / zoom,
      (event.clientY - box.top) / zoom,
    );
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const all = this.scene?.series ?? [];
    if (event.key === "Escape" && this.pointed) {
      this.pointed = null;
      event.stopPropagation();
      return;
    }
    if (
      !all.length ||
      !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)
    )
      return;
    event.preventDefault();
    const {series, point} = this.pointed ?? {series: 0, point: -1};
    const last = all[series].points.length - 1;
    const across = (/** @type {number} */ to) => {
      const x = all[series].points[Math.max(0, point)]?.at.x ?? 0;
      return {series: to, point: Math.max(0, before(all[to].points, x))};
    };
    const moves = {
      ArrowLeft: () => ({series, point: Math.max(0, point - 1)}),
      ArrowRight: () => ({series, point: Math.min(last, point + 1)}),
      Home: () => ({series, point: 0}),
      End: () => ({series, point: last}),
      ArrowUp: () => across((series + all.length - 1) % all.length),
      ArrowDown: () => across((series + 1) % all.length),
    };
    this.pointed = moves[/** @type {keyof typeof moves} */ (event.key)]();
  }
}

/** The last point at or left of `x`; -1 when there is none. @param {{at: {x: number}}[]} points @param {number} x */
function before(points, x) {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].at.x <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The line of a series, if it is drawn as one: it has its colour, and its points among the corners.
 * @param {import("../types.js").Mark[]} marks @param {import("../types.js").Series} series
 * @param {import("../types.js").SeriesPoint} point
 */
function lineOf(marks, {color, points}, point) {
  const wanted = [points[0], point, points[points.length - 1]];
  for (const mark of marks) {
    if (mark.kind !== "line" || String(mark.color.rgb) !== String(color.rgb)) continue;
    const corners = mark.points;
    if (wanted.every(({at}) => corners.some(({x, y}) => x === at.x && y === at.y))) return mark;
  }
  return null;
}

/**
 * What answers to pointing at (x, y): of each series the last point at or left of it, of these the
 * nearest in height.
 * @param {import("../types.js").Series[]} all @param {number} x @param {number} y
 */
export function nearest(all, x, y) {
  return all
    .map(({points}, series) => ({series, point: before(points, x)}))
    .filter(({point}) => point >= 0)
    .reduce(
      (best, here) => {
        const far = Math.abs(all[here.series].points[here.point].at.y - y);
        return far < best.far ? {far, here} : best;
      },
      {far: Infinity, here: /** @type {{series: number, point: number} | null} */ (null)},
    ).here;
}
