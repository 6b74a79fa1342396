//! The tables of adverse events.

use super::super::words::{capitalised, column, empty_groups, exclusions, unit, with_overall};
use super::super::{Block, Row, SharedHead};
use super::{Section, related};
use crate::analysis::{
    Difference, EventRates, GradeCounts, IncidenceRate, Ratio, SafetyArm, SafetyRowKind,
    SafetyTable,
};

/// The worst grade of patients that a column counts.
#[derive(Clone, Copy)]
enum Counted {
    Any,
    Below(u8),
    From(u8),
    Grade(u8),
    Ungraded,
}

impl Counted {
    fn of(self, counts: &GradeCounts) -> usize {
        match self {
            Counted::Any => counts.any,
            Counted::Below(grade) => counts.below_grade(grade),
            Counted::From(grade) => counts.from_grade(grade),
            Counted::Grade(grade) => counts.grades[usize::from(grade) - 1],
            Counted::Ungraded => counts.ungraded,
        }
    }
}

/// What a table shows of every row.
#[derive(Clone, Copy)]
struct Columns<'c> {
    /// Message id of its caption.
    caption: &'c str,
    counted: &'c [Counted],
    /// Whether two groups are compared.
    compared: bool,
    /// Whether only all patients are counted, and not the groups.
    of_all: bool,
}

/// The heads of a table.
struct Heads {
    columns: Vec<String>,
    shared: Vec<SharedHead>,
}

impl Heads {
    fn into_table(self, caption: String, rows: Vec<Row>, notes: Vec<String>) -> Block {
        Block::Table {
            caption,
            columns: self.columns,
            shared_heads: self.shared,
            rows,
            notes,
        }
    }
}

/// More groups than this have no room beside each other with several columns each.
const BESIDE: usize = 4;

impl Section<'_> {
    /// Any and severe grades, then each grade; one table of both without groups.
    pub(super) fn tables(&self, table: &SafetyTable) -> Vec<Block> {
        let severe = self.severe();
        let summary = [Counted::Any, Counted::Below(severe), Counted::From(severe)];
        let ungraded = (self.outcome.tables.iter())
            .flat_map(|table| &table.rows)
            .any(|row| row.overall.ungraded > 0);
        let each = (1..=5).map(Counted::Grade);
        let each: Vec<Counted> = each.chain(ungraded.then_some(Counted::Ungraded)).collect();
        let plain = Columns {
            caption: "safety-table",
            counted: &[Counted::Any],
            compared: true,
            of_all: false,
        };
        let grades = Columns {
            caption: "safety-table-grades",
            counted: &each,
            compared: false,
            of_all: self.outcome.arms.len() > BESIDE,
        };
        if !self.outcome.mapped.grade {
            return vec![self.counts(table, &plain)];
        }
        if self.outcome.arms.is_empty() {
            let all: Vec<Counted> = summary.into_iter().chain(each).collect();
            let counted = &all[..];
            return vec![self.counts(table, &Columns { counted, ..plain })];
        }
        let summaries: Vec<&[Counted]> = match grades.of_all {
            false => vec![&summary],
            true => summary.chunks(1).collect(),
        };
        let summaries = summaries
            .into_iter()
            .map(|counted| self.counts(table, &Columns { counted, ..plain }));
        summaries.chain([self.counts(table, &grades)]).collect()
    }

    fn counts(&self, table: &SafetyTable, shown: &Columns<'_>) -> Block {
        let arms = match shown.of_all {
            true => vec![&self.outcome.overall],
            false => with_overall(&self.outcome.arms, &self.outcome.overall),
        };
        let compared = shown.compared && self.outcome.arms.len() == 2;
        let counted = shown.counted;
        let mut heads = self.heads((arms.iter()).map(|arm| {
            let counted = counted.iter().map(|of| self.counted(*of)).collect();
            (column(arm.label.as_deref(), arm.n, self.text), counted)
        }));
        if compared {
            let columns = &mut heads.columns;
            columns.push(self.difference_head("safety-column-difference"));
            if self.outcome.mapped.grade {
                columns.push(self.difference_head("safety-column-severe-difference"));
            }
        }
        let rows = (table.rows.iter())
            .map(|row| {
                let all = match shown.of_all {
                    true => vec![&row.overall],
                    false => with_overall(&row.arms, &row.overall),
                };
                let mut cells: Vec<String> = (all.iter().zip(&arms))
                    .flat_map(|(counts, arm)| {
                        let cell = |of: &Counted| self.style.count_percent(of.of(counts), arm.n);
                        counted.iter().map(cell).collect::<Vec<_>>()
                    })
                    .collect();
                if compared {
                    cells.push(self.difference(row.difference.as_ref()));
                    if self.outcome.mapped.grade {
                        cells.push(self.difference(row.severe_difference.as_ref()));
                    }
                }
                self.row(&row.kind, cells)
            })
            .collect();
        let group = (self.outcome.options.group.as_deref())
            .filter(|_| !shown.of_all)
            .unwrap_or("none");
        let caption = self.say(
            shown.caption,
            &[("cause", related(table.related)), ("group", group.into())],
        );
        let caption = match counted {
            [only] if self.outcome.arms.len() > BESIDE && self.outcome.mapped.grade => {
                let only = self.counted(*only);
                let arguments = [("caption", caption.into()), ("counted", only.into())];
                self.say("safety-table-counted", &arguments)
            }
            _ => caption,
        };
        let mut notes = self.notes(table, compared);
        if shown.of_all {
            notes.push(self.text.get("safety-note-grades-of-all"));
        }
        heads.into_table(caption, rows, notes)
    }

    fn row(&self, kind: &SafetyRowKind, cells: Vec<String>) -> Row {
        let under = matches!(kind, SafetyRowKind::Term { .. }) && self.by_system();
        Row {
            head: self.head(kind),
            cells,
            indent: u8::from(under),
        }
    }

    fn by_system(&self) -> bool {
        self.outcome.options.by_system && self.outcome.mapped.system
    }

    /// The heads over the events, and over what each group has of them: its name once where that is several columns.
    fn heads(&self, groups: impl Iterator<Item = (String, Vec<String>)>) -> Heads {
        let mut heads = Heads {
            columns: vec![self.text.get("safety-column-event")],
            shared: Vec::new(),
        };
        for (group, of_group) in groups {
            let from = heads.columns.len();
            heads.columns.extend(of_group.iter().map(|of| {
                let (group, of) = (group.as_str().into(), of.as_str().into());
                self.say("safety-column", &[("group", group), ("counted", of)])
            }));
            if of_group.len() > 1 {
                heads.shared.push(SharedHead {
                    head: group,
                    from,
                    columns: of_group.iter().map(|of| capitalised(of)).collect(),
                });
            }
        }
        heads
    }

    fn counted(&self, counted: Counted) -> String {
        let grade = |id: &str, grade: u8| self.say(id, &[("grade", grade.into())]);
        match counted {
            Counted::Any if self.outcome.mapped.grade => self.text.get("safety-grade-any"),
            Counted::Any => self.text.get("safety-patients"),
            Counted::Below(2) => grade("safety-grade", 1),
            Counted::Below(severe) => grade("safety-grade-below", severe - 1),
            Counted::From(5) => grade("safety-grade", 5),
            Counted::From(severe) => grade("safety-grade-from", severe),
            Counted::Grade(of) => grade("safety-grade", of),
            Counted::Ungraded => self.text.get("safety-grade-none"),
        }
    }

    fn difference_head(&self, id: &str) -> String {
        let arguments = [
            ("level", self.level().into()),
            ("grade", self.severe().into()),
        ];
        self.say(id, &arguments)
    }

    fn difference(&self, difference: Option<&Difference>) -> String {
        let Some(difference) = difference else {
            return crate::format::NOT_ESTIMABLE.to_owned();
        };
        let estimate = self.style.percent_number(difference.estimate);
        format!("{estimate} ({})", self.range(difference))
    }

    fn notes(&self, table: &SafetyTable, compared: bool) -> Vec<String> {
        let outcome = self.outcome;
        let mut notes = vec![self.text.get("safety-note-counts")];
        if table
            .rows
            .iter()
            .any(|row| row.kind == SafetyRowKind::Fatal)
            && outcome.mapped.fatal
        {
            notes.push(self.text.get("safety-note-fatal"));
        }
        if compared && let [first, second] = &outcome.arms[..] {
            let label = |arm: &SafetyArm| arm.label.clone().unwrap_or_default();
            let arguments = [
                ("first", label(first).into()),
                ("second", label(second).into()),
            ];
            notes.push(self.say("safety-note-difference", &arguments));
        }
        if outcome.below_threshold > 0 {
            let threshold = self.style.short(outcome.options.threshold);
            let arguments = [
                ("n", outcome.below_threshold.into()),
                ("threshold", threshold.into()),
                ("groups", outcome.arms.len().into()),
            ];
            notes.push(self.say("safety-note-threshold", &arguments));
        }
        if outcome.not_emergent > 0 {
            let arguments = [
                ("n", outcome.not_emergent.into()),
                ("before", outcome.before_start.into()),
            ];
            notes.push(self.say("safety-note-not-emergent", &arguments));
        }
        notes.extend(empty_groups(&outcome.empty_groups, self.text));
        notes
    }

    /// That so many events before the treatment are not counted.
    fn early_note(&self, n: usize) -> Option<String> {
        (n > 0).then(|| self.say("safety-note-before-start", &[("n", n.into())]))
    }

    /// Patients with a first severe event, and its incidence over time.
    pub(super) fn first_table(&self) -> Vec<Block> {
        let Some(first) = &self.outcome.first else {
            return Vec::new();
        };
        let arms = with_overall(&first.arms, &first.overall);
        let mut columns = vec![String::new()];
        columns.extend(
            arms.iter()
                .map(|arm| column(arm.label.as_deref(), arm.n, self.text)),
        );
        let row = |head: String, cells: Vec<String>| Row {
            head,
            cells,
            indent: 0,
        };
        let counted = |id: &str, count: &dyn Fn(&crate::analysis::FirstEventArm) -> usize| {
            let cells = arms
                .iter()
                .map(|arm| self.style.count_percent(count(arm), arm.n));
            row(self.text.get(id), cells.collect())
        };
        let mut rows = vec![counted("safety-first-patients", &|arm| arm.n_event)];
        if first.deaths {
            rows.push(counted("safety-first-deaths", &|arm| arm.n_death));
        }
        for (i, &landmark) in first.landmarks.iter().enumerate() {
            let time = format!(
                "{} {}",
                self.style.short(landmark),
                unit(first.rules.display, self.text)
            );
            let cells = arms.iter().map(|arm| {
                let rate = &arm.rates[i];
                if rate.conf_low.is_none() {
                    return self.style.percent(rate.estimate);
                }
                self.style
                    .percent_interval(rate.estimate, rate.conf_low, rate.conf_high)
            });
            let head = self.say("safety-first-at", &[("time", time.into())]);
            rows.push(row(head, cells.collect()));
        }
        let grade = ("grade", self.severe().into());
        let cause = ("cause", related(first.related));
        let mut notes = vec![self.say("safety-first-note", &[("level", self.level().into())])];
        if let Some(p) = first.gray.as_ref().and_then(|gray| gray.p_value) {
            let p = self.style.p_equals(Some(p));
            notes.push(self.say("safety-first-note-gray", &[("p", p.into())]));
        }
        notes.extend(self.early_note(first.before_start));
        let caption = self.say("safety-first-table", &[grade, cause]);
        let heads = Heads {
            columns,
            shared: Vec::new(),
        };
        std::iter::once(heads.into_table(caption, rows, notes))
            .chain(exclusions(&first.exclusions, self.text))
            .collect()
    }

    /// Events and patients per 100 units of exposure.
    pub(super) fn rates_table(&self) -> Vec<Block> {
        let (Some(rates), Some(table)) = (&self.outcome.rates, self.outcome.tables.first()) else {
            return Vec::new();
        };
        let arms = with_overall(&self.outcome.arms, &self.outcome.overall);
        let exposures = with_overall(&rates.arms, &rates.overall);
        let head = |id: &str| self.say(id, &[("level", self.level().into())]);
        let mut heads = self.heads(arms.iter().zip(&exposures).map(|(arm, exposure)| {
            let group = column(arm.label.as_deref(), exposure.n, self.text);
            let both = ["safety-rate-events", "safety-rate-patients"];
            (group, both.map(head).to_vec())
        }));
        let compared = self.outcome.arms.len() == 2;
        if compared {
            let ratios = ["safety-rate-event-ratio", "safety-rate-patient-ratio"];
            heads.columns.extend(ratios.map(head));
        }
        let cell = |rate: &IncidenceRate| {
            let range = self.rate_range(rate);
            format!("{}; {} ({range})", rate.count, self.rate(rate.estimate))
        };
        let rows = (rates.rows.iter())
            .map(|row| {
                let all: Vec<&EventRates> = with_overall(&row.arms, &row.overall);
                let mut cells: Vec<String> = (all.iter())
                    .flat_map(|rates| [cell(&rates.events), cell(&rates.patients)])
                    .collect();
                if compared {
                    for ratio in [row.event_ratio, row.patient_ratio] {
                        cells.push(self.ratio(ratio));
                    }
                }
                self.row(&row.kind, cells)
            })
            .collect();
        let shown = (exposures.iter().zip(&arms)).map(|(exposure, arm)| {
            let arguments = [
                (
                    "group",
                    column(arm.label.as_deref(), exposure.n, self.text).into(),
                ),
                ("time", self.style.number(exposure.time, 1).into()),
                (
                    "unit",
                    unit(self.outcome.options.rate_unit, self.text).into(),
                ),
            ];
            self.say("safety-rate-exposure", &arguments)
        });
        let shown: Vec<String> = shown.collect();
        let arguments = [
            (
                "exposure",
                shown.join(&self.text.get("report-list-join")).into(),
            ),
            ("per", self.per().into()),
        ];
        let mut notes = vec![self.say("safety-rate-note", &arguments)];
        notes.extend(self.early_note(rates.before_start));
        let caption = self.say(
            "safety-rate-table",
            &[
                ("cause", related(table.related)),
                ("per", self.per().into()),
            ],
        );
        std::iter::once(heads.into_table(caption, rows, notes))
            .chain(exclusions(&rates.exclusions, self.text))
            .collect()
    }

    /// A ratio; one without a finite limit is said so.
    fn ratio(&self, ratio: Option<Ratio>) -> String {
        let Some(ratio) = ratio else {
            return crate::format::NOT_ESTIMABLE.to_owned();
        };
        self.style
            .ratio_interval(ratio.estimate, ratio.conf_low, ratio.conf_high)
    }

    /// A rate per 100 units.
    pub(super) fn rate(&self, rate: Option<f64>) -> String {
        rate.map_or(crate::format::NOT_ESTIMABLE.to_owned(), |rate| {
            self.style.number(100.0 * rate, 1)
        })
    }

    pub(super) fn rate_range(&self, rate: &IncidenceRate) -> String {
        self.style
            .range(self.rate(rate.conf_low), self.rate(rate.conf_high))
    }
}
