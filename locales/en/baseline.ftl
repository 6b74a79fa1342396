# Baseline characteristics (Table 1) and patient flow: forms, results, Methods.

## Form of the table

form-baseline = Baseline table
form-baseline-help = Table 1: who the patients are, all together and by group, with standardised differences and, where they help, tests.
form-baseline-missing = A baseline table needs a column of categories or of numbers.

form-part-differences = Differences between the groups
form-part-column-tests = Tests of single columns

form-field-baseline-columns = Rows
form-field-baseline-columns-help = Any column of categories or numbers, in the order of the table; those that were mapped to groups or to measurements are chosen beforehand. Only what was known at the start belongs here.
form-field-baseline-overall = All patients beside the groups
form-field-baseline-as-numbers = Show as measurements
form-field-baseline-as-numbers-help = These columns make groups and are measured. Those not ticked are counted.
form-field-baseline-statistics = Measurements shown as
form-baseline-mean-sd = Mean (SD)
form-baseline-median-quartiles = Median (quartiles)
form-baseline-median-range = Median (range)
form-baseline-range = Range
form-field-baseline-quantiles = Quartiles
form-field-baseline-quantiles-help = Programs differ in how they find quartiles between two values. The choice is printed under the table.
form-baseline-type1 = type 1, inverse of the distribution function
form-baseline-type2 = type 2, SAS’s default
form-baseline-type3 = type 3, nearest value
form-baseline-type4 = type 4, interpolated distribution function
form-baseline-type5 = type 5, midway through the steps
form-baseline-type6 = type 6, as in SPSS
form-baseline-type7 = type 7, as in R and Excel
form-baseline-type8 = type 8, median-unbiased
form-baseline-type9 = type 9, for normal distributions
form-field-baseline-percent-of = Percentages of
form-baseline-percent-of-known = Patients with a known value
form-baseline-percent-of-all = All patients, with those missing as a row

form-field-baseline-standardised = Standardised differences
form-field-baseline-standardised-help = How far the groups are apart, whatever their size. Of three or more groups the largest of all pairs.
form-field-baseline-p-values = p values
form-field-baseline-p-values-help = Leave them out in a randomised trial: there, any difference at the start is due to chance, and a p value only says how rare the chance was. They do not tell whether a difference matters.
form-baseline-p-automatic = With 30 or more patients in every group
form-baseline-p-always = Always
form-baseline-p-never = Never
form-field-baseline-category-test = Test of categories
form-field-baseline-category-test-help = Automatic: χ² where no expected count is below 1 and at most a fifth are below 5, else Fisher’s exact test.
form-field-baseline-numeric-test = Test of measurements
form-field-baseline-numeric-test-help = Automatic: means (Welch) where every group has at least 30 patients and none is strongly skewed (skewness beyond ±1), else ranks (Wilcoxon, Kruskal-Wallis).
form-field-baseline-column-test = { $column }
form-baseline-as-others = As chosen for all

## The table

baseline-heading = Baseline characteristics
baseline-heading-by-group = Baseline characteristics by { $group }
baseline-table = Characteristics of the patients at baseline
baseline-table-by-group = Characteristics of the patients at baseline, by { $group }
baseline-column-characteristic = Characteristic
baseline-column-standardised = Standardised difference

baseline-patients =
    The table describes { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }.
baseline-patients-by-group =
    The table describes { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }: { $groups }.
baseline-patients-of-group = { $n } in “{ $label }”
baseline-named = { $column } ({ $value })
baseline-complete = No value is missing.
baseline-missing = Values are missing in { $columns }.
baseline-alike = No standardised difference is above { $limit }.
baseline-alike-where-known = Where all groups can be compared no standardised difference is above { $limit }; elsewhere it is not estimable (NE).
baseline-unlike = Standardised differences are above { $limit } in { $columns }.

baseline-row-counts = { $column }, n (%)
baseline-row-statistic = { $column }, { $statistic }
baseline-row-missing = Missing

baseline-note-known = n (%): patients and their percentage of those with a known value.
baseline-note-all = n (%): patients and their percentage of all patients in the column.
baseline-note-sd = SD, standard deviation.
baseline-note-quartiles = Quartiles: { $definition }.
baseline-note-standardised = Standardised difference: in standard deviations, without its sign; up to 0.1 is commonly taken as balanced.
baseline-note-largest = Standardised difference: in standard deviations, the largest between any two groups; up to 0.1 is commonly taken as balanced.
baseline-note-test = { $mark } { $test }.
baseline-note-test-of-means = { $mark } { $test }: it compares the means, which are not shown.
baseline-note-few = p values are left out, as a group has fewer than { $n } patients.
baseline-note-too-many = { $column } is left out: it has { $values } values. Give some of them the same label under Columns.
baseline-note-ne = NE, not estimable.
baseline-caution-random = If the groups were drawn at random, leave the p values out: every difference at the start is then due to chance, and a small p value neither shows that the drawing failed nor that the difference matters for the outcome.

## Methods of the table

methods-baseline-known = Categories are given as numbers of patients with percentages of those with a known value.
methods-baseline-all = Categories are given as numbers of patients with percentages of all patients, those without a value included.
methods-baseline-numbers = Measurements are given as { $statistics }, of the patients with a known value.
methods-baseline-mean-sd = mean with standard deviation
methods-baseline-median-quartiles = median with quartiles
methods-baseline-median-range = median with range
methods-baseline-range = range
methods-baseline-quartiles = Quartiles follow the definition of Hyndman and Fan, { $definition } { $ref }.
methods-baseline-standardised = For columns of more than two categories the standardised difference is the Mahalanobis distance of the percentages { $ref }.
methods-baseline-largest = Of three or more groups, the largest standardised difference of all pairs is given.
methods-baseline-uncorrected = Tests are two-sided, of the known values, and not corrected for their number.

## Form of the flow

form-flow = Patient flow
form-flow-help = How many patients were screened, left out and why, and analysed: the diagram of the CONSORT statement, with its table.
form-flow-everybody = Whatever is in the file
form-field-flow-endpoint = Analysed for
form-field-flow-screened = Patients screened
form-field-flow-screened-help = The file does not say it. Leave empty to begin with the file.
form-field-flow-not-included = Screened but not in the file
form-field-flow-not-included-help = Numbers with reasons, with semicolons between: 12 not eligible; 8 declined.
form-field-flow-left-out-are-patients = Rows left out by choice are patients
form-field-flow-left-out-are-patients-help = Turn this off where they are totals or notes.

## The flow

flow-heading = Patient flow
flow-heading-by-group = Patient flow by { $group }
flow-box = { $words } (n{"\u00A0"}={"\u00A0"}{ $n })
flow-screened = Screened
flow-not-in-file = Not included
flow-without-reason = Reason not given
flow-in-file = Patients in the file
flow-included = Included
flow-left-out = Left out
flow-divided = Divided by { $group }
flow-group-analysed = { $label }: { $analysed } of { $n } analysed
flow-analysed = Analysed
flow-analysed-for = Analysed for { $endpoint }
flow-loss-by-person = By choice
flow-loss-no-group = No value in “{ $column }”
flow-loss-no-start = No start date
flow-loss-no-end = Neither event nor last contact
flow-loss-event-without-date = Event without a date
flow-loss-unreadable = Unreadable value
flow-loss-negative = End before the start
flow-loss-contradiction = Contradictory dates
flow-loss-no-response = No response, not concerned
flow-loss-no-value = No time or no event

flow-sentence-screened =
    Of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } screened, { $out } were not included{ $given ->
        [no] .
       *[other] : { $reasons }.
    }
flow-sentence-left-out =
    Of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } in the file, { $out ->
        [0] none was left out.
        [one] 1 was left out: { $reasons }.
       *[other] { $out } were left out: { $reasons }.
    }
flow-sentence-analysed =
    { $words }: { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }{ $grouped ->
        [no] .
       *[other] , { $groups }.
    }
flow-reason = { $reason } ({ $n })
flow-group = { $n } in “{ $label }”
flow-describe = Boxes with numbers of patients, from the first to those analysed. { $title }.
flow-caption = Flow of the patients.
flow-caption-by-group = Flow of the patients, by { $group }.
flow-table = Numbers of patients at each step
flow-column-step = Step

methods-flow = The numbers of patients are reported as the CONSORT statement asks { $ref }.

## Errors

error-no-columns = No column is chosen for the rows of the table. Choose one or more.
