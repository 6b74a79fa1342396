// One endpoint under several rules of censoring, as it crosses between Rust and JavaScript; see `types.d.ts`.

import type {
  Endpoint,
  Exclusion,
  Preset,
  Reason,
  Subject,
  SurvivalFigure,
  SurvivalOptions,
  SurvivalOutcome,
  TimeRules,
  TimeUnit,
} from "./types.js";

export interface SensitivityOptions {
  endpoint: Endpoint;
  /** The rules, in the order of the columns. */
  presets: Preset[];
  group: string | null;
  landmarks: number[];
  conf_type: SurvivalOptions["conf_type"];
  conf_level: number;
  draws: number;
  seed: number;
  figure: Partial<SurvivalFigure>;
}

export interface SensitivityOutcome {
  options: SensitivityOptions;
  settings: {
    preset: Preset;
    gap_days: number;
    clinical_progression: boolean;
    count_first_day: boolean;
    cut_off: string | null;
  };
  unit: TimeUnit;
  rules: TimeRules;
  /** Patients who contribute under one of the rules at least. */
  n: number;
  by: {preset: Preset; survival: SurvivalOutcome}[];
  /** The rules under which nobody contributes. */
  empty: Preset[];
  /** The patients whose time or event is not the same under all rules. */
  changes: {
    subject: Subject;
    change: "time" | "event" | "contributes";
    /** What each of the rules gives, in the order of the options. */
    derived: {value: {time: number; event: boolean} | null; reason: Reason}[];
  }[];
  exclusions: Exclusion[];
}
