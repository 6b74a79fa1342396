// @ts-check
import {css} from "lit";

/** The second step: roles, derived endpoints, issues. */
export const columns = css`
  .lead + .caution {
    margin-top: 12px;
  }
  .columns-panes {
    display: grid;
    grid-template-columns: minmax(0, 29rem) minmax(0, 1fr);
    gap: 24px 48px;
    align-items: start;
    margin-top: 20px;
  }
  .part {
    padding: 0 0 20px;
  }
  .part + .part {
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .part > legend {
    float: left;
    width: 100%;
    margin-bottom: 8px;
  }
  .part > legend + * {
    clear: both;
  }
  .role {
    padding: 4px 0;
  }
  .role-select {
    display: grid;
    grid-template-columns: 8rem minmax(0, 1fr);
    gap: 4px 12px;
    align-items: center;
    font-size: 0.9375rem;
  }
  .samples {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    margin: 4px 0 4px calc(8rem + 12px);
    font-variant-numeric: tabular-nums;
  }
  .samples:empty {
    display: none;
  }
  .sample {
    max-width: 14rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--ink);
  }
  .rules {
    display: grid;
    gap: 8px;
  }
  .rules .check,
  .coding,
  .codes {
    margin-inline-start: calc(8rem + 12px);
  }
  .setting {
    align-items: baseline;
  }
  .setting-check .note {
    margin-inline-start: calc(8rem + 12px);
  }
  .more-settings > summary {
    padding: 4px 0;
    cursor: pointer;
    font-size: 0.9375rem;
  }
  .wrong {
    display: none;
    color: var(--bad);
    font-size: var(--small);
  }
  [aria-invalid="true"] {
    border-color: var(--bad);
  }
  [aria-invalid="true"] ~ .wrong {
    display: block;
  }
  .ready-made {
    padding: 6px 0;
  }
  .ready-made > summary {
    padding: 4px 0;
    cursor: pointer;
    font-size: 0.9375rem;
  }
  .coding {
    display: grid;
    justify-items: start;
    padding: 6px 0;
  }
  .coding .quiet {
    padding-inline: 0;
  }
  .codes {
    display: grid;
    gap: 6px;
    padding: 8px 0 4px;
  }
  .codes label {
    display: grid;
    grid-template-columns: minmax(3rem, 0.35fr) minmax(0, 1fr);
    gap: 8px;
    align-items: center;
    font-size: var(--small);
  }
  .codes select {
    min-height: 32px;
    padding: 3px 8px;
    font-size: var(--small);
  }
  .group {
    padding: 6px 0;
    font-size: 0.9375rem;
  }
  .group > summary {
    padding: 2px 0;
    cursor: pointer;
  }
  .group-name {
    font-weight: 550;
    margin-inline-end: 8px;
  }
  .group .samples {
    display: inline-flex;
    margin: 0;
  }
  .group-body {
    padding: 8px 0 8px 18px;
  }
  .levels {
    display: grid;
    gap: 6px;
    margin-bottom: 6px;
  }
  .levels li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(5rem, max-content) 36px;
    gap: 10px;
    align-items: center;
  }
  .levels input[type="text"] {
    min-height: 32px;
    padding: 3px 8px;
    font-size: var(--small);
  }
  .levels .note {
    font-variant-numeric: tabular-nums;
  }
  .levels .quiet {
    justify-content: center;
    padding: 0;
  }

  .own-help {
    margin-bottom: 6px;
  }
  .own-dates {
    margin: 10px 0 4px;
  }
  .own .role-select + .role {
    margin-top: 10px;
  }
  .own .group-body > .quiet {
    padding-inline: 0;
  }
  .add-own {
    margin-top: 6px;
  }

  .record-kind {
    padding: 8px 0;
  }
  .record-kind + .record-kind {
    border-top: 1px solid var(--line);
  }
  .records-count {
    font-size: 0.9375rem;
    padding: 2px 0;
  }
  .wide-question {
    margin: 8px 0;
  }
  .wide-question .note {
    max-height: 4.5rem;
    overflow: auto;
  }
  .wide-parts {
    display: grid;
    gap: 4px;
    padding: 6px 0;
    font-size: var(--small);
  }
  .wide-parts li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto 36px;
    gap: 10px;
    align-items: center;
  }
  .wide-parts .quiet {
    grid-column: 3;
    justify-content: center;
    padding: 0;
  }

  .outcome-pane {
    display: grid;
    gap: 36px;
    min-width: 0;
  }
  .derived,
  .issues {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: 12px;
  }
  .derived p {
    max-width: var(--prose);
  }
  .short-grid {
    justify-self: stretch;
    max-height: 22rem;
  }
  .short-grid td:last-child {
    max-width: none;
  }
  .short-grid .wraps td {
    vertical-align: baseline;
    padding-block: 5px;
  }
  .short-grid .wraps td:last-child {
    min-width: 14rem;
    white-space: normal;
  }
  .rules-line .link-like {
    font-size: inherit;
  }
  .partly .buttons {
    margin-top: 4px;
  }
  .issue-group > details > summary {
    padding: 10px 0;
    cursor: pointer;
    font-size: 0.9375rem;
    border-bottom: 1px solid var(--line);
  }
  .issue-group .severity {
    display: inline-block;
    margin-inline: 2px 8px;
  }
  .issue-group .issue-list {
    padding-inline-start: 18px;
  }
  .short-grid td.event {
    font-weight: 620;
  }
  .short-grid td.left-out {
    color: var(--warn);
  }
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .filter button {
    min-height: 30px;
    padding: 2px 12px;
    border-color: var(--line);
    border-radius: 99px;
    font-size: var(--small);
  }
  .filter [aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--accent-wash);
  }
  .issue-list {
    justify-self: stretch;
  }
  .issue-item {
    padding: 10px 0 6px;
    border-bottom: 1px solid var(--line);
    content-visibility: auto;
    contain-intrinsic-size: auto 84px;
  }
  .issue-item p {
    display: grid;
    grid-template-columns: 10px 1fr;
    gap: 8px;
    align-items: baseline;
    max-width: 80ch;
    font-size: 0.9375rem;
  }
  .issue-item > .buttons {
    gap: 0 4px;
    padding-inline-start: 10px;
  }
  .issue-item .buttons > button:not(.quiet) {
    border-color: transparent;
    background: none;
    color: var(--accent);
    min-height: 32px;
    padding: 3px 8px;
    font-size: var(--small);
  }
  .severity {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--line-strong);
    align-self: center;
  }
  .warning > details > summary .severity,
  .warning > p .severity {
    background: var(--warn);
  }
  .error > details > summary .severity,
  .error > p .severity {
    background: var(--bad);
  }
  .correction {
    flex-basis: 100%;
    padding: 6px 8px;
  }
  .correction label {
    display: grid;
    gap: 4px;
    width: min(20rem, 100%);
    font-size: var(--small);
  }
  .corrections {
    justify-self: stretch;
    font-size: 0.9375rem;
  }
  .corrections li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
  }

  @media (max-width: 68.74em) {
    .columns-panes {
      grid-template-columns: minmax(0, 1fr);
    }
    .roles {
      max-width: 40rem;
    }
  }
  @media (max-width: 29.99em) {
    .role-select {
      grid-template-columns: minmax(0, 1fr);
    }
    .samples,
    .rules .check,
    .setting-check .note,
    .coding,
    .codes {
      margin-inline-start: 0;
    }
  }
`;
