// Counts, response and their proportions, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {BestResponse, Exclusion} from "./types.js";

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
  group: string | null;
  method: ProportionMethod;
  conf_level: number;
  evaluable: boolean;
}

export interface ResponseOutcome {
  options: ResponseOptions;
  arms: ResponseArm[];
  overall: ResponseArm;
  comparison: ResponseComparison | null;
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
}

export interface ResponseComparison {
  orr_fisher: FisherTest;
  dcr_fisher: FisherTest;
  orr_difference: Difference | null;
  dcr_difference: Difference | null;
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
