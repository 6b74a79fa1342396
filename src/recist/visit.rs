//! One assessment: what is known of it, and the response that RECIST 1.1 makes of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lesion::{Length, Lesion, LesionKind, LesionState, Measurement};
use super::response::{IResponse, NonTarget, Response, TargetResponse};
use super::target::{Past, burden, measured, target_response};

/// An assessment as the file has it.
///
/// Three kinds of data are enough, each alone or beside the others: measurements of lesions; the sum of
/// the target lesions, with the non-target response and whether a new lesion was seen; or only the
/// overall response.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Date of the assessment.
    pub date: NaiveDate,
    /// What the file calls it.
    pub label: Option<String>,
    /// Sizes and states of single lesions.
    pub measurements: Vec<Measurement>,
    /// Sum of the target lesions; used where no target lesion is listed.
    pub sum_mm: Option<f64>,
    /// Whether all targets are gone, nodes below 10 mm, although the sum may be above 0. A sum of 0 says
    /// so itself.
    pub targets_gone: bool,
    /// Response of the non-target lesions. It stands before what single lesions say.
    pub non_target: NonTarget,
    /// Whether a new lesion is seen.
    pub new_lesion: bool,
    /// What the reader says about growth since an unconfirmed progression (iRECIST).
    pub further: Further,
    /// Overall response as entered.
    pub investigator: Option<Response>,
    /// Response by iRECIST as entered; used where an assessment has no other data.
    pub investigator_irecist: Option<IResponse>,
}

/// What a reader can say about growth since an unconfirmed progression, where no lesions are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Further {
    /// Non-target disease has grown further.
    pub non_target: bool,
    /// A new lesion that is no target has grown.
    pub new_lesion: bool,
    /// Another new lesion is seen, besides those seen before.
    pub another_new_lesion: bool,
    /// Sum of the new lesions that are measured.
    pub new_lesion_sum_mm: Option<f64>,
}

impl Visit {
    /// An assessment of which nothing is known.
    pub fn on(date: NaiveDate) -> Self {
        Self {
            date,
            label: None,
            measurements: Vec::new(),
            sum_mm: None,
            targets_gone: false,
            non_target: NonTarget::None,
            new_lesion: false,
            further: Further::default(),
            investigator: None,
            investigator_irecist: None,
        }
    }

    /// Whether a new lesion is said to be seen.
    pub(super) fn says_new_lesion(&self) -> bool {
        self.new_lesion || self.further.another_new_lesion
    }

    /// Whether nothing but responses as entered is known.
    pub(super) fn is_bare(&self) -> bool {
        self.measurements.is_empty()
            && self.sum_mm.is_none()
            && self.non_target == NonTarget::None
            && !self.says_new_lesion()
            && (self.investigator.is_some() || self.investigator_irecist.is_some())
    }
}

/// The growth of the targets over their smallest sum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Growth {
    /// Sum in mm, of the targets that were assessed.
    pub sum: f64,
    /// Smallest sum before, in mm.
    pub nadir: f64,
    /// How many targets were not assessed.
    pub missing: usize,
}

/// Why an assessment has its response. Sums in mm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Reason {
    /// All targets are gone, and all non-target disease: CR.
    Complete {
        /// Sum, above 0 where nodes below 10 mm remain.
        sum: Option<f64>,
        /// Baseline sum.
        baseline: Option<f64>,
    },
    /// All targets are gone, but non-target disease persists or was not assessed: PR.
    TargetsComplete {
        /// What is said of the non-target lesions.
        non_target: NonTarget,
    },
    /// The sum is at least 30 % below the baseline: PR.
    Shrunk {
        /// Sum.
        sum: f64,
        /// Baseline sum.
        baseline: f64,
    },
    /// The sum is no longer 30 % below the baseline, but the response has not ended in PD: PR.
    ResponseKept {
        /// Sum.
        sum: f64,
        /// Baseline sum.
        baseline: f64,
        /// Smallest sum before.
        nadir: f64,
    },
    /// Neither PR nor PD: SD.
    Stable {
        /// Sum.
        sum: f64,
        /// Baseline sum.
        baseline: f64,
        /// Smallest sum before.
        nadir: f64,
    },
    /// PD, with all its causes.
    Progressed {
        /// The targets have grown.
        growth: Option<Growth>,
        /// A lesion has come back after CR.
        reappeared: bool,
        /// Non-target disease has progressed unequivocally.
        non_target: bool,
        /// A new lesion is seen.
        new_lesion: bool,
    },
    /// Not all targets were assessed: NE.
    TargetsNotAssessed {
        /// How many were not.
        missing: usize,
        /// How many there are.
        of: usize,
    },
    /// Targets are measured, but there is no baseline sum to compare with: NE.
    NoBaselineSum,
    /// There is non-target disease only, and this is its response.
    NonTargetOnly {
        /// What is said of it.
        non_target: NonTarget,
    },
    /// The response as entered: nothing else is known.
    Entered,
    /// Nothing is known: NE.
    NoData,
}

/// What holds for every assessment of a patient after the baseline.
#[derive(Debug, Clone)]
pub(super) struct Frame<'a> {
    pub lesions: &'a [Lesion],
    /// The targets in the sum; `None` where the file gives the sums.
    pub followed: Option<Vec<usize>>,
    /// Whether there is target disease.
    pub has_targets: bool,
    /// Whether there is non-target disease.
    pub has_non_target: bool,
    pub baseline: Option<Length>,
}

/// An assessment with its response.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    /// Sum of the targets that were assessed.
    pub sum: Option<Length>,
    /// The same, if every target was assessed.
    pub whole: Option<Length>,
    pub nadir: Option<Length>,
    pub target: TargetResponse,
    pub non_target: NonTarget,
    pub new_lesion: bool,
    /// Response of the lesions of the baseline, whatever new lesions there are.
    pub base: Response,
    /// Whether non-target disease is progression, or has come back after CR.
    pub non_target_progressed: bool,
    pub entered: bool,
    pub overall: Response,
    pub reason: Reason,
}

impl Frame<'_> {
    /// The response at an assessment, given those before it.
    ///
    /// **Source.** Eisenhauer et al. (2009), Eur J Cancer 45:228, tables 1 and 2.
    pub fn see(&self, visit: &Visit, past: &Past) -> (Seen, Past) {
        if visit.is_bare() {
            return (entered(visit), *past);
        }
        let (non_target, seen_again) = self.non_target(visit);
        let new_lesion = visit.says_new_lesion() || self.sees_new_lesion(visit);
        let burden = burden(self.lesions, self.followed.as_deref(), visit);
        let targets = self
            .has_targets
            .then(|| target_response(&burden, self.baseline, past));
        let non_target_back = past.complete && seen_again;
        let non_target_progressed = non_target == NonTarget::Pd || non_target_back;
        let target = targets.map_or(TargetResponse::None, |(response, _)| response);
        let base = if non_target_progressed {
            Response::Pd
        } else {
            timepoint_response(target, non_target)
        };
        let overall = if new_lesion { Response::Pd } else { base };
        let reason = match targets {
            _ if overall == Response::Pd => {
                let causes = targets.map(|(_, reason)| reason);
                progression(causes, non_target, non_target_back, new_lesion)
            }
            Some((TargetResponse::Cr, _)) if overall == Response::Pr => {
                Reason::TargetsComplete { non_target }
            }
            Some((_, reason)) => reason,
            None if overall == Response::Cr => Reason::Complete {
                sum: None,
                baseline: None,
            },
            None if self.has_non_target => Reason::NonTargetOnly { non_target },
            None => Reason::NoData,
        };
        let mut next = past.after(&burden, target);
        next.complete |= overall == Response::Cr;
        let seen = Seen {
            sum: (self.has_targets && burden.assessed > 0).then_some(burden.sum),
            whole: burden.whole().filter(|_| self.has_targets),
            nadir: past.nadir,
            target,
            non_target,
            new_lesion,
            base,
            non_target_progressed,
            entered: false,
            overall,
            reason,
        };
        (seen, next)
    }

    /// The non-target response, and whether non-target disease is seen that would be back after CR.
    ///
    /// What is said of the whole stands before what single lesions say. Where the patient has non-target
    /// disease, nothing said is not evaluated. A non-target node is back only if it has progressed
    /// (RECIST working group, clarification "abnormal lymph node").
    fn non_target(&self, visit: &Visit) -> (NonTarget, bool) {
        match visit.non_target {
            NonTarget::NonCrNonPd => (NonTarget::NonCrNonPd, true),
            stated @ (NonTarget::Cr | NonTarget::Pd | NonTarget::Ne) => (stated, false),
            NonTarget::None if !self.has_non_target => (NonTarget::None, false),
            NonTarget::None => self.non_target_of_lesions(visit),
        }
    }

    fn non_target_of_lesions(&self, visit: &Visit) -> (NonTarget, bool) {
        let lesions = (self.lesions.iter().enumerate())
            .filter(|(_, lesion)| lesion.kind == LesionKind::NonTarget);
        let (mut of, mut missing, mut seen, mut seen_organ) = (0, 0, false, false);
        for (index, lesion) in lesions {
            of += 1;
            let (measurement, _) = measured(visit, lesion, index);
            if measurement.is_some_and(|measurement| measurement.state == LesionState::Progressed) {
                return (NonTarget::Pd, false);
            }
            match measurement.and_then(|measurement| lesion.is_seen(measurement)) {
                None => missing += 1,
                Some(false) => {}
                Some(true) => {
                    seen = true;
                    seen_organ |= !lesion.nodal;
                }
            }
        }
        let response = if of == 0 || missing > 0 {
            NonTarget::Ne
        } else if seen {
            NonTarget::NonCrNonPd
        } else {
            NonTarget::Cr
        };
        (response, seen_organ)
    }

    fn sees_new_lesion(&self, visit: &Visit) -> bool {
        (visit.measurements.iter()).any(|measurement| {
            (self.lesions.get(measurement.lesion)).is_some_and(|lesion| {
                lesion.kind == LesionKind::New && lesion.is_seen(measurement) == Some(true)
            })
        })
    }
}

/// The causes of a progression: those of the targets, and the others.
fn progression(
    targets: Option<Reason>,
    non_target: NonTarget,
    non_target_back: bool,
    new_lesion: bool,
) -> Reason {
    let (growth, target_back) = match targets {
        Some(Reason::Progressed {
            growth, reappeared, ..
        }) => (growth, reappeared),
        Some(_) | None => (None, false),
    };
    Reason::Progressed {
        growth,
        reappeared: target_back || non_target_back,
        non_target: non_target == NonTarget::Pd,
        new_lesion,
    }
}

/// The overall response of the lesions of the baseline: tables 1 and 2, without their column of new
/// lesions.
fn timepoint_response(target: TargetResponse, non_target: NonTarget) -> Response {
    match (target, non_target) {
        (TargetResponse::Pd, _) | (_, NonTarget::Pd) => Response::Pd,
        (TargetResponse::Cr, NonTarget::Cr | NonTarget::None) => Response::Cr,
        (TargetResponse::Cr, NonTarget::NonCrNonPd | NonTarget::Ne) => Response::Pr,
        (TargetResponse::Pr, _) => Response::Pr,
        (TargetResponse::Sd, _) => Response::Sd,
        (TargetResponse::Ne, _) => Response::Ne,
        (TargetResponse::None, NonTarget::Cr) => Response::Cr,
        (TargetResponse::None, NonTarget::NonCrNonPd) => Response::NonCrNonPd,
        (TargetResponse::None, NonTarget::Ne | NonTarget::None) => Response::Ne,
    }
}

/// An assessment of which only responses as entered are known.
fn entered(visit: &Visit) -> Seen {
    let overall = (visit.investigator)
        .or(visit.investigator_irecist.map(Response::from))
        .unwrap_or(Response::Ne);
    Seen {
        sum: None,
        whole: None,
        nadir: None,
        target: TargetResponse::None,
        non_target: NonTarget::None,
        new_lesion: false,
        base: overall,
        non_target_progressed: false,
        entered: true,
        overall,
        reason: Reason::Entered,
    }
}
