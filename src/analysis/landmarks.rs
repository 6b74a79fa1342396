//! The times at which survival is read off the curve.

use crate::cohort::{TimeRules, TimeUnit};

/// Landmarks that papers print, by the display unit: the last set whose last time the follow-up covers
/// is chosen, else what it covers of the second set or the first.
fn sets(unit: TimeUnit) -> [&'static [f64]; 5] {
    match unit {
        TimeUnit::Days => [
            &[30.0, 90.0],
            &[180.0, 365.0, 730.0],
            &[365.0, 730.0, 1095.0],
            &[365.0, 1095.0, 1825.0],
            &[365.0, 1825.0, 3650.0],
        ],
        TimeUnit::Weeks => [
            &[4.0, 12.0],
            &[26.0, 52.0, 104.0],
            &[52.0, 104.0, 156.0],
            &[52.0, 156.0, 260.0],
            &[52.0, 260.0, 520.0],
        ],
        TimeUnit::Months => [
            &[1.0, 3.0],
            &[6.0, 12.0, 24.0],
            &[12.0, 24.0, 36.0],
            &[12.0, 36.0, 60.0],
            &[12.0, 60.0, 120.0],
        ],
        TimeUnit::Years => [
            &[0.25],
            &[0.5, 1.0, 2.0],
            &[1.0, 2.0, 3.0],
            &[1.0, 3.0, 5.0],
            &[1.0, 5.0, 10.0],
        ],
    }
}

/// Puts landmarks in order, each once; chooses them from the longest follow-up when there are none.
pub(super) fn fill(landmarks: &mut Vec<f64>, longest: f64, unit: TimeUnit, rules: TimeRules) {
    if landmarks.is_empty() {
        let covered = rules.shown(longest, unit);
        let sets = sets(rules.display);
        let chosen = sets[1..]
            .iter()
            .rev()
            .find(|set| set.last().is_some_and(|&last| last <= covered))
            .or_else(|| sets.iter().take(2).rev().find(|set| set[0] <= covered));
        landmarks.extend(
            chosen
                .into_iter()
                .flat_map(|set| set.iter().copied())
                .filter(|&landmark| landmark <= covered),
        );
    }
    landmarks.sort_by(f64::total_cmp);
    landmarks.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(days: f64, display: TimeUnit) -> Vec<f64> {
        let mut landmarks = Vec::new();
        let rules = TimeRules {
            display,
            ..TimeRules::default()
        };
        fill(&mut landmarks, days, TimeUnit::Days, rules);
        landmarks
    }

    #[test]
    fn landmarks_follow_the_longest_follow_up() {
        let months = TimeUnit::Months;
        assert!(chosen(20.0, months).is_empty());
        assert_eq!(chosen(100.0, months), [1.0, 3.0]);
        assert_eq!(chosen(400.0, months), [6.0, 12.0]);
        assert_eq!(chosen(800.0, months), [6.0, 12.0, 24.0]);
        assert_eq!(chosen(1100.0, months), [12.0, 24.0, 36.0]);
        assert_eq!(chosen(1900.0, months), [12.0, 36.0, 60.0]);
        assert_eq!(chosen(4000.0, TimeUnit::Years), [1.0, 5.0, 10.0]);
    }

    #[test]
    fn given_landmarks_stand_in_order_and_once() {
        let mut landmarks = vec![12.0, 6.0, 12.0];
        fill(&mut landmarks, 1.0, TimeUnit::Days, TimeRules::default());
        assert_eq!(landmarks, [6.0, 12.0]);
    }
}
