//! The response section of the report.

use super::methods::{Methods, Work};
use super::spoken::Spoken;
use super::words::{clauses, column, empty_groups, exclusions, sentences, with_overall};
use super::{Block, Row};
use crate::analysis::{
    Difference, FisherTest, Proportion, ResponseArm, ResponseComparison, ResponseOutcome,
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
    let mut blocks = vec![section.heading(), section.summary(), section.table()];
    if let Some(comparison) = &outcome.comparison {
        blocks.push(section.comparison_table(comparison));
    }
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, ResponseOutcome>;

/// The two rates of the section.
#[derive(Clone, Copy)]
enum Kind {
    Orr,
    Dcr,
}

impl Kind {
    const ALL: [Kind; 2] = [Kind::Orr, Kind::Dcr];

    fn of(self, arm: &ResponseArm) -> &Proportion {
        match self {
            Kind::Orr => &arm.orr,
            Kind::Dcr => &arm.dcr,
        }
    }

    fn among_evaluable(self, arm: &ResponseArm) -> Option<&Proportion> {
        match self {
            Kind::Orr => arm.orr_evaluable.as_ref(),
            Kind::Dcr => arm.dcr_evaluable.as_ref(),
        }
    }

    fn fisher(self, comparison: &ResponseComparison) -> &FisherTest {
        match self {
            Kind::Orr => &comparison.orr_fisher,
            Kind::Dcr => &comparison.dcr_fisher,
        }
    }

    fn difference(self, comparison: &ResponseComparison) -> Option<&Difference> {
        match self {
            Kind::Orr => comparison.orr_difference.as_ref(),
            Kind::Dcr => comparison.dcr_difference.as_ref(),
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

    fn summary(&self) -> Block {
        let mut parts: Vec<String> = (Kind::ALL.into_iter())
            .map(|kind| {
                let id = match kind {
                    Kind::Orr => "response-orr",
                    Kind::Dcr => "response-dcr",
                };
                self.say(id, &self.rate_arguments(kind.of(&self.outcome.overall)))
            })
            .collect();
        if let Some(comparison) = &self.outcome.comparison {
            parts.extend(Kind::ALL.map(|kind| self.compared(kind, comparison)));
        }
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
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
    fn compared(&self, kind: Kind, comparison: &ResponseComparison) -> String {
        let mut parts: Vec<String> = (self.outcome.arms.iter())
            .map(|arm| {
                let mut arguments = self.rate_arguments(kind.of(arm)).to_vec();
                arguments.push(("label", arm.label.clone().unwrap_or_default().into()));
                self.say("response-rate-of-group", &arguments)
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
        let p = self.style.p_equals(Some(kind.fisher(comparison).p_value));
        parts.push(self.say("response-fisher", &[("p", p.into())]));
        let id = match kind {
            Kind::Orr => "response-orr-by-group",
            Kind::Dcr => "response-dcr-by-group",
        };
        self.say(
            id,
            &[
                ("group", self.group().unwrap_or_default().into()),
                ("rates", clauses(&parts, self.text).into()),
            ],
        )
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
        notes.extend(empty_groups(&self.outcome.empty_groups, self.text));
        Block::Table {
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
            let (rate, patients, evaluable) = match kind {
                Kind::Orr => (
                    "response-row-orr",
                    "response-row-responders",
                    "response-row-orr-evaluable",
                ),
                Kind::Dcr => (
                    "response-row-dcr",
                    "response-row-controlled",
                    "response-row-dcr-evaluable",
                ),
            };
            let head = |id: &str| self.say(id, &[("level", self.level().into())]);
            rows.push(row(head(rate), 0, &|arm| self.rate(Some(kind.of(arm)))));
            rows.push(row(self.text.get(patients), 1, &|arm| {
                self.fraction(Some(kind.of(arm)))
            }));
            if self.outcome.options.evaluable {
                rows.push(row(head(evaluable), 0, &|arm| {
                    self.rate(kind.among_evaluable(arm))
                }));
                rows.push(row(self.text.get(patients), 1, &|arm| {
                    self.fraction(kind.among_evaluable(arm))
                }));
            }
        }
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
            .map(|kind| {
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
                cells.push(self.style.p_value(Some(kind.fisher(comparison).p_value)));
                Row {
                    head: self.text.get(match kind {
                        Kind::Orr => "response-name-orr",
                        Kind::Dcr => "response-name-dcr",
                    }),
                    cells,
                    indent: 0,
                }
            })
            .collect();
        Block::Table {
            caption: self.text.get("response-comparison"),
            columns,
            rows,
            notes: Vec::new(),
        }
    }

    fn methods(&self) -> Block {
        let options = &self.outcome.options;
        let mut methods = Methods::new(self.text);
        methods.say_after(Work::Eisenhauer, "methods-response", &[]);
        if options.evaluable {
            methods.say("methods-evaluable", &[]);
        }
        methods.intervals(options.method, &self.level());
        if let Some(comparison) = &self.outcome.comparison {
            self.tests(comparison, &mut methods);
        }
        methods.into_block()
    }

    fn tests(&self, comparison: &ResponseComparison, methods: &mut Methods<'_>) {
        let group = self.group().unwrap_or_default();
        let drawn = Kind::ALL
            .into_iter()
            .find_map(|kind| kind.fisher(comparison).draws);
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
