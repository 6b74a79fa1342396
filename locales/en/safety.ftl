# Adverse events: issues of their sheet, form, results, Methods.

## Issues

issue-event-grade-range = { $place } “{ $value }” is more than one grade. The higher ({ $grade }) counts; correct it if that is wrong.
issue-event-grade-zero = { $place } grade 0 means that there was no event. The row is not used.
issue-event-repeated = { $place } the row repeats row { $firstrow } and counts once. Correct it if it was another event.
issue-event-respelled = { $place } “{ $value }” ({ $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }) counts as “{ $standard }”, from which it differs by capitals and spaces only. Correct it if it is another one.
issue-event-before-start = { $place } the event began ({ $on }) before the treatment ({ $start }). It is not treatment-emergent: the tables of adverse events have it unless they are limited to the time of treatment; rates by exposure and the time to the first severe event leave it out. Correct one of the dates if it is wrong.
issue-event-after-cut-off = { $place } the event began ({ $on }) after the data cut-off ({ $cutoff }) and does not count.
issue-event-after-death = { $place } the event began ({ $on }) after the death ({ $death }). Correct one of them.
issue-event-end-before-start = { $place } the event ended ({ $end }) before it began ({ $start }). Correct one of them.
issue-event-fatal-without-grade-5 = { $place } the event is said to have led to death, but its grade is “{ $value }”, not 5. It counts among the events that led to death; correct one of them.
issue-event-grade-5-not-fatal = { $place } the grade of the event is 5 (death), but it is said not to have led to death. It counts among the events that led to death; correct one of them.
issue-event-fatal-without-death = { $place } the event led to death, but nothing says that the patient died. Correct one of them.

issue-kind-event-grade-range = Several grades
issue-kind-event-grade-zero = Grade 0
issue-kind-event-repeated = Repeated event
issue-kind-event-respelled = Other spelling
issue-kind-event-before-start = Event before treatment
issue-kind-event-after-cut-off = Event after the cut-off
issue-kind-event-after-death = Event after death
issue-kind-event-end-before-start = End before onset
issue-kind-event-fatal-without-grade-5 = Fatal without grade 5
issue-kind-event-grade-5-not-fatal = Grade 5, not fatal
issue-kind-event-fatal-without-death = Fatal, but alive

error-no-adverse-events = No sheet of adverse events is chosen. Open one, and say which of its columns holds the patient id and which the term.

safety-excluded-not-treated = Left out, no therapy in the sheet of therapies
safety-excluded-no-exposure = Not in the rates, exposure not known
safety-excluded-no-onset = Not in the time to the first event, the event has no date

## Form

form-safety = Adverse events
form-safety-help = Patients by their worst grade, for any event and for each term; with dates also the time to the first severe event and rates by exposure.
form-safety-missing = This needs a sheet of adverse events, one row an event, with the patient id and the term.

form-field-safety-attribution = Events
form-field-safety-attribution-help = Tabulates events of any cause, those related to treatment, or both one after the other.
form-safety-attribution-both = Any cause, and related to treatment
form-safety-attribution-any = Any cause
form-safety-attribution-related = Related to treatment
form-field-safety-population = Patients
form-field-safety-population-help = Percentages are of all treated patients, not of those with an event. Treated are those with a therapy in the sheet of therapies.
form-safety-population-treated = All treated patients
form-safety-population-all = All patients
form-field-safety-emergent-days = Days after the last dose
form-field-safety-emergent-days-help = Counts only events that began on or after the first day of treatment and at most that many days after the last one (treatment-emergent), often 30. Leave empty to tabulate every event; those before the treatment are then in the tables, but not in rates and times.
form-field-safety-by-system = By system organ class
form-field-safety-by-system-help = Each system organ class with its terms under it. A patient counts once in a class, too.
form-field-safety-threshold = Terms from (%)
form-field-safety-threshold-help = Shows the terms that at least that percentage of the patients of a group had.
form-field-safety-severe = Severe from grade
form-field-safety-severe-help = Splits the table in two and starts the clock of the first severe event; usually 3.
form-field-safety-difference = Interval of the difference
form-field-safety-difference-help = Of two groups: second minus first, in percentage points.
form-field-safety-rate-unit = Rates per
form-field-safety-rate-unit-help = Unit of the time of exposure.
form-safety-rate-years = 100 patient-years
form-safety-rate-months = 100 patient-months
form-field-safety-first-related = First severe event: related only
form-field-safety-first-related-help = Otherwise the first severe event is that of any cause.
form-field-safety-landmarks = Incidence at
form-field-safety-landmarks-help = Times in the display unit, such as 3 6 12, at which the incidence of a first severe event is given. Leave empty to choose them from the follow-up.
form-field-safety-terms = Terms in the figures
form-field-safety-terms-help = The commonest; the others stand in the table.

## Results

safety-heading = Adverse events
safety-heading-by-group = Adverse events by { $group }

safety-row-any = Any adverse event
safety-row-severe = Grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    }
safety-row-serious = Serious
safety-row-discontinued = Led to discontinuation
safety-row-dose-changed = Led to a change of dose
safety-row-fatal = Led to death
safety-row-no-system = No system organ class given

safety-sentence = { $clauses }.
safety-clause-any =
    { $cause ->
        [related] { $count ->
            [0] No treatment-related event occurred in { $n } patients
           *[other] A treatment-related event occurred in { $count } of { $n } patients ({ $percent })
        }
       *[any] { $count ->
            [0] No adverse event occurred in { $n } patients
           *[other] Any adverse event occurred in { $count } of { $n } patients ({ $percent })
        }
    }
safety-clause-severe =
    { $count ->
        [0] none of grade { $grade ->
            [5] 5
           *[other] ≥ { $grade }
        }
       *[other] one of grade { $grade ->
            [5] 5
           *[other] ≥ { $grade }
        } in { $count } ({ $percent })
    }
safety-clause-serious =
    { $count ->
        [0] no serious one
       *[other] a serious one in { $count } ({ $percent })
    }
safety-clause-discontinued =
    { $count ->
        [0] none led to discontinuation
       *[other] one that led to discontinuation in { $count } ({ $percent })
    }
safety-clause-dose-changed =
    { $count ->
        [0] none led to a change of dose
       *[other] one that led to a change of dose in { $count } ({ $percent })
    }
safety-clause-fatal =
    { $count ->
        [0] { $cause ->
            [related] there was no treatment-related death
           *[any] none led to death
        }
       *[other] { $cause ->
            [related] treatment-related death in { $count } ({ $percent })
           *[any] one that led to death in { $count } ({ $percent })
        }
    }
safety-by-group = By { $group }: { $clauses }.
safety-any-by-group = any event in { $arms }
safety-severe-by-group = grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    } in { $arms }
safety-in-group = { $count } of { $n } ({ $percent }) in “{ $label }”
safety-difference = difference { $estimate } percentage points ({ $level } CI { $range })
safety-term = { $term } ({ $count }; { $percent })
safety-commonest = { $n ->
        [one] The commonest was { $terms }.
       *[other] The commonest were { $terms }.
    }

safety-per-months = 100 patient-months
safety-per-years = 100 patient-years
safety-rate-all = { $cause ->
        [related] Treatment-related events
       *[any] Adverse events
    } came at { $rate } per { $per } of exposure ({ $level } CI { $range })
safety-rate-all-of-group = In “{ $group }”, { $cause ->
        [related] treatment-related
       *[any] adverse
    } events came at { $rate } per { $per } of exposure ({ $level } CI { $range })
safety-rate-first = a first one at { $rate } per { $per } at risk ({ $level } CI { $range })
safety-rate-first-severe = a first one of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    } at { $rate } per { $per } at risk ({ $level } CI { $range })
safety-rate-ratio = The rate of events in “{ $second }” is { $ratio } times that in “{ $first }” ({ $level } CI { $range }).

safety-first-sentence = Within { $time }, a first { $cause ->
        [related] treatment-related event
       *[any] event
    } of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    } came in { $clauses }.
safety-first-not-estimable = Of { $grouped ->
        [yes] the { $n } patients in “{ $label }”
       *[no] { $n } patients
    }, { $count } had a first { $cause ->
        [related] treatment-related event
       *[any] event
    } of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    }; what share has one within { $time } cannot be estimated, as nobody was followed that long.
safety-first = { $percent } of the patients ({ $level } CI { $range })
safety-first-without-interval = { $percent } of the patients
safety-first-of-group = { $percent } ({ $level } CI { $range }) of “{ $label }”
safety-first-of-group-without-interval = { $percent } of “{ $label }”
safety-gray = { $p } (Gray’s test)

safety-before-start = { $n ->
        [one] 1 event began before the start of treatment and is not treatment-emergent. It is
       *[other] { $n } events began before the start of treatment and are not treatment-emergent. They are
    } in the tables of patients{ $without ->
        [both] , but neither in the rates by exposure nor in the time to the first severe event
        [rates] , but not in the rates by exposure
        [first] , but not in the time to the first severe event
       *[none] {""}
    }.
safety-undecided = “{ $role }” is not counted yet: the values of { $n ->
        [one] 1 event say
       *[other] { $n } events say
    } neither yes nor no. Say in Columns what each of them means, and the figures appear.
safety-missing-grade = { $n ->
        [one] 1 event has no grade: its patient counts
       *[other] { $n } events have no grade: their patients count
    } among those with any grade, and without one only where no other event of the row has one.
safety-missing-related = { $n ->
        [one] Of 1 event nothing says whether it was
       *[other] Of { $n } events nothing says whether they were
    } related to treatment; not counted among the related ones.
safety-missing-serious = { $n ->
        [one] Of 1 event nothing says whether it was
       *[other] Of { $n } events nothing says whether they were
    } serious; not counted among the serious ones.
safety-missing-discontinued = { $n ->
        [one] Of 1 event nothing says whether it
       *[other] Of { $n } events nothing says whether they
    } led to discontinuation; not counted among those that did.
safety-missing-dose-changed = { $n ->
        [one] Of 1 event nothing says whether it
       *[other] Of { $n } events nothing says whether they
    } led to a change of dose; not counted among those that did.
safety-missing-onset = { $n ->
        [one] 1 event has no date of onset. It counts
       *[other] { $n } events have no date of onset. They count
    } in the tables, and in the rates after the whole exposure of the patient.

## Tables

safety-column-event = Adverse event
safety-column = { $group }: { $counted }
safety-column-difference = Difference, any grade ({ $level } CI)
safety-column-severe-difference = Difference, grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    } ({ $level } CI)
safety-patients = patients
safety-grade-any = any grade
safety-grade = grade { $grade }
safety-grade-below = grade 1–{ $grade }
safety-grade-from = grade ≥ { $grade }
safety-grade-none = no grade

safety-table =
    { $cause ->
        [related] Treatment-related adverse events
       *[any] Adverse events of any cause
    }{ $group ->
        [none] {""}
       *[other] {" "}by { $group }
    }, patients (%)
safety-table-grades =
    { $cause ->
        [related] Treatment-related adverse events
       *[any] Adverse events of any cause
    }{ $group ->
        [none] {""}
       *[other] {" "}by { $group }
    } at each worst grade, patients (%)
safety-note-counts = A patient counts once in a row, at the worst grade; percentages are of all patients of the column.
safety-note-fatal = Led to death: grade 5, or recorded as fatal.
safety-note-difference = Differences: “{ $second }” minus “{ $first }”, in percentage points.
safety-note-threshold = { $n ->
        [one] 1 term that fewer
       *[other] { $n } terms that fewer
    } than { $threshold } % of the patients { $groups ->
        [0] {""}
       *[other] of every group{" "}
    }had { $n ->
        [one] is
       *[other] are
    } not shown.
safety-note-not-emergent = { $n ->
        [one] 1 event
       *[other] { $n } events
    } outside the time of treatment not counted{ $before ->
        [0] {""}
       *[other] , { $before } of them before its start
    }.
safety-note-before-start = { $n ->
        [one] 1 event that began before the start of treatment is
       *[other] { $n } events that began before the start of treatment are
    } not counted.

safety-first-table = Time to the first { $cause ->
        [related] treatment-related event
       *[any] adverse event
    } of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    }
safety-first-patients = Patients with an event
safety-first-deaths = Died without one
safety-first-at = Cumulative incidence at { $time }
safety-first-note = In brackets { $level } confidence intervals.
safety-first-note-gray = Difference between the groups: { $p } (Gray’s test).

safety-rate-table =
    { $cause ->
        [related] Treatment-related adverse events
       *[any] Adverse events of any cause
    } per { $per }
safety-rate-events = events; rate ({ $level } CI)
safety-rate-patients = patients; rate ({ $level } CI)
safety-rate-event-ratio = Ratio of events ({ $level } CI)
safety-rate-patient-ratio = Ratio of patients ({ $level } CI)
safety-rate-exposure = { $group } { $time } { $unit }
safety-rate-note = Rates are per { $per }; those of patients count the exposure up to the first event only. Exposure: { $exposure }.

## Methods

safety-methods-grades = Adverse events were graded by CTCAE { $ref }; each patient counts once per term, per system organ class and among those with any event, at the worst grade.
safety-methods-counts = Each patient counts once per term, per system organ class and among those with any event.
safety-methods-treated = Percentages are of all treated patients, with or without an event; treated are those with a recorded therapy.
safety-methods-all = Percentages are of all patients, with or without an event.
safety-methods-emergent = Events were counted if they began on or after { $start ->
        [therapies] the first day of therapy
       *[start] the start date
    } and at most { $days ->
        [one] 1 day
       *[other] { $days } days
    } after the last day of therapy, where that is recorded; events without a date of onset were counted.
safety-methods-before-start = Events that began before { $start ->
        [therapies] the first day of therapy
       *[start] the start date
    } were tabulated, but not counted in { $without ->
        [both] rates by exposure and in the time to the first event
        [rates] rates by exposure
       *[first] the time to the first event
    }.
safety-methods-first-deaths = The time from start to the first event of grade { $grade } or higher is described by its cumulative incidence (Aalen-Johansen { $aj }) with death as a competing event and pointwise { $level } confidence intervals on the { $scale } scale; patients without either were censored at the end of follow-up.
safety-methods-first = The time from start to the first event of grade { $grade } or higher is described by its cumulative incidence (1 − Kaplan-Meier, equal to the estimate of Aalen and Johansen { $aj }) with pointwise { $level } confidence intervals on the { $scale } scale; patients without one were censored at the end of follow-up, since no column says who died.
safety-methods-gray = Groups were compared by Gray’s test { $ref }.
safety-methods-exposure-therapies = Exposure was counted from the first to the last day of therapy, both included, and to the end of follow-up where therapy went on.
safety-methods-exposure-follow-up = Exposure was counted from the start to the end of follow-up.
safety-methods-exposure-survival = The time of overall survival was taken as the exposure.
safety-methods-rates = Rates of events are those of all events over the whole exposure; rates of patients are those of patients with an event over the exposure up to the first one. They have exact Poisson { $level } confidence intervals { $ref }.
safety-methods-ratios = Ratios of rates have exact { $level } confidence intervals, given the sum of both counts { $ref }.

## Figures

safety-figure-bars = Patients (%) with the { $n ->
        [one] commonest adverse event
       *[other] { $n } commonest adverse events
    }{ $graded ->
        [yes] {" "}by worst grade
       *[no] {""}
    }{ $panels ->
        [groups] , in the groups of { $group }
        [causes] , of any cause and related to treatment
       *[one] {""}
    }.{ $graded ->
        [yes] {" "}The numbers in the bars are grades; those at their ends are percentages of any grade.
       *[no] {""}
    }
safety-figure-differences = Differences in the percentage of patients with an event, “{ $second }” minus “{ $first }”, with { $level } confidence intervals, for the { $n ->
        [one] commonest event
       *[other] { $n } commonest events
    }, the largest difference first.
safety-figure-any-cause = Any cause
safety-figure-related = Related to treatment
safety-figure-all = All patients
safety-figure-percent = Patients (%)
safety-figure-points = Difference in percentage points
safety-figure-more = ← more in “{ $first }”
safety-figure-more-second = more in “{ $second }” →
safety-figure-legend = Worst grade
safety-figure-ungraded = none
safety-figure-title-bars = Adverse events
safety-figure-title-differences = Differences in adverse events
safety-figure-describe-bars = Bars of the percentage of patients with each adverse event, divided by the worst grade where grades are known. { $title }.
safety-figure-describe-differences = Bars of differences in percentage points with their intervals. { $title }.
safety-figure-at-grade = Grade { $grade }: { $count }
safety-figure-at-ungraded = No grade: { $count }
safety-figure-at-any = { $count } of { $n } ({ $percent })
safety-figure-difference-head = Difference ({ $level } CI)
