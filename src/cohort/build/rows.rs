//! Row by row into what every patient contributes.

use super::super::endpoint::{self, Fault, Frame, Place};
use super::super::{Derived, Endpoint, EndpointData, EventRole, IssueKind, Severity, StartEvent};
use super::{Builder, Dates, Source};

impl Builder<'_> {
    /// What holds for every patient.
    pub(super) fn frame(&self) -> Frame {
        Frame {
            cut_off: self.mapping.cut_off,
            rules: self.mapping.rules,
        }
    }

    /// What the times begin with.
    pub(super) fn start_event(&self) -> StartEvent {
        StartEvent::named(self.mapping.start.as_deref().unwrap_or_default())
    }

    pub(super) fn derive(
        &mut self,
        dates: &Dates<'_>,
        sources: Vec<(Endpoint, Source<'_>)>,
    ) -> Vec<EndpointData> {
        let frame = self.frame();
        let any_from_dates = sources
            .iter()
            .any(|(_, source)| matches!(source, Source::Dates | Source::Rules(_)));
        let by_rules = sources.iter().find_map(|(_, source)| match source {
            Source::Rules(rules) => Some(*rules),
            Source::Dates | Source::Own(_) | Source::Given { .. } => None,
        });
        let mut derived: Vec<Vec<Derived>> = sources
            .iter()
            .map(|_| Vec::with_capacity(self.rows.len()))
            .collect();
        let mut unseen: Vec<usize> = vec![0; sources.len()];
        for row in self.rows.clone() {
            let course = dates.course(row);
            let mut faults: Vec<(Fault, Vec<Endpoint>)> = (endpoint::unreadable(&course))
                .map(|fault| (fault, Vec::new()))
                .collect();
            if any_from_dates {
                let remarks = endpoint::remarks(&course, &frame);
                faults.extend(remarks.into_iter().map(|remark| (remark, Vec::new())));
            }
            let differs = (by_rules.filter(|_| dates.progression.is_some()))
                .and_then(|rules| rules.remark(row, &course, &frame));
            faults.extend(differs.map(|remark| (remark, Vec::new())));
            for (index, (endpoint, source)) in sources.iter().enumerate() {
                for remark in source.remarks(*endpoint, row, &frame) {
                    if !faults.iter().any(|(known, _)| *known == remark) {
                        faults.push((remark, Vec::new()));
                    }
                }
                let decision = source.decide(*endpoint, row, &course, &frame);
                derived[index].push(decision.unwrap_or_else(|(reason, fault)| {
                    if fault.place == Place::LastContact && dates.last_contact.is_none() {
                        unseen[index] += 1;
                    } else {
                        blame(&mut faults, fault, *endpoint);
                    }
                    Derived {
                        value: None,
                        reason,
                    }
                }));
            }
            for (fault, left_out) in faults {
                self.report(dates, &sources, row, fault, left_out);
            }
        }
        for ((endpoint, _), patients) in sources.iter().zip(unseen) {
            if patients > 0 {
                let kind = IssueKind::NoCensoringDate { patients };
                self.issue(Severity::Warning, None, kind).left_out = vec![*endpoint];
            }
        }
        let start = self.start_event();
        let deaths_mapped = dates.say_who_died();
        (sources.into_iter().zip(derived))
            .map(|((endpoint, source), derived)| EndpointData {
                endpoint,
                origin: source.origin(start),
                deaths_known: match source {
                    Source::Dates | Source::Rules(_) => deaths_mapped,
                    Source::Own(_) => false,
                    Source::Given { without_deaths, .. } => !without_deaths,
                },
                unit: source.unit(self.mapping.rules),
                derived,
            })
            .collect()
    }

    /// Makes an issue of a fault, at its cell.
    fn report(
        &mut self,
        dates: &Dates<'_>,
        sources: &[(Endpoint, Source<'_>)],
        row: usize,
        fault: Fault,
        left_out: Vec<Endpoint>,
    ) {
        let given = |endpoint: Endpoint| {
            sources.iter().find_map(|(of, source)| match source {
                Source::Given { time, event, .. } if *of == endpoint => Some((time, &event.view)),
                Source::Given { .. } | Source::Dates | Source::Rules(_) | Source::Own(_) => None,
            })
        };
        let own = || {
            sources.iter().find_map(|(_, source)| match source {
                Source::Own(own) => own.view(fault.place),
                Source::Given { .. } | Source::Dates | Source::Rules(_) => None,
            })
        };
        let second = self.view(self.mapping.second_progression.as_deref());
        let second = second.ok().flatten();
        let view = match fault.place {
            Place::Start => dates.start.as_ref(),
            Place::Progression => dates.progression.as_ref(),
            Place::SecondProgression => second.as_ref(),
            Place::Progressed => dates.progressed.as_ref().map(|coded| &coded.view),
            Place::Death => dates.death.as_ref().or(dates.last_contact.as_ref()),
            Place::Died => dates.died.as_ref().map(|coded| &coded.view),
            Place::LastContact => dates.last_contact.as_ref(),
            Place::Time(endpoint) => given(endpoint).map(|(time, _)| time),
            Place::Event(endpoint) => given(endpoint).map(|(_, event)| event),
            Place::Column(_) => own(),
        };
        // A column that cannot be used has an issue of its own; what rests on it has the start.
        let view = view.or(dates.start.as_ref());
        let view = view.expect("a fault stands in a mapped column");
        let presumed = matches!(fault.kind, IssueKind::PresumedNoEvent { .. });
        if (presumed || fault.kind == IssueKind::MissingValue)
            && self.is_asked_about(fault.place)
            && view.is_blank(row)
        {
            return;
        }
        let differs = matches!(fault.kind, IssueKind::ProgressionDiffers { .. });
        let severity = if left_out.is_empty() && !presumed && !differs {
            Severity::Note
        } else {
            Severity::Warning
        };
        self.cell_issue(severity, view, row, fault.kind);
        if let Some(issue) = self.issues.last_mut() {
            issue.left_out = left_out;
        }
    }

    /// Whether an issue of the whole column asks what its empty cells mean.
    fn is_asked_about(&self, place: Place) -> bool {
        let role = match place {
            Place::Progressed => EventRole::Progressed,
            Place::Died => EventRole::Died,
            Place::Event(Endpoint::Pfs) => EventRole::Pfs,
            Place::Event(Endpoint::Os) => EventRole::Os,
            Place::Event(Endpoint::Efs) => EventRole::Efs,
            Place::Start
            | Place::Progression
            | Place::SecondProgression
            | Place::Death
            | Place::LastContact
            | Place::Event(_)
            | Place::Column(_)
            | Place::Time(_) => return false,
        };
        self.asked.contains(&role)
    }
}

/// Adds the endpoint to the fault, which the remarks may already hold.
fn blame(faults: &mut Vec<(Fault, Vec<Endpoint>)>, fault: Fault, endpoint: Endpoint) {
    match faults.iter_mut().find(|(known, _)| *known == fault) {
        Some((_, endpoints)) => endpoints.push(endpoint),
        None => faults.push((fault, vec![endpoint])),
    }
}
