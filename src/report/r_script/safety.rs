//! The part of the script on adverse events.

use super::{Origin, Script, Shown, conf, groups, is_one_of, logical, numbers, quote, texts};
use crate::analysis::{ExposureSource, FirstEvent, SafetyOptions, SafetyOutcome, SafetyRates};
use crate::cohort::{AdverseEventSheet, Endpoint, MappedEvents, Mapping, StatusColumn, TimeUnit};
use crate::table::TableName;

/// Reads the sheet, and makes tables, times and rates of it.
pub(super) const FUNCTIONS: &str = include_str!("safety.R");

impl Script {
    /// The tables of patients by worst grade, the differences of two groups, the time to the first severe event, and
    /// the rates by exposure.
    pub(super) fn safety(&mut self, i: usize, outcome: &SafetyOutcome, origin: Origin<'_>) {
        let (options, mapping) = (&outcome.options, origin.mapping);
        self.title(i, "Adverse events", options.group.as_deref());
        let (Some(sheet), Some(patient)) = (&mapping.adverse_events, &mapping.patient) else {
            return;
        };
        self.derived = true;
        self.patients(i, outcome, mapping, patient);
        self.set("everyone", &format!("tolower(column({}))", quote(patient)));
        let respelt = (origin.cohort)
            .and_then(|cohort| cohort.safety())
            .map_or(&[][..], |data| &data.respelt_ids);
        self.events(i, sheet, mapping, respelt);
        if options.emergent_days.is_some() {
            self.line("# Only what began in the time of treatment, or at an unknown time.");
            self.line(&format!(
                "emergent <- with(events{i}, !(onset < period{i}$start[patient]) %in% TRUE & !(onset > window{i}[patient]) %in% TRUE)"
            ));
            self.line(&format!("events{i} <- events{i}[emergent, ]"));
        }
        self.tables(i, outcome);
        if let Some(first) = &outcome.first {
            self.first_severe(i, options, first, outcome.arms.len());
        }
        if let Some(rates) = &outcome.rates {
            let related = (outcome.tables.first()).is_some_and(|table| table.related);
            let rows = if related { "related_rows" } else { "rows" };
            self.rates_by_exposure(i, options, rates, origin, rows);
        }
    }

    /// The analysed patients with their groups, and when they were treated and followed.
    fn patients(&mut self, i: usize, outcome: &SafetyOutcome, mapping: &Mapping, patient: &str) {
        let id = quote(patient);
        self.line(&format!("data <- data.frame(id = column({id}))"));
        let arms: Vec<&str> = (outcome.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        match &outcome.options.group {
            Some(_) => self.group(outcome.options.group.as_deref(), &arms, mapping),
            None => self.line("data$group <- factor(rep(\"all\", nrow(data)))"),
        }
        self.sample(i, &outcome.exclusions, outcome.overall.n);
        self.line(&format!("at <- as.integer(rownames(cohort{i}))"));
        self.line(&format!(
            "period{i} <- data.frame(\n  start = derived_day(\"treatment_start\"), last_dose = derived_day(\"last_dose\"),\n  \
             end = derived_day(\"follow_up_end\"), died = derived_number(\"follow_up_ended_in_death\") == 1\n)[at, ]"
        ));
        self.line(&format!("period{i}$group <- cohort{i}$group"));
        let window = match outcome.options.emergent_days {
            Some(days) => format!("period{i}$last_dose + {days}"),
            None => format!("rep(NA_real_, nrow(period{i}))"),
        };
        self.set(&format!("window{i}"), &window);
    }

    /// What the sheet says, and which of its rows are events of the analysed patients.
    fn events(
        &mut self,
        i: usize,
        sheet: &AdverseEventSheet,
        mapping: &Mapping,
        respelt: &[(String, String)],
    ) {
        if sheet.table.sheet.is_some() {
            self.line("# Save the sheet as csv (CSV UTF-8 in Excel) under this name.");
        }
        let needed = texts(&[&sheet.patient, &sheet.term]);
        let path = quote(&file_of(&sheet.table));
        self.line(&format!("use(read_records({path}, {needed}))"));
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
        let mut ids = format!("tolower(column({}))", quote(&sheet.patient));
        if !respelt.is_empty() {
            let (theirs, known): (Vec<&String>, Vec<&String>) = respelt
                .iter()
                .map(|(theirs, known)| (theirs, known))
                .unzip();
            self.line("# Ids that are spelt differently there, and the patients' that they are.");
            self.set(&format!("spelt{i}"), &texts(&theirs));
            self.set(&format!("known{i}"), &texts(&known));
            ids = format!("as_known({ids}, spelt{i}, known{i})");
        }
        let read = |function: &str, heading: &Option<String>, without: &str| match heading {
            Some(heading) => format!("{function}({})", quote(heading)),
            None => without.to_owned(),
        };
        let columns = [
            ("patient", format!("match({ids}, everyone)")),
            ("term", format!("known_text({})", quote(&sheet.term))),
            ("system", read("known_text", &sheet.system, "NA_character_")),
            ("grade", read("as_grade", &sheet.grade, "NA_real_")),
            ("related", status(&sheet.related)),
            ("serious", status(&sheet.serious)),
            ("discontinued", status(&sheet.discontinued)),
            ("dose_changed", status(&sheet.dose_changed)),
            ("fatal", status(&sheet.fatal)),
            ("onset", read("as_day", &sheet.start, "NA_real_")),
            ("ended", read("as_day", &sheet.end, "NA_real_")),
        ];
        let columns = columns.map(|(name, value)| format!("  {name} = {value}"));
        let columns = columns.join(",\n");
        self.line(&format!(
            "events{i} <- data.frame(\n{columns},\n  stringsAsFactors = FALSE\n)"
        ));
        self.line("# Grade 0, what began after the cut-off, and rows that repeat another with its date are no events.");
        self.line(&format!(
            "events{i} <- subset(events{i}, !is.na(patient) & !row %in% {} & !is.na(term) & !grade %in% 0)",
            numbers(&out)
        ));
        self.line(&format!("events{i}$term <- one_spelling(events{i}$term)"));
        self.line(&format!(
            "events{i}$system <- one_spelling(events{i}$system)"
        ));
        self.line(&format!(
            "events{i} <- subset(events{i}, is.na(onset) | is.na(cut_off) | onset <= cut_off)"
        ));
        self.line(&format!(
            "events{i} <- events{i}[is.na(events{i}$onset) | !duplicated(events{i}), ]"
        ));
        self.line(&format!(
            "events{i} <- subset(transform(events{i}, patient = match(patient, at)), !is.na(patient))"
        ));
        self.line("use(patients_sheet)");
    }

    fn tables(&mut self, i: usize, outcome: &SafetyOutcome) {
        let options = &outcome.options;
        let by_system = logical(options.by_system && outcome.mapped.system);
        let arguments = format!(
            "cohort{i}$group, {}, {}, {by_system}",
            options.severe,
            known(outcome.mapped)
        );
        self.line(&format!(
            "rows{i} <- event_rows(events{i}, {arguments}, threshold = {})",
            options.threshold
        ));
        for table in &outcome.tables {
            let name = if table.related { "related" } else { "counts" };
            let rows = match table.related {
                false => format!("rows{i}"),
                true => {
                    self.line(&format!(
                        "related_rows{i} <- event_rows(subset(events{i}, related %in% TRUE), {arguments}, shown = names(rows{i}))"
                    ));
                    format!("related_rows{i}")
                }
            };
            self.line(&format!(
                "print({name}{i} <- count_rows({rows}, cohort{i}$group))"
            ));
            if outcome.arms.len() == 2 {
                self.line(&format!(
                    "print({name}_differences{i} <- differences_of({name}{i}, cohort{i}$group, {}, {}, {}))",
                    options.severe,
                    groups::name(&options.difference),
                    options.conf_level
                ));
            }
        }
    }

    /// Its curves with their interval at the times of the report, and Gray's test.
    fn first_severe(&mut self, i: usize, options: &SafetyOptions, first: &FirstEvent, arms: usize) {
        let related = if first.related {
            " & related %in% TRUE"
        } else {
            ""
        };
        self.line(&format!(
            "severe{i} <- subset(events{i}, grade >= {}{related})",
            options.severe
        ));
        let first_day = u8::from(first.rules.count_first_day);
        self.line(&format!(
            "first{i} <- first_event(severe{i}, period{i}, window{i}, {first_day})"
        ));
        self.line(&format!(
            "first{i}$state <- factor(first{i}$cause, 0:2, c(\"censored\", \"severe event\", \"death\"))"
        ));
        let conf = conf(options.conf_type, options.conf_level);
        let Shown { scale, .. } = self.units(TimeUnit::Days, first.rules);
        self.line(&format!(
            "print(incidence{i} <- survfit(Surv(time, state) ~ group, data = first{i}, {conf}){scale})"
        ));
        let days = |shown: &f64| first.rules.in_unit(*shown, TimeUnit::Days);
        let at: Vec<f64> = first.landmarks.iter().map(days).collect();
        if !at.is_empty() {
            self.line(&format!(
                "print(first_rates{i} <- summary(incidence{i}, times = {}, extend = TRUE{scale}))",
                numbers(&at)
            ));
        }
        if arms > 1 {
            self.line("if (requireNamespace(\"cmprsk\", quietly = TRUE)) {");
            self.line(&format!(
                "  print(first_gray{i} <- with(first{i}, cmprsk::cuminc(time, cause, group))$Tests)"
            ));
            self.line("} else cat(\"Gray's test needs the package cmprsk: install.packages(\\\"cmprsk\\\")\\n\")");
        }
    }

    fn rates_by_exposure(
        &mut self,
        i: usize,
        options: &SafetyOptions,
        rates: &SafetyRates,
        origin: Origin<'_>,
        rows: &str,
    ) {
        let mapping = origin.mapping;
        let counted = u8::from(mapping.rules.count_first_day);
        let (days, first_day) = match rates.exposure {
            ExposureSource::Therapies => (
                "ifelse(is.na(last_dose), end, last_dose) - start + 1".to_owned(),
                1,
            ),
            ExposureSource::FollowUp => (format!("end - start + {counted}"), counted),
            ExposureSource::Survival => {
                let survival = origin
                    .cohort
                    .and_then(|cohort| cohort.endpoint(Endpoint::Os));
                let unit = survival.map_or(1.0, |data| data.unit.days(mapping.rules.month));
                let code = Endpoint::Os.code();
                (
                    format!("derived_number(\"{code}_time\")[at] * {unit}"),
                    counted,
                )
            }
        };
        self.line(&format!("days{i} <- with(period{i}, {days})"));
        self.line(&format!("days{i}[days{i} < 0] <- NA"));
        self.line(&format!(
            "print(rates{i} <- exposure_rates({rows}{i}, cohort{i}$group, days{i}, period{i}$start, {first_day}, {}, {}))",
            options.rate_unit.days(mapping.rules.month),
            options.conf_level
        ));
        if rates.arms.len() == 2 {
            self.line(&format!(
                "print(rate_ratios{i} <- t(sapply(rates{i}, function(of) c(\n  \
                 ratio_of_rates(of[1, ], of[2, ], {level}), ratio_of_rates(of[6, ], of[7, ], {level})))))",
                level = options.conf_level
            ));
        }
    }
}

/// The particular rows of a table whose columns are there.
fn known(mapped: MappedEvents) -> String {
    let known = [
        true,
        mapped.grade,
        mapped.serious,
        mapped.discontinued,
        mapped.dose_changed,
        mapped.grade || mapped.fatal,
    ];
    format!("c({})", known.map(logical).join(", "))
}

fn status(status: &Option<StatusColumn>) -> String {
    match status {
        None => "NA".to_owned(),
        Some(status) => is_one_of(
            &status.column,
            &status.event_values,
            status.blank_is_no_event,
        ),
    }
}

/// The csv of a sheet: the file itself, or one named for the sheet.
fn file_of(table: &TableName) -> String {
    match (&table.file, &table.sheet) {
        (Some(file), None) => file.clone(),
        (_, Some(sheet)) => format!("{sheet}.csv"),
        (None, None) => "events.csv".to_owned(),
    }
}
