//! The README's table of what is held to a reference, as a run gives it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::compare::{Row, rows_of};
use crate::{
    baseline, comparison, competing, competing_cases, cox, cox_curves, cox_residuals, cox_zph,
    cut_point, distribution, firth, firth_weighted, fixed_time, groups, log_rank,
    log_rank_weighted, max_combo, permutation, proportion, rmst, safety, sensitivity, survival,
    survival_more,
};

/// Every test that keeps a `Tally`, in the order of the table.
const COMPARISONS: &[fn()] = &[
    survival::curves_and_bands_equal_survfit,
    survival::median_follow_up_equals_survfit_of_the_censorings,
    survival::reverse_curves_equal_prodlim_where_no_death_ties_with_a_censoring,
    survival::quantiles_equal_survfit,
    survival::medians_equal_what_r_prints,
    survival::landmarks_equal_survfit,
    survival_more::areas_under_curves_equal_survfit,
    survival_more::counts_between_landmarks_equal_survfit,
    survival_more::limits_of_other_levels_at_landmarks_equal_survfit,
    survival_more::curves_from_a_later_start_equal_survfit,
    survival::golden_values_are_what_r_prints,
    log_rank::statistics_equal_survdiff,
    log_rank::pairwise_tests_equal_survdiff_with_holm,
    log_rank_weighted::survdiff_with_rho_and_strata_is_fleming_harrington,
    log_rank_weighted::weighted_tests_equal_the_formula,
    log_rank_weighted::the_one_step_hazard_ratio_equals_the_formula,
    log_rank_weighted::corrections_for_several_tests_equal_p_adjust,
    max_combo::max_combo_equals_the_formula_with_nested_integrals,
    max_combo::boxes_of_three_normals_equal_mvtnorm,
    permutation::exact_permutation_tests_equal_full_enumeration,
    permutation::exact_permutation_tests_of_several_groups_equal_full_enumeration,
    permutation::score_tests_equal_coin,
    cox::models_equal_coxph,
    cox::models_equal_coxph_iterated_to_the_end,
    cox::all_events_in_one_arm_is_separation,
    cox::profile_intervals_are_where_the_likelihood_has_dropped,
    cox_zph::tests_of_proportional_hazards_equal_cox_zph,
    cox_zph::points_and_smooths_equal_plot_cox_zph,
    cox_curves::baseline_hazards_equal_basehaz,
    cox_curves::predicted_curves_equal_survfit,
    cox_residuals::residuals_equal_those_of_coxph,
    firth::penalised_fits_equal_a_direct_newton,
    firth::penalised_fits_equal_coxphf_where_it_converges,
    firth_weighted::weighted_penalised_fits_equal_the_definition,
    cut_point::the_largest_log_rank_statistic_equals_its_definition,
    cut_point::splines_of_one_covariate_equal_coxph_with_their_basis,
    rmst::restricted_means_equal_survrm2,
    rmst::adjusted_restricted_means_equal_survrm2,
    fixed_time::survival_at_fixed_times_equals_survfit,
    competing::cumulative_incidence_equals_survfit,
    competing::mean_times_in_states_equal_survfit,
    competing::cumulative_incidence_equals_etm_and_prodlim,
    competing::aalens_variance_equals_cuminc,
    competing::grays_test_equals_cuminc,
    competing::cause_specific_cox_equals_coxph,
    competing::fine_gray_equals_coxph_on_finegray_data,
    competing::standard_errors_equal_coxph_with_either_ties,
    competing::fine_gray_equals_crr,
    competing_cases::weighted_and_truncated_incidence_equals_survfit,
    competing_cases::weighted_and_truncated_cause_specific_models_equal_coxph,
    competing_cases::weighted_and_truncated_fine_gray_equals_coxph_on_finegray_data,
    proportion::intervals_equal_r,
    proportion::differences_equal_newcombe,
    proportion::exact_tests_equal_fisher_test,
    groups::differences_equal_r,
    groups::risk_ratios_equal_r,
    groups::odds_ratios_equal_r,
    groups::tests_of_two_by_two_tables_equal_r,
    groups::score_tests_equal_r,
    groups::unconditional_tests_equal_scipy,
    groups::barnards_test_equals_r,
    groups::exact_intervals_equal_r,
    groups::paired_proportions_equal_mcnemar_test,
    groups::tests_of_larger_tables_equal_r,
    groups::fishers_test_of_larger_tables_equals_r,
    groups::trends_equal_prop_trend_test,
    groups::stratified_tables_equal_mantelhaen_test,
    groups::exact_strata_equal_r,
    groups::binomial_tests_equal_r,
    groups::differences_of_categories_equal_r,
    comparison::summaries_equal_r,
    comparison::t_tests_and_mean_differences_equal_r,
    comparison::analyses_of_variance_equal_r,
    comparison::rank_tests_equal_r,
    baseline::counts_and_summaries_of_whole_tables_equal_r,
    baseline::standardised_differences_of_whole_tables_equal_r,
    baseline::tests_of_whole_tables_equal_r,
    safety::tables_of_adverse_events_equal_base_r,
    safety::rates_by_exposure_equal_poisson_test,
    safety::the_first_severe_event_equals_survfit,
    sensitivity::endpoints_by_three_rules_equal_those_by_hand_and_survfit,
    distribution::distributions_equal_mpmath_to_the_far_tails,
    distribution::tails_and_quantiles_equal_r,
];

const START: &str = "<!-- UPDATE_README=1 cargo test --test reference writes these rows -->\n";
const END: &str = "<!-- end of the rows -->";
const HEAD: &str = "| method | reference | values | differ on purpose | within |\n\
                    |---|---|---:|---:|---:|\n";

/// The power of ten in the last column: at least twice the difference, for other machines, never
/// finer than a double is, and never more than is allowed.
fn within(row: &Row) -> i32 {
    let measured = (2.0 * row.largest).log10().ceil().max(-15.0);
    measured.min(row.tolerance.log10().ceil()) as i32
}

fn superscript(exponent: i32) -> String {
    let digit = |c| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        c => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap(),
    };
    exponent.to_string().chars().map(digit).collect()
}

fn thousands(count: usize) -> String {
    if count < 1_000 {
        return count.to_string();
    }
    format!("{},{:03}", thousands(count / 1_000), count % 1_000)
}

/// A row up to its last column, which another machine may bring nearer.
fn exactly(row: &Row) -> String {
    let on_purpose = match row.on_purpose {
        0 => String::new(),
        count => thousands(count),
    };
    let (method, reference, compared) = (row.method, &row.reference, thousands(row.compared));
    format!("| {method} | {reference} | {compared} | {on_purpose} | ")
}

#[test]
fn the_readme_says_what_a_run_gives() {
    let rows: Vec<Row> = COMPARISONS.iter().copied().flat_map(rows_of).collect();
    every_tally_is_among(&rows);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        let line = |row| format!("{}10{} |\n", exactly(row), superscript(within(row)));
        let table: String = rows.iter().map(line).collect();
        std::fs::write(path, format!("{before}{START}{HEAD}{table}{END}{after}")).unwrap();
        return;
    }
    let again = "run UPDATE_README=1 cargo test --test reference";
    let lines: Vec<&str> = table.strip_prefix(HEAD).expect(again).lines().collect();
    assert_eq!(
        lines.len(),
        rows.len(),
        "rows of the README's table; {again}"
    );
    for (row, line) in rows.iter().zip(lines) {
        let exactly = exactly(row);
        let allowed = line.strip_prefix(exactly.as_str());
        let allowed = allowed.unwrap_or_else(|| panic!("{line}\nis now\n{exactly}\n{again}"));
        let allowed = (-15..0).find(|&e| allowed == format!("10{} |", superscript(e)));
        let allowed = allowed.unwrap_or_else(|| panic!("{line}: no power of ten; {again}"));
        let largest = row.largest;
        assert!(largest <= 10f64.powi(allowed), "{line}: {largest:e}");
    }
}

/// Every `Tally::new` of these sources has made one of the rows.
fn every_tally_is_among(rows: &[Row]) {
    let made: BTreeSet<(&str, u32)> = rows
        .iter()
        .map(|row| (row.made_at.file(), row.made_at.line()))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let mut written = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("compare.rs")
        {
            let source = std::fs::read_to_string(path).unwrap();
            written += source.matches(concat!("Tally", "::new(")).count();
        }
    }
    assert_eq!(made.len(), written, "add the new test to COMPARISONS");
}
