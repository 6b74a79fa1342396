//! The part of the script on adverse events.

use super::{Script, is_one_of, numbers, quote, texts};
use crate::analysis::{DifferenceMethod, SafetyOutcome};
use crate::cohort::{AdverseEventSheet, Mapping, StatusColumn};
use crate::table::TableName;

pub(super) const FUNCTIONS: &str = include_str!("safety.R");

impl Script {
    /// The table of patients by worst grade, the differences of two groups, and the rates by exposure.
    pub(super) fn safety(&mut self, i: usize, outcome: &SafetyOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, "Adverse events", options.group.as_deref());
        let (Some(sheet), Some(patient)) = (&mapping.adverse_events, &mapping.patient) else {
            return;
        };
        self.patients(i, outcome, mapping, patient);
        let path = file_of(&sheet.table);
        if sheet.table.sheet.is_some() {
            self.line("# Save the sheet as csv (CSV UTF-8 in Excel) under this name.");
        }
        let needed = texts(&[&sheet.patient, &sheet.term]);
        self.line(&format!("use(read_records({}, {needed}))", quote(&path)));
        let out: Vec<u32> = (mapping.excluded_records.iter())
            .filter(|record| record.table == sheet.table)
            .map(|record| record.row)
            .collect();
        let corrected = (mapping.corrections.iter())
            .filter(|correction| correction.table.as_ref() == Some(&sheet.table));
        for correction in corrected {
            self.line(&format!(
                "cells[row == {}, match({}, headings)] <- {}",
                correction.row,
                quote(&correction.column),
                quote(&correction.value)
            ));
        }
        let grade = sheet.grade.as_ref().map_or_else(
            || "NA_real_".to_owned(),
            |grade| format!("as_grade({})", quote(grade)),
        );
        let onset = sheet.start.as_ref().map_or_else(
            || "NA_real_".to_owned(),
            |start| format!("as_day({})", quote(start)),
        );
        let related = sheet
            .related
            .as_ref()
            .map_or_else(|| "NA".to_owned(), status);
        self.line(&format!(
            "events{i} <- data.frame(\n  patient = match(tolower(column({})), tolower(cohort{i}$id)), \
             term = column({}),\n  grade = {grade}, related = {related}, onset = {onset},\n  \
             empty = is_missing({})\n)",
            quote(&sheet.patient),
            quote(&sheet.term),
            quote(&sheet.term),
        ));
        self.line(
            "# Rows that repeat another with its date, grade 0, and what began after the cut-off are no events.",
        );
        let used = texts(&headings(sheet));
        self.line(&format!(
            "everything <- do.call(paste, c(lapply({used}, function(name) tolower(column(name))), sep = \"\\t\"))"
        ));
        self.line(&format!(
            "keep <- !is.na(events{i}$patient) & !row %in% {} & !events{i}$empty & !events{i}$grade %in% 0 &\n  \
             !(duplicated(everything) & !is.na(events{i}$onset)) & \
             !(!is.na(cut_off) & !is.na(events{i}$onset) & events{i}$onset > cut_off)",
            numbers(&out)
        ));
        self.line(&format!("events{i} <- events{i}[keep, ]"));
        self.line(&format!("events{i}$term <- one_spelling(events{i}$term)"));
        self.line("use(patients_sheet)");
        self.results(i, outcome);
    }

    /// The analysed patients with their groups.
    fn patients(&mut self, i: usize, outcome: &SafetyOutcome, mapping: &Mapping, patient: &str) {
        self.line(&format!(
            "data <- data.frame(id = column({}))",
            quote(patient)
        ));
        let arms: Vec<&str> = (outcome.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        match &outcome.options.group {
            Some(_) => self.group(outcome.options.group.as_deref(), &arms, mapping),
            None => self.line("data$group <- factor(rep(\"all\", nrow(data)))"),
        }
        self.sample(i, &outcome.exclusions, outcome.overall.n);
    }

    fn results(&mut self, i: usize, outcome: &SafetyOutcome) {
        if outcome.options.emergent_days.is_some() {
            self.line(
                "# All events are counted here; the report counts those in the time of treatment only.",
            );
        }
        for table in &outcome.tables {
            let (name, events) = if table.related {
                ("related", format!("subset(events{i}, related %in% TRUE)"))
            } else {
                ("counts", format!("events{i}"))
            };
            self.line(&format!(
                "print({name}{i} <- tabulate_events({events}, cohort{i}$group))"
            ));
        }
        let newcombe = outcome.options.difference == DifferenceMethod::Newcombe;
        if let (2, Some(table), true) = (outcome.arms.len(), outcome.tables.first(), newcombe) {
            let name = if table.related { "related" } else { "counts" };
            self.line(&format!(
                "print(differences{i} <- t(apply({name}{i}[, 1:2, drop = FALSE], 1, newcombe, \
                 n = as.vector(table(cohort{i}$group)), level = {})))",
                outcome.options.conf_level
            ));
        }
        if let Some(rates) = &outcome.rates {
            let exposures = if rates.arms.is_empty() {
                vec![rates.overall.time]
            } else {
                rates.arms.iter().map(|arm| arm.time).collect()
            };
            self.line("# Events per unit of the exposure that the report gives, by group.");
            let groups = format!("table(cohort{i}$group[events{i}$patient])");
            self.line(&format!(
                "print(rates{i} <- mapply(function(events, time) {{\n  \
                 test <- poisson.test(events, time, conf.level = {})\n  \
                 c(test$estimate, test$conf.int)\n}}, as.vector({groups}), {}))",
                outcome.options.conf_level,
                numbers(&exposures)
            ));
        }
    }
}

/// The headings of a sheet of adverse events that are mapped.
fn headings(sheet: &AdverseEventSheet) -> Vec<&str> {
    let flags = [
        &sheet.related,
        &sheet.serious,
        &sheet.discontinued,
        &sheet.dose_changed,
        &sheet.fatal,
    ];
    let texts = [&sheet.system, &sheet.grade, &sheet.start, &sheet.end];
    [&*sheet.patient, &*sheet.term]
        .into_iter()
        .chain(texts.into_iter().flatten().map(String::as_str))
        .chain(flags.into_iter().flatten().map(|flag| &*flag.column))
        .collect()
}

fn status(status: &StatusColumn) -> String {
    is_one_of(
        &status.column,
        &status.event_values,
        status.blank_is_no_event,
    )
}

/// The csv of a sheet: the file itself, or one named for the sheet.
fn file_of(table: &TableName) -> String {
    match (&table.file, &table.sheet) {
        (Some(file), None) => file.clone(),
        (_, Some(sheet)) => format!("{sheet}.csv"),
        (None, None) => "events.csv".to_owned(),
    }
}
