// The forms by which analyses describe their options; see `types.d.ts`.

import type {Analysis} from "./types.js";

/** What a person can choose for one kind of analysis; every label is in words. */
export interface AnalysisForm {
  analysis: Analysis;
  label: string;
  help: string;
  missing: string | null;
  fields: Field[];
}

/** An analysis of a complete results section. */
export interface Planned {
  analysis: Analysis;
  /** Which of those that were there it is; null for a new one. */
  present: number | null;
}

export interface Field {
  /** Key in the options; a dot separates nested keys (`figure.legend`), a backslash quotes one in a key. */
  id: string;
  label: string;
  /** The heading that it is about. */
  about: string | null;
  help: string | null;
  part: string;
  kind: FieldKind;
  shown_if: [string, unknown[]] | null;
}

export type FieldKind =
  | {kind: "choice"; choices: Choice[]}
  | {kind: "choices"; choices: Choice[]}
  | {kind: "pairs"; choices: Choice[]}
  | {kind: "ordered"; choices: Choice[]}
  | {kind: "switch"}
  | {kind: "number"; min: number; max: number; step: number; optional: boolean}
  | {kind: "numbers"; min: number; max: number}
  | {kind: "text"};

export interface Choice {
  value: unknown;
  label: string;
  literal: boolean;
}
