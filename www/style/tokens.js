// @ts-check
import {css, unsafeCSS} from "lit";

/** Colours of the page; every pair of ink and paper has a contrast of 4.5 : 1 or more. */
const light = `
  --paper: #ffffff;
  --wash: #f5f6f4;
  --ink: #1a1d1f;
  --soft: #565d63;
  --line: #dcdfdb;
  --line-strong: #858c91;
  --accent: #0b5c8c;
  --accent-ink: #ffffff;
  --accent-wash: #e9f2f8;
  --warn: #8a4b00;
  --warn-wash: #fdf3e3;
  --bad: #a32020;
  --bad-wash: #fcedec;
  --float: 0 1px 2px rgb(0 0 0 / 8%), 0 8px 28px rgb(0 0 0 / 14%);
  --card: 0px;
  color-scheme: light;
`;
const dark = `
  --paper: #151719;
  --wash: #1d2023;
  --ink: #e9ebe8;
  --soft: #a6aeb4;
  --line: #32373b;
  --line-strong: #7c858b;
  --accent: #83c3ee;
  --accent-ink: #0d1a24;
  --accent-wash: #1b2b37;
  --warn: #f0b968;
  --warn-wash: #2e2415;
  --bad: #f39a94;
  --bad-wash: #341d1c;
  --float: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 60%);
  --card: 8px;
  color-scheme: dark;
`;

export const tokens = css`
  :host {
    ${unsafeCSS(light)}
    --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
    --small: 0.8125rem;
    --base: 1rem;
    --large: 1.25rem;
    --title: 1.625rem;
    --radius: 6px;
    --prose: 72ch;
    --rail: 13.5rem;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([data-theme="light"])) {
      ${unsafeCSS(dark)}
    }
  }
  :host([data-theme="dark"]) {
    ${unsafeCSS(dark)}
  }
`;
