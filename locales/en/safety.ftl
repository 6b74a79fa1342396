# Adverse events: issues of their sheet, form, results, Methods.

## Issues

issue-event-grade-range = { $place } “{ $value }” is more than one grade. The higher ({ $grade }) counts; correct it if that is wrong.
issue-event-grade-zero = { $place } grade 0 means that there was no event. The row is not used.
issue-event-repeated = { $place } the row repeats row { $firstrow } and counts once. Correct it if it was another event.
issue-event-respelled = { $place } “{ $value }” ({ $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }) counts as “{ $standard }”, from which it differs by capitals and spaces only. Correct it if it is another one.
issue-event-before-start = { $place } the event began ({ $on }) before the treatment ({ $start }). It counts unless only events after the start of treatment are analysed.
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
