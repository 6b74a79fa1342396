//! The part of the script on the comparison of curves.

use super::{Script, Shown, all_groups, comment, conf, factor, name, numbers, quote};
use crate::analysis::{Adjustment, ComparisonOutcome, CurveTest};
use crate::cohort::Mapping;

/// Weighted log-rank tests, MaxCombo and restricted means.
pub(super) const FUNCTIONS: &str = include_str!("comparison.R");

impl Script {
    pub(super) fn comparison(&mut self, i: usize, outcome: &ComparisonOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let title = format!("comparison of {}", name(options.endpoint));
        self.title(i, &title, Some(&options.group));
        self.endpoint(options.endpoint, &outcome.definition, mapping);
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
        self.line("known <- complete.cases(data)");
        let covariates = self.adjusted_covariates(outcome, mapping);
        self.left_out(&outcome.exclusions);
        self.line(&format!(
            "cohort{i} <- data[!row %in% left_out & known, , drop = FALSE]"
        ));
        self.line(&format!("stopifnot(nrow(cohort{i}) == {})", outcome.n));
        if let Some(shown) = options.restart {
            let start = outcome.rules.in_unit(shown, outcome.unit);
            self.line("# Landmark analysis: times count from the landmark.");
            self.line(&format!("cohort{i}$time <- cohort{i}$time - {start}"));
        }
        self.comparison_tests(i, outcome);
        self.estimates(i, outcome);
        if outcome.pairs.iter().any(|pair| pair.adjusted.is_some()) {
            self.adjusted_means(i, outcome, &covariates);
        }
    }

    /// The covariates of the adjusted means as x1, x2, …; returns these names.
    fn adjusted_covariates(
        &mut self,
        outcome: &ComparisonOutcome,
        mapping: &Mapping,
    ) -> Vec<String> {
        let adjust = outcome.options.adjust.iter().enumerate();
        adjust
            .map(|(index, column)| {
                let x = format!("x{}", index + 1);
                let groups = mapping.groups.iter().any(|group| group.column == *column);
                let value = if groups {
                    all_groups(column, mapping)
                } else {
                    format!("as_number({})", quote(column))
                };
                self.line(&comment(&format!("{x}: {column}")));
                self.set(&format!("data${x}"), &value);
                x
            })
            .collect()
    }

    fn adjusted_means(&mut self, i: usize, outcome: &ComparisonOutcome, covariates: &[String]) {
        let columns: Vec<String> = covariates.iter().map(|x| quote(x)).collect();
        self.line(&format!(
            "complete{i} <- cohort{i}[complete.cases(cohort{i}[c({})]), , drop = FALSE]",
            columns.join(", ")
        ));
        let Shown { divided, .. } = self.units(outcome.unit, outcome.rules);
        self.line("if (requireNamespace(\"survRM2\", quietly = TRUE)) {");
        for pair in &outcome.pairs {
            let label = |arm: usize| quote(&outcome.arms[arm].label);
            self.line(&format!(
                "  pair <- droplevels(subset(complete{i}, group %in% c({}, {})))",
                label(pair.first),
                label(pair.second)
            ));
            self.line(&format!(
                "  print(with(pair, survRM2::rmst2(time{divided}, as.numeric(event), as.numeric(group == {}), tau = {}{divided},\n    \
                 covariates = model.matrix(~{})[, -1, drop = FALSE], alpha = 1 - {})))",
                label(pair.second),
                outcome.tau,
                covariates.join(" + "),
                outcome.options.conf_level
            ));
        }
        self.line("} else cat(\"Adjusted restricted means need the package survRM2: install.packages(\\\"survRM2\\\")\\n\")");
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
        let Shown { scale, divided } = self.units(outcome.unit, outcome.rules);
        if outcome.tau <= outcome.tau_limit {
            self.line(&format!(
                "means{i} <- sapply(split(cohort{i}, cohort{i}$group), restricted_mean, tau = {})",
                outcome.tau
            ));
            self.line(&format!("print(means{i}{divided})"));
        }
        let conf = conf(options.conf_type, options.conf_level);
        let days = |shown: &f64| outcome.rules.in_unit(*shown, outcome.unit);
        let landmarks: Vec<f64> = options.landmarks.iter().map(days).collect();
        self.line(&format!(
            "print(fit{i} <- survfit(Surv(time, event) ~ group, data = cohort{i}, {conf}){scale})"
        ));
        if !landmarks.is_empty() {
            self.line(&format!(
                "print(rates{i} <- summary(fit{i}, times = {}, extend = TRUE{scale}))",
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
                 times = {}, extend = TRUE{scale})) # after {shown}",
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
        Adjustment::Hommel => "hommel",
        Adjustment::BenjaminiHochberg => "BH",
        Adjustment::BenjaminiYekutieli => "BY",
        Adjustment::None => "none",
    }
}
