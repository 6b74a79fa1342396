// Counts, response and their proportions, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {RecistSettings} from "./types-records.js";
import type {BestResponse, Exclusion, Subject, TimeRules} from "./types.js";

export type ProportionMethod = "clopper_pearson" | "wilson" | "agresti_coull" | "jeffreys" | "mid_p";

export interface FrequencyOptions {
  /** Heading of the column that is counted. */
  column: string;
  group: string | null;
  method: ProportionMethod;
  conf_level: number;
}

/** One arm a group; overall only when no group is chosen. */
export interface FrequencyOutcome {
  options: FrequencyOptions;
  levels: string[];
  arms: FrequencyArm[];
  overall: FrequencyArm;
  fisher: FisherTest | null;
  exclusions: Exclusion[];
  empty_groups: string[];
}

export interface FrequencyArm {
  label: string | null;
  /** Subjects with a value. */
  n: number;
  /** One proportion a value. */
  counts: Proportion[];
}

export interface ResponseOptions {
  /** Where best responses come from. */
  by: "entered" | "recist" | "irecist";
  group: string | null;
  method: ProportionMethod;
  conf_level: number;
  evaluable: boolean;
  /** SD is a clinical benefit when it lasts so many weeks. */
  benefit_weeks: number;
  figure: Partial<{width: "one" | "one_and_half" | "two"; title: string | null}>;
}

export interface ResponseOutcome {
  options: ResponseOptions;
  rules: TimeRules;
  /** Where there are assessments. */
  settings: RecistSettings | null;
  arms: ResponseArm[];
  overall: ResponseArm;
  comparison: ResponseComparison | null;
  agreement: ResponseAgreement | null;
  exclusions: Exclusion[];
  empty_groups: string[];
}

export interface ResponseArm {
  label: string | null;
  n: number;
  counts: [BestResponse, number][];
  orr: Proportion;
  dcr: Proportion;
  orr_evaluable: Proportion | null;
  dcr_evaluable: Proportion | null;
  cbr: Proportion | null;
  cbr_evaluable: Proportion | null;
  /** In days. */
  time_to_response: Summary | null;
  /** Best changes from the baseline as fractions. */
  depth: Summary | null;
}

export interface ResponseComparison {
  orr_fisher: FisherTest;
  dcr_fisher: FisherTest;
  orr_difference: Difference | null;
  dcr_difference: Difference | null;
  cbr_fisher: FisherTest | null;
  cbr_difference: Difference | null;
}

export interface Summary {
  n: number;
  mean: number | null;
  std_dev: number | null;
  min: number | null;
  lower_quartile: number | null;
  median: number | null;
  upper_quartile: number | null;
  max: number | null;
}

/** Responses as entered beside those of the assessments. */
export interface ResponseAgreement {
  compared: number;
  differing: {subject: Subject; entered: BestResponse; recist: BestResponse; irecist: string}[];
}

export interface Proportion {
  count: number;
  n: number;
  estimate: number | null;
  conf_low: number | null;
  conf_high: number | null;
}

export interface Difference {
  estimate: number;
  conf_low: number;
  conf_high: number;
}

export interface FisherTest {
  p_value: number;
  draws: number | null;
  /** Monte Carlo standard error of a simulated p value. */
  std_err: number | null;
}
