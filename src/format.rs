//! A number into text. The only rounding in the product.
//!
//! **Conventions.** A number is rounded from the exact double, as R's `formatC(x, digits, format = "f")`
//! does, so that both print the same digits. What cannot be estimated is "NE", a time that the curve does
//! not reach "NR". Ranges have an en dash, or the word "to" beside a negative number; the minus is a true
//! one (U+2212). The Lancet's raised dot stands in every number, not only in p values.

use serde::{Deserialize, Serialize};

use crate::cohort::{TimeRules, TimeUnit};

/// What stands for a value that cannot be estimated.
pub const NOT_ESTIMABLE: &str = "NE";

/// What stands for a time that the curve does not reach.
pub const NOT_REACHED: &str = "NR";

/// A p value this close to 1 is 1: exact tests add up probabilities, with rounding in the last digits.
const ONE: f64 = 1.0 - 1e-9;

/// How numbers are written. One setting for the whole study.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// Journal convention of p values.
    pub p_value: PValueStyle,
    /// Decimals of percentages: 0, 1 or 2.
    pub percent_decimals: PercentDecimals,
}

/// Journal conventions of p values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PValueStyle {
    /// Three decimals, then < 0.001.
    #[default]
    Default,
    /// > .01 two decimals, .001–.01 three, then < 0.001.
    Nejm,
    /// No leading zero; two decimals, three below .01 and where rounding would cross .05; then < .001.
    Jama,
    /// Raised dot, two significant figures, then < 0·0001.
    Lancet,
}

/// Decimals of percentages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PercentDecimals(pub u8);

impl Default for PercentDecimals {
    fn default() -> Self {
        Self(1)
    }
}

impl Style {
    /// A p value without its letter: `0.048`, `< 0.001`.
    pub fn p_value(&self, p: Option<f64>) -> String {
        let (sign, number) = self.p_parts(p);
        match sign {
            "=" | "" => number,
            _ => format!("{sign} {number}"),
        }
    }

    /// The same with its letter: `p = 0.048`, `p < 0.001`; a capital P where the journal wants one.
    pub fn p_equals(&self, p: Option<f64>) -> String {
        let letter = match self.p_value {
            PValueStyle::Default | PValueStyle::Lancet => 'p',
            PValueStyle::Nejm | PValueStyle::Jama => 'P',
        };
        match self.p_parts(p) {
            ("", number) => format!("{letter} {number}"),
            (sign, number) => format!("{letter} {sign} {number}"),
        }
    }

    /// A proportion as `28.6 %`; NE for `None`.
    pub fn percent(&self, proportion: Option<f64>) -> String {
        match finite(proportion) {
            Some(proportion) => format!("{} %", self.percent_number(proportion)),
            None => NOT_ESTIMABLE.to_owned(),
        }
    }

    /// A proportion in percent without its sign: `28.6`.
    pub fn percent_number(&self, proportion: f64) -> String {
        self.number(100.0 * proportion, self.percent_decimals.0.min(2).into())
    }

    /// A change as a fraction: `+12.0 %`, `−31.3 %`, `0.0 %`; NE for `None`.
    pub fn change(&self, fraction: Option<f64>) -> String {
        match finite(fraction) {
            Some(fraction) => signed(self.percent(Some(fraction)), fraction),
            None => NOT_ESTIMABLE.to_owned(),
        }
    }

    /// A change in whole percent: `+20 %`, `−30 %`. For the limits of RECIST.
    pub fn whole_change(&self, fraction: f64) -> String {
        signed(format!("{} %", self.number(100.0 * fraction, 0)), fraction)
    }

    /// A proportion above 0 and below `limit` in percent, with as few decimals as keep it so: 0.296 below 0.3 is `29.6`,
    /// because `30` would not be below 30 %.
    pub fn percent_below(&self, proportion: f64, limit: f64) -> String {
        let between = |decimals: &i32| {
            let scale = 10f64.powi(*decimals);
            let rounded = (100.0 * proportion * scale).round();
            rounded > 0.0 && rounded < (100.0 * limit * scale).round()
        };
        let decimals = (0..4).find(between).unwrap_or(4);
        self.number(100.0 * proportion, decimals as usize)
    }

    /// A count with its share of `n`: `4 (28.6 %)`; none is a bare 0.
    pub fn count_percent(&self, count: usize, n: usize) -> String {
        if count == 0 || n == 0 {
            return count.to_string();
        }
        format!("{count} ({})", self.percent(Some(count as f64 / n as f64)))
    }

    /// A proportion with its interval: `28.6 % (8.4–58.1)`.
    pub fn percent_interval(
        &self,
        estimate: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
    ) -> String {
        match finite(estimate) {
            Some(_) => format!(
                "{} ({})",
                self.percent(estimate),
                self.percent_range(low, high)
            ),
            None => NOT_ESTIMABLE.to_owned(),
        }
    }

    /// The interval of a proportion in percent: `8.4–58.1`.
    pub fn percent_range(&self, low: Option<f64>, high: Option<f64>) -> String {
        let side = |limit: Option<f64>| match finite(limit) {
            Some(limit) => self.percent_number(limit),
            None => NOT_ESTIMABLE.to_owned(),
        };
        range(side(low), side(high))
    }

    /// A time of the data in the display unit: `11.7` months, `0.98` years; NR for `None`.
    ///
    /// Years have two decimals, so that a week is seen. Days have none, but for a median that falls
    /// between two days; weeks and months have one.
    pub fn time(&self, time: Option<f64>, unit: TimeUnit, rules: TimeRules) -> String {
        let Some(time) = finite(time) else {
            return NOT_REACHED.to_owned();
        };
        let shown = rules.shown(time, unit);
        let decimals = match rules.display {
            TimeUnit::Days => usize::from(shown != shown.round()),
            TimeUnit::Weeks | TimeUnit::Months => 1,
            TimeUnit::Years => 2,
        };
        self.number(shown, decimals)
    }

    /// The interval of a time: `8.2–NR`.
    pub fn time_range(
        &self,
        low: Option<f64>,
        high: Option<f64>,
        unit: TimeUnit,
        rules: TimeRules,
    ) -> String {
        range(self.time(low, unit, rules), self.time(high, unit, rules))
    }

    /// The interval of a quantile of a curve: `8.2–NR`. Where the curve gets to the quantile but no limit bounds it
    /// from below, there is no interval: `NE–NE`.
    pub fn quantile_range(
        &self,
        [estimate, low, high]: [Option<f64>; 3],
        unit: TimeUnit,
        rules: TimeRules,
    ) -> String {
        if finite(estimate).is_some() && finite(low).is_none() {
            return self.mean_range(low, high, unit, rules);
        }
        self.time_range(low, high, unit, rules)
    }

    /// The interval of a mean time or of a difference of two: `9.1–13.0`; `NE–NE` for `None`.
    pub fn mean_range(
        &self,
        low: Option<f64>,
        high: Option<f64>,
        unit: TimeUnit,
        rules: TimeRules,
    ) -> String {
        let side = |limit: Option<f64>| match finite(limit) {
            Some(_) => self.time(limit, unit, rules),
            None => NOT_ESTIMABLE.to_owned(),
        };
        range(side(low), side(high))
    }

    /// A ratio with its interval: `0.71 (0.55–0.93)`; NE for `None`.
    pub fn ratio_interval(
        &self,
        estimate: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
    ) -> String {
        match finite(estimate) {
            Some(_) => format!("{} ({})", self.ratio(estimate), self.ratio_range(low, high)),
            None => NOT_ESTIMABLE.to_owned(),
        }
    }

    /// A ratio: `0.71`; NE for `None`. One above 0 is never 0.00.
    pub fn ratio(&self, ratio: Option<f64>) -> String {
        match finite(ratio) {
            Some(ratio) if ratio > 0.0 && ratio < 0.005 => format!("< {}", self.number(0.01, 2)),
            Some(ratio) => self.number(ratio, 2),
            None => NOT_ESTIMABLE.to_owned(),
        }
    }

    /// The interval of a ratio: `0.55–0.93`.
    pub fn ratio_range(&self, low: Option<f64>, high: Option<f64>) -> String {
        range(self.ratio(low), self.ratio(high))
    }

    /// A value as precise as the measurements that it comes from, with one decimal more where it falls between two.
    pub fn measured(&self, value: Option<f64>, decimals: usize) -> String {
        let Some(value) = finite(value) else {
            return NOT_ESTIMABLE.to_owned();
        };
        let whole = fits(value, decimals as i32);
        self.number(value, decimals + usize::from(!whole && decimals < 3))
    }

    /// A mean or a spread, with one decimal more than the measurements that it comes from.
    pub fn averaged(&self, value: Option<f64>, decimals: usize) -> String {
        self.number(value.unwrap_or(f64::NAN), decimals + 1)
    }

    /// A confidence level: `95 %`, `99.9 %`.
    pub fn level(&self, conf_level: f64) -> String {
        format!("{} %", self.short(100.0 * conf_level))
    }

    /// A number without needless decimals, at most four: `6`, `30.4375`. For landmarks and ticks. Of a number so small
    /// that four would leave little of it, three figures: `0.0000125`.
    pub fn short(&self, number: f64) -> String {
        if number != 0.0 && number.abs() < 1e-3 {
            let first = -number.abs().log10().floor();
            let decimals = (first.min(300.0) as usize) + 2;
            let digits = self.number(number, decimals);
            return digits.trim_end_matches('0').to_owned();
        }
        let exact = |decimals: i32| {
            let scaled = number * 10f64.powi(decimals);
            (scaled - scaled.round()).abs() < 1e-6
        };
        let decimals = (0..4).find(|&decimals| exact(decimals)).unwrap_or(4);
        self.number(number, decimals as usize)
    }

    /// Two finished limits: `0.2–1.5`, `−0.2 to 1.5`.
    pub fn range(&self, low: String, high: String) -> String {
        range(low, high)
    }

    /// A number with that many decimals, the journal's decimal mark and a true minus.
    pub fn number(&self, number: f64, decimals: usize) -> String {
        if !number.is_finite() {
            return NOT_ESTIMABLE.to_owned();
        }
        let digits = format!("{:.decimals$}", number.abs());
        let is_zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
        let digits = match self.p_value {
            PValueStyle::Lancet => digits.replace('.', "·"),
            PValueStyle::Default | PValueStyle::Nejm | PValueStyle::Jama => digits,
        };
        if number < 0.0 && !is_zero {
            format!("−{digits}")
        } else {
            digits
        }
    }

    /// Sign (`=`, `<`, `>`, or none when not estimable) and number of a p value.
    fn p_parts(&self, p: Option<f64>) -> (&'static str, String) {
        let Some(p) = finite(p) else {
            return ("", NOT_ESTIMABLE.to_owned());
        };
        let (smallest, largest) = match self.p_value {
            PValueStyle::Default => (0.001, 0.999),
            PValueStyle::Nejm | PValueStyle::Jama => (0.001, 0.99),
            PValueStyle::Lancet => (0.0001, 0.99),
        };
        if p < smallest {
            let decimals = if smallest < 0.001 { 4 } else { 3 };
            return ("<", self.p_number(smallest, decimals));
        }
        let decimals = self.p_decimals(p);
        let printed = self.p_number(p, decimals);
        let is_one = printed.starts_with('1');
        // AMA style: a p value is never 1.
        if is_one && (p < ONE || self.p_value == PValueStyle::Jama) {
            return (">", self.p_number(largest, decimals.min(3)));
        }
        ("=", printed)
    }

    fn p_decimals(&self, p: f64) -> usize {
        match self.p_value {
            PValueStyle::Default => 3,
            PValueStyle::Nejm => 2 + usize::from(p <= 0.01),
            PValueStyle::Jama => {
                let usual = 2 + usize::from(p < 0.01);
                (usual..12)
                    .find(|&decimals| !(p < 0.05 && format!("{p:.decimals$}").as_str() >= "0.05"))
                    .unwrap_or(12)
            }
            // Two significant figures, also where rounding carries: 0.0996 is 0·10.
            PValueStyle::Lancet => [(2, 0.0995), (3, 0.00995), (4, 0.000995)]
                .into_iter()
                .find_map(|(decimals, from)| (p >= from).then_some(decimals))
                .unwrap_or(5),
        }
    }

    fn p_number(&self, p: f64, decimals: usize) -> String {
        let number = self.number(p, decimals);
        match self.p_value {
            PValueStyle::Jama => number.trim_start_matches('0').to_owned(),
            PValueStyle::Default | PValueStyle::Nejm | PValueStyle::Lancet => number,
        }
    }
}

/// The decimals that measurements were given with, at most three. Those with more were worked out, as ages from dates:
/// of them as many as show two figures of the largest.
pub fn decimals_of(values: &[f64]) -> usize {
    let all_fit = |decimals: &i32| values.iter().all(|&value| fits(value, *decimals));
    let given = (0..=3).find(all_fit);
    let worked_out = || {
        let largest = values
            .iter()
            .fold(0.0_f64, |most, value| most.max(value.abs()));
        (2 - largest.log10().floor() as i32).clamp(0, 3)
    };
    given.unwrap_or_else(worked_out) as usize
}

/// Whether that many decimals write the whole value.
fn fits(value: f64, decimals: i32) -> bool {
    let scaled = value * 10f64.powi(decimals);
    (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs().max(1.0)
}

/// What is above 0, and not rounded to it, gets a plus.
fn signed(written: String, number: f64) -> String {
    let is_zero = !written.contains(|digit| matches!(digit, '1'..='9'));
    if number > 0.0 && !is_zero {
        format!("+{written}")
    } else {
        written
    }
}

/// Two limits with an en dash, or with "to" where a minus sign would be taken for part of the dash.
fn range(low: String, high: String) -> String {
    if low.starts_with('−') || high.starts_with('−') {
        format!("{low} to {high}")
    } else {
        format!("{low}–{high}")
    }
}

fn finite(number: Option<f64>) -> Option<f64> {
    number.filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Censoring, MonthLength};

    fn style(p_value: PValueStyle) -> Style {
        Style {
            p_value,
            ..Style::default()
        }
    }

    fn percent(decimals: u8) -> Style {
        Style {
            percent_decimals: PercentDecimals(decimals),
            ..Style::default()
        }
    }

    const MONTHS: TimeRules = TimeRules {
        count_first_day: false,
        month: MonthLength::Average,
        display: TimeUnit::Months,
        censoring: Censoring {
            preset: None,
            gap_days: 98,
            clinical_progression: false,
        },
    };

    #[test]
    fn measurements_have_the_decimals_they_were_given_with() {
        assert_eq!(decimals_of(&[63.0, 1e9]), 0);
        assert_eq!(decimals_of(&[63.0, 0.3, 7.1]), 1);
        assert_eq!(decimals_of(&[0.25, 0.3]), 2);
        assert_eq!(decimals_of(&[1.0 / 3.0]), 3);
        // Ages worked out from dates.
        assert_eq!(decimals_of(&[58.765_229_3, 26.277_9]), 1);
    }

    #[test]
    fn p_values_follow_each_journal() {
        let journals = [
            PValueStyle::Default,
            PValueStyle::Nejm,
            PValueStyle::Jama,
            PValueStyle::Lancet,
        ];
        let rows: [(f64, [&str; 4]); 17] = [
            (1.0, ["1.000", "1.00", "> .99", "1·00"]),
            (0.9996, ["> 0.999", "> 0.99", "> .99", "> 0·99"]),
            (0.9949, ["0.995", "0.99", ".99", "0·99"]),
            (0.43, ["0.430", "0.43", ".43", "0·43"]),
            (0.0996, ["0.100", "0.10", ".10", "0·10"]),
            (0.0501, ["0.050", "0.05", ".05", "0·050"]),
            (0.05, ["0.050", "0.05", ".05", "0·050"]),
            (0.04996, ["0.050", "0.05", ".04996", "0·050"]),
            (0.048, ["0.048", "0.05", ".048", "0·048"]),
            (0.0449, ["0.045", "0.04", ".04", "0·045"]),
            (0.013, ["0.013", "0.01", ".01", "0·013"]),
            (0.0096, ["0.010", "0.010", ".010", "0·0096"]),
            (0.004, ["0.004", "0.004", ".004", "0·0040"]),
            (0.001, ["0.001", "0.001", ".001", "0·0010"]),
            (0.000_999_6, ["< 0.001", "< 0.001", "< .001", "0·0010"]),
            (0.000_12, ["< 0.001", "< 0.001", "< .001", "0·00012"]),
            (1e-300, ["< 0.001", "< 0.001", "< .001", "< 0·0001"]),
        ];
        for (p, expected) in rows {
            for (journal, expected) in journals.into_iter().zip(expected) {
                assert_eq!(style(journal).p_value(Some(p)), expected, "{p} {journal:?}");
            }
        }
    }

    #[test]
    fn an_exact_p_value_of_one_survives_the_rounding_of_its_sum() {
        assert_eq!(Style::default().p_value(Some(1.0 - f64::EPSILON)), "1.000");
    }

    #[test]
    fn the_letter_of_a_p_value_is_that_of_the_journal() {
        assert_eq!(Style::default().p_equals(Some(0.048)), "p = 0.048");
        assert_eq!(Style::default().p_equals(Some(0.0)), "p < 0.001");
        assert_eq!(Style::default().p_equals(None), "p NE");
        assert_eq!(style(PValueStyle::Jama).p_equals(Some(0.048)), "P = .048");
        assert_eq!(style(PValueStyle::Nejm).p_equals(Some(1e-9)), "P < 0.001");
    }

    #[test]
    fn percentages_have_the_decimals_that_were_set() {
        let orr = Some(4.0 / 14.0);
        assert_eq!(percent(0).percent(orr), "29 %");
        assert_eq!(percent(1).percent(orr), "28.6 %");
        assert_eq!(percent(2).percent(orr), "28.57 %");
        assert_eq!(
            percent(1).percent_interval(orr, Some(0.083_889), Some(0.581_035)),
            "28.6 % (8.4–58.1)"
        );
        assert_eq!(percent(1).percent_interval(None, None, None), "NE");
        assert_eq!(percent(1).count_percent(4, 14), "4 (28.6 %)");
        assert_eq!(percent(1).count_percent(0, 14), "0");
        assert_eq!(percent(1).percent(Some(0.0)), "0.0 %");
    }

    #[test]
    fn rounding_is_that_of_the_exact_double_as_in_r() {
        // formatC(c(0.25, 0.35, 2.675, 6.25), digits = c(1, 1, 2, 1), format = "f")
        let style = Style::default();
        assert_eq!(style.number(0.25, 1), "0.2");
        assert_eq!(style.number(0.35, 1), "0.3");
        assert_eq!(style.number(2.675, 2), "2.67");
        assert_eq!(style.percent(Some(1.0 / 16.0)), "6.2 %");
    }

    #[test]
    fn negative_numbers_have_a_true_minus_and_zero_has_none() {
        let style = Style::default();
        assert_eq!(style.number(-5.14, 1), "−5.1");
        assert_eq!(style.number(-0.04, 1), "0.0");
        assert_eq!(
            style.percent_interval(Some(-0.2), Some(-0.51), Some(0.12)),
            "−20.0 % (−51.0 to 12.0)"
        );
    }

    #[test]
    fn a_change_has_its_sign_unless_it_is_rounded_to_nothing() {
        let of = |fraction| percent(1).change(Some(fraction));
        assert_eq!(of(0.125), "+12.5 %");
        assert_eq!(of(-21.0 / 67.0), "−31.3 %");
        assert_eq!(of(0.0), "0.0 %");
        assert_eq!(of(0.0004), "0.0 %");
        assert_eq!(of(-0.0004), "0.0 %");
        assert_eq!(percent(0).change(Some(0.1)), "+10 %");
        assert_eq!(percent(1).change(None), "NE");
        assert_eq!(style(PValueStyle::Lancet).change(Some(0.125)), "+12·5 %");
        assert_eq!(percent(1).whole_change(0.2), "+20 %");
        assert_eq!(percent(1).whole_change(-0.3), "−30 %");
    }

    #[test]
    fn a_percentage_below_a_limit_is_not_rounded_to_it() {
        let of = |proportion| percent(1).percent_below(proportion, 0.3);
        assert_eq!(of(0.294), "29");
        assert_eq!(of(0.296), "29.6");
        assert_eq!(of(0.2996), "29.96");
        assert_eq!(of(0.004), "0.4");
    }

    #[test]
    fn a_ratio_is_never_printed_as_nothing() {
        let style = Style::default();
        let of = |ratio, low, high| style.ratio_interval(Some(ratio), Some(low), Some(high));
        assert_eq!(of(0.71, 0.55, 0.93), "0.71 (0.55–0.93)");
        assert_eq!(of(0.005, 0.001, 0.02), "0.01 (< 0.01–0.02)");
        assert_eq!(of(0.0003, 0.00004, 0.002), "< 0.01 (< 0.01–< 0.01)");
    }

    #[test]
    fn times_are_shown_in_the_display_unit() {
        let style = Style::default();
        let days = TimeUnit::Days;
        assert_eq!(style.time(Some(356.0), days, MONTHS), "11.7");
        assert_eq!(style.time(None, days, MONTHS), "NR");
        assert_eq!(style.time_range(Some(250.0), None, days, MONTHS), "8.2–NR");
        let in_days = TimeRules {
            display: days,
            ..MONTHS
        };
        assert_eq!(style.time(Some(356.0), days, in_days), "356");
        assert_eq!(style.time(Some(356.5), days, in_days), "356.5");
        assert_eq!(style.time(Some(6.0), TimeUnit::Months, MONTHS), "6.0");
        let in_years = TimeRules {
            display: TimeUnit::Years,
            ..MONTHS
        };
        assert_eq!(style.time(Some(7.0), days, in_years), "0.02");
        assert_eq!(
            style.time_range(Some(356.0), Some(730.5), days, in_years),
            "0.97–2.00"
        );
        let in_thirties = TimeRules {
            month: MonthLength::Thirty,
            ..MONTHS
        };
        assert_eq!(style.time(Some(360.0), days, in_thirties), "12.0");
    }

    #[test]
    fn ratios_say_ne_where_there_is_none() {
        let style = Style::default();
        assert_eq!(
            style.ratio_interval(Some(0.714), Some(0.552), Some(0.925)),
            "0.71 (0.55–0.93)"
        );
        assert_eq!(style.ratio_interval(None, None, None), "NE");
        assert_eq!(style.ratio_interval(Some(f64::NAN), None, None), "NE");
        assert_eq!(
            style.ratio_interval(Some(0.7), None, Some(1.2)),
            "0.70 (NE–1.20)"
        );
    }

    #[test]
    fn levels_and_landmarks_have_no_needless_decimals() {
        let style = Style::default();
        assert_eq!(style.level(0.95), "95 %");
        assert_eq!(style.level(0.999), "99.9 %");
        assert_eq!(style.short(6.0), "6");
        assert_eq!(style.short(0.25), "0.25");
        assert_eq!(style.short(365.25 / 12.0), "30.4375");
    }

    #[test]
    fn the_lancet_raises_every_decimal_point() {
        let lancet = style(PValueStyle::Lancet);
        assert_eq!(lancet.time(Some(356.0), TimeUnit::Days, MONTHS), "11·7");
        assert_eq!(
            lancet.ratio_interval(Some(0.714), Some(0.552), Some(0.925)),
            "0·71 (0·55–0·93)"
        );
    }

    #[test]
    fn what_is_small_is_not_nothing() {
        let style = Style::default();
        assert_eq!(style.short(0.000_012_5), "0.0000125");
        assert_eq!(style.short(-0.000_02), "−0.00002");
        assert_eq!(style.short(0.0005), "0.0005");
        assert_eq!(
            (style.short(0.0), style.short(30.4375)),
            ("0".into(), "30.4375".into())
        );
    }

    #[test]
    fn a_limit_that_the_band_does_not_give_is_not_one_that_time_has_not_reached() {
        let style = Style::default();
        let range = |quantile| style.quantile_range(quantile, TimeUnit::Months, MONTHS);
        assert_eq!(range([Some(10.0), Some(8.0), None]), "8.0–NR");
        assert_eq!(range([None, Some(8.0), None]), "8.0–NR");
        assert_eq!(range([None, None, None]), "NR–NR");
        assert_eq!(range([Some(10.0), None, None]), "NE–NE");
        assert_eq!(
            style.mean_range(None, None, TimeUnit::Months, MONTHS),
            "NE–NE"
        );
    }
}
