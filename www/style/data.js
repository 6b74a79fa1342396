// @ts-check
import {css} from "lit";

/** The first step: the way in, and the grid. */
export const data = css`
  .welcome {
    display: grid;
    gap: 20px;
    max-width: 52rem;
    margin: 3vh auto 0;
  }
  .welcome h1 {
    font-size: clamp(1.625rem, 1.2rem + 1.6vw, 2.125rem);
    text-wrap: balance;
  }
  .drop-area {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: 16px;
    padding: 40px 24px 28px;
    border: 1.5px dashed var(--line-strong);
    border-radius: 12px;
    text-align: center;
  }
  .drop-area.over {
    border-color: var(--accent);
    background: var(--accent-wash);
  }
  .drop-title {
    font-size: var(--large);
    font-weight: 550;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 10px;
  }
  .drop-area .note {
    max-width: 60ch;
  }
  .examples {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
    gap: 10px;
    width: 100%;
    max-width: 40rem;
    padding-top: 12px;
  }
  .examples p {
    grid-column: 1 / -1;
  }
  .examples button {
    display: grid;
    align-content: start;
    gap: 2px;
    padding: 10px 14px;
    text-align: start;
  }
  .pending {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding: 10px 14px;
    border-inline-start: 3px solid var(--accent);
    background: var(--accent-wash);
  }
  .reopen {
    text-align: center;
    font-size: 0.9375rem;
  }
  .promise {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
    gap: 8px 28px;
    padding-top: 20px;
    border-top: 1px solid var(--line);
    font-size: 0.9375rem;
    color: var(--soft);
  }
  .promise b {
    display: block;
    color: var(--ink);
  }
  .device {
    padding-top: 4px;
  }

  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 20px;
    min-height: 40px;
    margin-bottom: 12px;
  }
  .file-name {
    font-weight: 620;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
  }
  .pending-files {
    padding-inline-start: 18px;
    list-style: disc;
  }
  .pending-files .there {
    font-weight: 550;
  }
  .tabs {
    display: flex;
    gap: 4px;
    margin: 8px 0;
    border-bottom: 1px solid var(--line-strong);
    overflow-x: auto;
  }
  .tabs button {
    display: grid;
    flex: none;
    justify-items: start;
    gap: 0;
    max-width: 16rem;
    padding: 6px 14px;
    border: 0;
    border-bottom: 3px solid transparent;
    border-radius: 0;
    background: none;
    text-align: start;
  }
  .tabs [aria-pressed="true"] {
    border-bottom-color: var(--accent);
  }
  .tabs [aria-pressed="true"] .tab-name {
    font-weight: 620;
  }
  .tab-name {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unread {
    padding-top: 6px;
  }
  .question {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-bottom: 12px;
    padding: 10px 14px;
    border-inline-start: 3px solid var(--warn);
    background: var(--warn-wash);
    font-size: 0.9375rem;
  }

  .question-columns {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 20px;
    font-weight: 550;
  }
  .question-columns .note {
    font-weight: 400;
  }

  .data-panes {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 17rem;
    gap: 24px;
    align-items: start;
  }
  oncurve-grid {
    display: block;
    overflow: auto;
    max-height: max(18rem, calc(100dvh - 14rem));
    border: 1px solid var(--line);
    border-radius: var(--radius);
    font-size: var(--small);
    overflow-wrap: normal;
    overscroll-behavior: contain;
    scroll-padding: 2.5rem 0 0 5rem;
  }
  oncurve-grid table {
    border-collapse: separate;
    border-spacing: 0;
    min-width: 100%;
    font-variant-numeric: tabular-nums;
  }
  oncurve-grid th,
  oncurve-grid td {
    height: 30px;
    max-width: 22rem;
    padding: 0 12px;
    border-bottom: 1px solid var(--line);
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 400;
  }
  oncurve-grid .numeric {
    text-align: end;
  }
  oncurve-grid thead th {
    position: sticky;
    z-index: 2;
    top: 0;
    height: 36px;
    border-bottom: 1px solid var(--line-strong);
    background: var(--paper);
    font-weight: 620;
  }
  oncurve-grid .row-number {
    position: sticky;
    z-index: 1;
    inset-inline-start: 0;
    background: var(--wash);
    color: var(--soft);
    text-align: end;
  }
  oncurve-grid thead .row-number {
    z-index: 3;
  }
  oncurve-grid .spacer {
    border: 0;
  }
  oncurve-grid tbody tr.data:hover td {
    background: var(--wash);
  }
  oncurve-grid td:focus {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  oncurve-grid td.issue {
    background: var(--wash);
    box-shadow: inset 0 -2px var(--line-strong);
  }
  oncurve-grid td.issue.serious,
  oncurve-grid tbody tr.data:hover td.issue.serious {
    background: var(--warn-wash);
    box-shadow: inset 0 -2px var(--warn);
  }
  oncurve-grid td.corrected {
    box-shadow: inset 0 -2px var(--accent);
    color: var(--accent);
    font-weight: 620;
  }
  oncurve-grid td.excluded {
    color: var(--soft);
    text-decoration: line-through;
  }
  .type-mark {
    margin-inline-start: 8px;
    padding: 1px 5px;
    border-radius: 3px;
    background: var(--wash);
    color: var(--soft);
    font-size: 0.6875rem;
    font-weight: 500;
  }

  .inspector {
    display: grid;
    gap: 20px;
    font-size: 0.9375rem;
  }
  .inspector h2 {
    font-size: var(--base);
  }
  .inspector h3 {
    font-size: var(--small);
    color: var(--soft);
    font-weight: 500;
  }
  .cell-view,
  .column-view,
  .correction {
    display: grid;
    justify-items: start;
    gap: 8px;
  }
  .column-view {
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .cell-text {
    max-height: 9rem;
    overflow: auto;
    font-size: var(--large);
  }
  .cell-view .buttons .quiet {
    padding-inline: 0;
    margin-inline-end: 8px;
  }
  .issue-text {
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--warn);
  }
  .issue-text.note {
    border-color: var(--line-strong);
    font-size: inherit;
    color: inherit;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    padding: 0 4px 0 10px;
    border: 1px solid var(--line);
    border-radius: 99px;
    font-size: var(--small);
    min-height: 28px;
  }
  .chip > span:only-child {
    padding-inline-end: 6px;
  }
  .chip button {
    min-width: 24px;
    min-height: 24px;
    justify-content: center;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    font-size: 0.6875rem;
  }

  @media (max-width: 68.74em) {
    .data-panes {
      grid-template-columns: minmax(0, 1fr);
    }
    oncurve-grid {
      max-height: 60dvh;
    }
  }
  @media (max-width: 44.99em) {
    .drop-area {
      padding: 32px 16px;
    }
    .ways {
      display: grid;
      width: 100%;
    }
    .ways > * {
      justify-content: center;
    }
  }
`;
