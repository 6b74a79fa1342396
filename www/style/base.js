// @ts-check
import {css} from "lit";

/** Type, controls, and what floats. */
export const base = css`
  :host {
    display: block;
    background: var(--paper);
    color: var(--ink);
    font: var(--base) / 1.5 var(--sans);
    -webkit-text-size-adjust: 100%;
    overflow-wrap: anywhere;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: var(--title);
    font-weight: 650;
    letter-spacing: -0.015em;
    line-height: 1.2;
  }
  h2 {
    font-size: var(--large);
    font-weight: 620;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }
  h3,
  legend {
    font-size: var(--base);
    font-weight: 620;
    line-height: 1.4;
  }
  .strong,
  b {
    font-weight: 620;
  }
  .note,
  .count,
  .samples,
  figcaption,
  .table-notes {
    color: var(--soft);
    font-size: var(--small);
  }
  .count {
    font-variant-numeric: tabular-nums;
  }
  .lead {
    max-width: var(--prose);
    color: var(--soft);
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
    padding: 0;
  }
  .skip {
    position: absolute;
    left: -999em;
  }
  .skip:focus {
    left: 8px;
    top: 8px;
    z-index: 20;
    padding: 8px 12px;
    background: var(--paper);
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 3px;
  }
  main:focus {
    outline: none;
  }

  button,
  select,
  input,
  .button,
  summary {
    font: inherit;
    color: inherit;
  }
  button,
  .button,
  .menu > summary {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 5px 14px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--paper);
    font-size: 0.9375rem;
    line-height: 1.35;
    cursor: pointer;
    text-align: start;
    transition:
      background-color 0.1s,
      border-color 0.1s;
  }
  button:hover:not(:disabled),
  .button:hover,
  .menu > summary:hover {
    background: var(--wash);
  }
  button:disabled {
    color: var(--soft);
    border-color: var(--line);
    cursor: default;
    opacity: 0.7;
  }
  .primary,
  button.primary:hover:not(:disabled),
  .button.primary:hover {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--accent-ink);
  }
  button.primary:disabled {
    background: var(--wash);
    border-color: var(--line);
    color: var(--soft);
  }
  .primary:hover:not(:disabled) {
    filter: brightness(1.08);
  }
  .quiet,
  .menu.light > summary {
    border-color: transparent;
    background: transparent;
    color: var(--accent);
    min-height: 32px;
    padding: 3px 8px;
    font-size: var(--small);
  }
  .quiet:disabled {
    border-color: transparent;
    color: var(--soft);
  }
  .button:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .link-like,
  .link-like:hover {
    display: inline;
    padding: 0;
    min-height: 0;
    border: 0;
    background: none;
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 3px;
    font-size: inherit;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  select,
  input:not([type="checkbox"], [type="file"]) {
    width: 100%;
    max-width: 100%;
    min-height: 36px;
    padding: 5px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--paper);
    font-size: 0.9375rem;
    text-overflow: ellipsis;
  }
  input.short {
    width: 5.5em;
  }
  input:user-invalid {
    border-color: var(--bad);
  }
  input[type="checkbox"] {
    width: 17px;
    height: 17px;
    margin: 0;
    flex: none;
    accent-color: var(--accent);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    font-size: 0.9375rem;
    cursor: pointer;
  }
  .field-inline {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    font-size: var(--small);
    color: var(--soft);
  }
  .field-inline > select,
  .field-inline > input {
    width: auto;
    min-height: 32px;
    padding: 3px 8px;
    color: var(--ink);
    font-size: var(--small);
    border-color: var(--line);
  }
  .field-inline > input.short {
    width: 4.5em;
  }

  .caution {
    max-width: var(--prose);
    padding: 8px 12px;
    border-inline-start: 3px solid var(--warn);
    background: var(--warn-wash);
    font-size: 0.9375rem;
  }

  .caution.unsettled {
    margin-block: 12px 20px;
  }
  .caution ul {
    margin: 4px 0 8px;
    padding-inline-start: 20px;
  }

  .menu {
    position: relative;
  }
  .menu > summary {
    list-style: none;
    user-select: none;
  }
  .menu > summary::-webkit-details-marker {
    display: none;
  }
  .menu > summary::after {
    content: "";
    width: 6px;
    height: 6px;
    margin: -3px 1px 0 2px;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(45deg);
  }
  .menu[open] > summary {
    background: var(--wash);
  }
  .menu > ul,
  .menu > .menu-form {
    position: absolute;
    z-index: 10;
    top: calc(100% + 4px);
    inset-inline-start: 0;
    width: max-content;
    max-width: min(22rem, 84vw);
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--paper);
    box-shadow: var(--float);
  }
  .menu.end > ul {
    inset-inline: auto 0;
  }
  .menu ul button {
    display: grid;
    gap: 0;
    width: 100%;
    padding: 7px 10px;
    border: 0;
    background: none;
  }
  .menu ul button:hover:not(:disabled) {
    background: var(--accent-wash);
  }
  .menu > .menu-form {
    display: grid;
    gap: 10px;
    padding: 12px;
    font-size: var(--small);
  }

  .floats {
    position: fixed;
    z-index: 15;
    inset: auto 0 0;
    padding: 0 16px 16px;
    pointer-events: none;
  }
  .notice {
    pointer-events: auto;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    width: fit-content;
    max-width: min(44rem, 100%);
    margin: 8px auto 0;
    padding: 8px 10px 8px 16px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--paper);
    box-shadow: var(--float);
    font-size: 0.9375rem;
  }
  .notice.error {
    border-inline-start: 4px solid var(--bad);
  }
  .notice > p {
    flex: 1 1 16rem;
  }
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 32px;
    font-size: 0.9375rem;
    color: var(--soft);
  }
  progress {
    width: 11rem;
    height: 6px;
    accent-color: var(--accent);
  }

  dialog {
    width: min(40rem, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--paper);
    color: var(--ink);
    box-shadow: var(--float);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  .dialog-body {
    display: grid;
    gap: 16px;
    justify-items: start;
    padding: 28px;
  }
  .proofs {
    display: grid;
    gap: 12px;
  }
  .proofs b {
    display: block;
  }
  .keys {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 8px 20px;
    align-items: baseline;
  }
  kbd {
    display: inline-block;
    min-width: 1.8em;
    padding: 0 6px;
    border: 1px solid var(--line-strong);
    border-bottom-width: 2px;
    border-radius: 4px;
    background: var(--wash);
    font: var(--small) / 1.6 var(--sans);
    text-align: center;
  }
  .drop-veil {
    position: fixed;
    z-index: 30;
    inset: 12px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: 12px;
    background: color-mix(in srgb, var(--paper) 92%, transparent);
    font-size: var(--large);
    pointer-events: none;
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;
