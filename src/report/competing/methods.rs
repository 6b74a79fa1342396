//! The Methods paragraph of the section on competing risks.

use super::{Section, label};
use crate::analysis::{EndpointDefinition, FineGrayWeights};
use crate::report::Block;
use crate::report::methods::{Methods, Work};

impl Section<'_> {
    pub(super) fn methods(&self) -> Block {
        let outcome = self.outcome;
        let mut methods = Methods::new(self.text);
        self.definition(&mut methods);
        methods.units(outcome.definition, outcome.unit, outcome.rules, self.style);
        let arguments = [
            ("level", self.level().into()),
            ("scale", methods.scale(outcome.options.conf_type).into()),
            ("aj", methods.cite(Work::AalenJohansen).into()),
            ("variance", methods.cite(Work::Marubini).into()),
        ];
        methods.say("competing-methods-incidence", &arguments);
        if outcome.overstatement.is_some() {
            methods.say_after(Work::Gooley, "competing-methods-kaplan-meier", &[]);
        }
        methods.say_after(Work::SchemperSmith, "methods-follow-up", &[]);
        if let (Some(group), [reference, _, ..]) = (self.group(), &outcome.arms[..]) {
            self.tests(group, &label(reference), &mut methods);
        }
        methods.into_block()
    }

    fn definition(&self, methods: &mut Methods<'_>) {
        match self.outcome.definition {
            EndpointDefinition::Given { .. } => methods.say("competing-methods-given", &[]),
            EndpointDefinition::GivenDates { .. } => {
                methods.say("competing-methods-given-dates", &[]);
            }
            EndpointDefinition::Rules { .. } | EndpointDefinition::Dates { .. } => {
                methods.say("competing-methods-dates", &[])
            }
        }
    }

    fn tests(&self, group: &str, reference: &str, methods: &mut Methods<'_>) {
        let options = &self.outcome.options;
        let mut arguments = vec![("group", group.into())];
        match &options.strata {
            None => methods.say_after(Work::Gray, "competing-methods-gray", &arguments),
            Some(strata) => {
                arguments.push(("strata", strata.into()));
                methods.say_after(Work::Gray, "competing-methods-gray-stratified", &arguments);
            }
        }
        let arguments = [
            ("reference", reference.into()),
            ("cox", methods.cite(Work::Cox).into()),
            ("efron", methods.cite(Work::Efron).into()),
            ("finegray", methods.cite(Work::FineGray).into()),
            ("both", methods.cite(Work::Latouche).into()),
            ("level", self.level().into()),
        ];
        methods.say("competing-methods-ratios", &arguments);
        methods.say(
            match options.convention {
                FineGrayWeights::Survival => "competing-methods-survival",
                FineGrayWeights::Cmprsk => "competing-methods-cmprsk",
            },
            &[],
        );
    }
}
