//! An R script that computes the same from the person's file.
//!
//! It holds headings, codes and options, and the rows left out; never a patient's values but the
//! corrections that the person typed.

use std::fmt::Write;

use super::{Origin, Section};
use crate::analysis::{
    ConfType, EndpointDefinition, Exclusion, ExclusionReason, FrequencyOutcome, Outcome,
    PermutationMethod, ProportionMethod, SensitivityOutcome, SurvivalOutcome,
};
use crate::cohort::{
    BestResponse, Correction, Endpoint, Mapping, StatusColumn, TimeAndCause, TimeAndEvent,
    TimeRules, TimeUnit,
};
use crate::table::{DateOrder, Format};

mod baseline;
mod comparison;
mod competing;
mod cox;
mod cut_point;
mod derived;
mod entry;
mod groups;
mod own;
mod response;
mod safety;

/// Reads the file as `table` does, in base R.
const READ: &str = include_str!("read.R");

/// The exact permutation test of two groups.
const PERMUTATION: &str = include_str!("permutation.R");

/// Reads a column of causes.
const CAUSES: &str = include_str!("causes.R");

/// More arrangements than this take R too much memory; the script leaves the test out and says so.
const ARRANGEMENTS: u64 = 100_000;

/// The whole script.
pub(super) fn document(sections: &[Section], origin: Origin<'_>) -> String {
    let body = body(sections, origin);
    let mut script = Script::default();
    script.file(origin);
    script.set("joined_headings", &texts(&joined_headings(origin)));
    script.text.push_str(READ);
    if body.derived {
        script.derived_values(origin);
    }
    for (functions, used) in FUNCTIONS {
        if sections.iter().any(|section| used(&section.outcome)) {
            script.text.push_str(functions);
        }
    }
    script.text + &body.text
}

/// The file that the script reads beside the person's own; empty where it reads none.
pub(super) fn derived_values(sections: &[Section], origin: Origin<'_>) -> String {
    match origin.cohort {
        Some(cohort) if body(sections, origin).derived => derived::document(cohort, origin.joined),
        Some(_) | None => String::new(),
    }
}

/// Whether the section of an outcome uses some functions.
type Uses = fn(&Outcome) -> bool;

/// The functions of the script, each with the outcomes that use them.
const FUNCTIONS: [(&str, Uses); 8] = [
    (PERMUTATION, |outcome| match outcome {
        Outcome::Survival(outcome) => permutes(outcome),
        Outcome::Sensitivity(outcome) => outcome.by.iter().any(|rule| permutes(&rule.survival)),
        _ => false,
    }),
    (CAUSES, |outcome| matches!(outcome, Outcome::Competing(_))),
    (groups::FUNCTIONS, |outcome| {
        matches!(
            outcome,
            Outcome::Groups(_) | Outcome::Baseline(_) | Outcome::Safety(_)
        )
    }),
    (baseline::FUNCTIONS, |outcome| {
        matches!(outcome, Outcome::Baseline(_))
    }),
    (comparison::FUNCTIONS, |outcome| {
        matches!(outcome, Outcome::Comparison(_))
    }),
    (cut_point::FUNCTIONS, |outcome| {
        matches!(outcome, Outcome::CutPoint(_))
    }),
    (safety::FUNCTIONS, |outcome| {
        matches!(outcome, Outcome::Safety(_))
    }),
    (
        cox::FUNCTIONS,
        |outcome| matches!(outcome, Outcome::Cox(outcome) if cox::needs_functions(outcome)),
    ),
];

/// The sections of the script.
fn body(sections: &[Section], origin: Origin<'_>) -> Script {
    let mut script = Script {
        text: String::new(),
        derived: !origin.mapping.joined.is_empty(),
    };
    for (i, section) in sections.iter().enumerate() {
        match &section.outcome {
            Outcome::Survival(outcome) => script.survival(i + 1, outcome, origin.mapping),
            Outcome::Response(outcome) => script.response(i + 1, outcome, origin.mapping),
            Outcome::Frequency(outcome) => script.frequency(i + 1, outcome, origin.mapping),
            Outcome::Competing(outcome) => script.competing(i + 1, outcome, origin.mapping),
            Outcome::Groups(outcome) => script.groups(i + 1, outcome, origin.mapping),
            Outcome::Comparison(outcome) => script.comparison(i + 1, outcome, origin.mapping),
            Outcome::Sensitivity(outcome) => script.sensitivity(i + 1, outcome, origin.mapping),
            Outcome::Cox(outcome) => script.cox(i + 1, outcome, origin.mapping),
            Outcome::Subgroups(outcome) => script.subgroups(i + 1, outcome, origin.mapping),
            Outcome::CutPoint(outcome) => script.cut_point(i + 1, outcome, origin.mapping),
            Outcome::Tumours(_) => script.pictures(i + 1, "Tumour courses"),
            Outcome::Swimmer(_) => script.pictures(i + 1, "Swimmer plot"),
            Outcome::Baseline(outcome) => script.baseline(i + 1, outcome, origin.mapping),
            Outcome::Flow(outcome) => script.flow(i + 1, outcome, origin.mapping),
            Outcome::Safety(outcome) => script.safety(i + 1, outcome, origin),
        }
    }
    script
}

fn joined_headings(origin: Origin<'_>) -> Vec<&str> {
    (origin.joined.iter())
        .map(|column| &*column.heading)
        .collect()
}

/// The name of the person's file without its ending.
fn stem(origin: Origin<'_>) -> &str {
    let name = &*origin.source.file_name;
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The sections while they are written.
#[derive(Default)]
struct Script {
    text: String,
    /// Whether it reads the file of derived values.
    derived: bool,
}

/// How R prints times in the unit of the report; empty where they are in it.
#[derive(Default)]
struct Shown {
    /// The argument of its functions: `, scale = month`.
    scale: String,
    /// What follows a number: ` / month`.
    divided: String,
}

impl Script {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `name <- value`.
    fn set(&mut self, name: &str, value: &str) {
        self.line(&format!("{name} <- {value}"));
    }

    /// What the file is and how it was read.
    fn file(&mut self, origin: Origin<'_>) {
        let (mapping, source, reading) = (origin.mapping, origin.source, origin.reading);
        let version = env!("CARGO_PKG_VERSION");
        self.line(&comment(&format!(
            "Computes in R what oncurve {version} computed from {}.",
            source.file_name
        )));
        self.line("# Needs R 3.6 or later; the package survival comes with R.");
        self.line("library(survival)\n");
        let delimited = source.format == Format::Delimited;
        if delimited {
            self.line("# Run it in the folder of the file.");
            self.set("path", &quote(&source.file_name));
        } else {
            let sheet = source.sheet.as_deref().unwrap_or_default();
            self.line(&comment(&format!(
                "Save the sheet {sheet} as csv (CSV UTF-8 in Excel) under this name, and run the script in its folder."
            )));
            self.set("path", &quote(&format!("{}.csv", stem(origin))));
        }
        self.set("encoding", &quote(&encoding(source.encoding.as_deref())));
        let separator = if delimited { source.delimiter } else { None };
        self.set("separator", &quote(&separator.unwrap_or(',').to_string()));
        self.set("header_row", &source.header_row.to_string());
        self.set("decimal_comma", logical(source.decimal_comma));
        let orders = (reading.columns.iter())
            .filter_map(|(heading, column)| Some((heading, quote(date_order(column.date_order?)))));
        self.set("date_orders", &list(orders));
        let missing = (reading.columns.iter())
            .filter_map(|(heading, column)| Some((heading, texts(column.missing.as_ref()?))));
        self.set("missing_texts", &list(missing));
        self.set("excluded_rows", &numbers(&mapping.excluded_rows));
        self.set("corrections", "list()");
        let own = |correction: &&Correction| correction.table.is_none();
        for correction in mapping.corrections.iter().filter(own) {
            self.line(&format!(
                "corrections <- c(corrections, list(list(row = {}, column = {}, value = {})))",
                correction.row,
                quote(&correction.column),
                quote(&correction.value)
            ));
        }
        let cut_off = mapping.cut_off.map_or_else(
            || "NA".to_owned(),
            |date| format!("as.numeric(as.Date(\"{date}\"))"),
        );
        self.set("cut_off", &cut_off);
        let calendar = mapping.rules.counts_calendar_months();
        self.set("calendar", logical(calendar));
        self.set(
            "count_first_day",
            if mapping.rules.count_first_day {
                "1"
            } else {
                "0"
            },
        );
    }

    fn title(&mut self, number: usize, name: &str, group: Option<&str>) {
        let by = group.map_or_else(String::new, |group| format!(" by {group}"));
        self.text.push('\n');
        self.line(&comment(&format!("---- Section {number}: {name}{by}")));
        self.text.push('\n');
    }

    fn survival(&mut self, i: usize, outcome: &SurvivalOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, name(options.endpoint), options.group.as_deref());
        self.endpoint(options.endpoint, &outcome.definition, mapping);
        self.survival_of(i, outcome, mapping);
    }

    /// The estimates of `data`.
    fn survival_of(&mut self, i: usize, outcome: &SurvivalOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let arms: Vec<&str> = outcome
            .arms
            .iter()
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        self.group(options.group.as_deref(), &arms, mapping);
        self.sample(i, &outcome.exclusions, outcome.overall.n);
        self.curves(i, outcome);
        if let Some(comparison) = &outcome.comparison {
            self.log_rank(i, comparison.log_rank.p_value);
            if permutes(outcome) {
                self.line(&format!(
                    "cat(\"permutation p =\", permuted{i} <- with(cohort{i}, permutation_p(time, event, group)), \"\\n\")"
                ));
            } else if comparison.permutation.is_some() {
                self.line(
                    "# The permutation test is not repeated here: its arrangements are too many.",
                );
            }
            if arms.len() == 2 {
                self.line(&format!(
                    "cox{i} <- coxph(Surv(time, event) ~ group, data = cohort{i}, ties = \"efron\")"
                ));
                self.line(&format!(
                    "print(summary(cox{i}, conf.int = {}))",
                    options.conf_level
                ));
            } else {
                self.pairs(i);
            }
        }
    }

    /// The same under each of the rules of censoring.
    fn sensitivity(&mut self, i: usize, outcome: &SensitivityOutcome, mapping: &Mapping) {
        for rule in &outcome.by {
            let options = &rule.survival.options;
            let by = format!("{}, {} rules", name(options.endpoint), rule.preset.code());
            self.title(i, &by, options.group.as_deref());
            self.derived_endpoint(&derived::by_rules(options.endpoint, rule.preset));
            self.survival_of(i, &rule.survival, mapping);
        }
    }

    /// The times and events of an endpoint, as `data`.
    fn endpoint(&mut self, endpoint: Endpoint, definition: &EndpointDefinition, mapping: &Mapping) {
        let given = match endpoint {
            Endpoint::Pfs => mapping.pfs.clone(),
            Endpoint::Os => mapping.os.clone(),
            Endpoint::Efs => mapping.competing.as_ref().map(TimeAndCause::any_event),
            _ => None,
        };
        match (definition, given) {
            (EndpointDefinition::Given { .. }, Some(given)) => {
                self.given(&given, "data.frame(time = as_number(")
            }
            (EndpointDefinition::GivenDates { .. }, Some(given)) => {
                self.date("start", &mapping.start);
                self.given(&given, "follow_up(start, as_day(");
            }
            (EndpointDefinition::Rules { .. }, _) => self.by_rules(endpoint),
            (EndpointDefinition::Own { definition, .. }, _) => self.own(definition),
            (EndpointDefinition::Dates { .. }, _)
            | (EndpointDefinition::Given { .. } | EndpointDefinition::GivenDates { .. }, None) => {
                self.course(endpoint, mapping);
            }
        }
    }

    /// A ready-made time with its event.
    fn given(&mut self, given: &TimeAndEvent, time: &str) {
        let event = is_one_of(&given.event, &given.event_values, given.blank_is_no_event);
        let name = if time.starts_with("data.frame") {
            "event = "
        } else {
            ""
        };
        self.line(&format!(
            "data <- {time}{}), {name}{event})",
            quote(&given.time)
        ));
    }

    /// A column of dates as days.
    fn date(&mut self, name: &str, heading: &Option<String>) {
        let value = heading.as_ref().map_or_else(
            || "rep(NA_real_, nrow(cells))".to_owned(),
            |heading| format!("as_day({})", quote(heading)),
        );
        self.set(name, &value);
    }

    /// The plain rules, on the dates that the endpoint rests on.
    fn course(&mut self, endpoint: Endpoint, mapping: &Mapping) {
        self.date("start", &mapping.start);
        self.date("death", &mapping.death);
        self.date("last_contact", &mapping.last_contact);
        if let (
            None,
            Some(StatusColumn {
                column,
                event_values,
                blank_is_no_event,
                ..
            }),
        ) = (&mapping.death, &mapping.died)
        {
            self.line("# The date of last contact is that of death for those who died.");
            self.set("died", &is_one_of(column, event_values, *blank_is_no_event));
            self.line("death <- ifelse(died %in% TRUE, last_contact, NA)");
        }
        self.line("end <- ifelse(is.na(death), last_contact, death)");
        self.line("event <- !is.na(death)");
        match endpoint {
            Endpoint::Os => {}
            _ => {
                self.date("progression", &mapping.progression);
                self.line("end <- ifelse(is.na(progression), end, progression)");
                self.line("event <- event | !is.na(progression)");
            }
        }
        self.line("data <- follow_up(start, end, event)");
    }

    /// A section that shows data and estimates nothing.
    fn pictures(&mut self, i: usize, what: &str) {
        self.line(&format!(
            "\n# {i}. {what}: it rests on other sheets than this script reads, and estimates nothing."
        ));
    }

    /// An endpoint that rests on other sheets than this script reads.
    fn by_rules(&mut self, endpoint: Endpoint) {
        self.derived_endpoint(endpoint.code());
    }

    /// A time with its event out of the file of derived values.
    fn derived_endpoint(&mut self, code: &str) {
        self.derived = true;
        self.line(&format!(
            "data <- data.frame(time = derived_number(\"{code}_time\"), event = derived_number(\"{code}_event\") == 1)"
        ));
    }

    fn group(&mut self, group: Option<&str>, arms: &[&str], mapping: &Mapping) {
        if let Some(group) = group {
            let groups = factor(group, arms, mapping);
            self.line(&format!("data$group <- {groups}"));
        }
    }

    /// The rows that are left out of all; those without a covariate are in all but its models.
    fn left_out(&mut self, exclusions: &[Exclusion]) {
        let rows: Vec<u32> = (exclusions.iter())
            .filter(|exclusion| {
                !matches!(
                    exclusion.reason,
                    ExclusionReason::NoCovariate { .. } | ExclusionReason::NotAdjusted { .. }
                )
            })
            .flat_map(|exclusion| exclusion.subjects.iter().map(|subject| subject.row))
            .collect();
        self.set("left_out", &numbers(&rows));
    }

    /// The patients who are analysed, counted.
    fn sample(&mut self, i: usize, exclusions: &[Exclusion], n: usize) {
        self.left_out(exclusions);
        self.line(&format!(
            "cohort{i} <- data[!row %in% left_out & complete.cases(data), , drop = FALSE]"
        ));
        self.line(&format!("stopifnot(nrow(cohort{i}) == {n})"));
    }

    fn curves(&mut self, i: usize, outcome: &SurvivalOutcome) {
        let options = &outcome.options;
        let by = if options.group.is_some() {
            "group"
        } else {
            "1"
        };
        let conf = conf(options.conf_type, options.conf_level);
        let Shown { scale, .. } = self.units(outcome.unit, outcome.rules);
        self.line(&format!(
            "print(fit{i} <- survfit(Surv(time, event) ~ {by}, data = cohort{i}, {conf}){scale})"
        ));
        self.line(&format!(
            "print(quantile(fit{i}, c(0.25, 0.5, 0.75){scale}))"
        ));
        if let Some(arm) = outcome.arms.first().filter(|arm| !arm.rates.is_empty()) {
            let times: Vec<f64> = arm.rates.iter().map(|rate| rate.time).collect();
            self.line(&format!(
                "print(rates{i} <- summary(fit{i}, times = {}, extend = TRUE{scale}))",
                numbers(&times)
            ));
        }
        self.line(&format!(
            "print(follow_up{i} <- survfit(Surv(time, !event) ~ {by}, data = cohort{i}, {conf}){scale})"
        ));
    }

    /// Says how times become those of the report, where they are in another unit.
    fn units(&mut self, unit: TimeUnit, rules: TimeRules) -> Shown {
        if unit == rules.display {
            return Shown::default();
        }
        let (from, shown) = (unit_name(unit), unit_name(rules.display));
        let days = |unit: TimeUnit| unit.days(rules.month);
        self.line(&format!(
            "# Times are in {from}s. The report shows {shown}s: printed times are divided by the {from}s of a {shown}."
        ));
        let value = match unit {
            TimeUnit::Days => days(rules.display).to_string(),
            TimeUnit::Weeks | TimeUnit::Months | TimeUnit::Years => {
                format!("{} / {}", days(rules.display), days(unit))
            }
        };
        self.set(shown, &value);
        Shown {
            scale: format!(", scale = {shown}"),
            divided: format!(" / {shown}"),
        }
    }

    /// The log-rank test of `cohort`; R stops at one that cannot be computed.
    fn log_rank(&mut self, i: usize, p_value: Option<f64>) {
        self.line(&match p_value {
            Some(_) => {
                format!("print(test{i} <- survdiff(Surv(time, event) ~ group, data = cohort{i}))")
            }
            None => "# There is no log-rank test: at no event could the groups differ.".to_owned(),
        });
    }

    /// Log-rank tests of every pair, with Holm's correction.
    fn pairs(&mut self, i: usize) {
        let _ = write!(
            self.text,
            "pairs{i} <- apply(combn(levels(cohort{i}$group), 2), 2, function(pair) {{\n  \
             test <- try(survdiff(Surv(time, event) ~ group, data = cohort{i}, subset = group %in% pair), silent = TRUE)\n  \
             c(pair, if (inherits(test, \"try-error\")) NA else pchisq(test$chisq, 1, lower.tail = FALSE))\n}})\n\
             print(data.frame(first = pairs{i}[1, ], second = pairs{i}[2, ], p = as.numeric(pairs{i}[3, ]),\n  \
             holm = p.adjust(as.numeric(pairs{i}[3, ]), \"holm\")))\n"
        );
    }

    fn frequency(&mut self, i: usize, outcome: &FrequencyOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, &options.column, options.group.as_deref());
        let levels: Vec<&str> = outcome.levels.iter().map(String::as_str).collect();
        let values = factor(&options.column, &levels, mapping);
        self.line(&format!("data <- data.frame(value = {values})"));
        let arms: Vec<&str> = (outcome.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        self.group(options.group.as_deref(), &arms, mapping);
        self.sample(i, &outcome.exclusions, outcome.overall.n);
        self.line(interval(options.method));
        self.line(&format!("print(counts{i} <- table(cohort{i}))"));
        let groups = if arms.is_empty() {
            format!("list(all = rep(TRUE, nrow(cohort{i})))")
        } else {
            format!("lapply(levels(cohort{i}$group), function(g) cohort{i}$group == g)")
        };
        self.line(&format!(
            "for (of in {groups}) print(sapply(levels(cohort{i}$value), function(level) {{\n  \
             x <- sum(cohort{i}$value[of] == level)\n  \
             c(x, x / sum(of), interval(x, sum(of), {}))\n}}))",
            options.conf_level
        ));
        if outcome.fisher.is_some() {
            self.line(&format!("print(fisher.test(counts{i}))"));
        }
    }
}

fn name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Pfs => "PFS",
        Endpoint::Os => "OS",
        Endpoint::Efs => "EFS",
        Endpoint::Ipfs => "iPFS",
        Endpoint::Ttp => "TTP",
        Endpoint::Ttr => "TTR",
        Endpoint::Dor => "DoR",
        Endpoint::Idor => "iDoR",
        Endpoint::Pfs2 => "PFS2",
        Endpoint::TimeOnTreatment => "time on treatment",
        Endpoint::Own(name) => name.as_str(),
    }
}

fn unit_name(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "day",
        TimeUnit::Weeks => "week",
        TimeUnit::Months => "month",
        TimeUnit::Years => "year",
    }
}

/// A grouping column with the labels of the mapping, as a factor of these levels.
fn factor(column: &str, levels: &[&str], mapping: &Mapping) -> String {
    let labels = labels(column, mapping);
    format!("groups_of({}, {labels}, {})", quote(column), texts(levels))
}

/// The same with every group that the column has.
fn all_groups(column: &str, mapping: &Mapping) -> String {
    let (heading, labels) = (quote(column), labels(column, mapping));
    format!("groups_of({heading}, {labels}, unique(c({labels}, column({heading}))))")
}

/// The labels of the mapping by the texts of the file.
fn labels(column: &str, mapping: &Mapping) -> String {
    let labels = (mapping.counted.iter().chain(&mapping.groups))
        .filter(|grouping| grouping.column == column)
        .flat_map(|grouping| &grouping.labels)
        .map(|(text, label)| (text, quote(label)));
    format!("unlist({})", list(labels))
}

/// The arguments of an interval.
fn conf(conf_type: ConfType, conf_level: f64) -> String {
    let conf_type = match conf_type {
        ConfType::Log => "log",
        ConfType::LogLog => "log-log",
        ConfType::Plain => "plain",
        ConfType::Logit => "logit",
        ConfType::Arcsine => "arcsin",
    };
    format!("conf.type = \"{conf_type}\", conf.int = {conf_level}")
}

/// Whether the script repeats the permutation test.
fn permutes(outcome: &SurvivalOutcome) -> bool {
    let test = outcome
        .comparison
        .as_ref()
        .and_then(|comparison| comparison.permutation.as_ref());
    match test.map(|test| test.method) {
        Some(PermutationMethod::Exact { arrangements }) => {
            outcome.arms.len() == 2 && arrangements <= ARRANGEMENTS
        }
        Some(PermutationMethod::MonteCarlo { .. }) | None => false,
    }
}

/// R's function for the interval of x of n.
fn interval(method: ProportionMethod) -> &'static str {
    match method {
        ProportionMethod::ClopperPearson => {
            "interval <- function(x, n, level) as.numeric(binom.test(x, n, conf.level = level)$conf.int)"
        }
        ProportionMethod::Wilson => {
            "interval <- function(x, n, level) as.numeric(prop.test(x, n, conf.level = level, correct = FALSE)$conf.int)"
        }
        ProportionMethod::AgrestiCoull => {
            "interval <- function(x, n, level) {\n  \
             z <- qnorm(1 - (1 - level) / 2)\n  \
             p <- (x + z^2 / 2) / (n + z^2)\n  \
             limits <- p + c(-1, 1) * z * sqrt(p * (1 - p) / (n + z^2))\n  \
             c(if (x == 0) 0 else max(0, limits[1]), if (x == n) 1 else min(1, limits[2]))\n}"
        }
        ProportionMethod::Jeffreys => {
            "interval <- function(x, n, level) {\n  \
             limits <- qbeta(c((1 - level) / 2, 1 - (1 - level) / 2), x + 0.5, n - x + 0.5)\n  \
             c(if (x == 0) 0 else limits[1], if (x == n) 1 else limits[2])\n}"
        }
        ProportionMethod::MidP => {
            "interval <- function(x, n, level) {\n  \
             alpha <- (1 - level) / 2\n  \
             upper <- function(p) pbinom(x, n, p) - dbinom(x, n, p) / 2 - alpha\n  \
             lower <- function(p) pbinom(x - 1, n, p, lower.tail = FALSE) - dbinom(x, n, p) / 2 - alpha\n  \
             c(if (x == 0) 0 else uniroot(lower, 0:1, tol = 1e-12)$root,\n    \
             if (x == n) 1 else uniroot(upper, 0:1, tol = 1e-12)$root)\n}"
        }
    }
}

fn code(best: BestResponse) -> &'static str {
    match best {
        BestResponse::Missing => "missing",
        best => best.name(),
    }
}

fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::YearMonthDay => "ymd",
        DateOrder::DayMonthYear => "dmy",
        DateOrder::MonthDayYear => "mdy",
    }
}

/// R's name of an encoding; a byte order mark before UTF-8 is skipped.
fn encoding(label: Option<&str>) -> String {
    match label {
        None | Some("UTF-8") => "UTF-8-BOM".to_owned(),
        Some(label) => label.to_owned(),
    }
}

fn is_one_of(heading: &str, values: &[String], blank_is_no_event: bool) -> String {
    let (heading, values) = (quote(heading), texts(values));
    if blank_is_no_event {
        format!("is_one_of({heading}, {values}, blank = FALSE)")
    } else {
        format!("is_one_of({heading}, {values})")
    }
}

/// A text as R reads it back. Nothing in it can end the string.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            // R has no NUL in strings.
            '\0' => quoted.push(' '),
            unseen if is_unseen(unseen) => {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(unseen));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A comment of one line, whatever the text holds.
fn comment(text: &str) -> String {
    let line: String = (text.chars())
        .map(
            |character| {
                if is_unseen(character) { ' ' } else { character }
            },
        )
        .collect();
    format!("# {line}")
}

/// Controls, and what ends a line or turns its direction in an editor: code must read as it runs.
fn is_unseen(character: char) -> bool {
    let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || turns || matches!(character, '\u{2028}' | '\u{2029}')
}

fn texts<T: AsRef<str>>(texts: &[T]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quote(text.as_ref())).collect();
    format!("c({})", quoted.join(", "))
}

fn numbers<T: ToString>(numbers: &[T]) -> String {
    let mut list = String::from("c(");
    for (i, number) in numbers.iter().enumerate() {
        let separator = match i {
            0 => "",
            _ if i % 20 == 0 => ",\n  ",
            _ => ", ",
        };
        list.push_str(separator);
        list.push_str(&number.to_string());
    }
    list.push(')');
    list
}

/// A list whose names may be any text.
fn list<'a>(entries: impl Iterator<Item = (&'a String, String)>) -> String {
    let (names, values): (Vec<&String>, Vec<String>) = entries.unzip();
    if names.is_empty() {
        return "list()".to_owned();
    }
    format!("setNames(list({}), {})", values.join(", "), texts(&names))
}

fn logical(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}
