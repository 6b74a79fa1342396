//! The part of the script on cut-points of a number.

use super::{Script, Shown, conf, name, numbers, quote};
use crate::analysis::{ConfType, CutPointOutcome, PermutationMethod};
use crate::cohort::Mapping;

/// The search and the spline as functions.
pub(super) const FUNCTIONS: &str = include_str!("cut_point.R");

/// The script repeats no more draws than this: R takes seconds for them.
const DRAWS: u32 = 10_000;

impl Script {
    pub(super) fn cut_point(&mut self, i: usize, outcome: &CutPointOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let level = options.conf_level;
        self.title(i, name(options.endpoint), Some(&options.column));
        self.endpoint(options.endpoint, &outcome.definition, mapping);
        self.set("data$x", &format!("as_number({})", quote(&options.column)));
        self.sample(i, &outcome.exclusions, outcome.n);
        if let Some(search) = &outcome.search {
            self.line(&format!(
                "search{i} <- with(cohort{i}, largest_log_rank(time, event, x, {}))",
                options.least
            ));
            self.line(&format!(
                "print(search{i}[c(\"cut\", \"statistic\", \"p\")])"
            ));
            if let PermutationMethod::MonteCarlo { draws, seed } = search.permutation.method {
                self.line("# R draws other arrangements: this p value is near that of the report.");
                self.line(&format!("set.seed({})", seed % 2_147_483_647));
                self.line(&format!(
                    "cat(\"permutation p =\", search{i}$permuted({}), \"\\n\")",
                    draws.min(DRAWS)
                ));
            }
        }
        self.line(&format!(
            "cohort{i}$group <- cut(cohort{i}$x, c(-Inf, {}, Inf))",
            outcome
                .cuts
                .iter()
                .map(f64::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        ));
        let Shown { scale, .. } = self.units(outcome.unit, outcome.rules);
        self.line(&format!(
            "print(fit{i} <- survfit(Surv(time, event) ~ group, data = cohort{i}, {}){scale})",
            conf(ConfType::LogLog, level)
        ));
        if outcome.search.is_some() {
            self.line("# The cut-point was searched for: the p values of the next two lines are not valid.");
        }
        self.log_rank(i, outcome.log_rank.p_value);
        self.line(&format!(
            "print(summary(cox{i} <- coxph(Surv(time, event) ~ group, data = cohort{i}), conf.int = {level}))"
        ));
        if let Some(spline) = &outcome.spline {
            self.set(&format!("knots{i}"), &numbers(&spline.knots));
            self.line(&format!(
                "curve{i} <- coxph(Surv(time, event) ~ restricted_cubic_spline(x, knots{i}), data = cohort{i})"
            ));
            self.line(&format!("print(curve{i})"));
            self.line(&format!(
                "print(anova(coxph(Surv(time, event) ~ x, data = cohort{i}), curve{i}))"
            ));
            self.line(&format!(
                "wald{i} <- drop(coef(curve{i})[-1] %*% solve(vcov(curve{i})[-1, -1], coef(curve{i})[-1]))"
            ));
            self.line(&format!(
                "cat(\"Wald p of non-linearity =\", pchisq(wald{i}, length(knots{i}) - 2, lower.tail = FALSE), \"\\n\")"
            ));
        }
    }
}
