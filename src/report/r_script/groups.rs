//! The part of the script that compares groups.

use super::{Script, factor, interval, quote};
use crate::analysis::{
    CategoryComparison, EffectMeasure, GroupTest, GroupsComparison, GroupsOutcome,
    NumberComparison, PairedComparison, TestName,
};
use crate::cohort::Mapping;

/// Effects with their intervals, and the tests that base R does not have.
pub(super) const FUNCTIONS: &str = include_str!("groups.R");

impl Script {
    pub(super) fn groups(&mut self, i: usize, outcome: &GroupsOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let by = match &options.paired_with {
            Some(other) => other,
            None => &options.group,
        };
        self.title(i, &options.column, Some(by));
        match &outcome.comparison {
            GroupsComparison::Categories(comparison) => {
                self.categories(i, outcome, comparison, mapping);
            }
            GroupsComparison::Numbers(comparison) => self.numbers(i, outcome, comparison, mapping),
            GroupsComparison::Paired(comparison) => self.paired(i, outcome, comparison, mapping),
        }
    }

    fn categories(
        &mut self,
        i: usize,
        outcome: &GroupsOutcome,
        comparison: &CategoryComparison,
        mapping: &Mapping,
    ) {
        let options = &outcome.options;
        let values = factor(&options.column, &texts(&comparison.levels), mapping);
        self.line(&format!("data <- data.frame(value = {values})"));
        let labels: Vec<&str> = (comparison.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        self.group(Some(&options.group), &labels, mapping);
        if let (Some(column), Some(strata)) = (&options.strata, &comparison.strata) {
            let labels: Vec<&str> = (strata.strata.iter())
                .map(|stratum| stratum.label.as_str())
                .collect();
            let strata = factor(column, &labels, mapping);
            self.line(&format!("data$stratum <- {strata}"));
        }
        self.sample(i, &outcome.exclusions, comparison.overall.n);
        self.line(interval(options.method));
        self.line(&format!(
            "print(counts{i} <- table(cohort{i}$group, cohort{i}$value))"
        ));
        self.line(&format!(
            "for (g in rownames(counts{i})) print(sapply(counts{i}[g, ], function(x) interval(x, sum(counts{i}[g, ]), {})))",
            options.conf_level
        ));
        self.line(&format!(
            "used{i} <- counts{i}[, colSums(counts{i}) > 0, drop = FALSE]"
        ));
        if let Some(test) = &comparison.test {
            let p = category_p(&format!("used{i}"), test);
            self.line(&format!("print(p{i} <- {p})"));
        }
        if !comparison.effects.is_empty() {
            self.category_effects(i, outcome);
        }
        if let Some(trend) = &comparison.trend {
            self.category_trend(i, trend);
        }
        if let Some(strata) = &comparison.strata {
            self.line(&format!(
                "tables{i} <- table(cohort{i}$group, cohort{i}$value, cohort{i}$stratum)[2:1, 2:1, ]"
            ));
            let exact = strata.test.name == TestName::ExactStrata;
            self.line(&format!(
                "print(strata{i} <- mantelhaen.test(tables{i}, exact = {}, conf.level = {}))",
                super::logical(exact),
                options.conf_level
            ));
        }
    }

    fn category_effects(&mut self, i: usize, outcome: &GroupsOutcome) {
        let options = &outcome.options;
        let (function, method) = match options.measure {
            EffectMeasure::Difference => ("difference_of", name(&options.difference)),
            EffectMeasure::Ratio => ("ratio_of", name(&options.ratio)),
            EffectMeasure::Odds => ("odds_of", name(&options.odds)),
        };
        self.line(&format!(
            "print(effects{i} <- sapply(rownames(counts{i})[-1], function(g) {function}(\n  \
             counts{i}[1, 2], sum(counts{i}[1, ]), counts{i}[g, 2], sum(counts{i}[g, ]), {method}, {})))",
            options.conf_level
        ));
    }

    fn category_trend(&mut self, i: usize, trend: &GroupTest) {
        let p = match trend.name {
            TestName::CochranArmitage => {
                format!("prop.trend.test(counts{i}[, 2], rowSums(counts{i}))$p.value")
            }
            _ => format!(
                "pchisq((nrow(cohort{i}) - 1) * cor(as.numeric(cohort{i}$group), as.numeric(cohort{i}$value))^2, \
                 1, lower.tail = FALSE)"
            ),
        };
        self.line(&format!("print(trend{i} <- {p})"));
    }

    fn numbers(
        &mut self,
        i: usize,
        outcome: &GroupsOutcome,
        comparison: &NumberComparison,
        mapping: &Mapping,
    ) {
        let options = &outcome.options;
        self.line(&format!(
            "data <- data.frame(value = as_number({}))",
            quote(&options.column)
        ));
        let labels: Vec<&str> = (comparison.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        self.group(Some(&options.group), &labels, mapping);
        self.sample(i, &outcome.exclusions, comparison.overall.values.len());
        self.line(&format!(
            "print(groups{i} <- split(cohort{i}$value, cohort{i}$group))"
        ));
        self.line(&format!(
            "print(sapply(groups{i}, function(x) c(mean = mean(x), sd = sd(x), quantile(x))))"
        ));
        if let Some(test) = &comparison.test {
            self.number_test(i, test, comparison, options.conf_level);
        }
        if comparison.trend.is_some() {
            self.line(&format!("print(trend{i} <- jonckheere(groups{i})[2])"));
        }
    }

    fn number_test(
        &mut self,
        i: usize,
        test: &GroupTest,
        comparison: &NumberComparison,
        level: f64,
    ) {
        let equal = super::logical(test.name == TestName::Student);
        // R's own test of two groups decides by their sizes; each pair decides for itself.
        let pairs = if comparison.by_ranks {
            let exact = match test.name {
                TestName::RankSumExact => "TRUE",
                TestName::RankSumCorrected | TestName::RankSum => "FALSE",
                _ => "max(lengths(list(first, other))) < 50",
            };
            let correct = super::logical(test.name != TestName::RankSum);
            format!("rank_sum(first, other, {exact}, {correct}, {level})")
        } else {
            format!(
                "with(t.test(other, first, var.equal = {equal}, conf.level = {level}), \
                 c(statistic, p.value, estimate[1] - estimate[2], conf.int))"
            )
        };
        if test.name == TestName::Anova {
            self.line(&format!("means{i} <- lm(value ~ group, cohort{i})"));
            self.line(&format!(
                "print(effects{i} <- t(cbind(coef(summary(means{i}))[-1, c(3, 4, 1), drop = FALSE], \
                 confint(means{i}, level = {level})[-1, , drop = FALSE])))"
            ));
            self.line(&format!("print(p{i} <- anova(means{i})[1, 5])"));
            return;
        }
        self.line(&format!(
            "print(effects{i} <- sapply(groups{i}[-1], function(other, first) {pairs}, first = groups{i}[[1]]))"
        ));
        let all = match test.name {
            TestName::WelchAnova => {
                format!("oneway.test(value ~ group, cohort{i})$p.value")
            }
            TestName::KruskalWallis => format!("kruskal.test(groups{i})$p.value"),
            _ => format!("effects{i}[2, 1]"),
        };
        self.line(&format!("print(p{i} <- unname({all}))"));
    }

    fn paired(
        &mut self,
        i: usize,
        outcome: &GroupsOutcome,
        comparison: &PairedComparison,
        mapping: &Mapping,
    ) {
        let options = &outcome.options;
        let levels = texts(&comparison.levels);
        let second = options.paired_with.as_deref().unwrap_or_default();
        let (first, second) = (
            factor(&options.column, &levels, mapping),
            factor(second, &levels, mapping),
        );
        self.line(&format!(
            "data <- data.frame(first = {first}, second = {second})"
        ));
        let n = comparison.table.concat().iter().sum();
        self.sample(i, &outcome.exclusions, n);
        self.line(&format!(
            "print(counts{i} <- table(cohort{i}$first, cohort{i}$second))"
        ));
        if let Some(test) = &comparison.test {
            let binomial =
                format!("binom.test(counts{i}[1, 2], counts{i}[1, 2] + counts{i}[2, 1])");
            let p = match test.name {
                TestName::McNemarCorrected => format!("mcnemar.test(counts{i})$p.value"),
                TestName::McNemar => format!("mcnemar.test(counts{i}, correct = FALSE)$p.value"),
                TestName::McNemarMidP => format!(
                    "{binomial}$p.value - dbinom(counts{i}[1, 2], counts{i}[1, 2] + counts{i}[2, 1], 0.5)"
                ),
                _ => format!("{binomial}$p.value"),
            };
            self.line(&format!("print(p{i} <- {p})"));
            self.line(&format!(
                "share{i} <- binom.test(counts{i}[1, 2], counts{i}[1, 2] + counts{i}[2, 1], conf.level = {})",
                options.conf_level
            ));
            self.line(&format!(
                "print(odds{i} <- with(share{i}, c(estimate / (1 - estimate), conf.int / (1 - conf.int))))"
            ));
        }
    }
}

/// The p value of a table of groups by values.
pub(super) fn category_p(table: &str, test: &GroupTest) -> String {
    let chi_square = |correct: &str| {
        format!("suppressWarnings(chisq.test({table}, correct = {correct}))$p.value")
    };
    let p = match test.name {
        TestName::Yates => chi_square("TRUE"),
        TestName::NMinus1 => format!(
            "with(suppressWarnings(chisq.test({table}, correct = FALSE)), \
             pchisq(statistic * (1 - 1 / sum({table})), parameter, lower.tail = FALSE))"
        ),
        TestName::Boschloo => {
            format!("boschloo({table}[1, 2], sum({table}[1, ]), {table}[2, 2], sum({table}[2, ]))")
        }
        TestName::Fisher => match test.draws {
            None => format!("fisher.test({table}, workspace = 2e7)$p.value"),
            Some(draws) => {
                format!("fisher.test({table}, simulate.p.value = TRUE, B = {draws})$p.value")
            }
        },
        _ => chi_square("FALSE"),
    };
    format!("unname({p})")
}

/// The p value of a list of the numbers of each group.
pub(super) fn number_p(groups: &str, test: &GroupTest) -> String {
    let equal = super::logical(matches!(test.name, TestName::Student | TestName::Anova));
    match test.name {
        TestName::Welch | TestName::Student => {
            format!("t.test({groups}[[1]], {groups}[[2]], var.equal = {equal})$p.value")
        }
        TestName::WelchAnova => format!("oneway.test(values ~ ind, stack({groups}))$p.value"),
        TestName::Anova => format!("anova(lm(values ~ ind, stack({groups})))[1, 5]"),
        TestName::KruskalWallis => format!("kruskal.test({groups})$p.value"),
        _ => {
            let exact = super::logical(test.name == TestName::RankSumExact);
            let correct = super::logical(test.name != TestName::RankSum);
            format!("rank_sum({groups}[[1]], {groups}[[2]], {exact}, {correct}, 0.95)[2]")
        }
    }
}

pub(super) fn texts(labels: &[String]) -> Vec<&str> {
    labels.iter().map(String::as_str).collect()
}

/// The name of a method as the functions of the script know it: that of the saved option.
pub(super) fn name(method: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(method).ok();
    quote(
        name.as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default(),
    )
}
