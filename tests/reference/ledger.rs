//! Every kind of figure of the reference is compared, or left out for a reason.
//!
//! `expected/ledger.json` counts the figures by family, kind of case and name, before anything was left out.

use std::collections::BTreeMap;

use crate::data::expected;
use crate::differences::{LEFT_OUT, PARTLY, Reasons};

/// The figures that are compared in full, with the test.
const COMPARED: Reasons = &[
    (
        "binom_ci",
        "estimate clopper_pearson wilson agresti_coull_truncated jeffreys_bcd midp one_sided_cp/…",
        "proportion::intervals_equal_r",
    ),
    (
        "binom_test",
        "two_sided less greater score_chisq score_p score_cc_p",
        "groups::binomial_tests_equal_r",
    ),
    (
        "competing/AJ",
        "curves/*/landmark/lower curves/*/landmark/upper",
        "competing::cumulative_incidence_equals_survfit",
    ),
    (
        "competing/AJ",
        "sojourn/values",
        "competing::mean_times_in_states_equal_survfit",
    ),
    (
        "competing/etm",
        "groups/…",
        "competing::cumulative_incidence_equals_etm_and_prodlim",
    ),
    (
        "competing/prodlim",
        "groups/…",
        "competing::cumulative_incidence_equals_etm_and_prodlim",
    ),
    (
        "competing",
        "cuminc/gray/… gray_stratified/gray/…",
        "competing::grays_test_equals_cuminc",
    ),
    (
        "competing/causespecific",
        "coef se loglik",
        "competing::cause_specific_cox_equals_coxph",
    ),
    (
        "competing/finegray",
        "breslow/coef breslow/loglik breslow/robust_se efron/coef",
        "competing::fine_gray_equals_coxph_on_finegray_data",
    ),
    (
        "competing/crr",
        "coef se z p hr lower upper loglik loglik_null",
        "competing::fine_gray_equals_crr",
    ),
    (
        "contingency/mcnemar",
        "cc/… nocc/… exact_p midp or or_exact_ci",
        "groups::paired_proportions_equal_mcnemar_test",
    ),
    (
        "contingency/rxc",
        "chisq/… lr_chisq/… fisher_p cramer_v linear_by_linear linear_by_linear/… kruskal_cols_by_row/…",
        "groups::tests_of_larger_tables_equal_r",
    ),
    (
        "contingency/cochran_armitage",
        "chisq p z z_n_minus_1 p_n_minus_1",
        "groups::trends_equal_prop_trend_test",
    ),
    (
        "contingency/mantel_haenszel",
        "mh_or ci95 cc/… nocc/… exact/p",
        "groups::stratified_tables_equal_mantelhaen_test",
    ),
    (
        "coxph/fit",
        "n nevent coef se naive_se var hr z p ci/lower ci/upper loglik_null loglik means lr_test/… \
         wald_test/… score_test/… robust_score_test/… concordance/… aic bic robust_refit/…",
        "cox::models_equal_coxph",
    ),
    (
        "coxph/fit",
        "profile_ci/lower_log profile_ci/upper_log",
        "cox::profile_intervals_are_where_the_likelihood_has_dropped",
    ),
    (
        "coxph/fit",
        "survfit_at_means/surv survfit_at_means/se survfit_at_means/lower survfit_at_means/upper \
         survfit_newdata/surv survfit_newdata/se survfit_newdata/lower survfit_newdata/upper",
        "cox_curves::predicted_curves_equal_survfit",
    ),
    (
        "coxph/diverges",
        "n nevent coef means loglik_null loglik score_test/…",
        "cox::models_equal_coxph",
    ),
    (
        "firth",
        "n nevent coef se hr penalised_loglik penalised_loglik_null lr_chisq df lr_p pl_ci_log/lower \
         pl_ci_log/upper pl_p",
        "firth::penalised_fits_equal_a_direct_newton",
    ),
    (
        "logrank/survdiff",
        "n observed expected var chisq df p",
        "log_rank::statistics_equal_survdiff, \
         log_rank_weighted::survdiff_with_rho_and_strata_is_fleming_harrington",
    ),
    (
        "logrank/weighted",
        "n */observed */expected */U */V */chisq */df */p */z_first */trend/z */trend/chisq */trend/p",
        "log_rank_weighted::weighted_tests_equal_the_formula",
    ),
    (
        "logrank/peto_onestep_HR",
        "log_hr se hr lower upper",
        "log_rank_weighted::the_one_step_hazard_ratio_equals_the_formula",
    ),
    (
        "logrank/pairwise",
        "p_raw bonferroni holm hochberg BH BY hommel",
        "log_rank_weighted::corrections_for_several_tests_equal_p_adjust",
    ),
    (
        "logrank/coin_approximate",
        "p ci99",
        "permutation::drawn_score_tests_are_in_the_interval_of_coins_draws",
    ),
    (
        "logrank/permutation_exact",
        "n_permutations */U_obs */perm_var_U",
        "permutation::exact_permutation_tests_equal_full_enumeration",
    ),
    (
        "rmst/two arms",
        "tau arm0/… arm1/… diff/… ratio/… rmtl_ratio/…",
        "rmst::restricted_means_equal_survrm2",
    ),
    (
        "rmst/adjusted",
        "diff log_ratio log_rmtl_ratio",
        "rmst::adjusted_restricted_means_equal_survrm2",
    ),
    (
        "survfit/model",
        "curves/*/n curves/*/time curves/*/n_risk curves/*/n_event curves/*/n_censor curves/*/surv \
         curves/*/se_surv",
        "survival::curves_and_bands_equal_survfit",
    ),
    (
        "survfit/timefix=FALSE",
        "curves/*/n curves/*/time curves/*/n_risk curves/*/n_event curves/*/n_censor curves/*/surv \
         curves/*/se_surv",
        "survival::curves_and_bands_equal_survfit",
    ),
    (
        "survfit/reverseKM",
        "curves/…",
        "survival::curves_and_bands_equal_survfit",
    ),
    (
        "survfit/model",
        "quantiles/*/*/quantile quantiles/*/*/lower quantiles/*/*/upper",
        "survival::quantiles_equal_survfit",
    ),
    (
        "survfit/reverseKM",
        "quantiles95/*/*/quantile quantiles95/*/*/lower quantiles95/*/*/upper",
        "survival::quantiles_equal_survfit",
    ),
    (
        "survfit/model",
        "landmark/strata/*/n_risk landmark/strata/*/surv landmark/strata/*/se_surv",
        "survival::landmarks_equal_survfit",
    ),
    (
        "survfit/model",
        "landmark/ci/*/*/lower landmark/ci/*/*/upper",
        "survival::landmarks_equal_survfit, survival_more::limits_of_other_levels_at_landmarks_equal_survfit",
    ),
    (
        "survfit/model",
        "landmark/strata/*/n_event landmark/strata/*/n_censor",
        "survival_more::counts_between_landmarks_equal_survfit",
    ),
    (
        "survfit/model",
        "rmean/rmean rmean/se",
        "survival_more::areas_under_curves_equal_survfit",
    ),
    (
        "survfit/start.time",
        "time n_risk n_event n_censor surv std_err_raw lower upper",
        "survival_more::curves_from_a_later_start_equal_survfit",
    ),
    (
        "table1/continuous",
        "overall/… groups/…",
        "comparison::summaries_equal_r",
    ),
    (
        "table1/continuous",
        "t_student/… t_welch/… smd_pooled_var",
        "comparison::t_tests_and_mean_differences_equal_r",
    ),
    (
        "table1/continuous",
        "anova/F anova/df1 anova/df2 anova/p welch_anova/…",
        "comparison::analyses_of_variance_equal_r",
    ),
    (
        "table1/continuous",
        "kruskal/… jonckheere/… wilcoxon/W wilcoxon/p_normal_cc wilcoxon/p_normal wilcoxon/p_less_cc \
         wilcoxon/p_greater_cc wilcoxon/coin_p_exact_with_ties wilcoxon/p_exact wilcoxon/p_exact_less \
         wilcoxon/hl_estimate wilcoxon/hl_ci95_exact wilcoxon/hl_median_of_differences",
        "comparison::rank_tests_equal_r",
    ),
    (
        "table1/categorical",
        "chisq/… chisq_yates/… fisher_p trend/…",
        "groups::tests_of_larger_tables_equal_r",
    ),
    (
        "two_proportions",
        "chisq/… chisq_yates/… chisq_n_minus_1/… lr_chisq/… fisher_two.sided/p fisher_less/p fisher_greater/p \
         fisher_central_p fisher_midp_one/… fisher_midp_two_doubled fisher_midp_two_minlik",
        "groups::tests_of_two_by_two_tables_equal_r",
    ),
    (
        "two_proportions",
        "ci/diff ci/wald ci/newcombe ci/miettinen_nurminen ci/mee_farrington_manning ci/agresti_caffo \
         ci/prop_test_cc ci/prop_test",
        "groups::differences_equal_r",
    ),
    (
        "two_proportions",
        "ci/rr/estimate ci/rr/katz_log ci/rr/koopman ci/rr/miettinen_nurminen",
        "groups::risk_ratios_equal_r",
    ),
    (
        "two_proportions",
        "ci/or/estimate ci/or/woolf ci/or/haldane_anscombe/… ci/or/cmle_precise ci/or/exact_precise \
         ci/or/midp_exact_precise ci/or/score ci/or/miettinen_nurminen",
        "groups::odds_ratios_equal_r",
    ),
    (
        "two_proportions",
        "noninferiority/z_fm noninferiority/p_greater_fm noninferiority/z_mn noninferiority/p_greater_mn",
        "groups::score_tests_equal_r",
    ),
    (
        "two_proportions_py",
        "score_test/stat score_test/p",
        "groups::score_tests_equal_r",
    ),
    (
        "two_proportions_py",
        "ci/ratio/log ci/ratio/log_adjusted",
        "groups::risk_ratios_equal_r",
    ),
    (
        "two_proportions_py",
        "ci/odds_ratio/logit ci/odds_ratio/logit_adjusted ci/odds_ratio/score_mn ci/odds_ratio/score",
        "groups::odds_ratios_equal_r",
    ),
    (
        "two_proportions_py",
        "boschloo/two-sided/p boschloo/less/p boschloo/greater/p barnard_pooled/two-sided/p \
         barnard_pooled/less/p barnard_pooled/greater/p barnard_unpooled/two-sided/p",
        "groups::unconditional_tests_equal_scipy",
    ),
];

/// Whether a kind of figures is `name`, or below it.
fn is(kind: &str, family: &str, name: &str) -> bool {
    match name.strip_suffix('…') {
        Some(above) => kind.starts_with(&format!("{family}/{above}")),
        None => kind == format!("{family}/{name}"),
    }
}

#[test]
fn every_figure_of_the_reference_is_compared_or_left_out_for_a_reason() {
    let ledger = expected("ledger");
    let mut left: BTreeMap<&str, u64> = ledger
        .as_object()
        .unwrap()
        .iter()
        .map(|(kind, count)| (kind.as_str(), count.as_u64().unwrap()))
        .collect();
    for (list, entries) in [
        ("compared", COMPARED),
        ("compared in part", PARTLY),
        ("left out", LEFT_OUT),
    ] {
        let mut count = 0;
        for (family, names, why) in entries {
            assert!(!why.is_empty());
            for name in names.split_whitespace() {
                let before = left.len();
                left.retain(|kind, figures| {
                    let here = is(kind, family, name);
                    count += if here { *figures } else { 0 };
                    !here
                });
                assert!(
                    left.len() < before,
                    "{family}/{name} is no figure, or is there twice: {why}"
                );
            }
        }
        println!("{list}: {count} figures");
    }
    assert!(left.is_empty(), "neither compared nor left out: {left:?}");
}

#[test]
fn a_comparison_that_the_ledger_names_is_a_test_of_the_table() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    for (_, _, tests) in COMPARED {
        for test in tests.split(", ") {
            let (module, function) = test.split_once("::").unwrap();
            let source = std::fs::read_to_string(folder.join(module).with_extension("rs")).unwrap();
            assert!(
                source.contains(&format!("#[test]\npub fn {function}()"))
                    || source.contains(&format!("#[test]\nfn {function}()")),
                "{test}"
            );
        }
    }
}
