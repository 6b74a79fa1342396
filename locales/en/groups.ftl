# Comparing a column between groups: form, results, Methods.

## Form

form-groups = Compare groups
form-groups-help = A column compared between groups: percentages with their difference or ratio, or means and medians, each with its interval and test.
form-groups-missing = Comparing needs a grouping column, and another column to compare: one to count, one that makes groups, or one of measurements.

form-field-groups-group = Between the groups of
form-field-groups-paired-with = Or with the same patients’
form-field-groups-paired-with-help = A second column with the same two values, such as the status at a later visit. Then the two columns are compared, and not the groups.
form-groups-not-paired = Not paired
form-field-groups-strata = Within the strata of
form-field-groups-strata-help = Combines the comparison of two groups over the strata (Cochran-Mantel-Haenszel). Needs two groups and a column with two values.
form-groups-no-strata = No strata
form-field-groups-ordered = The groups have an order
form-field-groups-ordered-help = Also tests for a trend over three or more groups, in the order in which they stand.

form-field-groups-test = Test of categories
form-field-groups-test-help = Automatic: χ² where no expected count is below 1 and at most a fifth of them are below 5, else Fisher’s exact test.
form-groups-test-automatic = Automatic
form-groups-test-chi-square = χ² (Pearson)
form-groups-test-yates = χ² with Yates’ correction
form-groups-test-n-minus-1 = χ² with N − 1
form-groups-test-fisher = Fisher’s exact test
form-groups-test-boschloo = Boschloo’s exact test (two by two)

form-field-groups-paired-test = Test of paired columns
form-field-groups-paired-test-help = Used when the column is paired with another of the same patients.
form-groups-paired-exact = McNemar, exact
form-groups-paired-mid-p = McNemar, mid-P
form-groups-paired-corrected = McNemar, χ² with continuity correction
form-groups-paired-uncorrected = McNemar, χ²

form-field-groups-measure = Effect
form-field-groups-measure-help = Of columns with two values. Each group is compared with the first.
form-groups-measure-difference = Difference of percentages
form-groups-measure-ratio = Risk ratio
form-groups-measure-odds = Odds ratio

form-field-groups-difference = Interval of the difference
form-field-groups-difference-help = Newcombe and Miettinen-Nurminen suit most cohorts. Exact is cautious, and found for up to 10,000 possible tables (about 100 patients a group).
form-field-groups-ratio = Interval of the risk ratio
form-field-groups-ratio-help = Miettinen-Nurminen suits most cohorts. Exact is cautious, and found for up to 10,000 possible tables (about 100 patients a group).
form-field-groups-odds = Interval of the odds ratio
form-field-groups-odds-help = Exact belongs to Fisher’s test and is cautious; mid-P is shorter.
form-groups-exact = Exact (Chan-Zhang)
form-groups-miettinen-nurminen = Miettinen-Nurminen (score)
form-groups-difference-newcombe = Newcombe
form-groups-difference-mee = Mee, Farrington-Manning (score)
form-groups-difference-agresti-caffo = Agresti-Caffo
form-groups-difference-wald = Wald
form-groups-difference-wald-continuity = Wald with continuity correction
form-groups-ratio-koopman = Koopman (score)
form-groups-ratio-katz = Katz (logarithmic)
form-groups-ratio-katz-adjusted = Katz with ½ added
form-groups-odds-exact = Exact (conditional, as Fisher’s test)
form-groups-odds-mid-p = Mid-P (conditional)
form-groups-odds-score = Score
form-groups-odds-woolf = Woolf (logarithmic)
form-groups-odds-haldane = Woolf with ½ added (Haldane-Anscombe)

form-field-groups-numeric-test = Test of numbers
form-field-groups-numeric-test-help = A column of a few numbers that also makes groups, such as ECOG, is compared as categories unless a test is chosen here. Automatic: means (Welch) where every group has at least 30 patients and none is strongly skewed (skewness beyond ±1), else ranks (Wilcoxon, Kruskal-Wallis).
form-groups-numeric-automatic = Automatic
form-groups-numeric-welch = Means, unequal variances (Welch)
form-groups-numeric-student = Means, equal variances (t test, ANOVA)
form-groups-numeric-ranks = Ranks (Wilcoxon, Kruskal-Wallis)
form-groups-numeric-ranks-exact = Ranks, exact where possible
form-groups-numeric-ranks-normal = Ranks, normal approximation without correction

## Names of tests

groups-name-fisher = Fisher’s exact test
groups-name-chi-square = χ² test
groups-name-yates = χ² test with Yates’ correction
groups-name-n-minus-1 = χ² test with N − 1
groups-name-boschloo = Boschloo’s exact test
groups-name-cochran-armitage = Cochran-Armitage test
groups-name-linear-by-linear = linear-by-linear association
groups-name-mantel-haenszel = Cochran-Mantel-Haenszel test
groups-name-exact-strata = exact conditional test over the strata
groups-name-breslow-day = Breslow-Day test of equal odds ratios
groups-name-welch = Welch’s t test
groups-name-student = Student’s t test
groups-name-welch-anova = Welch’s analysis of variance
groups-name-anova = analysis of variance
groups-name-rank-sum-exact = Wilcoxon’s rank sum test, exact
groups-name-rank-sum-corrected = Wilcoxon’s rank sum test
groups-name-rank-sum = Wilcoxon’s rank sum test without continuity correction
groups-name-kruskal-wallis = Kruskal-Wallis test
groups-name-jonckheere = Jonckheere-Terpstra test
groups-name-mcnemar-exact = McNemar’s exact test
groups-name-mcnemar-mid-p = McNemar’s mid-P test
groups-name-mcnemar-corrected = McNemar’s test with continuity correction
groups-name-mcnemar = McNemar’s test

## Results

groups-heading = { $column } by { $group }
groups-by-group = { $column } by { $group }: { $clauses }.
groups-p = { $p } ({ $test })
groups-p-simulated = { $p } ({ $test }, simulated from { $draws } tables; standard error of p { $error })
groups-not-varying = no test, as a group has a single value, or values that are all the same: its variance cannot be estimated
groups-not-compared = there is nothing to compare, as all patients have the same value or are in one group
groups-rate = “{ $value }” in { $percent } ({ $count } of { $n }) of “{ $label }”
groups-difference = difference { $estimate } percentage points ({ $level } CI { $range })
groups-ratio = risk ratio { $estimate } ({ $level } CI { $range })
groups-odds = odds ratio { $estimate } ({ $level } CI { $range })
groups-mean = mean { $mean } (SD { $sd }) in “{ $label }”
groups-median = median { $median } (quartiles { $range }) in “{ $label }”
groups-means = difference of means { $estimate } ({ $level } CI { $range })
groups-shift = shift { $estimate } ({ $level } CI { $range })
groups-trend = Trend over the groups in their order: { $tested }.
groups-strata = Within the strata of { $strata }: common odds ratio { $estimate } ({ $level } CI { $range }); { $tested }.
groups-fraction = { $count } of { $n }

groups-table = { $column } by { $group }
groups-column-unit = { $column } ({ $unit })
groups-row-mean = Mean (SD)
groups-row-median = Median (quartiles)
groups-row-range = Range
groups-note-counts = Number of patients; percentage ({ $level } CI). CI, confidence interval. Patients without a value are not counted.
groups-note-numbers = SD, standard deviation. Patients without a value are not counted.

groups-comparison = Comparison of the groups (two-sided tests)
groups-column-comparison = Comparison
groups-column-difference = “{ $value }”, difference in percentage points ({ $level } CI)
groups-column-ratio = “{ $value }”, risk ratio ({ $level } CI)
groups-column-odds = “{ $value }”, odds ratio ({ $level } CI)
groups-column-means = Difference of means ({ $level } CI)
groups-column-shift = Shift, Hodges-Lehmann ({ $level } CI)
groups-column-standardised = Standardised difference
groups-column-p = p
groups-pair = { $other } v { $first }
groups-row-all = All groups
groups-row-trend = Trend over the groups
groups-note-ci = CI, confidence interval. NE, not estimable or without limit.
groups-note-standardised = Standardised difference: in standard deviations; up to 0.1 is commonly taken as balanced.
groups-statistic = { $symbol } = { $value }
groups-df =
    { $count ->
        [1] 1 degree of freedom
       *[other] { $df } degrees of freedom
    }
groups-df-two = { $df } and { $within } degrees of freedom
groups-test-note = { $test }: { $result }.

groups-strata-table = “{ $value }” within the strata of { $strata }
groups-column-strata-odds = Odds ratio ({ $level } CI)
groups-row-common = Common odds ratio
groups-caution-expected = An expected count is only { $smallest }: the χ² test is approximate there. Fisher’s exact test is not.
groups-caution-strata = The strata are not combined: that needs two groups, a column with two values, and strata in which both groups and both values occur.

groups-figure-rates = Patients with “{ $value }”, by { $group }. Bars: { $level } confidence intervals.
groups-figure-categories = { $column } by { $group }. Bars: { $level } confidence intervals.
groups-figure-numbers = { $column } by { $group }. Boxes: quartiles and median; whiskers: to the last value within 1.5 box lengths; points: patients.

groups-figure-numbers-beyond = { $column } by { $group }. Boxes: quartiles and median; whiskers: to the last value within 1.5 box lengths; points: patients beyond.

groups-paired-heading = { $first } and { $second }
groups-paired-rate = { $percent } ({ $count } of { $n }; { $level } CI { $range }) by { $column }
groups-paired-rates = “{ $value }”: { $clauses }.
groups-paired-changes =
    { $gained } { $gained ->
        [one] patient
       *[other] patients
    } had “{ $value }” only by { $second }, { $lost } only by { $first }: odds ratio { $estimate } ({ $level } CI { $range }); { $tested }.
groups-paired-alike = No patient’s answers differ, so there is nothing to compare.
groups-paired-table =
    Answers of the same { $n ->
        [one] patient
       *[other] { $n } patients
    }
groups-paired-answer = { $column }: { $value }

## Figure

groups-axis-percent = Patients (%)
groups-axis-percent-value = Patients with “{ $value }” (%)
groups-axis-n = n = { $n }
groups-describe-rates = Bars with confidence intervals. { $title }.
groups-describe-numbers = Box plots with the patients as points. { $title }.
groups-point-rate = { $percent } ({ $count } of { $n })
groups-point-median = Median { $median } (quartiles { $range })
groups-point-n =
    { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }

## Methods

methods-groups-automatic = The test was chosen by the expected counts: the χ² test where none is below 1 and at most a fifth of them are below 5, else Fisher’s exact test { $ref }.
methods-groups-automatic-numeric = Means were compared where every group had at least { $n } patients and none a skewness beyond ±{ $skewness }, else ranks { $ref }.
methods-groups-fisher = The groups of { $group } were compared by Fisher’s exact test, two-sided { $ref }.
methods-groups-chi-square = The groups of { $group } were compared by Pearson’s χ² test { $ref }.
methods-groups-yates = The groups of { $group } were compared by the χ² test with Yates’ continuity correction { $ref }.
methods-groups-n-minus-1 = The groups of { $group } were compared by the χ² test with the factor (N − 1) / N { $ref }.
methods-groups-boschloo = The groups of { $group } were compared by Boschloo’s exact unconditional test, two-sided as twice the smaller one-sided p value { $ref }.
methods-groups-cochran-armitage = The trend over the groups of { $group } was tested by the Cochran-Armitage test with equally spaced scores { $ref }.
methods-groups-linear-by-linear = The trend over the groups of { $group } was tested by linear-by-linear association with equally spaced scores { $ref }.
methods-groups-mantel-haenszel = The groups of { $group } were compared within strata by the Cochran-Mantel-Haenszel test with continuity correction { $ref }.
methods-groups-exact-strata = The groups of { $group } were compared within strata by the exact conditional test, with the conditional maximum likelihood estimate of the common odds ratio and its exact interval { $ref }.
methods-groups-robins = The common odds ratio is that of Mantel and Haenszel, with the { $level } confidence interval of Robins, Breslow and Greenland { $ref }.
methods-groups-breslow-day = That the odds ratio is the same in all strata was tested by the Breslow-Day test with Tarone’s correction { $ref }.
methods-groups-welch = The means of the groups of { $group } were compared by Welch’s t test { $ref }.
methods-groups-student = The means of the groups of { $group } were compared by Student’s t test with equal variances.
methods-groups-welch-anova = The means of the groups of { $group } were compared by Welch’s analysis of variance { $ref }.
methods-groups-anova = The means of the groups of { $group } were compared by one-way analysis of variance.
methods-groups-rank-sum-exact = The groups of { $group } were compared by Wilcoxon’s rank sum test (Mann-Whitney U), exact, ties included { $ref }.
methods-groups-rank-sum-corrected = The groups of { $group } were compared by Wilcoxon’s rank sum test (Mann-Whitney U), by the normal approximation corrected for ties and continuity { $ref }.
methods-groups-rank-sum = The groups of { $group } were compared by Wilcoxon’s rank sum test (Mann-Whitney U), by the normal approximation corrected for ties { $ref }.
methods-groups-kruskal-wallis = The groups of { $group } were compared by the Kruskal-Wallis test { $ref }.
methods-groups-jonckheere = The trend over the groups of { $group } was tested by the Jonckheere-Terpstra test { $ref }, its variance corrected for ties.
methods-groups-mcnemar-exact = The two columns were compared by McNemar’s exact test { $ref }.
methods-groups-mcnemar-mid-p = The two columns were compared by McNemar’s mid-P test { $ref }.
methods-groups-mcnemar-corrected = The two columns were compared by McNemar’s χ² test with continuity correction { $ref }.
methods-groups-mcnemar = The two columns were compared by McNemar’s χ² test { $ref }.
methods-groups-paired = Percentages are of the patients with a known value in both columns.
methods-groups-paired-odds = The odds ratio is that of the discordant pairs, with its exact { $level } confidence interval.
methods-groups-numbers = Quartiles are interpolated linearly between the values (type 7 of Hyndman and Fan).
methods-groups-means = Differences of means have the { $level } confidence interval of the same test.
methods-groups-means-pooled = Differences from the first group have { $level } confidence intervals with the variance pooled over all groups.
methods-groups-means-pairs = Differences from the first group have the { $level } confidence interval of Welch’s t test of the two groups { $ref }.
methods-groups-shift = The shift between two groups is the median of all differences between their values (Hodges-Lehmann), with the { $level } confidence interval of the same test { $ref }.
methods-groups-shift-pairs = The shift from the first group is the median of all differences between the values of the two (Hodges-Lehmann), with the { $level } confidence interval of Wilcoxon’s rank sum test of the two groups { $ref }.
methods-groups-standardised = The standardised difference is the difference of the percentages over the root of the mean of their two variances { $ref }.
methods-groups-standardised-mean = The standardised difference is the difference of the means over the root of the mean of the two variances { $ref }.
methods-groups-difference-miettinen-nurminen = The difference between two percentages has the { $level } score confidence interval of Miettinen and Nurminen { $ref }.
methods-groups-difference-exact = The difference between two percentages has the exact unconditional { $level } confidence interval of Chan and Zhang, from two one-sided score tests { $ref }.
methods-groups-ratio-exact = Risk ratios have the exact unconditional { $level } confidence interval of Chan and Zhang, from two one-sided score tests { $ref }.
methods-groups-difference-mee = The difference between two percentages has the { $level } score confidence interval of Mee, Farrington and Manning { $ref }.
methods-groups-difference-agresti-caffo = The difference between two percentages has the { $level } confidence interval of Agresti and Caffo { $ref }.
methods-groups-difference-wald = The difference between two percentages has Wald’s { $level } confidence interval.
methods-groups-difference-wald-continuity = The difference between two percentages has Wald’s { $level } confidence interval with continuity correction.
methods-groups-ratio-miettinen-nurminen = Risk ratios have the { $level } score confidence interval of Miettinen and Nurminen { $ref }.
methods-groups-ratio-koopman = Risk ratios have Koopman’s { $level } score confidence interval { $ref }.
methods-groups-ratio-katz = Risk ratios have the { $level } confidence interval of Katz on the logarithmic scale { $ref }.
methods-groups-ratio-katz-adjusted = Risk ratios have a { $level } confidence interval on the logarithmic scale after ½ was added to each count and each group size { $ref }.
methods-groups-odds-exact = Odds ratios are conditional maximum likelihood estimates with Cornfield’s exact { $level } confidence interval { $ref }.
methods-groups-odds-mid-p = Odds ratios are conditional maximum likelihood estimates with the { $level } mid-P confidence interval { $ref }.
methods-groups-odds-miettinen-nurminen = Odds ratios are cross products with the { $level } score confidence interval of Miettinen and Nurminen { $ref }.
methods-groups-odds-score = Odds ratios are cross products with the { $level } score confidence interval { $ref }.
methods-groups-odds-woolf = Odds ratios are cross products with Woolf’s { $level } confidence interval on the logarithmic scale { $ref }.
methods-groups-odds-haldane = Odds ratios are cross products after ½ was added to every cell, with Woolf’s { $level } confidence interval on the logarithmic scale { $ref }.
