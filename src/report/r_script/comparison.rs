//! The part of the script on the comparison of curves.

use super::{Script, factor, name, numbers};
use crate::analysis::{Adjustment, ComparisonOutcome, ConfType, CurveTest};
use crate::cohort::Mapping;

/// Weighted log-rank tests, MaxCombo and restricted means.
pub(super) const FUNCTIONS: &str = include_str!("comparison.R");

impl Script {
    pub(super) fn comparison(&mut self, i: usize, outcome: &ComparisonOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let title = format!("comparison of {}", name(options.endpoint));
        self.title(i, &title, Some(&options.group));
        self.endpoint(options.endpoint, outcome.definition, mapping);
        let arms: Vec<&str> = (outcome.arms.iter())
            .map(|arm| arm.label.as_str())
            .collect();
        self.group(Some(&options.group), &arms, mapping);
        let strata: Vec<&str> = outcome.strata.iter().map(String::as_str).collect();
        let stratum = match &options.strata {
            Some(column) => factor(column, &strata, mapping),
            None => "factor(\"all\")".to_owned(),
        };
        self.line(&format!("data$stratum <- {stratum}"));
        self.sample(i, &outcome.exclusions, outcome.n);
        if let Some(shown) = options.restart {
            let start = outcome.rules.in_unit(shown, outcome.unit);
            self.line("# Landmark analysis: times count from the landmark.");
            self.line(&format!("cohort{i}$time <- cohort{i}$time - {start}"));
        }
        self.comparison_tests(i, outcome);
        self.estimates(i, outcome);
    }

    fn comparison_tests(&mut self, i: usize, outcome: &ComparisonOutcome) {
        let options = &outcome.options;
        for (t, test) in outcome.tests.iter().enumerate() {
            let name = format!("test{i}_{}", t + 1);
            let call = |cohort: &str| match test.test {
                CurveTest::LogRank => weighted(cohort, "log_rank"),
                CurveTest::GehanBreslow => weighted(cohort, "gehan_breslow"),
                CurveTest::TaroneWare => weighted(cohort, "tarone_ware"),
                CurveTest::PetoPeto => weighted(cohort, "peto_peto"),
                CurveTest::ModifiedPetoPeto => weighted(cohort, "modified_peto_peto"),
                CurveTest::FlemingHarrington => {
                    let weight = format!("fleming_harrington({}, {})", options.p, options.q);
                    weighted(cohort, &weight)
                }
                CurveTest::MaxCombo => format!("max_combo({cohort})"),
            };
            if outcome.arms.len() == 2 || test.test != CurveTest::MaxCombo {
                self.line(&format!("print({name} <- {})", call(&format!("cohort{i}"))));
            }
            if t == 0 && outcome.arms.len() > 2 {
                let pair = call(&format!("subset(cohort{i}, group %in% pair)"));
                self.line(&format!(
                    "pairs{i} <- apply(combn(levels(cohort{i}$group), 2), 2, function(pair) c(pair, {pair}[\"p\"]))"
                ));
                self.line(&format!(
                    "print(data.frame(first = pairs{i}[1, ], second = pairs{i}[2, ], p = as.numeric(pairs{i}[3, ]),\n  \
                     corrected = p.adjust(as.numeric(pairs{i}[3, ]), \"{}\")))",
                    method(options.adjustment)
                ));
            }
        }
        if outcome.permutation.is_some() {
            self.line("# The permutation tests are not repeated here.");
        }
    }

    fn estimates(&mut self, i: usize, outcome: &ComparisonOutcome) {
        let options = &outcome.options;
        if outcome.tau <= outcome.tau_limit {
            self.line(&format!(
                "print(means{i} <- sapply(split(cohort{i}, cohort{i}$group), restricted_mean, tau = {}))",
                outcome.tau
            ));
        }
        let conf_type = match options.conf_type {
            ConfType::Log => "log",
            ConfType::LogLog => "log-log",
            ConfType::Plain => "plain",
            ConfType::Logit => "logit",
            ConfType::Arcsine => "arcsin",
        };
        let level = options.conf_level;
        let conf = format!("conf.type = \"{conf_type}\", conf.int = {level}");
        let days = |shown: &f64| outcome.rules.in_unit(*shown, outcome.unit);
        let landmarks: Vec<f64> = options.landmarks.iter().map(days).collect();
        self.line(&format!(
            "print(fit{i} <- survfit(Surv(time, event) ~ group, data = cohort{i}, {conf}))"
        ));
        if !landmarks.is_empty() {
            self.line(&format!(
                "print(rates{i} <- summary(fit{i}, times = {}, extend = TRUE))",
                numbers(&landmarks)
            ));
        }
        for (start, shown) in options
            .conditional
            .iter()
            .map(days)
            .zip(&options.conditional)
        {
            let Some(further) = options.further else {
                break;
            };
            self.line(&format!(
                "print(summary(survfit(Surv(time, event) ~ group, data = cohort{i}, subset = time > {start}, {conf}), \
                 times = {}, extend = TRUE)) # after {shown}",
                start + days(&further)
            ));
        }
    }
}

fn weighted(cohort: &str, weight: &str) -> String {
    format!("weighted_log_rank({cohort}, weight${weight})")
}

/// The name of a correction in R's `p.adjust`.
fn method(adjustment: Adjustment) -> &'static str {
    match adjustment {
        Adjustment::Holm => "holm",
        Adjustment::Bonferroni => "bonferroni",
        Adjustment::Hochberg => "hochberg",
        Adjustment::BenjaminiHochberg => "BH",
        Adjustment::BenjaminiYekutieli => "BY",
        Adjustment::None => "none",
    }
}
