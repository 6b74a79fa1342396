// @ts-check
import {css} from "lit";

/** Header, steps, and the page under them. */
export const frame = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 20px;
    padding: 8px 24px;
    border-bottom: 1px solid var(--line);
  }
  .name {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 1.125rem;
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  .logo {
    width: 26px;
    height: 26px;
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.6;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .privacy {
    border: 0;
    background: none;
    padding: 4px 8px;
    font-size: var(--small);
    gap: 6px;
    flex-wrap: wrap;
  }
  .privacy svg {
    width: 15px;
    height: 15px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.3;
    flex: none;
  }
  .privacy .link {
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .preferences {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }
  .quiet-field select {
    width: auto;
    border-color: transparent;
    background: transparent;
    font-size: var(--small);
    min-height: 32px;
    padding: 3px 6px;
    cursor: pointer;
  }
  .quiet-field select:hover {
    background: var(--wash);
  }
  .quiet-field option {
    background: var(--paper);
  }

  .frame {
    display: grid;
    grid-template-columns: var(--rail) minmax(0, 1fr);
  }
  main {
    display: block;
    min-width: 0;
    padding: 24px 32px 96px;
  }
  .steps {
    position: sticky;
    top: 0;
    align-self: start;
    display: grid;
    gap: 24px;
    padding: 24px 0 24px 16px;
  }
  .steps a {
    display: grid;
    grid-template-columns: 1.625rem 1fr;
    gap: 0 8px;
    align-items: center;
    padding: 8px 12px 8px 10px;
    border-radius: var(--radius);
    color: inherit;
    text-decoration: none;
  }
  .steps a:hover {
    background: var(--wash);
  }
  .steps [aria-current] {
    background: var(--accent-wash);
  }
  .steps [aria-current] .step-name {
    font-weight: 620;
  }
  .number {
    display: grid;
    place-items: center;
    width: 1.5rem;
    height: 1.5rem;
    border: 1px solid var(--line-strong);
    border-radius: 50%;
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
  }
  [aria-current] .number {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--accent-ink);
  }
  .step-note {
    grid-column: 2;
    color: var(--soft);
    font-size: var(--small);
    line-height: 1.35;
  }
  .step-note:empty {
    display: none;
  }
  .study-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    padding-inline-start: 4px;
  }

  .page-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-bottom: 12px;
    min-height: 38px;
  }
  .synthetic {
    margin-bottom: 12px;
    color: var(--soft);
    font-size: var(--small);
  }
  .nothing-yet {
    display: grid;
    justify-items: start;
    gap: 16px;
    max-width: var(--prose);
  }

  @media (max-width: 44.99em) {
    .top {
      padding: 6px 16px;
      gap: 0 8px;
    }
    .privacy {
      order: 3;
      flex-basis: 100%;
      padding: 2px 0 6px;
      min-height: 24px;
    }
    .frame {
      display: block;
    }
    main {
      padding: 16px 16px 96px;
    }
    .steps {
      z-index: 8;
      padding: 0;
      gap: 0;
      background: var(--paper);
      border-bottom: 1px solid var(--line);
    }
    .steps ol {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .steps a {
      grid-template-columns: 1fr;
      justify-items: center;
      padding: 10px 4px 8px;
      border-bottom: 3px solid transparent;
      border-radius: 0;
      text-align: center;
    }
    .steps [aria-current] {
      border-bottom-color: var(--accent);
      background: none;
    }
    .steps .number,
    .step-note {
      display: none;
    }
    .study-buttons {
      justify-content: center;
    }
  }
`;
