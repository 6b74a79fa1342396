// @ts-check
import {LitElement, html, nothing} from "lit";
import {styles} from "../style/index.js";
import {createActions} from "./actions/index.js";
import {columnsView} from "./columns-view.js";
import {dataView} from "./data-view.js";
import {dialogView} from "./dialogs.js";
import {OncurveFigure} from "./figure.js";
import {OncurveGrid} from "./grid.js";
import {headerView, noticeView, stepsView} from "./header.js";
import {onDocument} from "./keys.js";
import {remembered} from "./memory.js";
import {resultsView} from "./results-view.js";
import {createHistory, createStore, initialState} from "./store.js";

/**
 * What every view is given.
 * @typedef {object} Context
 * @property {import("./store.js").State} state
 * @property {import("./actions/index.js").Actions} actions
 * @property {(id: string, args?: object) => string} t a message in the chosen language
 * @property {import("../engine.js").Engine} engine
 */

const STEPS = /** @type {const} */ (["data", "columns", "results"]);

/** The calculator. Until `begin`, what stands inside the element is shown in its place. */
export class OncurveApp extends LitElement {
  static styles = styles;

  /** @type {import("./store.js").Store | null} */
  #store = null;
  /** @type {import("./actions/index.js").Actions | null} */
  #actions = null;
  /** @type {import("../engine.js").Engine | null} */
  #engine = null;
  /** Words already asked for, by language, id and arguments. @type {Map<string, string>} */
  #words = new Map();
  #shown = "";
  #look = "";
  /** What had the focus last. @type {EventTarget | undefined} */
  #focused;

  /**
   * @param {import("../engine.js").Engine} engine
   * @param {import("../types.js").Payload["examples"]} examples
   */
  begin(engine, examples) {
    customElements.get("oncurve-grid") ?? customElements.define("oncurve-grid", OncurveGrid);
    customElements.get("oncurve-figure") ?? customElements.define("oncurve-figure", OncurveFigure);
    const store = createStore({
      ...initialState(),
      language: chooseLanguage(engine.languages),
      theme: /** @type {any} */ (remembered("theme")) ?? "system",
      step: stepOf(location.hash),
    });
    const history = createHistory(store);
    window.history.replaceState(null, "", `#${store.get().step}`);
    this.#engine = engine;
    this.#store = store;
    this.#actions = createActions(store, history, engine, {
      example: async (patients) => {
        const all = await examples();
        const example = all.find(({name}) => name.includes(`-${patients}-`)) ?? all[0];
        return {name: example.name, bytes: await example.bytes()};
      },
    });
    store.subscribe(() => this.requestUpdate());
    this.renderRoot.addEventListener("focusin", (event) => (this.#focused = event.composedPath()[0]));
    onDocument(store, this.#actions, () => this.renderRoot);
    addEventListener("hashchange", () => this.#actions?.go(stepOf(location.hash)));
    this.requestUpdate();
  }

  /** Starts the engine before it is needed; says so where it cannot be. */
  async warm() {
    await this.#actions?.warm();
  }

  render() {
    if (!this.#store || !this.#actions || !this.#engine) return html`<slot></slot>`;
    const state = this.#store.get();
    const engine = this.#engine;
    /** @type {Context["t"]} */
    const t = (id, args) => {
      const key = `${state.language} ${id} ${JSON.stringify(args)}`;
      const known = this.#words.get(key);
      if (known !== undefined) return known;
      const words = engine.message(state.language, id, args);
      this.#words.set(key, words);
      return words;
    };
    /** @type {Context} */
    const context = {state, actions: this.#actions, t, engine};
    const view = {data: dataView, columns: columnsView, results: resultsView}[state.step];
    return html`
      ${headerView(context)}
      <div class="frame">
        ${stepsView(context)}
        <main id="main" tabindex="-1" aria-busy=${state.busy ? "true" : "false"}>${view(context)}</main>
      </div>
      ${noticeView(context)} ${dialogView(context)}
      ${state.dragging ? html`<div class="drop-veil">${t("page-drop-here")}</div>` : nothing}
    `;
  }

  updated() {
    const state = this.#store?.get();
    if (!state) return;
    const look = `${state.theme} ${state.language}`;
    // Only then: saying it again makes the browser style everything again.
    if (this.#look !== look) {
      this.#look = look;
      this.dataset.theme = state.theme;
      this.lang = state.language;
      document.documentElement.lang = state.language;
      document.documentElement.style.colorScheme = state.theme === "system" ? "" : state.theme;
    }
    if (this.#shown && this.#shown !== state.step) {
      if (location.hash !== `#${state.step}`) history.pushState(null, "", `#${state.step}`);
      // Both lay out the page: not in the task that drew it.
      setTimeout(() => {
        scrollTo(0, 0);
        this.#focusMain();
      });
    }
    this.#shown = state.step;
    // What had the focus is gone: the next Tab goes on from here, not from the top.
    const gone = this.#focused instanceof Element && !this.#focused.isConnected;
    if (gone && document.activeElement === document.body) this.#focusMain();
  }

  #focusMain() {
    this.renderRoot.querySelector("main")?.focus({preventScroll: true});
  }
}

/** @param {string} hash */
function stepOf(hash) {
  return STEPS.find((step) => hash === `#${step}`) ?? "data";
}

/** The remembered language, else the first of the browser's that there is. @param {[string, string][]} languages */
function chooseLanguage(languages) {
  const tags = languages.map(([tag]) => tag);
  const wanted = [remembered("language"), ...navigator.languages].filter((tag) => tag !== null);
  const primary = (/** @type {string} */ tag) => tag.split("-")[0];
  for (const tag of wanted) {
    const found = tags.find((own) => own === tag) ?? tags.find((own) => primary(own) === primary(tag));
    if (found) return found;
  }
  return "en";
}
