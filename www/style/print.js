// @ts-check
import {css} from "lit";

/** On paper: the document alone. In forced colours: borders where there were only shades. */
export const print = css`
  @media print {
    :host {
      --paper: #ffffff;
      --wash: #ffffff;
      --ink: #000000;
      --soft: #333333;
      --line: #bbbbbb;
      font-size: 10.5pt;
    }
    .top,
    .steps,
    .floats,
    .page-head .buttons,
    .section-menus,
    .figure-buttons,
    .figure-hint,
    .options,
    .add-below,
    .contents,
    .ways,
    .methods .quiet,
    .methods > summary::marker {
      display: none !important;
    }
    /* What is folded is printed too, whatever opens it. */
    .printed::details-content {
      display: block;
      content-visibility: visible;
      block-size: auto;
    }
    .frame,
    .analysis-body {
      display: block;
    }
    .prose {
      display: block;
    }
    .prose > * {
      margin-bottom: 10pt;
    }
    main {
      padding: 0;
    }
    .analysis {
      padding: 12pt 0;
      content-visibility: visible;
    }
    .analysis + .analysis {
      break-before: page;
    }
    .figure,
    .finding,
    .table-box,
    .result tr {
      break-inside: avoid;
    }
    h2,
    caption {
      break-after: avoid;
    }
    .table-box {
      overflow: visible;
    }
    table.result {
      font-size: 9pt;
    }
    .result th,
    .result td {
      padding-inline: 5px;
    }
    .result td.words {
      min-width: 0;
    }
    table.result.dense {
      font-size: 7.5pt;
    }
    .result.dense th,
    .result.dense td {
      padding-inline: 3px;
      white-space: normal;
    }
    .result.dense tr > :first-child {
      min-width: 0;
    }
    .result.dense tbody .indent-1 {
      padding-inline-start: 12px;
    }
    /* As large as it was laid out, whatever the screen. */
    canvas {
      width: var(--paper-width) !important;
      height: auto !important;
    }
  }
  @media (forced-colors: active) {
    .steps [aria-current],
    .filter [aria-pressed="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    oncurve-grid td.issue,
    oncurve-grid td.corrected {
      outline: 1px dashed;
      outline-offset: -2px;
    }
    .severity,
    .pointer-dot {
      forced-color-adjust: none;
    }
    .primary,
    .tip {
      border: 2px solid;
    }
  }
`;
