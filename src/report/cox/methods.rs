//! The Methods paragraph of the section on Cox models.

use super::Section;
use crate::analysis::{
    CharacteristicKind, FirthUse, NumberScale, SelectionMethod, Ties, TimeTransform, WeightKind,
};
use crate::report::Block;
use crate::report::methods::{Methods, Work};
use crate::report::words::clauses;
use crate::text::Text;

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let outcome = self.outcome;
        let options = &outcome.options;
        let mut methods = Methods::of_endpoint(
            options.endpoint,
            &outcome.definition,
            outcome.rules,
            self.text,
        );
        self.models(&mut methods);
        self.scales(&mut methods);
        let joined = |columns: &[String]| columns.join(&self.text.get("report-list-join"));
        if !options.strata.is_empty() {
            let columns = ("columns", joined(&options.strata).into());
            methods.say("methods-cox-strata", &[columns]);
        }
        if let Some(column) = &options.weights {
            let id = match options.weight_kind {
                WeightKind::Frequency => "methods-cox-weights-frequency",
                WeightKind::Sampling => "methods-cox-weights-sampling",
            };
            methods.say(id, &[("column", column.into())]);
        }
        match &options.entry {
            Some(column) => {
                methods.say(
                    "methods-cox-entry",
                    &[("column", column.into()), self.rows_are()],
                );
            }
            None if outcome.patients.is_some() => methods.say("methods-cox-intervals", &[]),
            None => {}
        }
        if options.robust {
            match &options.cluster {
                None if outcome.patients.is_some() => {
                    methods.say_after(Work::LinWei, "methods-cox-clustered-by-patient", &[]);
                }
                None => methods.say_after(Work::LinWei, "methods-cox-robust", &[]),
                Some(cluster) => {
                    let column = ("column", cluster.into());
                    methods.say_after(Work::LinWei, "methods-cox-clustered", &[column]);
                }
            }
        }
        self.penalised(&mut methods);
        self.whole_model(&mut methods);
        self.predicted(&mut methods);
        methods.say("methods-two-sided", &[]);
        methods.into_block()
    }

    fn models(&self, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        let cox = methods.cite(Work::Cox);
        let ties = ties(options.ties, methods, self.text);
        let level = ("level", self.level().into());
        methods.say(
            "methods-cox-models",
            &[("cox", cox.into()), ("ties", ties.into())],
        );
        if options.firth == FirthUse::Always {
            // Its intervals are said with it.
        } else if options.has_profile_limits() {
            methods.say_after(Work::VenzonMoolgavkar, "methods-cox-profile", &[level]);
        } else {
            methods.say("methods-cox-wald", &[level]);
        }
        if self.several() {
            methods.say("methods-cox-two-steps", &[self.rows_are()]);
        }
        self.selection(methods);
        let pairs: Vec<String> = (self.outcome.characteristics.iter())
            .filter(|of| of.in_model)
            .filter_map(|of| match &of.kind {
                CharacteristicKind::Interaction { second } => {
                    let arguments = [("first", (&of.column).into()), ("second", second.into())];
                    Some(self.say("methods-cox-interaction-of", &arguments))
                }
                CharacteristicKind::Levels | CharacteristicKind::Numbers { .. } => None,
            })
            .collect();
        if !pairs.is_empty() {
            let pairs = clauses(&pairs, self.text);
            methods.say("methods-cox-interaction", &[("pairs", pairs.into())]);
        }
    }

    fn selection(&self, methods: &mut Methods<'_>) {
        let Some(selection) = &self.outcome.selection else {
            if self.several() {
                methods.say("methods-cox-not-selected", &[]);
            }
            return;
        };
        let id = match selection.method {
            SelectionMethod::None => return,
            SelectionMethod::Backward => "methods-cox-backward",
            SelectionMethod::Univariable => "methods-cox-entered",
        };
        let p = ("p", self.style.short(selection.p).into());
        methods.say_after(Work::HeinzeWallisch, id, &[p, self.rows_are()]);
    }

    fn predicted(&self, methods: &mut Methods<'_>) {
        if self.outcome.curves.is_some() {
            let arguments = [
                ("level", self.level().into()),
                (
                    "scale",
                    methods.scale(self.outcome.options.curves.conf_type).into(),
                ),
            ];
            methods.say_after(Work::Tsiatis, "methods-cox-curves", &arguments);
        }
        if self.outcome.checks.is_some() {
            methods.say_after(Work::Therneau, "methods-cox-checks", &[]);
        }
    }

    /// Logarithms and standard deviations; steps are in the table.
    fn scales(&self, methods: &mut Methods<'_>) {
        for (wanted, id) in [
            (NumberScale::Log2, "methods-cox-log2"),
            (NumberScale::Standardised, "methods-cox-standardised"),
        ] {
            let columns: Vec<&str> = (self.outcome.characteristics.iter())
                .filter(|of| {
                    matches!(&of.kind, CharacteristicKind::Numbers { scale, .. } if *scale == wanted)
                })
                .map(|of| &*of.column)
                .collect();
            if !columns.is_empty() {
                let columns = columns.join(&self.text.get("report-list-join"));
                methods.say(id, &[("columns", columns.into()), self.rows_are()]);
            }
        }
    }

    fn penalised(&self, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        let own = (self.outcome.characteristics.iter()).filter_map(|of| of.univariable.as_ref());
        let used = own
            .chain([&self.outcome.model])
            .any(|model| model.penalised);
        let id = match options.firth {
            FirthUse::Always if used => "methods-cox-firth-always",
            FirthUse::Automatic if used => "methods-cox-firth",
            FirthUse::Always | FirthUse::Automatic | FirthUse::Never => return,
        };
        let arguments = [
            ("level", self.level().into()),
            ("firth", methods.cite(Work::Firth).into()),
            ("heinze", methods.cite(Work::HeinzeSchemper).into()),
        ];
        methods.say(id, &arguments);
    }

    fn whole_model(&self, methods: &mut Methods<'_>) {
        let model = &self.outcome.model;
        if model.proportionality.is_some() {
            let transform = self.text.get(match self.outcome.options.transform {
                TimeTransform::KaplanMeier => "methods-cox-time-kaplan-meier",
                TimeTransform::Rank => "methods-cox-time-rank",
                TimeTransform::Identity => "methods-cox-time-identity",
                TimeTransform::Log => "methods-cox-time-log",
            });
            let transform = ("transform", transform.into());
            methods.say_after(
                Work::GrambschTherneau,
                "methods-cox-proportionality",
                &[transform],
            );
        }
        if model.concordance.is_some() {
            methods.say_after(Work::Harrell, "methods-cox-concordance", &[]);
        }
        let needed = model.parameters * crate::analysis::EVENTS_PER_COEFFICIENT;
        let few = model.effective_events < needed as f64;
        if model.failure.is_none() && few {
            methods.say_after(Work::Peduzzi, "methods-cox-few-events", &[]);
        }
    }
}

/// The words on a method for ties, with its work where it is not Cox's.
pub(in crate::report) fn ties(ties: Ties, methods: &mut Methods<'_>, text: &Text) -> String {
    let (id, work) = match ties {
        Ties::Efron => ("methods-cox-efron", Work::Efron),
        Ties::Breslow => ("methods-cox-breslow", Work::Breslow),
        Ties::Exact => return text.get("methods-cox-exact"),
    };
    text.with(id, &[("ref", methods.cite(work).into())])
}
