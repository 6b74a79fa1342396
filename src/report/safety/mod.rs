//! The section on adverse events.

use super::Block;
use super::records::role_name;
use super::spoken::Spoken;
use super::words::{clauses, exclusions, sentences, unit};
use crate::analysis::{
    EventRates, FirstEventArm, GradeCounts, IncidenceRate, SafetyOutcome, SafetyRow, SafetyRowKind,
    SafetyTable,
};
use crate::cohort::{RecordKind, TimeUnit, Undecided};
use crate::figure;
use crate::format::Style;
use crate::text::Text;

mod methods;
mod tables;

pub(super) use methods::SafetyWork;

/// Terms that the text names; the others stand in the table.
const NAMED: usize = 5;

/// Sentences, figures, tables, exclusions and Methods paragraph of an analysis of adverse events.
pub(super) fn blocks(outcome: &SafetyOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![section.heading()];
    blocks.extend((outcome.tables.iter()).map(|table| section.paragraph(table)));
    blocks.extend(section.rates_in_words());
    blocks.extend(section.first_in_words());
    let mut figures = section.figures();
    let first_curves = figure::safety_draws_first(outcome)
        .then(|| figures.pop())
        .flatten();
    blocks.extend(figures);
    for table in &outcome.tables {
        blocks.extend(section.tables(table));
    }
    blocks.extend(first_curves);
    blocks.extend(section.first_table());
    blocks.extend(section.rates_table());
    blocks.extend(section.cautions());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, SafetyOutcome>;

impl Section<'_> {
    /// The grade from which an event is severe.
    fn severe(&self) -> u8 {
        self.outcome.options.severe
    }

    fn heading(&self) -> Block {
        Block::Heading {
            text: match &self.outcome.options.group {
                None => self.text.get("safety-heading"),
                Some(group) => self.say("safety-heading-by-group", &[("group", group.into())]),
            },
        }
    }

    /// What a row is called in tables and figures.
    fn head(&self, kind: &SafetyRowKind) -> String {
        figure::safety_row(kind, self.severe(), self.text)
    }

    /// Who had how much of it: the particular rows, then the commonest terms.
    fn paragraph(&self, table: &SafetyTable) -> Block {
        let cause = ("cause", related(table.related));
        let rows: Vec<String> = (table.rows.iter())
            .filter_map(|row| self.clause(row, table.related))
            .collect();
        let rows = clauses(&rows, self.text);
        let mut parts = vec![self.say("safety-sentence", &[("clauses", rows.into()), cause])];
        parts.extend(self.by_group(table));
        parts.extend(self.commonest(table));
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// "a serious one in 2 (14.3 %)"; nothing for terms.
    fn clause(&self, row: &SafetyRow, is_related: bool) -> Option<String> {
        let id = match row.kind {
            SafetyRowKind::Any => "safety-clause-any",
            SafetyRowKind::Severe => "safety-clause-severe",
            SafetyRowKind::Serious => "safety-clause-serious",
            SafetyRowKind::Discontinued => "safety-clause-discontinued",
            SafetyRowKind::DoseChanged => "safety-clause-dose-changed",
            SafetyRowKind::Fatal => "safety-clause-fatal",
            SafetyRowKind::System { .. } | SafetyRowKind::Term { .. } => return None,
        };
        let n = self.outcome.overall.n;
        let arguments = [
            ("count", row.overall.any.into()),
            ("n", n.into()),
            ("percent", self.percent(row.overall.any, n).into()),
            ("grade", self.severe().into()),
            ("cause", related(is_related)),
        ];
        Some(self.say(id, &arguments))
    }

    fn percent(&self, count: usize, n: usize) -> String {
        let share = (n > 0).then(|| count as f64 / n as f64);
        self.style.percent(share)
    }

    /// "By arm: any in 5 of 7 (71.4 %) in “A” and …, difference …; of grade ≥ 3 …".
    fn by_group(&self, table: &SafetyTable) -> Option<String> {
        let group = self.outcome.options.group.as_deref()?;
        let any = table
            .rows
            .iter()
            .find(|row| row.kind == SafetyRowKind::Any)?;
        let mut parts = vec![self.compared(any, "safety-any-by-group", |counts| counts.any)];
        if self.outcome.mapped.grade {
            let severe = self.severe();
            parts.push(self.compared(any, "safety-severe-by-group", |counts| {
                counts.from_grade(severe)
            }));
        }
        let parts = clauses(&parts, self.text);
        let arguments = [("group", group.into()), ("clauses", parts.into())];
        Some(self.say("safety-by-group", &arguments))
    }

    fn compared(&self, row: &SafetyRow, id: &str, count: impl Fn(&GradeCounts) -> usize) -> String {
        let mut arms: Vec<String> = (row.arms.iter().zip(&self.outcome.arms))
            .map(|(counts, arm)| {
                let arguments = [
                    ("count", count(counts).into()),
                    ("n", arm.n.into()),
                    ("percent", self.percent(count(counts), arm.n).into()),
                    ("label", arm.label.clone().unwrap_or_default().into()),
                ];
                self.say("safety-in-group", &arguments)
            })
            .collect();
        let difference = match id {
            "safety-any-by-group" => row.difference,
            _ => row.severe_difference,
        };
        arms.extend(difference.map(|difference| {
            let arguments = [
                (
                    "estimate",
                    self.style.percent_number(difference.estimate).into(),
                ),
                ("level", self.level().into()),
                ("range", self.range(&difference).into()),
            ];
            self.say("safety-difference", &arguments)
        }));
        let arguments = [
            ("grade", self.severe().into()),
            ("arms", arms.join(&self.text.get("report-list-join")).into()),
        ];
        self.say(id, &arguments)
    }

    fn range(&self, difference: &crate::analysis::Difference) -> String {
        let limits = (Some(difference.conf_low), Some(difference.conf_high));
        self.style.percent_range(limits.0, limits.1)
    }

    /// "The commonest were fatigue (5; 35.7 %) and …".
    fn commonest(&self, table: &SafetyTable) -> Option<String> {
        let mut terms: Vec<&SafetyRow> = (table.rows.iter())
            .filter(|row| matches!(row.kind, SafetyRowKind::Term { .. }))
            .collect();
        terms.sort_by_key(|row| std::cmp::Reverse(row.overall.any));
        // None is named before others that are as common.
        if let Some(next) = terms.get(NAMED).map(|row| row.overall.any) {
            terms.retain(|row| row.overall.any > next);
        }
        let n = self.outcome.overall.n;
        let named: Vec<String> = (terms.iter().take(NAMED))
            .map(|row| {
                let arguments = [
                    ("term", self.head(&row.kind).into()),
                    ("count", row.overall.any.into()),
                    ("percent", self.percent(row.overall.any, n).into()),
                ];
                self.say("safety-term", &arguments)
            })
            .collect();
        let listed = named.join(&self.text.get("report-list-join"));
        let arguments = [("terms", listed.into()), ("n", named.len().into())];
        (!named.is_empty()).then(|| self.say("safety-commonest", &arguments))
    }

    /// Rates of all events, of a first one and of a first severe one; a sentence a group, then the ratio of two.
    fn rates_in_words(&self) -> Option<Block> {
        let rates = &self.outcome.rates.as_ref()?.rows;
        let row = |kind| rates.iter().find(|row| row.kind == kind);
        let (any, severe) = (row(SafetyRowKind::Any)?, row(SafetyRowKind::Severe));
        let mut parts = match &self.outcome.arms[..] {
            [] => vec![self.rates_of(None, &any.overall, severe.map(|row| &row.overall))],
            arms => (arms.iter().enumerate())
                .map(|(k, arm)| {
                    let label = arm.label.as_deref();
                    self.rates_of(label, &any.arms[k], severe.map(|row| &row.arms[k]))
                })
                .collect(),
        };
        let ratio = any.event_ratio.filter(|ratio| ratio.estimate.is_some());
        if let (Some(ratio), [first, second]) = (ratio, &self.outcome.arms[..]) {
            let range = self.style.ratio_range(ratio.conf_low, ratio.conf_high);
            let arguments = [
                ("first", first.label.as_deref().unwrap_or_default().into()),
                ("second", second.label.as_deref().unwrap_or_default().into()),
                ("ratio", self.style.ratio(ratio.estimate).into()),
                ("level", self.level().into()),
                ("range", range.into()),
            ];
            parts.push(self.say("safety-rate-ratio", &arguments));
        }
        Some(Block::Paragraph {
            text: sentences(&parts, self.text),
        })
    }

    /// "Adverse events came at 105.0 per 100 patient-years of exposure (95 % CI …); a first one at …".
    fn rates_of(
        &self,
        group: Option<&str>,
        any: &EventRates,
        severe: Option<&EventRates>,
    ) -> String {
        let tabulated = self.outcome.tables.first();
        let said = |id: &str, rate: &IncidenceRate| {
            let arguments = [
                ("group", group.unwrap_or_default().into()),
                (
                    "cause",
                    related(tabulated.is_some_and(|table| table.related)),
                ),
                ("grade", self.severe().into()),
                ("rate", self.rate(rate.estimate).into()),
                ("per", self.per().into()),
                ("level", self.level().into()),
                ("range", self.rate_range(rate).into()),
            ];
            self.say(id, &arguments)
        };
        let events = match group {
            None => "safety-rate-all",
            Some(_) => "safety-rate-all-of-group",
        };
        let mut parts = vec![
            said(events, &any.events),
            said("safety-rate-first", &any.patients),
        ];
        parts.extend(severe.map(|severe| said("safety-rate-first-severe", &severe.patients)));
        let clauses = clauses(&parts, self.text);
        self.say("report-sentence", &[("clauses", clauses.into())])
    }

    /// `100 patient-years`.
    fn per(&self) -> String {
        self.text.get(match self.outcome.options.rate_unit {
            TimeUnit::Months => "safety-per-months",
            TimeUnit::Days | TimeUnit::Weeks | TimeUnit::Years => "safety-per-years",
        })
    }

    /// The first severe event at the last landmark.
    fn first_in_words(&self) -> Option<Block> {
        let first = self.outcome.first.as_ref()?;
        let last = first.landmarks.len().checked_sub(1)?;
        let shown = self.style.short(first.landmarks[last]);
        let time = format!("{shown} {}", unit(first.rules.display, self.text));
        let of = |arm: &FirstEventArm| {
            let rate = &arm.rates[last];
            let range = self.style.percent_range(rate.conf_low, rate.conf_high);
            let id = match (rate.conf_low, &arm.label) {
                (Some(_), None) => "safety-first",
                (Some(_), Some(_)) => "safety-first-of-group",
                (None, None) => "safety-first-without-interval",
                (None, Some(_)) => "safety-first-of-group-without-interval",
            };
            let arguments = [
                ("percent", self.style.percent(rate.estimate).into()),
                ("level", self.level().into()),
                ("range", range.into()),
                ("label", arm.label.clone().unwrap_or_default().into()),
            ];
            self.say(id, &arguments)
        };
        let arms: Vec<&FirstEventArm> = match &first.arms[..] {
            [] => vec![&first.overall],
            arms => arms.iter().collect(),
        };
        let (known, unknown): (Vec<&FirstEventArm>, Vec<&FirstEventArm>) =
            (arms.into_iter()).partition(|arm| arm.rates[last].estimate.is_some());
        let unknown = unknown.into_iter().map(|arm| {
            let arguments = [
                ("time", time.as_str().into()),
                ("grade", self.severe().into()),
                ("cause", related(first.related)),
                (
                    "grouped",
                    if arm.label.is_some() { "yes" } else { "no" }.into(),
                ),
                ("label", arm.label.clone().unwrap_or_default().into()),
                ("n", arm.n.into()),
                ("count", arm.n_event.into()),
            ];
            self.say("safety-first-not-estimable", &arguments)
        });
        let unknown: Vec<String> = unknown.collect();
        let mut parts: Vec<String> = known.iter().copied().map(of).collect();
        let tested = first.gray.as_ref().and_then(|gray| gray.p_value);
        parts.extend(tested.filter(|_| !known.is_empty()).map(|p| {
            let p = self.style.p_equals(Some(p));
            self.say("safety-gray", &[("p", p.into())])
        }));
        let arguments = [
            ("time", time.as_str().into()),
            ("grade", self.severe().into()),
            ("cause", related(first.related)),
            ("clauses", clauses(&parts, self.text).into()),
        ];
        let said = (!known.is_empty()).then(|| self.say("safety-first-sentence", &arguments));
        let said: Vec<String> = said.into_iter().chain(unknown).collect();
        Some(Block::Paragraph {
            text: sentences(&said, self.text),
        })
    }

    fn figures(&self) -> Vec<Block> {
        let captions = figure::safety_captions(self.outcome, self.style, self.text);
        (captions.into_iter().enumerate())
            .map(|(scene, caption)| Block::Figure { scene, caption })
            .collect()
    }

    /// What the reader should beware of.
    fn cautions(&self) -> Vec<Block> {
        let missing = &self.outcome.missing;
        let early = self.outcome.before_start;
        let counted = self.outcome.options.emergent_days.is_none();
        let early = (counted && early > 0).then(|| Block::Caution {
            text: self.say(
                "safety-before-start",
                &[
                    ("n", early.into()),
                    ("without", self.without_early().into()),
                ],
            ),
        });
        let missing = [
            (missing.grade, "safety-missing-grade"),
            (missing.related, "safety-missing-related"),
            (missing.serious, "safety-missing-serious"),
            (missing.discontinued, "safety-missing-discontinued"),
            (missing.dose_changed, "safety-missing-dose-changed"),
            (missing.onset, "safety-missing-onset"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, id)| Block::Caution {
            text: self.say(id, &[("n", n.into())]),
        });
        let undecided = self
            .outcome
            .undecided
            .iter()
            .map(|Undecided { role, events }| {
                let role = role_name(RecordKind::AdverseEvents, role, self.text);
                Block::Caution {
                    text: self.say(
                        "safety-undecided",
                        &[("role", role.into()), ("n", (*events).into())],
                    ),
                }
            });
        (early.into_iter().chain(undecided).chain(missing)).collect()
    }

    /// What events before the treatment are not in, as the messages call it.
    fn without_early(&self) -> &'static str {
        match (&self.outcome.rates, &self.outcome.first) {
            (Some(_), Some(_)) => "both",
            (Some(_), None) => "rates",
            (None, Some(_)) => "first",
            (None, None) => "none",
        }
    }
}

fn related(is_related: bool) -> fluent_bundle::FluentValue<'static> {
    if is_related { "related" } else { "any" }.into()
}
