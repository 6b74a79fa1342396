//! Patients by their worst grade: any event, particular ones, then terms by falling frequency.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{SafetyAttribution, Sample};
use crate::cohort::{AdverseEvent, AdverseEvents};
use crate::stats::{Difference, risk_difference};

/// Counts of one attribution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SafetyTable {
    /// Whether only events related to treatment are counted.
    pub related: bool,
    /// Particular events first, then terms by falling frequency, under their systems where that is asked for.
    pub rows: Vec<SafetyRow>,
}

/// Patients with some event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SafetyRow {
    /// Which event.
    #[serde(flatten)]
    pub kind: SafetyRowKind,
    /// One a group; empty when overall only.
    pub arms: Vec<GradeCounts>,
    /// All patients.
    pub overall: GradeCounts,
    /// Share of patients with it, second group minus first, where there are two.
    pub difference: Option<Difference>,
    /// The same at a severe grade; `None` without grades.
    pub severe_difference: Option<Difference>,
}

/// What a row counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "row")]
pub enum SafetyRowKind {
    /// Any adverse event.
    Any,
    /// Any at a severe grade.
    Severe,
    /// Any serious one.
    Serious,
    /// Any that led to discontinuation.
    Discontinued,
    /// Any that led to a change of dose.
    DoseChanged,
    /// Any that led to death: grade 5, or said to be fatal.
    Fatal,
    /// Any of a system organ class.
    System {
        /// Its name; `None` where none is given.
        system: Option<String>,
    },
    /// Any of that name.
    Term {
        /// Its system organ class, where terms stand under theirs.
        system: Option<String>,
        /// Its name.
        term: String,
    },
}

impl SafetyRowKind {
    /// Whether an event belongs to the row.
    fn holds(&self, event: &AdverseEvent, severe: u8, by_system: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Severe => event.grade.is_some_and(|grade| grade >= severe),
            Self::Serious => event.serious == Some(true),
            Self::Discontinued => event.discontinued == Some(true),
            Self::DoseChanged => event.dose_changed == Some(true),
            Self::Fatal => event.grade == Some(5) || event.fatal == Some(true),
            Self::System { system } => event.system == *system,
            Self::Term { system, term } => {
                event.term == *term && (!by_system || event.system == *system)
            }
        }
    }

    /// The rows that do not depend on the events.
    fn particular(data: &AdverseEvents) -> impl Iterator<Item = Self> {
        let mapped = data.mapped;
        // Deaths of grade 5 alone would be too few.
        let decided = |role: &str| data.undecided.iter().all(|column| column.role != role);
        [
            (Self::Any, true),
            (Self::Severe, mapped.grade),
            (Self::Serious, mapped.serious),
            (Self::Discontinued, mapped.discontinued),
            (Self::DoseChanged, mapped.dose_changed),
            (
                Self::Fatal,
                (mapped.grade || mapped.fatal) && decided("fatal"),
            ),
        ]
        .into_iter()
        .filter_map(|(row, known)| known.then_some(row))
    }
}

/// Patients of one group by their worst grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct GradeCounts {
    /// Patients with the event.
    pub any: usize,
    /// Patients whose worst grade is 1, 2, 3, 4, 5.
    pub grades: [usize; 5],
    /// Patients none of whose events of the row has a grade.
    pub ungraded: usize,
    /// Events, every one of them.
    pub events: usize,
}

impl GradeCounts {
    /// Patients whose worst grade is that one or a higher one.
    pub fn from_grade(&self, grade: u8) -> usize {
        self.grades[usize::from(grade.clamp(1, 5)) - 1..]
            .iter()
            .sum()
    }

    /// Patients whose worst grade is lower.
    pub fn below_grade(&self, grade: u8) -> usize {
        self.grades[..usize::from(grade.clamp(1, 5)) - 1]
            .iter()
            .sum()
    }

    fn add(&mut self, worst: Worst) {
        self.events += worst.events;
        self.any += usize::from(worst.events > 0);
        match worst.grade {
            Some(grade @ 1..=5) => self.grades[usize::from(grade) - 1] += 1,
            Some(_) | None => self.ungraded += usize::from(worst.events > 0),
        }
    }
}

/// The events of one patient and row.
#[derive(Debug, Clone, Copy, Default)]
struct Worst {
    events: usize,
    grade: Option<u8>,
}

impl Worst {
    fn add(&mut self, event: &AdverseEvent) {
        self.events += 1;
        self.grade = self.grade.max(event.grade);
    }
}

/// The events of one row: for each analysed patient that has any, its position and its events.
pub(super) type Holders<'a> = Vec<(usize, Vec<&'a AdverseEvent>)>;

impl<'a> Sample<'a> {
    /// Who has events of a particular row.
    pub(super) fn holders(&self, row: &SafetyRowKind, related: bool) -> Holders<'a> {
        let (severe, by_system) = (self.options.severe, self.options.by_system);
        let counts = |event: &&AdverseEvent| {
            (!related || event.related == Some(true)) && row.holds(event, severe, by_system)
        };
        (self.events.iter().enumerate())
            .map(|(i, events)| (i, events.iter().copied().filter(counts).collect::<Vec<_>>()))
            .filter(|(_, events)| !events.is_empty())
            .collect()
    }

    /// Who has events of every term (and system), in one walk.
    fn holders_of_terms(&self, related: bool) -> BTreeMap<SafetyRowKind, Holders<'a>> {
        let by_system = self.options.by_system && self.data.mapped.system;
        let mut rows: BTreeMap<SafetyRowKind, Holders<'a>> = BTreeMap::new();
        for (i, events) in self.events.iter().enumerate() {
            for &event in events {
                if related && event.related != Some(true) {
                    continue;
                }
                let mut add = |row: SafetyRowKind| {
                    let holders = rows.entry(row).or_default();
                    match holders.last_mut() {
                        Some((last, events)) if *last == i => events.push(event),
                        _ => holders.push((i, vec![event])),
                    }
                };
                let system = by_system.then(|| event.system.clone()).flatten();
                if by_system {
                    add(SafetyRowKind::System {
                        system: system.clone(),
                    });
                }
                add(SafetyRowKind::Term {
                    system,
                    term: event.term.clone(),
                });
            }
        }
        rows
    }

    fn row(&self, kind: SafetyRowKind, holders: &Holders<'_>, sizes: &[usize]) -> SafetyRow {
        let mut arms = vec![GradeCounts::default(); sizes.len()];
        let mut overall = GradeCounts::default();
        for (i, events) in holders {
            let mut worst = Worst::default();
            events.iter().for_each(|event| worst.add(event));
            overall.add(worst);
            if let Some(groups) = &self.groups {
                arms[groups.of[*i]].add(worst);
            }
        }
        let difference = |count: &dyn Fn(&GradeCounts) -> usize| match (&arms[..], sizes) {
            ([first, second], [n1, n2]) => {
                let (first, second) = ((count(first), *n1), (count(second), *n2));
                let options = self.options;
                risk_difference(first, second, options.difference, options.conf_level)
            }
            _ => None,
        };
        let severe = self.options.severe;
        SafetyRow {
            difference: difference(&|counts| counts.any),
            severe_difference: (self.data.mapped.grade)
                .then(|| difference(&|counts| counts.from_grade(severe)))
                .flatten(),
            kind,
            arms,
            overall,
        }
    }

    /// Whether enough patients of a group have it.
    fn is_frequent(&self, row: &SafetyRow, sizes: &[usize]) -> bool {
        let enough = |count: usize, n: usize| {
            // As one fraction with another: 5 % of 20 is 1.
            100.0 * count as f64 >= self.options.threshold * n as f64
        };
        if row.arms.is_empty() {
            return enough(row.overall.any, self.subjects.len());
        }
        (row.arms.iter().zip(sizes)).any(|(counts, &n)| counts.any > 0 && enough(counts.any, n))
    }
}

/// A table for every attribution that is asked for, and how many terms are not shown.
pub(super) fn tables(sample: &Sample<'_>) -> (Vec<SafetyTable>, usize) {
    let asked = sample.options.attribution;
    let known = sample.data.mapped.related;
    let both = [
        (false, asked != SafetyAttribution::Related || !known),
        (true, asked != SafetyAttribution::AnyCause && known),
    ];
    let (arms, _) = sample.members();
    let sizes: Vec<usize> = arms.iter().map(Vec::len).collect();
    let (terms, hidden): (Vec<SafetyRow>, Vec<SafetyRow>) = (sample.holders_of_terms(false))
        .into_iter()
        .map(|(kind, holders)| sample.row(kind, &holders, &sizes))
        .partition(|row| sample.is_frequent(row, &sizes));
    let below = (hidden.iter())
        .filter(|row| matches!(row.kind, SafetyRowKind::Term { .. }))
        .count();
    let mut tables = Vec::new();
    for (related, _) in both.into_iter().filter(|(_, wanted)| *wanted) {
        let mut rows: Vec<SafetyRow> = SafetyRowKind::particular(sample.data)
            .map(|kind| {
                let holders = sample.holders(&kind, related);
                sample.row(kind, &holders, &sizes)
            })
            .collect();
        let shown = if related {
            let shown = |kind: &SafetyRowKind| terms.iter().any(|row| row.kind == *kind);
            (sample.holders_of_terms(true).into_iter())
                .filter(|(kind, _)| shown(kind))
                .map(|(kind, holders)| sample.row(kind, &holders, &sizes))
                .collect()
        } else {
            terms.clone()
        };
        rows.extend(in_order(shown, sample.options.severe));
        tables.push(SafetyTable { related, rows });
    }
    (tables, below)
}

/// By falling frequency, then by falling frequency of severe grades, then by name; terms under their systems.
fn in_order(mut rows: Vec<SafetyRow>, severe: u8) -> Vec<SafetyRow> {
    let place = |row: &SafetyRow| {
        let counts = &row.overall;
        (Reverse(counts.any), Reverse(counts.from_grade(severe)))
    };
    // They come by their names: a stable sort keeps that order.
    rows.sort_by_key(place);
    let (systems, terms): (Vec<SafetyRow>, Vec<SafetyRow>) =
        (rows.into_iter()).partition(|row| matches!(row.kind, SafetyRowKind::System { .. }));
    if systems.is_empty() {
        return terms;
    }
    let mut ordered = Vec::with_capacity(systems.len() + terms.len());
    for row in systems {
        let SafetyRowKind::System { system: name } = row.kind.clone() else {
            continue;
        };
        ordered.push(row);
        let under = |row: &&SafetyRow| matches!(&row.kind, SafetyRowKind::Term { system, .. } if *system == name);
        ordered.extend(terms.iter().filter(under).cloned());
    }
    ordered
}
