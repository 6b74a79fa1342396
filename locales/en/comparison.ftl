# Comparison of curves: options, section, figures, Methods.

## Options

form-comparison = Compare curves
form-comparison-help = Tests of the difference between groups (log-rank, weighted, MaxCombo), restricted mean times, differences at fixed times, landmark analysis and conditional survival.
form-comparison-missing = A comparison of curves needs a grouping column. Add one under Columns.
form-part-tests = Tests
form-comparison-group = Groups
form-comparison-restart = Landmark analysis from
form-comparison-restart-help = A time in the display unit. Only patients still followed after it are compared, and times count from it. Leave empty to compare from the start.
form-comparison-primary = Primary test
form-comparison-primary-help = The test that answers the question. Choose it before you see the results.
form-comparison-tests = Further tests
form-comparison-tests-help = Shown beside the primary test, as a check.
form-comparison-p = Fleming-Harrington p (early)
form-comparison-p-help = The larger, the more early differences count.
form-comparison-q = Fleming-Harrington q (late)
form-comparison-q-help = The larger, the more late differences count, such as those of immunotherapy.
form-comparison-strata = Stratify the tests by
form-comparison-strata-help = Groups are compared within each value of this column, and the differences added up.
form-comparison-strata-none = Not stratified
form-comparison-trend = Test for trend
form-comparison-trend-help = For groups with an order, such as stages: whether events come ever sooner from the first group to the last.
form-comparison-adjustment = Correction for several pairs
form-comparison-adjustment-help = Used with three or more groups.
form-comparison-permutation = Permutation tests
form-comparison-draws = Random draws
form-comparison-draws-help = Used when there are too many arrangements of the patients to look at all of them.
form-comparison-seed = Seed of the draws
form-comparison-seed-help = The same seed gives the same p value again.
form-comparison-tau = Restriction time of the means
form-comparison-tau-help = Mean times are counted up to this time, in the display unit. Leave empty for the longest that all curves allow. A time chosen before the study is better.
form-comparison-landmarks = Differences at
form-comparison-landmarks-help = Times in the display unit, such as 6 12 24. Leave empty to choose them from the follow-up.
form-comparison-conditional = Conditional survival after
form-comparison-conditional-help = Times in the display unit. For patients who have got that far, the chance of going on. Leave empty for none.
form-comparison-further = … for a further
form-comparison-further-help = How much longer, in the display unit.
form-comparison-figure-difference = Difference of the curves over time
form-comparison-figure-areas = Restricted means as areas
form-comparison-test-log-rank = Log-rank
form-comparison-test-gehan-breslow = Gehan-Breslow (Wilcoxon)
form-comparison-test-tarone-ware = Tarone-Ware
form-comparison-test-peto-peto = Peto-Peto
form-comparison-test-modified-peto-peto = Modified Peto-Peto
form-comparison-test-fleming-harrington = Fleming-Harrington (p, q)
form-comparison-test-max-combo = MaxCombo (two groups)
form-comparison-holm = Holm
form-comparison-bonferroni = Bonferroni
form-comparison-hochberg = Hochberg
form-comparison-benjamini-hochberg = Benjamini-Hochberg (false discovery rate)
form-comparison-benjamini-yekutieli = Benjamini-Yekutieli
form-comparison-uncorrected = None
form-comparison-permutation-small = Up to 50 patients
form-comparison-permutation-always = Always
form-comparison-permutation-never = Never

error-one-group = Only one group of “{ $column }” has patients, so there is nothing to compare. Choose another column.

## Section

report-excluded-not-at-landmark = Left out, not followed beyond the landmark

comparison-heading = Comparison of { $endpoint } by { $group }
comparison-time = { $time } { $unit }
comparison-patients = { $event } of { $n } patients had the event: { $groups }.
comparison-patients-at-landmark = { $n } patients were still followed after { $landmark } and are compared from then on. { $event } of them had the event: { $groups }.
comparison-group = { $event } of { $n } in “{ $label }”
comparison-primary = The groups compare with { $p } ({ $test }, the primary test).
comparison-primary-and-permutation = The groups compare with { $p } ({ $test }, the primary test); { $permutation } by its permutation version, which holds its error rate with few patients.
comparison-max-combo-pairs = MaxCombo, the primary test, compares two groups at a time: see the pairs.
comparison-stratified = { $test } stratified by { $strata }
comparison-means = Counted up to { $tau } { $unit }, mean { $endpoint } was { $other } { $unit } in “{ $second }” and { $one } { $unit } in “{ $first }”: difference { $difference } { $unit } ({ $level } CI { $range }; { $p }).
comparison-difference = { $landmark } { $endpoint } was { $other } in “{ $second }” and { $one } in “{ $first }”: difference { $difference } percentage points ({ $level } CI { $range }; { $p }).

comparison-test-log-rank = log-rank test
comparison-test-gehan-breslow = Gehan-Breslow test
comparison-test-tarone-ware = Tarone-Ware test
comparison-test-peto-peto = Peto-Peto test
comparison-test-modified-peto-peto = modified Peto-Peto test
comparison-test-fleming-harrington = Fleming-Harrington test ({ $p }, { $q })
comparison-test-max-combo = MaxCombo test

comparison-groups = Estimates of { $endpoint }
comparison-row-events = Events
comparison-row-mean = Mean { $endpoint } up to { $tau } { $unit }, { $unit } ({ $level } CI)
comparison-row-conditional = { $endpoint } for a further { $further } after { $start } ({ $level } CI); patients left
comparison-conditional = { $percent }; { $n }
comparison-note-ci = CI, confidence interval. NE, not estimable.
comparison-note-tau-chosen = The mean is restricted to { $tau } { $unit }, the longest time up to which every curve is known. A curve is known to the end of its follow-up, or for ever once it has reached 0; a longer time would have to guess how it goes on.
comparison-note-tau = The mean is restricted to { $tau } { $unit }. Every curve is known up to { $limit } { $unit }.

comparison-column-test = Test
comparison-column-statistic = χ² (df)
comparison-column-p = p
comparison-column-trend = Trend, z (p)
comparison-row-fleming-harrington = Fleming-Harrington ({ $p }, { $q })
comparison-row-max-combo = MaxCombo
comparison-row-primary = { $test } (primary)
comparison-note-max-combo = MaxCombo: the largest |z| of the Fleming-Harrington tests (0, 0), (1, 0), (0, 1) and (1, 1), with the p value of that largest one. It compares two groups.
comparison-note-permutation = p (permutation): the statistic compared with its values when the patients are dealt to the groups at random.
comparison-note-trend = Trend: z is positive when events come sooner from the first group to the last.

comparison-pairs = Pairs of groups ({ $test })
comparison-column-corrected = p ({ $method })
comparison-holm = Holm
comparison-bonferroni = Bonferroni
comparison-hochberg = Hochberg
comparison-benjamini-hochberg = Benjamini-Hochberg
comparison-benjamini-yekutieli = Benjamini-Yekutieli
comparison-uncorrected = uncorrected

comparison-differences = Differences between pairs of groups
comparison-differences-of = Differences: { $pair }
comparison-column-estimate = Estimate ({ $level } CI)
comparison-row-mean-difference = Mean { $endpoint } up to { $tau } { $unit }: difference, { $unit }
comparison-row-mean-ratio = Mean { $endpoint } up to { $tau } { $unit }: ratio
comparison-row-lost-ratio = Mean time lost up to { $tau } { $unit }: ratio
comparison-row-difference = { $landmark } { $endpoint }: difference, percentage points
comparison-note-contrast = Differences are the first-named group minus the other, ratios the first-named over the other.
comparison-note-uncorrected = These p values are not corrected for the number of pairs.
comparison-note-not-stratified = Means and differences are not stratified.

comparison-caution-several = Several tests are shown. Only the primary test ({ $primary }) answers the question, and only if it was chosen before the results were seen: choosing the test with the smallest p value raises the chance of a false finding.
comparison-caution-crossing = The curves of “{ $first }” and “{ $second }” cross at about { $time } { $unit }: each is above the other at some time (one-sided p < 0.05 in both directions, corrected for the five times looked at). The log-rank test and one hazard ratio may miss the difference; look at the difference over time and at the restricted means.
comparison-caution-tau = The restriction time of { $tau } { $unit } lies beyond { $limit } { $unit }, up to which every curve is known. No restricted means are given: choose a shorter time.
comparison-caution-few-events = Fewer than { $limit } events in a group ({ $events }): the intervals and p values are approximate.

## Figures

comparison-figure-difference =
    Difference of { $share } over time: { $several ->
        [yes] each group minus “{ $reference }”.
       *[no] { $rises ->
            [yes] 1 − Kaplan-Meier of one group minus that of the other.
           *[no] Kaplan-Meier estimate of one group minus that of the other.
        }
    } Shaded: pointwise { $level } confidence interval. Under the axis: number of patients at risk.
comparison-figure-areas = { $rises ->
    [yes] Share with the event (1 − Kaplan-Meier) of { $endpoint } in each group. The shaded area above the curve, up to { $tau } { $unit }, is the restricted mean time, with its { $level } confidence interval.
   *[no] Kaplan-Meier estimate of { $endpoint } in each group. The shaded area up to { $tau } { $unit } is the restricted mean time, with its { $level } confidence interval.
}
comparison-figure-difference-title = Difference in { $name } by { $group }
comparison-figure-difference-axis = Difference (percentage points)
comparison-figure-minus = { $second } minus { $first }
comparison-figure-each-minus = Each group minus { $first }
comparison-figure-better = { $label } better
comparison-figure-areas-title = Restricted mean { $name } by { $group }
comparison-figure-interval = ({ $level } CI { $range })
comparison-figure-axis-landmark = { $unit ->
    [days] Days since the landmark
    [weeks] Weeks since the landmark
   *[months] Months since the landmark
    [years] Years since the landmark
}
comparison-figure-point = Difference { $difference }
comparison-figure-describe-difference = { $pair }: { $points }.
comparison-figure-describe-at = { $difference } at { $time }
comparison-figure-describe-mean = { $label }: mean { $mean } up to { $tau }.

## Methods

comparison-methods-landmark = In a landmark analysis, patients still followed after { $landmark } were compared, with times counted from then on { $ref }.
comparison-methods-primary = The curves of the groups of { $group } were compared, as the primary test, by the { $test }.
comparison-methods-others = Further tests were: { $tests }.
comparison-methods-strata = The tests were stratified by { $strata } ({ $n } strata).
comparison-methods-trend = Trend over the groups in their order was tested with the scores 0, 1, 2 … { $ref }.
comparison-methods-exact = The tests were repeated over all { $arrangements } arrangements of the patients (permutation test) { $ref }.
comparison-methods-drawn = The tests were repeated over { $draws } random arrangements of the patients (permutation test, seed { $seed }) { $ref }.
comparison-methods-holm = Pairs of groups were compared by the primary test, with Holm’s correction of the p values { $ref }.
comparison-methods-bonferroni = Pairs of groups were compared by the primary test, with Bonferroni’s correction of the p values.
comparison-methods-hochberg = Pairs of groups were compared by the primary test, with Hochberg’s correction of the p values { $ref }.
comparison-methods-benjamini-hochberg = Pairs of groups were compared by the primary test, with the p values corrected for the false discovery rate after Benjamini and Hochberg { $ref }.
comparison-methods-benjamini-yekutieli = Pairs of groups were compared by the primary test, with the p values corrected for the false discovery rate after Benjamini and Yekutieli { $ref }.
comparison-methods-uncorrected = Pairs of groups were compared by the primary test, without correction of the p values.
comparison-methods-mean-to-the-limit = Restricted mean times were compared up to { $tau } { $unit }, the longest time up to which every curve is known, by their difference and their ratios with { $level } confidence intervals { $ref }.
comparison-methods-mean = Restricted mean times were compared up to { $tau } { $unit } by their difference and their ratios with { $level } confidence intervals { $ref }.
comparison-methods-difference = Kaplan-Meier estimates { $km } with Greenwood’s variance { $greenwood } were compared at fixed times: their difference has a { $level } confidence interval that combines those of the groups on the { $scale } scale { $interval }, and the test compares them on that scale { $test }.
comparison-methods-conditional = Conditional survival is that for a further { $further } of the patients still followed at a time { $ref }.
