//! The section on one endpoint under several rules of censoring.

use super::cohort::{reason, status};
use super::methods::Methods;
use super::spoken::Spoken;
use super::survival::figure_parts;
use super::words::{clauses, column, empty_groups, exclusions, sentences};
use super::{Block, Row, endpoint};
use crate::analysis::{
    Change, ChangedSubject, RuleOutcome, SensitivityOutcome, SurvivalArm, SurvivalOutcome,
};
use crate::cohort::Endpoint;
use crate::figure::sensitivity::preset;
use crate::format::Style;
use crate::recist::Preset;
use crate::text::Text;

/// Sentences, figures, both tables, cautions, exclusions and Methods paragraph of a sensitivity analysis.
pub(super) fn blocks(outcome: &SensitivityOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![section.heading(), section.summary()];
    blocks.extend(section.figures());
    blocks.push(section.table());
    blocks.extend(section.changes());
    blocks.extend(section.cautions());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, SensitivityOutcome>;

impl<'a> Section<'a> {
    fn heading(&self) -> Block {
        let heading = format!("survival-heading-{}", self.outcome.options.endpoint.code());
        let heading = ("heading", self.text.get(&heading).into());
        Block::Heading {
            text: match &self.outcome.options.group {
                None => self.say("sensitivity-heading", &[heading]),
                Some(group) => {
                    let group = ("group", group.into());
                    self.say("sensitivity-heading-by-group", &[heading, group])
                }
            },
        }
    }

    /// What is said of the estimates under one of the rules.
    fn of(&self, rule: &'a RuleOutcome) -> Spoken<'a, SurvivalOutcome> {
        Spoken {
            outcome: &rule.survival,
            style: self.style,
            text: self.text,
        }
    }

    fn preset(&self, rule: &RuleOutcome) -> String {
        preset(rule.preset, self.text)
    }

    /// `by the FDA-style rules`.
    fn by(&self, rule: &RuleOutcome) -> String {
        self.text.get(match rule.preset {
            Preset::Fda => "sensitivity-by-fda",
            Preset::Ema => "sensitivity-by-ema",
            Preset::Plain => "sensitivity-by-plain",
        })
    }

    fn summary(&self) -> Block {
        let medians: Vec<String> = self
            .outcome
            .by
            .iter()
            .map(|rule| self.median(rule))
            .collect();
        let medians = [
            ("endpoint", self.endpoint().into()),
            ("medians", clauses(&medians, self.text).into()),
        ];
        let mut parts = vec![self.say("sensitivity-medians", &medians)];
        parts.extend(self.compared());
        parts.push(self.changed());
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// "11.7 months (95 % CI 9.1–13.0) by the FDA-style rules (12 events in 14 patients)".
    fn median(&self, rule: &'a RuleOutcome) -> String {
        let arm = &rule.survival.overall;
        let median = arm.median();
        let id = match median.estimate {
            Some(_) => "sensitivity-median",
            None => "sensitivity-median-not-reached",
        };
        let arguments = [
            ("median", self.time(median.estimate).into()),
            ("unit", self.unit().into()),
            ("level", self.level().into()),
            ("range", self.of(rule).quantile_range(median).into()),
            ("by", self.by(rule).into()),
            ("events", arm.n_event.into()),
            ("n", arm.n.into()),
        ];
        self.say(id, &arguments)
    }

    /// How the groups compare under each of the rules, where they can be compared.
    fn compared(&self) -> Option<String> {
        let compared: Vec<String> = (self.outcome.by.iter())
            .filter_map(|rule| self.comparison(rule))
            .collect();
        let clauses = ("clauses", clauses(&compared, self.text).into());
        (!compared.is_empty()).then(|| match self.pair() {
            Some([first, second]) => self.say(
                "sensitivity-ratios",
                &[("first", first.into()), ("second", second.into()), clauses],
            ),
            None => self.say("sensitivity-tests", &[clauses]),
        })
    }

    fn comparison(&self, rule: &'a RuleOutcome) -> Option<String> {
        let comparison = rule.survival.comparison.as_ref()?;
        comparison.log_rank.p_value?;
        let p = self.style.p_equals(comparison.log_rank.p_value);
        let said = [("p", p.into()), ("by", self.by(rule).into())];
        let ratio = (self.pair()).and_then(|_| self.of(rule).hazard_ratio(comparison));
        Some(match ratio {
            None => self.say("sensitivity-test", &said),
            Some((ratio, range)) => {
                let ratio = [
                    ("ratio", ratio.into()),
                    ("level", self.level().into()),
                    ("range", range.into()),
                ];
                self.say("sensitivity-ratio", &[&said[..], &ratio].concat())
            }
        })
    }

    /// The groups, where they are two under all of the rules.
    fn pair(&self) -> Option<[&'a str; 2]> {
        let labels = |rule: &'a RuleOutcome| match &rule.survival.arms[..] {
            [first, second] => Some([first.label.as_deref()?, second.label.as_deref()?]),
            _ => None,
        };
        let mut pairs = self.outcome.by.iter().map(labels);
        let first = pairs.next()??;
        pairs.all(|pair| pair == Some(first)).then_some(first)
    }

    fn changed(&self) -> String {
        let of = |change: Change| {
            let changes = self.outcome.changes.iter();
            changes.filter(|one| one.change == change).count()
        };
        let arguments = [
            ("changed", self.outcome.changes.len().into()),
            ("n", self.outcome.n.into()),
            ("event", of(Change::Event).into()),
            ("time", of(Change::Time).into()),
            ("contributes", of(Change::Contributes).into()),
        ];
        self.say("sensitivity-changed", &arguments)
    }

    fn figures(&self) -> Vec<Block> {
        let options = &self.outcome.options;
        let of_all = self.say(
            "sensitivity-figure",
            &[("endpoint", self.endpoint_in_full().into())],
        );
        let mut parts = vec![of_all];
        let (curves, level) = (self.outcome.by.len(), self.level());
        parts.extend(figure_parts(&options.figure, curves, &level, self.text));
        let mut figures = vec![sentences(&parts, self.text)];
        let column = options.group.as_deref().unwrap_or_default();
        figures.extend((self.outcome.drawn_groups().into_iter()).map(|group| {
            let arguments = [("column", column.into()), ("group", group.into())];
            self.say("sensitivity-figure-group", &arguments)
        }));
        (figures.into_iter().enumerate())
            .map(|(scene, caption)| Block::Figure { scene, caption })
            .collect()
    }

    /// The estimates, a column for each of the rules.
    fn table(&self) -> Block {
        let heads = (self.outcome.by.iter())
            .map(|rule| column(Some(&self.preset(rule)), rule.survival.overall.n, self.text));
        let endpoint = ("endpoint", self.endpoint_in_full().into());
        Block::Table {
            shared_heads: Vec::new(),
            caption: match &self.outcome.options.group {
                None => self.say("sensitivity-table", &[endpoint]),
                Some(group) => {
                    let group = ("group", group.into());
                    self.say("sensitivity-table-by-group", &[endpoint, group])
                }
            },
            columns: std::iter::once(String::new()).chain(heads).collect(),
            rows: self.rows(),
            notes: self.notes(),
        }
    }

    fn rows(&self) -> Vec<Row> {
        let arguments = [
            ("endpoint", self.endpoint().into()),
            ("unit", self.unit().into()),
            ("level", self.level().into()),
        ];
        let mut rows = Vec::new();
        if self.outcome.options.group.is_some() {
            let head = self.text.get("sensitivity-row-patients");
            self.estimate(&mut rows, head, &|_, arm| arm.n.to_string());
        }
        let head = self.text.get("sensitivity-row-events");
        self.estimate(&mut rows, head, &|_, arm| {
            self.style.count_percent(arm.n_event, arm.n)
        });
        let head = self.say("survival-row-median", &arguments);
        self.estimate(&mut rows, head, &|of, arm| of.time_interval(arm.median()));
        for (index, &landmark) in self.outcome.options.landmarks.iter().enumerate() {
            let landmark = [
                ("landmark", self.landmark_time(landmark).into()),
                ("endpoint", self.endpoint().into()),
                ("level", self.level().into()),
            ];
            let head = self.say("survival-row-rate", &landmark);
            self.estimate(&mut rows, head, &|of, arm| of.rate(&arm.rates[index]));
        }
        rows.extend(self.comparison_rows());
        rows
    }

    /// A row of all patients and, under it, one a group.
    fn estimate(
        &self,
        rows: &mut Vec<Row>,
        head: String,
        cell: &dyn Fn(&Spoken<'_, SurvivalOutcome>, &SurvivalArm) -> String,
    ) {
        let by = || self.outcome.by.iter();
        rows.push(Row {
            head,
            cells: by()
                .map(|rule| cell(&self.of(rule), &rule.survival.overall))
                .collect(),
            indent: 0,
        });
        for label in self.groups() {
            let of_group = |rule: &'a RuleOutcome| {
                let mut arms = rule.survival.arms.iter();
                let arm = arms.find(|arm| arm.label.as_deref() == Some(label));
                arm.map_or_else(|| "–".to_owned(), |arm| cell(&self.of(rule), arm))
            };
            rows.push(Row {
                head: label.to_owned(),
                cells: by().map(of_group).collect(),
                indent: 1,
            });
        }
    }

    /// The groups that somebody of contributes under any of the rules.
    fn groups(&self) -> Vec<&'a str> {
        let mut groups = Vec::new();
        let arms = self.outcome.by.iter().flat_map(|rule| &rule.survival.arms);
        for label in arms.filter_map(|arm| arm.label.as_deref()) {
            if !groups.contains(&label) {
                groups.push(label);
            }
        }
        groups
    }

    fn comparison_rows(&self) -> Vec<Row> {
        let comparisons: Vec<_> = (self.outcome.by.iter())
            .map(|rule| rule.survival.comparison.as_ref())
            .collect();
        let row = |head: String, cells: Vec<String>| Row {
            head,
            cells,
            indent: 0,
        };
        let mut rows = Vec::new();
        if comparisons.iter().all(Option::is_none) {
            return rows;
        }
        if let Some([first, second]) = self.pair() {
            let ratios = comparisons.iter().map(|comparison| {
                let term = (comparison.and_then(|found| found.cox.as_ref()))
                    .and_then(|cox| cox.terms.first());
                self.style.ratio_interval(
                    term.and_then(|term| term.hazard_ratio),
                    term.and_then(|term| term.conf_low),
                    term.and_then(|term| term.conf_high),
                )
            });
            let arguments = [
                ("first", first.into()),
                ("second", second.into()),
                ("level", self.level().into()),
            ];
            let head = self.say("sensitivity-row-ratio", &arguments);
            rows.push(row(head, ratios.collect()));
        }
        let p_values = comparisons.iter().map(|comparison| {
            let p = comparison.and_then(|comparison| comparison.log_rank.p_value);
            self.style.p_value(p)
        });
        let head = self.text.get("survival-column-log-rank");
        rows.push(row(head, p_values.collect()));
        let permuted: Vec<Option<f64>> = (comparisons.iter())
            .map(|comparison| Some((*comparison)?.permutation.as_ref()?.p_value))
            .collect();
        if permuted.iter().any(Option::is_some) {
            let cells = (permuted.into_iter())
                .map(|p| p.map_or_else(|| "–".to_owned(), |p| self.style.p_value(Some(p))));
            let head = self.text.get("survival-column-permutation");
            rows.push(row(head, cells.collect()));
        }
        rows
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.text.get("survival-note-ci")];
        for rule in &self.outcome.by {
            let survival = self.of(rule);
            let empty = empty_groups(&rule.survival.empty_groups, self.text);
            for note in survival.notes_on_estimates().into_iter().chain(empty) {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        let permuted = |rule: &RuleOutcome| {
            (rule.survival.comparison.as_ref())
                .is_some_and(|comparison| comparison.permutation.is_some())
        };
        if self.outcome.by.iter().any(permuted) {
            notes.push(self.text.get("survival-note-permutation"));
        }
        if !self.outcome.empty.is_empty() {
            let rules = ("rules", self.presets(&self.outcome.empty).into());
            notes.push(self.say("sensitivity-note-empty", &[rules]));
        }
        notes
    }

    /// `FDA-style, plain`.
    fn presets(&self, presets: &[Preset]) -> String {
        let names: Vec<String> = (presets.iter()).map(|&of| preset(of, self.text)).collect();
        names.join(&self.text.get("report-list-join"))
    }

    /// The patients whose time or event depends on the rules: under the name of each, what the rules give.
    fn changes(&self) -> Option<Block> {
        let changes = &self.outcome.changes;
        let unit = ("unit", self.unit().into());
        (!changes.is_empty()).then(|| Block::Table {
            shared_heads: Vec::new(),
            caption: self.text.get("sensitivity-changes"),
            columns: [
                "sensitivity-column-patient",
                "sensitivity-column-time",
                "sensitivity-column-status",
                "sensitivity-column-reason",
            ]
            .map(|id| self.say(id, std::slice::from_ref(&unit)))
            .to_vec(),
            rows: (changes.iter()).flat_map(|one| self.change(one)).collect(),
            notes: Vec::new(),
        })
    }

    fn change(&self, one: &ChangedSubject) -> Vec<Row> {
        let options = &self.outcome.options;
        let patient = Row {
            head: super::words::patient(&one.subject, self.text),
            cells: vec![String::new(); 3],
            indent: 0,
        };
        let rules = self.outcome.rules;
        let by_rule = options
            .presets
            .iter()
            .zip(&one.derived)
            .map(|(of, derived)| Row {
                head: preset(*of, self.text),
                cells: vec![
                    (derived.value).map_or_else(|| "–".to_owned(), |value| self.time(value.time)),
                    status(derived, self.text),
                    reason(
                        options.endpoint,
                        derived,
                        None,
                        rules,
                        self.style,
                        self.text,
                    ),
                ],
                indent: 1,
            });
        std::iter::once(patient).chain(by_rule).collect()
    }

    /// The cautions of every one of the rules, each once and with the rules that it is about.
    fn cautions(&self) -> Vec<Block> {
        let mut cautions: Vec<(String, Vec<Preset>)> = Vec::new();
        for rule in &self.outcome.by {
            for block in self.of(rule).cautions() {
                let Block::Caution { text } = block else {
                    continue;
                };
                match cautions.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, presets)) => presets.push(rule.preset),
                    None => cautions.push((text, vec![rule.preset])),
                }
            }
        }
        (cautions.into_iter())
            .map(|(caution, presets)| Block::Caution {
                text: if presets.len() == self.outcome.by.len() {
                    caution
                } else {
                    let rules = ("rules", self.presets(&presets).into());
                    let caution = ("caution", caution.into());
                    self.say("sensitivity-caution", &[rules, caution])
                },
            })
            .collect()
    }

    fn methods(&self) -> Block {
        let mut methods = Methods::new(self.text);
        let options = &self.outcome.options;
        let id = match options.endpoint {
            Endpoint::Pfs => "methods-pfs-by-rules".to_owned(),
            endpoint => format!("methods-{}", endpoint.code()),
        };
        methods.say(&id, &[]);
        methods.say("methods-sensitivity", &[]);
        for of in &options.presets {
            match of {
                Preset::Fda => {
                    let gap = ("gap", self.outcome.settings.gap_days.into());
                    methods.say("methods-sensitivity-fda", &[gap]);
                }
                Preset::Ema => methods.say("methods-sensitivity-ema", &[]),
                Preset::Plain => methods.say("methods-sensitivity-plain", &[]),
            }
        }
        if self.outcome.settings.clinical_progression {
            methods.say("methods-sensitivity-clinical", &[]);
        }
        if let Some(cut_off) = self.outcome.settings.cut_off {
            methods.say("methods-cut-off", &[("date", cut_off.to_string().into())]);
        }
        endpoint::count_time(&mut methods, self.outcome.rules);
        methods.display(self.outcome.unit, self.outcome.rules, self.style);
        if let Some(rule) = self.outcome.by.first() {
            self.of(rule).estimation(&mut methods);
        }
        let compares = |rule: &&'a RuleOutcome| {
            (rule.survival.comparison.as_ref())
                .is_some_and(|comparison| comparison.log_rank.p_value.is_some())
        };
        if let Some(rule) = self.outcome.by.iter().find(compares) {
            self.of(rule).tests(&mut methods);
        }
        methods.into_block()
    }
}
