//! The parts of the script that describe the patients and count them.

use super::groups::{category_p, number_p, texts};
use super::{Script, factor, logical, numbers, quote};
use crate::analysis::{
    BaselineOutcome, BaselineValues, BaselineVariable, ExclusionReason, FlowOutcome, PercentOf,
    QuantileType,
};
use crate::cohort::Mapping;

/// Counts, summaries and standardised differences.
pub(super) const FUNCTIONS: &str = include_str!("baseline.R");

impl Script {
    pub(super) fn baseline(&mut self, i: usize, outcome: &BaselineOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, "Baseline characteristics", options.group.as_deref());
        let left_out: Vec<u32> = (outcome.exclusions.iter())
            .flat_map(|exclusion| exclusion.subjects.iter().map(|subject| subject.row))
            .collect();
        self.set("left_out", &numbers(&left_out));
        self.set(&format!("used{i}"), "!row %in% left_out");
        self.line(&format!("stopifnot(sum(used{i}) == {})", outcome.n));
        let labels: Vec<&str> = outcome.arms.iter().map(|arm| arm.label.as_str()).collect();
        let group = options.group.as_deref().map_or_else(
            || "NULL".to_owned(),
            |group| format!("{}[used{i}]", factor(group, &labels, mapping)),
        );
        self.set(&format!("group{i}"), &group);
        for (j, variable) in outcome.variables.iter().enumerate() {
            self.variable(&format!("{i}_{}", j + 1), i, variable, outcome, mapping);
        }
    }

    fn variable(
        &mut self,
        name: &str,
        i: usize,
        variable: &BaselineVariable,
        outcome: &BaselineOutcome,
        mapping: &Mapping,
    ) {
        let options = &outcome.options;
        self.line(&super::comment(&variable.column));
        let difference = match &variable.values {
            BaselineValues::Categories { levels, .. } => {
                let values = factor(&variable.column, &texts(levels), mapping);
                self.line(&format!(
                    "values{name} <- by_group({values}[used{i}], group{i})"
                ));
                let all = logical(options.percent_of == PercentOf::All);
                self.line(&format!(
                    "print(counts{name} <- describe_counts(values{name}, {all}))"
                ));
                "difference_of_counts"
            }
            BaselineValues::Numbers { .. } => {
                let column = quote(&variable.column);
                self.line(&format!(
                    "values{name} <- by_group(as_number({column})[used{i}], group{i})"
                ));
                let of = type_number(options.quantiles);
                self.line(&format!(
                    "print(summary{name} <- describe_numbers(values{name}, {of}))"
                ));
                "difference_of_numbers"
            }
        };
        if options.standardised && outcome.arms.len() > 1 {
            self.line(&format!(
                "print(difference{name} <- largest_difference(values{name}, {difference}))"
            ));
        }
        let Some(test) = &variable.test else { return };
        let known = format!("known{name}");
        self.line(&format!(
            "{known} <- lapply(values{name}[levels(group{i})], function(x) x[!is.na(x)])"
        ));
        let p = match &variable.values {
            BaselineValues::Categories { .. } => {
                self.line(&format!("table{name} <- t(sapply({known}, table))"));
                self.line(&format!(
                    "table{name} <- table{name}[, colSums(table{name}) > 0, drop = FALSE]"
                ));
                category_p(&format!("table{name}"), test)
            }
            BaselineValues::Numbers { .. } => number_p(&known, test),
        };
        self.line(&format!("print(p{name} <- {p})"));
    }

    pub(super) fn flow(&mut self, i: usize, outcome: &FlowOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, "Patient flow", options.group.as_deref());
        let endpoint = (outcome.exclusions.iter())
            .filter(|exclusion| matches!(exclusion.reason, ExclusionReason::Endpoint { .. }));
        let rows: Vec<u32> = endpoint
            .flat_map(|exclusion| exclusion.subjects.iter().map(|subject| subject.row))
            .collect();
        self.line("# The rows without the endpoint, as listed in the report.");
        self.set("left_out", &numbers(&rows));
        let labels: Vec<&str> = (outcome.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        let group = options.group.as_deref().map_or_else(
            || "rep(\"all\", length(row))".to_owned(),
            |group| factor(group, &labels, mapping),
        );
        self.line(&format!(
            "print(flow{i} <- table({group}, ifelse(row %in% left_out, \"left out\", \"analysed\")))"
        ));
    }
}

fn type_number(quantiles: QuantileType) -> u8 {
    match quantiles {
        QuantileType::Type1 => 1,
        QuantileType::Type2 => 2,
        QuantileType::Type3 => 3,
        QuantileType::Type4 => 4,
        QuantileType::Type5 => 5,
        QuantileType::Type6 => 6,
        QuantileType::Type7 => 7,
        QuantileType::Type8 => 8,
        QuantileType::Type9 => 9,
    }
}
