# Comparison of curves: restricted means of pairs, adjusted restricted means, Hommel's correction.

form-comparison-missing-endpoint = A comparison of curves needs a start date with the date of progression, death or last contact, or a column of times with a column of events.
form-comparison-hommel = Hommel
form-comparison-adjust = Adjust the means for
form-comparison-adjust-help = Compares the restricted means between patients who are alike in these columns, beside the means as they are.

comparison-hommel = Hommel
comparison-column-statistics = χ² (df), or largest |z|
comparison-excluded-not-adjusted = Left out of the adjusted means, no value in “{ $column }”
comparison-methods-exact-within-strata = The tests were repeated over all { $arrangements } arrangements of the patients within the strata (permutation test) { $ref }.
comparison-methods-drawn-within-strata = The tests were repeated over { $draws } random arrangements of the patients within the strata (permutation test, seed { $seed }) { $ref }.
comparison-note-permutation-within-strata = p (permutation): the statistic compared with its values when the patients are dealt to the groups at random within the strata.
comparison-pairs-and-means = Pairs of groups ({ $test }, and restricted means)
comparison-column-mean-difference = Difference of means up to { $tau }, { $unit } ({ $level } CI)
comparison-adjusted = Adjusted for { $covariates }, the difference of the means of “{ $second }” and “{ $first }” was { $difference } { $unit } ({ $level } CI { $range }; { $p }; { $n } patients with all values).
comparison-adjusted-table = Restricted means adjusted for { $covariates }
comparison-adjusted-pair = { $pair } ({ $n ->
    [one] 1 patient
   *[other] { $n } patients
} with all values)
comparison-note-adjusted = Each ratio or difference is that between patients alike in the covariates.
comparison-methods-hommel = Pairs of groups were compared by the primary test, with Hommel’s correction of the p values { $ref }.
comparison-methods-means-corrected = The p values of differences of restricted means were corrected alike.
comparison-methods-adjusted = Restricted means were also compared by regression on the group and { $covariates }, among patients without missing values, weighted by the inverse probability of censoring within each group { $ref }.
