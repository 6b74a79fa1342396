# What is wrong with the spreadsheet, where, and what to do.
# $place is one of the next four; $endpoints is `PFS`, `OS` or `PFS and OS`; $left is yes when the
# patient is left out of them.
issue-place-cell = Row { $row }, “{ $column }”:
issue-place-row = Row { $row }:
issue-place-column = Column “{ $column }”:
issue-place-sheet = The spreadsheet:

issue-wrong-type =
    { $place } { $wanted ->
        [dates] these are not dates
        [times] these are neither times nor dates
        [numbers] these are not numbers
       *[events] there are too many different values to tell events from censorings
    }{ $left ->
        [yes] , so { $endpoints } { $n ->
            [one] has
           *[other] have
        } no result. Choose another column.
       *[no] . Choose another column.
    }
issue-unit-assumed =
    { $place } the times are read as { $unit }, { $suggested ->
        [none] although nothing in the column says so
       *[other] although they look like { $suggested }
    }. Change the unit if that is wrong.
issue-endpoint-assumed = { $place } nothing says which endpoint this time belongs to. It is read as overall survival (OS), a guess: if the events are not deaths, choose these columns for PFS instead. Accept this if it is right.
issue-coding-assumed =
    { $event ->
        [none] { $place } no value is read as the event. Choose the ones that mean it if that is wrong.
       *[other] { $place } { $event } is read as the event, but the column does not say so. Flip it if that is wrong.
    }
issue-code-without-rows = { $place } no row has “{ $missing }”, which is to mean the event. Check the values that do.
issue-blank-events =
    { $place } “{ $only }” is the only value, and { $patients ->
        [one] 1 patient has
       *[other] { $patients } patients have
    } an empty cell. { $left ->
        [yes] Say that empty means no event, or fill in the cells; until then these patients are left out of { $endpoints }.
       *[no] They count as without the event unless they have its date. Say that empty means no event, or fill in the cells.
    }
issue-presumed-no-event =
    { $place } { $event ->
        [progression] nothing says whether the disease progressed, and there is no date of progression, so the patient counts as without progression
       *[death] nothing says whether the patient died, and there is no date of death, so the patient counts as alive
    }. Enter what is known, or let this stand.
issue-no-start-mapped = { $place } these are dates, which count only from a start date. Choose the column that holds it.
issue-clinical-progression-only = { $place } this is read as clinical progression, and nothing else says when the disease progressed, so there is no PFS. Choose it as the progression, too, if it is to count as that.
issue-pfs-without-death = No column says who died, so deaths do not count as events: this PFS is a time to progression. Choose the column that says it, if there is one.
issue-events-without-deaths = { $place } this says who progressed, not who died. If deaths are not among its events, this PFS is a time to progression. Choose a column that counts deaths, too, if there is one.
issue-no-censoring-date =
    No column says when patients without the event were last seen, so { $patients ->
        [one] one of them is
       *[other] { $patients } of them are
    } left out of { $endpoints }. Choose the column of last contact.
issue-duplicate-patient = { $place } patient “{ $value }” is already in row { $firstrow }. Correct the id, or leave one of the two rows out; until then both count.
issue-no-patient-id = { $place } there is no patient id. The patient counts and is called “row { $row }”.
issue-missing-value = { $place } the value is missing. Enter it; until then the patient is left out of { $endpoints }.
issue-negative-time = { $place } the time ({ $value }) is below zero. Correct it; until then the patient is left out of { $endpoints }.
issue-end-before-start =
    { $place } { $end ->
        [progression] the progression
        [death] the death
        [own] the date
       *[end_of_follow_up] the end of follow-up
    } ({ $on }) is before the start ({ $start }). Correct one of them; until then the patient is left out of { $endpoints }.
issue-event-without-date =
    { $place } { $event ->
        [progression] the disease progressed
       *[death] the patient died
    }, but the date is missing. Enter it; until then the patient is left out of { $endpoints }.
issue-date-without-event =
    { $place } { $event ->
        [progression] there is a date of progression ({ $on }), but the disease is said not to have progressed
       *[death] there is a date of death ({ $on }), but the patient is said to be alive
    }. Correct one of them; until then the patient is left out of { $endpoints }.
issue-after-cut-off =
    { $place } { $on } is after the data cut-off ({ $cutoff }). { $left ->
        [yes] Correct one of them; until then the patient is left out of { $endpoints }.
       *[no] What happened after the cut-off is not counted.
    }
issue-death-before-progression =
    { $place } the death ({ $death }) is before the progression ({ $progression }). { $left ->
        [yes] Correct one of them; until then the patient is left out of { $endpoints }.
       *[no] Correct one of them.
    }
issue-last-contact-before-start =
    { $place } the last contact ({ $on }) is before the start ({ $start }). { $left ->
        [yes] Correct one of them; until then the patient is left out of { $endpoints }.
       *[no] Nothing rests on it here, but one of them is wrong.
    }
issue-last-contact-before-progression = { $place } the last contact ({ $on }) is before the progression ({ $progression }). Enter the later date if the patient was seen alive then: OS rests on it.
issue-therapy-after-death = { $place } this date of a therapy ({ $on }) is after the death ({ $death }). Time on treatment ends with the death; correct whichever date is wrong.
issue-contact-after-death = { $place } the last contact ({ $on }) is after the death ({ $death }). The death counts; if it is wrong, correct it.
issue-unknown-response = { $place } “{ $value }” is not a known response. Say what it means; until then the patient counts as not assessed.
issue-unreadable =
    { $place } “{ $value }” cannot be read. { $left ->
        [yes] Correct it, or read “{ $value }” as missing in the whole column (“Also missing” in Data); until then the patient is left out of { $endpoints }.
       *[no] Nothing rests on it here; correct it, empty the cell, or read “{ $value }” as missing in the whole column (“Also missing” in Data).
    }
issue-dates-denied =
    { $place } { $words } { $patients ->
        [one] (1 patient) is
       *[other] ({ $patients } patients) is
    } no date and is read as “it did not happen”. Correct the cells if that is wrong.
issue-not-measured = { $place } “{ $value }” { $limit ->
    [yes] is a limit and not a number, and none is guessed. Correct it to the number that is to count, or use the column for groups;
   *[no] is not a number. Correct it;
  } until then it counts as missing, and the patient is left out of the models and comparisons that need it.
issue-correction-without-cell = { $place } the cell of your correction (“{ $value }”) is not in this file. Remove the correction, or make it again.

# Noticed while reading the file.
issue-title-row = { $place } “{ $value }” stands above the headings and is taken for a title.
issue-units-row = { $place } this row is taken for the units of the columns and left out.
issue-footnote = { $place } “{ $value }” stands below the data, is taken for a note and left out.
issue-empty-heading = { $place } the heading was empty. Name the column in your file to recognise it.
issue-duplicate-heading = { $place } the heading occurs more than once, so it has a number here.
issue-totals-row =
    { $place } { $severity ->
        [note] this looks like a total, not a patient, and is left out. Count it again if it is a patient.
       *[warning] this looks like a total, not a patient, but it counts as one. Leave it out if it is a total.
    }
issue-merged-cells = { $place } cells are merged: the value belongs to the first of them only. Fill in the others if they share it.
issue-ambiguous-date-order =
    { $place } nothing tells day from month in these dates{ $left ->
        [yes] , so { $endpoints } { $n ->
            [one] has
           *[other] have
        } no result. Choose their order.
       *[no] . Choose their order to use them.
    }
issue-two-digit-years = { $place } years have two digits (“{ $value }”): 00 to 29 are read as 2000 to 2029, the others as 1930 to 1999.
issue-age-with-unit = { $place } ages are written with their unit (“{ $value }”) and read as numbers of years.
issue-not-a-number = { $place } “{ $value }” is not a number and counts as missing.
issue-not-a-date = { $place } “{ $value }” is not a date and counts as missing.
issue-cell-error = { $place } the cell holds an error of the spreadsheet program ({ $value }) and counts as missing.
issue-extra-fields = { $place } “{ $value }” stands beyond the last heading and is left out.
issue-undecodable = { $place } “{ $value }” holds characters that the encoding cannot read. Choose another encoding.

# Names of the kinds, for the filter.
issue-kind-wrong-type = Wrong column
issue-kind-unit-assumed = Unit assumed
issue-kind-endpoint-assumed = Endpoint guessed
issue-kind-coding-assumed = Coding assumed
issue-kind-code-without-rows = Event value not found
issue-kind-blank-events = Empty cells
issue-kind-presumed-no-event = Presumed without event
issue-kind-no-start-mapped = No start date
issue-kind-clinical-progression-only = Clinical progression only
issue-kind-pfs-without-death = No deaths
issue-kind-events-without-deaths = Progressions only
issue-kind-no-censoring-date = No last contact
issue-kind-duplicate-patient = Patient twice
issue-kind-no-patient-id = No patient id
issue-kind-missing-value = Missing value
issue-kind-negative-time = Negative time
issue-kind-end-before-start = Event before start
issue-kind-event-without-date = Event without date
issue-kind-date-without-event = Date without event
issue-kind-after-cut-off = After the cut-off
issue-kind-death-before-progression = Death before progression
issue-kind-last-contact-before-start = Contact before start
issue-kind-last-contact-before-progression = Contact before progression
issue-kind-therapy-after-death = Therapy after death
issue-kind-contact-after-death = Contact after death
issue-kind-unknown-response = Unknown response
issue-kind-not-measured = Text among numbers
issue-kind-unreadable = Unreadable value
issue-kind-dates-denied = Words for no event
issue-kind-correction-without-cell = Lost correction
issue-kind-title-row = Title
issue-kind-units-row = Units
issue-kind-footnote = Note below the data
issue-kind-empty-heading = Empty heading
issue-kind-duplicate-heading = Repeated heading
issue-kind-totals-row = Total
issue-kind-merged-cells = Merged cells
issue-kind-ambiguous-date-order = Day or month
issue-kind-two-digit-years = Short years
issue-kind-age-with-unit = Age with its unit
issue-kind-not-a-number = Not a number
issue-kind-not-a-date = Not a date
issue-kind-cell-error = Spreadsheet error
issue-kind-extra-fields = Beyond the headings
issue-kind-undecodable = Unreadable characters
