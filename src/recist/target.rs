//! Target lesions: the sum of diameters and the response that it makes.

use super::lesion::{Length, Lesion, Measurement};
use super::response::TargetResponse;
use super::visit::{Growth, Reason, Visit};

/// What one assessment says of the target lesions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Burden {
    /// Sum of those that were assessed.
    pub sum: Length,
    /// How many were assessed.
    pub assessed: usize,
    /// How many there are.
    pub of: usize,
    /// Whether all that were assessed are gone, nodes below 10 mm.
    pub gone: bool,
}

impl Burden {
    /// The sum, if every target was assessed.
    pub fn whole(&self) -> Option<Length> {
        (self.of > 0 && self.assessed == self.of).then_some(self.sum)
    }
}

/// The largest measurement of a lesion at an assessment, and how many there are.
pub(super) fn measured<'a>(
    visit: &'a Visit,
    lesion: &Lesion,
    index: usize,
) -> (Option<&'a Measurement>, usize) {
    let all = || (visit.measurements.iter()).filter(|measurement| measurement.lesion == index);
    let largest = all().max_by_key(|measurement| lesion.size(measurement));
    (largest, all().count())
}

/// The burden of the lesions that are followed; without lesions, the sum that the file gives.
pub(super) fn burden(lesions: &[Lesion], followed: Option<&[usize]>, visit: &Visit) -> Burden {
    let Some(followed) = followed else {
        let sum = visit.sum_mm.and_then(Length::from_mm);
        return Burden {
            sum: sum.unwrap_or(Length::ZERO),
            assessed: usize::from(sum.is_some()),
            of: 1,
            gone: sum.is_some_and(|sum| sum == Length::ZERO || visit.targets_gone),
        };
    };
    let mut burden = Burden {
        sum: Length::ZERO,
        assessed: 0,
        of: followed.len(),
        gone: true,
    };
    for &index in followed {
        let lesion = &lesions[index];
        let (Some(measurement), _) = measured(visit, lesion, index) else {
            continue;
        };
        let Some(size) = lesion.size(measurement) else {
            continue;
        };
        burden.sum = burden.sum + size;
        burden.assessed += 1;
        burden.gone &= lesion.is_seen(measurement) == Some(false);
    }
    burden
}

/// What the assessments so far leave behind for the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Past {
    /// Smallest sum so far, the baseline included.
    pub nadir: Option<Length>,
    /// Whether the targets have responded and not progressed since.
    pub responding: bool,
    /// Whether everything was gone once: from then on any disease is progression.
    pub complete: bool,
}

/// Target response: CR, then PD, then PR, else SD; without every target NE, unless those that were
/// assessed make PD already.
///
/// **Conventions.** A response lasts until PD, although the sum is no longer 30 % below the baseline
/// (100, 70, 70, 80, 80 is PR from the second sum on). After CR overall, a target that is seen again is
/// PD whatever its size; a node counts as seen from 10 mm on.
/// **Source.** Eisenhauer et al. (2009), Eur J Cancer 45:228, 4.3.1 and 4.3.2; RECIST working group,
/// questions and clarifications (recist.eortc.org: continuing PR; abnormal lymph node); Schwartz et al.
/// (2016), Eur J Cancer 62:132.
pub(super) fn target_response(
    burden: &Burden,
    baseline: Option<Length>,
    past: &Past,
) -> (TargetResponse, Reason) {
    let (Some(baseline_length), Some(nadir_length)) = (baseline, past.nadir) else {
        return (TargetResponse::Ne, Reason::NoBaselineSum);
    };
    let sum = burden.sum.mm();
    let (baseline, nadir) = (baseline_length.mm(), nadir_length.mm());
    if burden.whole().is_some() && burden.gone {
        let reason = Reason::Complete {
            sum: Some(sum),
            baseline: Some(baseline),
        };
        return (TargetResponse::Cr, reason);
    }
    let missing = burden.of - burden.assessed;
    let reappeared = past.complete && burden.assessed > 0 && !burden.gone;
    let growth = (burden.sum.is_progression(nadir_length)).then_some(Growth {
        sum,
        nadir,
        missing,
    });
    if reappeared || growth.is_some() {
        let reason = Reason::Progressed {
            growth,
            reappeared,
            non_target: false,
            new_lesion: false,
        };
        return (TargetResponse::Pd, reason);
    }
    if missing > 0 {
        let of = burden.of;
        return (
            TargetResponse::Ne,
            Reason::TargetsNotAssessed { missing, of },
        );
    }
    if burden.sum.is_partial_response(baseline_length) {
        return (TargetResponse::Pr, Reason::Shrunk { sum, baseline });
    }
    if past.responding {
        let reason = Reason::ResponseKept {
            sum,
            baseline,
            nadir,
        };
        return (TargetResponse::Pr, reason);
    }
    let reason = Reason::Stable {
        sum,
        baseline,
        nadir,
    };
    (TargetResponse::Sd, reason)
}

impl Past {
    /// What this assessment adds.
    pub fn after(self, burden: &Burden, response: TargetResponse) -> Self {
        let whole = burden.whole();
        Self {
            nadir: self
                .nadir
                .map(|nadir| whole.map_or(nadir, |sum| nadir.min(sum))),
            responding: match response {
                TargetResponse::Cr | TargetResponse::Pr => true,
                TargetResponse::Pd => false,
                TargetResponse::None | TargetResponse::Sd | TargetResponse::Ne => self.responding,
            },
            complete: self.complete,
        }
    }
}
