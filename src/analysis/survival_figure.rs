//! What the Kaplan-Meier figure shows.

use serde::{Deserialize, Deserializer, Serialize};

/// What the Kaplan-Meier figure shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurvivalFigure {
    /// Width preset.
    pub width: FigureWidth,
    /// Draw the confidence bands.
    #[serde(deserialize_with = "drawn")]
    pub band: Drawn,
    /// Draw the censor marks.
    pub censor_marks: bool,
    /// Draw the median lines.
    #[serde(deserialize_with = "drawn")]
    pub median_lines: Drawn,
    /// Write the p value and hazard ratio.
    pub annotation: bool,
    /// Where the legend stands.
    pub legend: LegendPlace,
    /// Rows of the table under the axis.
    pub risk_table: RiskTableKind,
    /// Cut the time axis where under 10 % remain at risk (Pocock 2002).
    pub cut_axis: bool,
    /// Distance of the ticks in the display unit; chosen when `None`.
    pub tick_step: Option<f64>,
    /// End of the time axis in the display unit; chosen when `None`.
    pub axis_end: Option<f64>,
    /// Title above the figure; none when `None`.
    pub title: Option<String>,
}

impl Default for SurvivalFigure {
    fn default() -> Self {
        Self {
            width: FigureWidth::OneAndHalf,
            band: Drawn::Automatic,
            censor_marks: true,
            median_lines: Drawn::Automatic,
            annotation: true,
            legend: LegendPlace::Ends,
            risk_table: RiskTableKind::AtRisk,
            cut_axis: false,
            tick_step: None,
            axis_end: None,
            title: None,
        }
    }
}

/// Whether a part of a figure is drawn that many curves make unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drawn {
    /// With up to [`READABLE_CURVES`] curves.
    Automatic,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Studies were once saved with a switch in this place: on was what everybody began with.
fn drawn<'de, D: Deserializer<'de>>(saved: D) -> Result<Drawn, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Saved {
        Switch(bool),
        Choice(Drawn),
    }
    Ok(match Saved::deserialize(saved)? {
        Saved::Switch(true) => Drawn::Automatic,
        Saved::Switch(false) => Drawn::Never,
        Saved::Choice(drawn) => drawn,
    })
}

/// Of more curves than this the bands and median lines lie on each other.
pub const READABLE_CURVES: usize = 4;

impl Drawn {
    /// Whether it is drawn with so many curves.
    pub fn with(self, curves: usize) -> bool {
        match self {
            Self::Automatic => curves <= READABLE_CURVES,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// Width of a figure as journals ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureWidth {
    /// One column: 85 mm.
    One,
    /// One and a half columns: 120 mm.
    OneAndHalf,
    /// Two columns: 174 mm.
    Two,
}

/// Where the legend stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegendPlace {
    /// At the ends of the curves.
    Ends,
    /// In a box inside the plot.
    Box,
    /// Not drawn.
    None,
}

/// Rows of the table under the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskTableKind {
    /// Number at risk.
    AtRisk,
    /// At risk, censored and events (Morris et al. 2019).
    Kmunicate,
    /// No table.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn studies_saved_with_switches_for_bands_and_median_lines_are_read() {
        let read = |text: &str| serde_json::from_str::<SurvivalFigure>(text).unwrap();
        assert_eq!(
            read(r#"{"band": true, "median_lines": false}"#),
            SurvivalFigure {
                median_lines: Drawn::Never,
                ..SurvivalFigure::default()
            }
        );
        assert_eq!(read(r#"{"band": "always"}"#).band, Drawn::Always);
        assert_eq!(read("{}"), SurvivalFigure::default());
        assert!(serde_json::from_str::<SurvivalFigure>(r#"{"band": "sometimes"}"#).is_err());
    }
}
