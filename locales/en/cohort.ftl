# What the assigned columns give: endpoints, codings, derived values and their reasons.
cohort-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
cohort-endpoints-both = { $first } and { $second }
cohort-endpoint-pfs = PFS
cohort-endpoint-os = OS
cohort-endpoint-pfs-in-full = Progression-free survival (PFS)
cohort-endpoint-os-in-full = Overall survival (OS)
cohort-endpoint-counts =
    { $endpoint }: { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }, { $events ->
        [one] 1 event
       *[other] { $events } events
    }, { $censored } censored{ $excluded ->
        [0] .
        [one] ; 1 more patient is left out.
       *[other] ; { $excluded } more patients are left out.
    }

cohort-quoted = “{ $text }”
cohort-coding-join = ,{" "}
cohort-coding-value =
    { $text } = { $role ->
        [progressed] { $event ->
            [yes] progressed
           *[no] not progressed
        }
        [died] { $event ->
            [yes] died
           *[no] alive
        }
       *[given] { $event ->
            [yes] event
           *[no] censored
        }
    }: { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }
cohort-coding-empty = empty
cohort-coding-missing =
    no value: { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }

cohort-status-event = event
cohort-status-censored = censored
cohort-status-left-out = left out

cohort-reason-given-event = Event, as the columns say
cohort-reason-given-censored = Censored, as the columns say
cohort-reason-given-event-on = Event on { $on }, { $after }
cohort-reason-given-censored-on = Censored on { $on }, { $after }
cohort-reason-progressed = Progression on { $on }, { $after }
cohort-reason-died = Death on { $on }, { $after }
cohort-reason-last-contact = No event by the last contact on { $on }, { $after }
cohort-reason-cut-off = No event by the data cut-off on { $on }, { $after }
cohort-reason-no-start = No start date
cohort-reason-no-end = Neither an event nor a date of last contact
cohort-reason-event-without-date = The event happened, but its date is missing
cohort-reason-unreadable = A value cannot be read
cohort-reason-negative = The end is before the start
cohort-reason-contradiction = The dates contradict each other
cohort-reason-no-value = No time or no event
# $day is the time as the whole study counts it.
cohort-days-after-start =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    } after the { $from ->
        [response] response
       *[start] start
    }
cohort-months-after-start = { $months } calendar months after the { $from ->
        [response] response
       *[start] start
    }
cohort-day-counted-from-start = day { $days } counting the first
