// @ts-check
import {css} from "lit";

/** The third step: a document, and what can be chosen beside it. */
export const results = css`
  .contents {
    margin: 12px 0 20px;
  }
  .contents summary {
    width: fit-content;
    font-weight: 550;
    cursor: pointer;
  }
  .contents ol {
    columns: 20rem;
    column-gap: 32px;
    padding-top: 6px;
    font-size: var(--small);
  }
  .contents li {
    break-inside: avoid;
  }
  .contents button {
    min-height: 24px;
    padding: 3px 0;
    text-align: start;
  }
  .analysis {
    padding: 28px 0 36px;
    border-top: 1px solid var(--line);
    /* Sections that nobody sees are not laid out: a page of thirty stays quick. Menus may reach beyond their own. */
    content-visibility: auto;
    contain-intrinsic-size: auto 60rem;
    overflow-clip-margin: 24rem;
  }
  .analysis-head {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 12px;
    margin-bottom: 8px;
  }
  .analysis-head h2 {
    flex: 1;
  }
  .heading-button,
  .heading-button:hover:not(:disabled) {
    display: inline;
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    letter-spacing: inherit;
    cursor: text;
  }
  .heading-button:hover {
    text-decoration: underline;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 5px;
  }
  input.rename:not([type="checkbox"]) {
    padding: 2px 8px;
    margin: -4px 0 -4px -9px;
    max-width: 40rem;
    font: inherit;
    font-size: var(--large);
  }
  .section-menus {
    display: flex;
    flex: none;
  }
  .analysis-body {
    display: grid;
    grid-template-columns: minmax(0, 50rem) 15rem;
    justify-content: space-between;
    gap: 32px 32px;
    align-items: start;
  }
  .prose {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: 16px;
    min-width: 0;
  }
  .finding {
    max-width: var(--prose);
    font-size: 1.0625rem;
    line-height: 1.6;
  }
  .figure {
    display: grid;
    gap: 6px;
    width: 100%;
  }
  figcaption {
    max-width: var(--prose);
  }
  oncurve-figure {
    display: block;
    width: 100%;
  }
  .figure-area {
    position: relative;
    width: fit-content;
    max-width: 100%;
    border-radius: 4px;
    background: #ffffff;
    margin: var(--card);
    box-shadow: 0 0 0 var(--card) #ffffff;
    touch-action: pan-y pinch-zoom;
    cursor: crosshair;
  }
  canvas {
    display: block;
    max-width: 100%;
  }
  oncurve-figure.wide {
    overflow-x: auto;
  }
  .wide .figure-area {
    max-width: none;
    touch-action: auto;
  }
  .wide canvas {
    max-width: none;
  }
  .figure-hint {
    margin-top: 4px;
    color: var(--soft);
    font-size: var(--small);
    display: none;
  }
  .figure-area:focus-visible ~ .figure-hint {
    display: block;
  }
  .pointer-line {
    position: absolute;
    inset-block: 0;
    width: 0;
    border-left: 1px dashed #6b7277;
    opacity: 0.5;
    pointer-events: none;
  }
  .pointer-curve {
    position: absolute;
    inset: 0 auto auto 0;
    fill: none;
    stroke-linejoin: round;
    pointer-events: none;
  }
  .pointer-dot {
    position: absolute;
    width: 11px;
    height: 11px;
    margin: -5.5px;
    border: 2px solid #ffffff;
    border-radius: 50%;
    box-shadow: 0 0 0 1px #1a1d1f;
    pointer-events: none;
  }
  .tip {
    position: absolute;
    z-index: 3;
    width: max-content;
    max-width: 16rem;
    padding: 6px 10px;
    border-radius: 6px;
    background: #1a1d1f;
    color: #ffffff;
    font-size: var(--small);
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    transform: translate(14px, -50%);
    box-shadow: var(--float);
    pointer-events: none;
  }
  .tip.left {
    transform: translate(calc(-100% - 14px), -50%);
  }
  .figure-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: -6px 0 0 -8px;
  }

  .table-box {
    width: 100%;
    overflow-x: auto;
  }
  table.result {
    border-collapse: collapse;
    border-block: 1.5px solid var(--ink);
    font-size: 0.9375rem;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    overflow-wrap: normal;
  }
  .result tr.pointed > * {
    background: var(--accent-wash);
    outline: 1px solid var(--accent);
    outline-offset: -1px;
  }
  .result caption {
    padding-bottom: 6px;
    text-align: start;
    font-weight: 620;
  }
  .result th,
  .result td {
    padding: 5px 14px;
    text-align: center;
    font-weight: 400;
    vertical-align: top;
  }
  .result tr > :first-child {
    padding-inline-start: 2px;
    text-align: start;
    min-width: 11rem;
  }
  .result thead > tr > * {
    border-bottom: 1px solid var(--ink);
    font-weight: 620;
    vertical-align: bottom;
  }
  .result td {
    white-space: nowrap;
  }
  .result td.long {
    white-space: normal;
  }
  .result td.long span {
    white-space: nowrap;
  }
  .result td.words {
    min-width: 16rem;
    text-align: start;
    white-space: normal;
  }
  .result.dense {
    font-size: 0.875rem;
  }
  .result.dense th,
  .result.dense td {
    padding-inline: 5px;
  }
  .result.dense tr > :first-child {
    min-width: 8rem;
  }
  .result.result thead tr + tr > :first-child {
    min-width: 0;
    padding-inline-start: 5px;
    text-align: center;
  }
  .result tbody .indent-1 {
    padding-inline-start: 20px;
  }
  .table-notes {
    margin-top: -10px;
    max-width: var(--prose);
  }
  .exclusions {
    font-size: 0.9375rem;
    max-width: var(--prose);
  }
  .exclusions h3 {
    font-size: 0.9375rem;
  }
  .methods {
    max-width: var(--prose);
    font-size: 0.9375rem;
  }
  .methods > summary,
  .options > summary {
    width: fit-content;
    padding: 4px 0;
    cursor: pointer;
    font-weight: 550;
  }
  .methods > p,
  .methods > ul {
    padding: 4px 0 8px;
  }
  .methods ul {
    color: var(--soft);
    font-size: var(--small);
  }

  .options {
    font-size: var(--small);
    padding-inline-start: 20px;
    border-inline-start: 1px solid var(--line);
    position: sticky;
    top: 16px;
    max-height: calc(100dvh - 32px);
    overflow-y: auto;
  }
  .options-part > summary {
    padding: 6px 0;
    cursor: pointer;
    color: var(--soft);
    font-weight: 550;
  }
  .options-part[open] > summary {
    color: var(--ink);
  }
  .options-part[open] {
    padding-bottom: 10px;
  }
  .option {
    display: grid;
    gap: 3px;
    padding: 4px 0;
  }
  .option select,
  .option input:not([type="checkbox"]) {
    min-height: 32px;
    padding: 3px 8px;
    font-size: var(--small);
  }
  .option .check {
    font-size: var(--small);
    min-height: 24px;
  }
  .option .note {
    line-height: 1.35;
  }
  .choices {
    display: grid;
    gap: 3px;
  }
  .choices legend {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
    width: 100%;
    padding-block-end: 3px;
    font-size: var(--small);
    font-weight: 400;
  }
  .choices legend .note {
    white-space: nowrap;
  }
  .choices-list {
    max-height: 20rem;
    overflow-y: auto;
    padding: 2px;
  }
  .ordered {
    display: flex;
    justify-content: space-between;
    gap: 8px;
  }
  .ordered button {
    min-width: 28px;
    min-height: 28px;
    padding: 0 6px;
  }
  .pair {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 8px;
  }
  .choices .check[hidden] {
    display: none;
  }
  .add-below {
    padding: 20px 0;
    border-top: 1px solid var(--line);
  }

  @media (max-width: 68.74em) {
    .analysis-body {
      grid-template-columns: minmax(0, 1fr);
    }
    .options {
      order: -1;
      position: static;
      max-height: none;
      padding: 0;
      border: 0;
    }
    .options-form {
      grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
      gap: 0 28px;
      padding-bottom: 12px;
      border-bottom: 1px solid var(--line);
    }
    .options-part {
      align-content: start;
    }
  }
  @media (max-width: 44.99em) {
    .analysis {
      padding: 20px 0 28px;
    }
    .result th,
    .result td {
      padding-inline: 6px;
    }
    .result tr > :first-child {
      min-width: 8rem;
    }
    .analysis-head {
      flex-wrap: wrap;
    }
    .analysis-head h2 {
      flex-basis: 100%;
    }
    .section-menus {
      margin-inline-start: -8px;
    }
    .section-menus .menu.end > ul {
      inset-inline: 0 auto;
    }
  }
`;
