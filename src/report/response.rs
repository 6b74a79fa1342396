//! The response section of the report.

use super::methods::{Methods, Work};
use super::recist_settings::{self, Immune};
use super::response_source;
use super::spoken::Spoken;
use super::words::{clauses, column, empty_groups, exclusions, sentences, with_overall};
use super::{Block, Row};
use crate::analysis::{
    Difference, FisherTest, Proportion, ResponseArm, ResponseComparison, ResponseOutcome,
    ResponseSource,
};
use crate::cohort::BestResponse;
use crate::format::{NOT_ESTIMABLE, Style};
use crate::text::{Argument, Text};

/// Sentences, tables, exclusions and Methods paragraph of a response analysis.
pub(super) fn blocks(outcome: &ResponseOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![section.heading(), section.summary()];
    blocks.extend(section.figures());
    blocks.push(section.table());
    if let Some(comparison) = &outcome.comparison {
        blocks.push(section.comparison_table(comparison));
    }
    blocks.extend(response_source::differing(outcome, text));
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, ResponseOutcome>;

/// The rates of the section.
#[derive(Clone, Copy)]
enum Kind {
    Orr,
    Dcr,
    Cbr,
}

/// The messages of a rate.
struct Ids {
    sentence: &'static str,
    by_group: &'static str,
    name: &'static str,
    row: &'static str,
    evaluable: &'static str,
    patients: &'static str,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Orr, Kind::Dcr, Kind::Cbr];

    /// What messages say of it.
    fn ids(self) -> &'static Ids {
        match self {
            Kind::Orr => &Ids {
                sentence: "response-orr",
                by_group: "response-orr-by-group",
                name: "response-name-orr",
                row: "response-row-orr",
                evaluable: "response-row-orr-evaluable",
                patients: "response-row-responders",
            },
            Kind::Dcr => &Ids {
                sentence: "response-dcr",
                by_group: "response-dcr-by-group",
                name: "response-name-dcr",
                row: "response-row-dcr",
                evaluable: "response-row-dcr-evaluable",
                patients: "response-row-controlled",
            },
            Kind::Cbr => &Ids {
                sentence: "response-cbr",
                by_group: "response-cbr-by-group",
                name: "response-name-cbr",
                row: "response-row-cbr",
                evaluable: "response-row-cbr-evaluable",
                patients: "response-row-benefited",
            },
        }
    }

    fn of(self, arm: &ResponseArm) -> Option<&Proportion> {
        match self {
            Kind::Orr => Some(&arm.orr),
            Kind::Dcr => Some(&arm.dcr),
            Kind::Cbr => arm.cbr.as_ref(),
        }
    }

    fn among_evaluable(self, arm: &ResponseArm) -> Option<&Proportion> {
        match self {
            Kind::Orr => arm.orr_evaluable.as_ref(),
            Kind::Dcr => arm.dcr_evaluable.as_ref(),
            Kind::Cbr => arm.cbr_evaluable.as_ref(),
        }
    }

    fn fisher(self, comparison: &ResponseComparison) -> Option<&FisherTest> {
        match self {
            Kind::Orr => Some(&comparison.orr_fisher),
            Kind::Dcr => Some(&comparison.dcr_fisher),
            Kind::Cbr => comparison.cbr_fisher.as_ref(),
        }
    }

    fn difference(self, comparison: &ResponseComparison) -> Option<&Difference> {
        match self {
            Kind::Orr => comparison.orr_difference.as_ref(),
            Kind::Dcr => comparison.dcr_difference.as_ref(),
            Kind::Cbr => comparison.cbr_difference.as_ref(),
        }
    }
}

impl Section<'_> {
    fn group(&self) -> Option<&str> {
        self.outcome.options.group.as_deref()
    }

    fn heading(&self) -> Block {
        Block::Heading {
            text: match self.group() {
                None => self.text.get("response-heading"),
                Some(group) => self.say("response-heading-by-group", &[("group", group.into())]),
            },
        }
    }

    fn weeks(&self) -> Argument<'static> {
        ("weeks", self.outcome.options.benefit_weeks.into())
    }

    fn summary(&self) -> Block {
        let overall = &self.outcome.overall;
        let mut parts: Vec<String> = (Kind::ALL.into_iter())
            .filter_map(|kind| {
                let mut arguments = self.rate_arguments(kind.of(overall)?).to_vec();
                arguments.push(self.weeks());
                Some(self.say(kind.ids().sentence, &arguments))
            })
            .collect();
        if let Some(comparison) = &self.outcome.comparison {
            let compared = Kind::ALL.map(|kind| self.compared(kind, comparison));
            parts.extend(compared.into_iter().flatten());
        }
        parts.extend(response_source::depth_sentences(
            self.outcome,
            self.style,
            self.text,
        ));
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    fn figures(&self) -> [Block; 2] {
        let level = [("level", self.level().into())];
        [
            Block::Figure {
                scene: 0,
                caption: self.say("response-figure-rates-caption", &level),
            },
            Block::Figure {
                scene: 1,
                caption: self.text.get("response-figure-best-caption"),
            },
        ]
    }

    fn rate_arguments(&self, rate: &Proportion) -> [Argument<'static>; 5] {
        [
            ("count", rate.count.into()),
            ("n", rate.n.into()),
            ("percent", self.style.percent(rate.estimate).into()),
            ("level", self.level().into()),
            (
                "range",
                self.style
                    .percent_range(rate.conf_low, rate.conf_high)
                    .into(),
            ),
        ]
    }

    /// "ORR by PD-L1: positive 42.9 % (3 of 7); negative 14.3 % (1 of 7); p = 0.559 (Fisher’s exact test)."
    fn compared(&self, kind: Kind, comparison: &ResponseComparison) -> Option<String> {
        let fisher = kind.fisher(comparison)?;
        let mut parts: Vec<String> = (self.outcome.arms.iter())
            .filter_map(|arm| {
                let mut arguments = self.rate_arguments(kind.of(arm)?).to_vec();
                arguments.push(("label", arm.label.clone().unwrap_or_default().into()));
                Some(self.say("response-rate-of-group", &arguments))
            })
            .collect();
        if let Some(difference) = kind.difference(comparison) {
            parts.push(self.say(
                "response-difference",
                &[
                    ("difference", self.points(difference.estimate).into()),
                    ("level", self.level().into()),
                    ("range", self.points_range(difference).into()),
                ],
            ));
        }
        let p = self.style.p_equals(Some(fisher.p_value));
        parts.push(self.say("response-fisher", &[("p", p.into())]));
        Some(self.say(
            kind.ids().by_group,
            &[
                ("group", self.group().unwrap_or_default().into()),
                ("rates", clauses(&parts, self.text).into()),
            ],
        ))
    }

    /// A difference in percentage points, without a unit.
    fn points(&self, difference: f64) -> String {
        self.style.percent_number(difference)
    }

    fn points_range(&self, difference: &Difference) -> String {
        self.style
            .percent_range(Some(difference.conf_low), Some(difference.conf_high))
    }

    fn table(&self) -> Block {
        let arms = with_overall(&self.outcome.arms, &self.outcome.overall);
        let heads = (arms.iter()).map(|arm| column(arm.label.as_deref(), arm.n, self.text));
        let mut notes = vec![self.text.get("response-note-denominator")];
        if self.outcome.options.evaluable {
            notes.push(self.text.get("response-note-evaluable"));
        }
        if self.outcome.settings.is_some() {
            notes.push(self.text.get("response-note-benefit"));
        }
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        Block::Table {
            shared_heads: Vec::new(),
            caption: match self.group() {
                None => self.text.get("response-table"),
                Some(group) => self.say("response-table-by-group", &[("group", group.into())]),
            },
            columns: std::iter::once(String::new()).chain(heads).collect(),
            rows: self.rows(&arms),
            notes,
        }
    }

    fn rows(&self, arms: &[&ResponseArm]) -> Vec<Row> {
        let row = |head: String, indent: u8, cell: &dyn Fn(&ResponseArm) -> String| Row {
            head,
            cells: arms.iter().map(|arm| cell(arm)).collect(),
            indent,
        };
        let counts = &self.outcome.overall.counts;
        let mut rows: Vec<Row> = (counts.iter().enumerate())
            .filter(|(_, (best, count))| *count > 0 || is_always_shown(*best))
            .map(|(index, (best, _))| {
                row(self.text.get(response_name(*best)), 0, &|arm| {
                    self.style.count_percent(arm.counts[index].1, arm.n)
                })
            })
            .collect();
        for kind in Kind::ALL {
            if kind.of(&self.outcome.overall).is_none() {
                continue;
            }
            let head = |id: &str| self.say(id, &[("level", self.level().into())]);
            let patients = self.say(kind.ids().patients, &[self.weeks()]);
            rows.push(row(head(kind.ids().row), 0, &|arm| self.rate(kind.of(arm))));
            rows.push(row(patients.clone(), 1, &|arm| self.fraction(kind.of(arm))));
            if self.outcome.options.evaluable {
                let evaluable = head(kind.ids().evaluable);
                rows.push(row(evaluable, 0, &|arm| {
                    self.rate(kind.among_evaluable(arm))
                }));
                rows.push(row(patients, 1, &|arm| {
                    self.fraction(kind.among_evaluable(arm))
                }));
            }
        }
        rows.extend(response_source::rows(
            self.outcome,
            arms,
            self.style,
            self.text,
        ));
        rows
    }

    fn rate(&self, rate: Option<&Proportion>) -> String {
        match rate {
            None => NOT_ESTIMABLE.to_owned(),
            Some(rate) => self
                .style
                .percent_interval(rate.estimate, rate.conf_low, rate.conf_high),
        }
    }

    fn fraction(&self, rate: Option<&Proportion>) -> String {
        match rate {
            None => String::new(),
            Some(rate) => self.say(
                "response-fraction",
                &[("count", rate.count.into()), ("n", rate.n.into())],
            ),
        }
    }

    fn comparison_table(&self, comparison: &ResponseComparison) -> Block {
        let two = self.outcome.arms.len() == 2;
        let mut columns = vec![self.text.get("response-column-rate")];
        if let ([first, second], true) = (&self.outcome.arms[..], two) {
            let name = |arm: &ResponseArm| arm.label.clone().unwrap_or_default();
            columns.push(self.say(
                "response-column-difference",
                &[
                    ("first", name(first).into()),
                    ("second", name(second).into()),
                    ("level", self.level().into()),
                ],
            ));
        }
        columns.push(self.text.get("response-column-fisher"));
        let rows = (Kind::ALL.into_iter())
            .filter_map(|kind| {
                let fisher = kind.fisher(comparison)?;
                let mut cells = Vec::new();
                if two {
                    cells.push(kind.difference(comparison).map_or_else(
                        || NOT_ESTIMABLE.to_owned(),
                        |difference| {
                            let points = self.points(difference.estimate);
                            format!("{points} ({})", self.points_range(difference))
                        },
                    ));
                }
                cells.push(self.style.p_value(Some(fisher.p_value)));
                Some(Row {
                    head: self.text.get(kind.ids().name),
                    cells,
                    indent: 0,
                })
            })
            .collect();
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.text.get("response-comparison"),
            columns,
            rows,
            notes: Vec::new(),
        }
    }

    fn methods(&self) -> Block {
        let options = &self.outcome.options;
        let mut methods = Methods::new(self.text);
        self.source(&mut methods);
        if options.evaluable {
            methods.say("methods-evaluable", &[]);
        }
        methods.intervals(options.method, &self.level());
        if let Some(comparison) = &self.outcome.comparison {
            self.tests(comparison, &mut methods);
        }
        methods.into_block()
    }

    /// Where responses come from, and what the rates are.
    fn source(&self, methods: &mut Methods<'_>) {
        match self.outcome.options.by {
            ResponseSource::Entered => {
                methods.say_after(Work::Eisenhauer, "methods-response", &[]);
            }
            ResponseSource::Recist => {
                methods.say_after(Work::Eisenhauer, "methods-response-recist", &[]);
                self.settings(methods);
                methods.say("methods-response-rates", &[]);
            }
            ResponseSource::Irecist => {
                methods.say_after(Work::Seymour, "methods-response-irecist", &[]);
                self.settings(methods);
                methods.say("methods-response-rates", &[]);
            }
        }
        if self.outcome.settings.is_some() {
            methods.say("methods-response-benefit", &[self.weeks()]);
        }
    }

    fn settings(&self, methods: &mut Methods<'_>) {
        let Some(settings) = self.outcome.settings else {
            return;
        };
        let immune = match self.outcome.options.by {
            ResponseSource::Irecist => Immune::Used,
            ResponseSource::Entered | ResponseSource::Recist => Immune::Unused,
        };
        recist_settings::say(methods, settings, immune);
    }

    fn tests(&self, comparison: &ResponseComparison, methods: &mut Methods<'_>) {
        let group = self.group().unwrap_or_default();
        let drawn = Kind::ALL
            .into_iter()
            .find_map(|kind| kind.fisher(comparison)?.draws);
        methods.fisher(group, drawn);
        if self.outcome.arms.len() == 2 {
            methods.say_after(
                Work::Newcombe,
                "methods-newcombe",
                &[("level", self.level().into())],
            );
        }
    }
}

/// The responses that a table shows even when nobody had them.
fn is_always_shown(best: BestResponse) -> bool {
    match best {
        BestResponse::Cr | BestResponse::Pr | BestResponse::Sd | BestResponse::Pd => true,
        BestResponse::NonCrNonPd | BestResponse::Ne | BestResponse::Missing => false,
    }
}

fn response_name(best: BestResponse) -> &'static str {
    match best {
        BestResponse::Cr => "response-cr",
        BestResponse::Pr => "response-pr",
        BestResponse::Sd => "response-sd",
        BestResponse::NonCrNonPd => "response-non-cr-non-pd",
        BestResponse::Pd => "response-pd",
        BestResponse::Ne => "response-ne",
        BestResponse::Missing => "response-missing",
    }
}
