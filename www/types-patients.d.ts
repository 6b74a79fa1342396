// Figures and tables patient by patient, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {Exclusion, Subject, TimeRules} from "./types.js";
import type {Summary} from "./types-rates.js";
import type {RecistSettings} from "./types-records.js";

export interface CourseFigure {
  width: "one" | "one_and_half" | "two";
  title: string | null;
  names: "automatic" | "always" | "never";
}

export interface TumoursOptions {
  by: "recist" | "irecist";
  group: string | null;
  figure: Partial<CourseFigure>;
}

export interface TumoursOutcome {
  options: TumoursOptions;
  rules: TimeRules;
  settings: RecistSettings;
  groups: string[];
  patients: TumourCourse[];
  /** Best changes as fractions; null where no sum could be compared with a baseline. */
  best_change: Summary | null;
  /** How many of these are below 0. */
  shrunk: number;
  /** How many best responses by iRECIST are other ones than by RECIST 1.1. */
  immune_differs: number;
  exclusions: Exclusion[];
}

export interface TumourCourse {
  subject: Subject;
  /** Index into the groups. */
  group: number | null;
  best: string;
  immune_best: string;
  /** Baseline sum in mm. */
  baseline: number | null;
  /** As a fraction of the baseline. */
  best_change: number | null;
  new_lesion: boolean;
  visits: {day: number; label: string | null; point: object}[];
}

export interface SwimmerOptions {
  group: string | null;
  order: "duration" | "response" | "group" | "sheet";
  figure: Partial<CourseFigure>;
}

export interface SwimmerOutcome {
  options: SwimmerOptions;
  rules: TimeRules;
  groups: string[];
  therapies: string[];
  lanes: Lane[];
  exclusions: Exclusion[];
}

/** Times are in the unit of display, from the start. */
export interface Lane {
  subject: Subject;
  group: number | null;
  best: string | null;
  end: number;
  died: boolean;
  response: number | null;
  progression: number | null;
  phases: {therapy: number | null; from: number; to: number; ongoing: boolean}[];
  on_treatment: boolean;
}
