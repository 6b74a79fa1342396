//! Lesions, their measurements, and lengths that compare exactly.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A lesion that is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesion {
    /// What the file calls it.
    pub id: String,
    /// The organ, where the file says it.
    pub organ: Option<String>,
    /// How it is followed.
    pub kind: LesionKind,
    /// Whether it is a lymph node, measured by its short axis.
    pub nodal: bool,
}

/// How a lesion is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LesionKind {
    /// Measured from the baseline on.
    Target,
    /// Followed from the baseline on without a sum.
    NonTarget,
    /// Seen after the baseline only.
    New,
}

/// One lesion at one assessment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Place of the lesion among [`super::History::lesions`].
    pub lesion: usize,
    /// Longest diameter, of a node the short axis. A number stands whatever `state` says.
    pub diameter_mm: Option<f64>,
    /// What is said about the lesion instead of a number, or beside it.
    pub state: LesionState,
}

/// What is said about a lesion at one assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LesionState {
    /// Seen; without a diameter, a target counts as not assessed.
    Present,
    /// Seen, but too small to measure: 5 mm.
    TooSmall,
    /// Not seen any more: 0 mm.
    Gone,
    /// Seen and unequivocally worse (non-target and new lesions).
    Progressed,
    /// Not assessed.
    NotAssessed,
}

/// A length in nanometres: sums and thresholds compare without rounding errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length(i64);

impl Length {
    const PER_MM: f64 = 1e6;
    /// No diameter, and no sum of them, is longer than ten metres.
    const LONGEST_MM: f64 = 1e4;

    pub const ZERO: Self = Self::whole_mm(0);
    /// What a lesion counts that is seen but too small to measure (Eisenhauer 2009, 3.3.1).
    pub const TOO_SMALL: Self = Self::whole_mm(5);
    /// A node below this short axis is normal.
    pub const NORMAL_NODE: Self = Self::whole_mm(10);
    /// Smallest longest diameter of a target lesion on CT.
    pub const MEASURABLE: Self = Self::whole_mm(10);
    /// Smallest short axis of a target node.
    pub const MEASURABLE_NODE: Self = Self::whole_mm(15);
    /// The growth that progression needs besides its 20 %.
    pub const GROWTH: Self = Self::whole_mm(5);

    const fn whole_mm(mm: i64) -> Self {
        Self(mm * 1_000_000)
    }

    /// `None` if it is no length.
    pub fn from_mm(mm: f64) -> Option<Self> {
        (0.0..=Self::LONGEST_MM)
            .contains(&mm)
            .then(|| Self((mm * Self::PER_MM).round() as i64))
    }

    pub fn mm(self) -> f64 {
        self.0 as f64 / Self::PER_MM
    }

    /// At least 30 % below the baseline.
    pub fn is_partial_response(self, baseline: Self) -> bool {
        10 * (baseline.0 - self.0) >= 3 * baseline.0
    }

    /// At least 20 % and at least 5 mm above the smallest sum.
    pub fn is_progression(self, nadir: Self) -> bool {
        let rise = self.0 - nadir.0;
        5 * rise >= nadir.0 && rise >= Self::GROWTH.0
    }

    /// The change from a reference as a fraction of it; `None` from zero.
    pub fn change_from(self, reference: Self) -> Option<f64> {
        (reference.0 > 0).then(|| (self.0 - reference.0) as f64 / reference.0 as f64)
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Lesion {
    /// How large the lesion is; `None` if it was not assessed, or seen without a number.
    pub(super) fn size(&self, measurement: &Measurement) -> Option<Length> {
        if let Some(length) = measurement.diameter_mm.and_then(Length::from_mm) {
            return Some(length);
        }
        match measurement.state {
            LesionState::TooSmall => Some(Length::TOO_SMALL),
            LesionState::Gone => Some(Length::ZERO),
            LesionState::Present | LesionState::Progressed | LesionState::NotAssessed => None,
        }
    }

    /// Whether disease is seen there: a node from 10 mm on, any other lesion above 0. `None` if the
    /// lesion was not assessed.
    pub(super) fn is_seen(&self, measurement: &Measurement) -> Option<bool> {
        match (self.size(measurement), measurement.state) {
            (Some(size), _) if self.nodal => Some(size >= Length::NORMAL_NODE),
            (Some(size), _) => Some(size > Length::ZERO),
            (None, LesionState::Present | LesionState::Progressed) => Some(true),
            (None, LesionState::TooSmall | LesionState::Gone | LesionState::NotAssessed) => None,
        }
    }

    /// The smallest size at which the lesion can be followed as a target.
    pub(super) fn measurable(&self) -> Length {
        if self.nodal {
            Length::MEASURABLE_NODE
        } else {
            Length::MEASURABLE
        }
    }

    /// What counts as one organ: all nodes together, else the organ's name. `None` if it is not said.
    pub(super) fn site(&self) -> Option<Site<'_>> {
        if self.nodal {
            Some(Site::Nodes)
        } else {
            self.organ.as_deref().map(|name| Site::Organ(name.trim()))
        }
    }
}

/// What counts as one organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Site<'a> {
    Organ(&'a str),
    Nodes,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(mm: f64) -> Length {
        Length::from_mm(mm).expect("a length")
    }

    #[test]
    fn thresholds_hold_to_the_last_digit() {
        // 0.7 × 90 is 62.99999999999999 in binary fractions.
        assert!(mm(63.0).is_partial_response(mm(90.0)));
        assert!(!mm(63.1).is_partial_response(mm(90.0)));
        for nadir in 25..1000 {
            let nadir = f64::from(nadir) / 10.0 * 5.0;
            let limit = (nadir * 12.0).round() / 10.0;
            assert_eq!(
                mm(limit).is_progression(mm(nadir)),
                limit - nadir >= 5.0,
                "{nadir}"
            );
            assert!(!mm(limit - 0.1).is_progression(mm(nadir)), "{nadir}");
        }
    }

    #[test]
    fn twenty_per_cent_without_five_millimetres_is_no_progression() {
        assert!(!mm(24.9).is_progression(mm(20.0)));
        assert!(mm(25.0).is_progression(mm(20.0)));
        assert!(!mm(4.0).is_progression(mm(0.0)));
        assert!(mm(5.0).is_progression(mm(0.0)));
    }

    #[test]
    fn what_is_no_length_has_none() {
        for wrong in [-1.0, f64::NAN, f64::INFINITY, 1e9] {
            assert_eq!(Length::from_mm(wrong), None, "{wrong}");
        }
        assert_eq!(mm(63.2).mm(), 63.2);
    }

    #[test]
    fn a_number_stands_below_five_millimetres_and_whatever_the_state() {
        let lesion = Lesion {
            id: "T1".to_owned(),
            organ: None,
            kind: LesionKind::Target,
            nodal: false,
        };
        let size = |diameter_mm, state| {
            let measurement = Measurement {
                lesion: 0,
                diameter_mm,
                state,
            };
            lesion.size(&measurement).map(Length::mm)
        };
        assert_eq!(size(Some(3.0), LesionState::TooSmall), Some(3.0));
        assert_eq!(size(None, LesionState::TooSmall), Some(5.0));
        assert_eq!(size(None, LesionState::Gone), Some(0.0));
        assert_eq!(size(None, LesionState::Present), None);
        assert_eq!(size(None, LesionState::NotAssessed), None);
        assert_eq!(size(Some(-2.0), LesionState::Present), None);
    }
}
