//! Patient flow: how many were screened, left out and why, and analysed.

use serde::{Deserialize, Serialize};

use super::first;
use super::form::{Choice, endpoint_field, group_field, width_field};
use super::selection::{Exclusions, Groups, check, factor};
use super::{
    Analysis, AnalysisError, AnalysisForm, Exclusion, ExclusionReason, Field, FieldKind,
    FigureWidth,
};
use crate::cohort::{Cohort, Endpoint, Reason};

/// Options of the patient flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FlowOptions {
    /// What the patients are analysed for; all of them are analysed when `None`.
    pub endpoint: Option<Endpoint>,
    /// Heading of the grouping column; overall only when `None`.
    pub group: Option<String>,
    /// How many patients were screened, which the file does not say.
    pub screened: Option<u32>,
    /// Why patients that were screened are not in the file, with their numbers: `12 ineligible; 8 declined`.
    pub not_included: Option<String>,
    /// Whether the rows that the person left out are patients, and not rows of totals.
    pub left_out_are_patients: bool,
    /// Options of the figure.
    pub figure: FlowFigure,
}

impl Default for FlowOptions {
    fn default() -> Self {
        Self {
            endpoint: None,
            group: None,
            screened: None,
            not_included: None,
            left_out_are_patients: true,
            figure: FlowFigure::default(),
        }
    }
}

/// Options of the figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FlowFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// A title over the figure.
    pub title: Option<String>,
}

impl Default for FlowFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::OneAndHalf,
            title: None,
        }
    }
}

/// Patient flow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowOutcome {
    /// The options that were used.
    pub options: FlowOptions,
    /// Those who were screened; `None` when nothing was typed about them.
    pub screening: Option<Screening>,
    /// Patients in the file.
    pub in_file: usize,
    /// Patients left out before they are divided into groups.
    pub left_out: Vec<FlowLoss>,
    /// One a group in display order; none when overall only.
    pub arms: Vec<FlowArm>,
    /// All patients who are not left out.
    pub overall: FlowArm,
    /// Who is left out, and why.
    pub exclusions: Vec<Exclusion>,
    /// Labels of the groups without patients: they have no arm.
    pub empty_groups: Vec<String>,
}

/// What happened before the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screening {
    /// How many were screened.
    pub n: usize,
    /// How many of them are not in the file.
    pub not_included: usize,
    /// Why, as typed.
    pub reasons: Vec<TypedReason>,
    /// How many of them have no typed reason.
    pub without_reason: usize,
}

/// A reason that the person typed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypedReason {
    /// Its words.
    pub reason: String,
    /// How many patients.
    pub n: usize,
}

/// Patients who are left out at one point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowLoss {
    /// Why.
    pub reason: FlowReason,
    /// How many.
    pub n: usize,
}

/// Why patients of the file are not analysed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum FlowReason {
    /// The person left the row out of everything.
    ByPerson,
    /// The grouping column is missing.
    NoGroup {
        /// Its heading.
        column: String,
    },
    /// The endpoint could not be derived.
    Endpoint {
        /// The rule that says why.
        reason: Reason,
    },
}

/// The patients of a group, or all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowArm {
    /// Label of the level; `None` when overall.
    pub label: Option<String>,
    /// How many there are.
    pub n: usize,
    /// Those who are not analysed.
    pub left_out: Vec<FlowLoss>,
    /// Those who are.
    pub analysed: usize,
}

/// Counts the patients from the screening, if it was typed, to the analysis.
///
/// **Conventions.** A patient is counted once, at the first point at which it is left out: by the person, without a group,
/// without the endpoint. Where only reasons were typed, they are those of all who are not in the file.
/// **Errors.** More patients in the file than screened, more reasons than patients, a reason without a number.
/// **Source.** Schulz et al. (2010), BMJ 340:c332: the diagram of the CONSORT statement.
pub fn flow(cohort: &Cohort, options: &FlowOptions) -> Result<FlowOutcome, AnalysisError> {
    let grouping = factor(cohort, options.group.as_deref())?;
    let data = (options.endpoint)
        .map(|endpoint| (cohort.endpoint(endpoint)).ok_or(AnalysisError::NoEndpoint { endpoint }))
        .transpose()?;
    let by_person = match options.left_out_are_patients {
        true => cohort.left_out(),
        false => &[],
    };
    let in_file = cohort.subjects().len() + by_person.len();
    let mut exclusions = Exclusions::default();
    let mut left_out = Vec::new();
    for subject in by_person {
        exclusions.add(ExclusionReason::ByPerson, subject);
        add(&mut left_out, FlowReason::ByPerson);
    }
    // Why each patient who is not left out yet is not analysed, if so; and the groups.
    let (mut ends, mut levels) = (Vec::new(), Vec::new());
    for (i, subject) in cohort.subjects().iter().enumerate() {
        if let Some(grouping) = grouping {
            let Some(level) = grouping.values[i] else {
                let column = grouping.column.clone();
                let reason = ExclusionReason::NoGroup {
                    column: column.clone(),
                };
                exclusions.add(reason, subject);
                add(&mut left_out, FlowReason::NoGroup { column });
                continue;
            };
            levels.push(level);
        }
        let derived = data.map(|data| data.derived[i]);
        let lost = derived.filter(|derived| derived.value.is_none());
        let lost = lost.map(|derived| derived.reason);
        if let Some(reason) = lost {
            exclusions.add(ExclusionReason::Endpoint { reason }, subject);
        }
        ends.push(lost);
    }
    let groups = grouping.map(|grouping| Groups::new(grouping, levels));
    let (arms, empty_groups) = match groups.transpose()? {
        None => (Vec::new(), Vec::new()),
        Some(Groups { labels, empty, of }) => {
            let arm = |(group, label): (usize, String)| {
                let members = ends.iter().zip(&of).filter(|(_, of)| **of == group);
                arm(Some(label), members.map(|(&end, _)| end))
            };
            (labels.into_iter().enumerate().map(arm).collect(), empty)
        }
    };
    Ok(FlowOutcome {
        options: options.clone(),
        screening: screening(options, in_file)?,
        in_file,
        left_out,
        arms,
        overall: arm(None, ends.into_iter()),
        exclusions: exclusions.into_vec(),
        empty_groups,
    })
}

fn arm(label: Option<String>, ends: impl Iterator<Item = Option<Reason>>) -> FlowArm {
    let (mut n, mut left_out) = (0, Vec::new());
    for end in ends {
        n += 1;
        if let Some(reason) = end {
            add(&mut left_out, FlowReason::Endpoint { reason });
        }
    }
    let lost: usize = left_out.iter().map(|loss: &FlowLoss| loss.n).sum();
    FlowArm {
        label,
        n,
        analysed: n - lost,
        left_out,
    }
}

/// Counts one patient more, reasons in the order of their first appearance.
fn add(losses: &mut Vec<FlowLoss>, reason: FlowReason) {
    match losses.iter_mut().find(|loss| loss.reason == reason) {
        Some(loss) => loss.n += 1,
        None => losses.push(FlowLoss { reason, n: 1 }),
    }
}

/// What was typed about those who are not in the file.
fn screening(options: &FlowOptions, in_file: usize) -> Result<Option<Screening>, AnalysisError> {
    let typed = options.not_included.as_deref().unwrap_or_default();
    let parts = typed
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let reasons = parts.map(typed_reason).collect::<Result<Vec<_>, _>>()?;
    let explained: usize = reasons.iter().map(|reason| reason.n).sum();
    let n = match options.screened {
        None if explained == 0 => return Ok(None),
        None => in_file + explained,
        Some(screened) => {
            let n = screened as usize;
            check("screened", f64::from(screened), n >= in_file)?;
            check("not_included", explained as f64, explained <= n - in_file)?;
            n
        }
    };
    Ok(Some(Screening {
        n,
        not_included: n - in_file,
        without_reason: n - in_file - explained,
        reasons: reasons
            .into_iter()
            .filter(|of| !of.reason.is_empty())
            .collect(),
    }))
}

/// A number with its reason, in either order: `12 declined`, `declined (n = 12)`.
fn typed_reason(part: &str) -> Result<TypedReason, AnalysisError> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let not_word = |letter: char| !letter.is_alphanumeric();
    let (digits, reason) = if part.starts_with(is_digit) {
        let end = part.find(|letter| !is_digit(letter)).unwrap_or(part.len());
        let (digits, reason) = part.split_at(end);
        (digits, reason.trim_start_matches([' ', ':', '×']))
    } else {
        let numbered = part.trim_end_matches(not_word);
        let start = numbered.trim_end_matches(is_digit).len();
        let reason = numbered[..start].trim_end_matches(not_word);
        let reason = reason.strip_suffix("(n").unwrap_or(reason);
        (&numbered[start..], reason.trim_end_matches(not_word))
    };
    match digits.parse::<u32>() {
        Ok(n) => Ok(TypedReason {
            reason: reason.trim().to_owned(),
            n: n as usize,
        }),
        Err(_) => Err(AnalysisError::OutOfRange {
            option: "not_included".to_owned(),
            value: part.to_owned(),
        }),
    }
}

pub(super) fn flow_form(cohort: &Cohort) -> AnalysisForm {
    let endpoint = cohort.endpoints().first().map(|data| data.endpoint);
    let analysed = endpoint_field(cohort);
    let kind = match analysed.kind {
        FieldKind::Choice { mut choices } => {
            choices.push(Choice {
                value: serde_json::Value::Null,
                label: "form-flow-everybody".to_owned(),
                literal: false,
            });
            FieldKind::Choice { choices }
        }
        kind => kind,
    };
    let screened = FieldKind::Number {
        min: 1.0,
        max: f64::from(u32::MAX),
        step: 1.0,
        optional: true,
    };
    let flow_field = |id: &str, part: &str, kind: FieldKind| Field {
        id: id.to_owned(),
        ..Field::new(&format!("flow.{id}"), part, kind)
    };
    let mut fields = vec![
        flow_field("endpoint", "data", kind),
        group_field(cohort),
        flow_field("screened", "data", screened).help(),
        flow_field("not_included", "data", FieldKind::Text).help(),
    ];
    if !cohort.left_out().is_empty() {
        fields.push(flow_field("left_out_are_patients", "data", FieldKind::Switch).help());
    }
    fields.push(width_field());
    fields.push(Field::new("figure.title", "figure", FieldKind::Text));
    AnalysisForm {
        analysis: Analysis::Flow(FlowOptions {
            endpoint,
            group: first::arm(cohort).map(|factor| factor.column.clone()),
            ..FlowOptions::default()
        }),
        label: "form-flow".to_owned(),
        help: "form-flow-help".to_owned(),
        missing: None,
        fields,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::cohort::Subject;

    /// a: an event, one without a time; b: censored; one without a group; and one row left out.
    fn cohort() -> Cohort {
        let rows = [
            (Some(4.0), true, Some(0)),
            (None, false, Some(0)),
            (Some(6.0), false, Some(1)),
            (Some(9.0), true, None),
        ];
        let mut cohort = sample::cohort(&rows, &["a", "b"]);
        cohort.left_out.push(Subject { id: None, row: 9 });
        cohort
    }

    fn by_group() -> FlowOptions {
        FlowOptions {
            endpoint: Some(Endpoint::Pfs),
            group: Some("PD-L1".to_owned()),
            ..FlowOptions::default()
        }
    }

    fn lost(losses: &[FlowLoss]) -> usize {
        losses.iter().map(|loss| loss.n).sum()
    }

    #[test]
    fn every_patient_is_counted_once() {
        let outcome = flow(&cohort(), &by_group()).unwrap();
        assert_eq!((outcome.in_file, lost(&outcome.left_out)), (5, 2));
        assert_eq!((outcome.overall.n, outcome.overall.analysed), (3, 2));
        let arms: Vec<_> = (outcome.arms.iter())
            .map(|arm| (arm.label.as_deref(), arm.n, arm.analysed))
            .collect();
        assert_eq!(arms, [(Some("a"), 2, 1), (Some("b"), 1, 1)]);
        let reason = FlowReason::Endpoint {
            reason: Reason::NoValue,
        };
        assert_eq!(outcome.arms[0].left_out, [FlowLoss { reason, n: 1 }]);
        assert_eq!(outcome.exclusions.len(), 3);
        assert_eq!(outcome.screening, None);
    }

    #[test]
    fn without_an_endpoint_everybody_is_analysed_and_totals_are_no_patients() {
        let options = FlowOptions {
            left_out_are_patients: false,
            ..FlowOptions::default()
        };
        let outcome = flow(&cohort(), &options).unwrap();
        assert_eq!((outcome.in_file, outcome.overall.analysed), (4, 4));
        assert!(outcome.arms.is_empty() && outcome.exclusions.is_empty());
    }

    #[test]
    fn what_is_typed_about_the_screening_adds_up() {
        let with = |screened, typed: &str| {
            let options = FlowOptions {
                screened,
                not_included: Some(typed.to_owned()),
                ..by_group()
            };
            flow(&cohort(), &options).map(|outcome| outcome.screening)
        };
        let reason = |n, reason: &str| TypedReason {
            reason: reason.to_owned(),
            n,
        };
        let screening = with(Some(20), "12 ineligible; declined (n = 2);").unwrap();
        let expected = Screening {
            n: 20,
            not_included: 15,
            reasons: vec![reason(12, "ineligible"), reason(2, "declined")],
            without_reason: 1,
        };
        assert_eq!(screening, Some(expected));
        let screening = with(None, "3: ECOG 2 or more").unwrap().unwrap();
        assert_eq!((screening.n, screening.without_reason), (8, 0));
        assert_eq!(screening.reasons, [reason(3, "ECOG 2 or more")]);
        assert_eq!(with(None, " ").unwrap(), None);
        assert_eq!(with(Some(5), "").unwrap().unwrap().not_included, 0);
        for (screened, typed) in [(Some(4), ""), (Some(6), "2 declined"), (None, "declined")] {
            let refused = with(screened, typed);
            assert!(matches!(refused, Err(AnalysisError::OutOfRange { .. })));
        }
    }
}
