//! The settings of RECIST 1.1, iRECIST and the rules of censoring that are not the usual ones, for Methods.

use super::methods::Methods;
use crate::recist::{Confirmation, ImmuneSettings, Settings};

/// Whether iRECIST has a part in the section.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Immune {
    /// It has.
    Used,
    /// It has none.
    Unused,
}

/// Adds what held for the responses: confirmation and stable disease always, the rest where it differs
/// from the usual.
pub(super) fn say(methods: &mut Methods<'_>, settings: Settings, immune: Immune) {
    let usual = Settings::default();
    let Settings {
        baseline_window,
        baseline_grace,
        confirmation,
        minimum_stable,
        before_new_therapy,
        immune: immune_settings,
    } = settings;
    if baseline_window != usual.baseline_window {
        match baseline_window {
            Some(days) => methods.say("recist-methods-window", &[("days", days.into())]),
            None => methods.say("recist-methods-no-window", &[]),
        }
    }
    if baseline_grace != usual.baseline_grace {
        methods.say("recist-methods-grace", &[("days", baseline_grace.into())]);
    }
    if let Some(confirmation) = confirmation {
        say_confirmation(methods, confirmation);
    }
    methods.say("tumours-methods-stable", &[("days", minimum_stable.into())]);
    if before_new_therapy {
        methods.say("recist-methods-before-new-therapy", &[]);
    }
    if immune == Immune::Used {
        say_immune(methods, immune_settings);
    }
}

fn say_confirmation(methods: &mut Methods<'_>, confirmation: Confirmation) {
    let Confirmation {
        days,
        not_evaluable,
        one_stable,
    } = confirmation;
    methods.say("tumours-methods-confirmed", &[("days", days.into())]);
    if not_evaluable != Confirmation::default().not_evaluable {
        methods.say(
            "recist-methods-not-evaluable",
            &[("n", not_evaluable.into())],
        );
    }
    if one_stable {
        methods.say("recist-methods-one-stable", &[]);
    }
}

fn say_immune(methods: &mut Methods<'_>, settings: ImmuneSettings) {
    let usual = ImmuneSettings::default();
    let ImmuneSettings {
        confirm_after,
        tolerance,
        repeated_flag_is_another,
    } = settings;
    if (confirm_after, tolerance) != (usual.confirm_after, usual.tolerance) {
        let arguments = [
            ("days", confirm_after.into()),
            ("tolerance", tolerance.into()),
        ];
        methods.say("recist-methods-immune-window", &arguments);
    }
    if repeated_flag_is_another {
        methods.say("recist-methods-repeated-flag", &[]);
    }
}
