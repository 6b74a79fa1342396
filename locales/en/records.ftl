# Sheets with several rows a patient: adverse events, assessments, lesions, therapies.

issue-place-record = Sheet “{ $sheet }”, row { $row }, “{ $column }”:
issue-place-record-column = Sheet “{ $sheet }”, “{ $column }”:

issue-no-patient-column = A sheet of { $records ->
    [assessments] tumour assessments
    [lesions] tumour measurements
    [adverse_events] adverse events
   *[therapies] therapies
  } is chosen, but no column of the patients’ sheet holds the patient id. Choose it, so that the sheets can be joined.
issue-unmatched-record = { $place } “{ $value }” is not among the patients. Correct the id here or in the patients’ sheet; until then { $rows ->
    [one] this row is
   *[other] the { $rows } rows of this id are
  } not used.
issue-ambiguous-id = { $place } “{ $value }” can be { $patients }. Write the id in full; until then { $rows ->
    [one] this row is
   *[other] the { $rows } rows of this id are
  } not used.
issue-no-id-matches = None of the { $rows } rows of “{ $sheet }” belongs to a patient of “{ $patients }”: its ids look like “{ $value }”, those of the patients like “{ $known }”. { $numbered ->
    [0] Choose another column of ids, or correct them
   *[other] Match ids by their number if that is what they are, choose another column of ids, or correct them
  }; until then nothing of this sheet is used.
# $records is `joined` of a sheet with one row a patient.
issue-partly-matched = { $place } the { $records ->
    [assessments] assessments
    [lesions] measurements
    [adverse_events] adverse events
    [therapies] therapies
   *[joined] rows
  } match { $matched } of the { $patients } patients. { $ids ->
    [one] 1 id belongs to nobody: { $unknown }.
   *[other] { $ids } ids belong to nobody: { $unknown }.
  } { $lacking ->
    [one] 1 patient has no row: { $without }.
   *[other] { $lacking } patients have no row: { $without }.
  } If they are the same people, correct the ids; until then these patients { $records ->
    [assessments] have no assessments
    [lesions] have no measurements
    [adverse_events] count as without adverse events
    [therapies] count as without therapies
   *[joined] have no values from this sheet
  }.
issue-first-few = { $listed }{ $more ->
    [yes] , …
   *[no] { "" }
  }
issue-ids-respelt = { $place } { $ids ->
    [one] 1 id is matched although it is
   *[other] { $ids } ids are matched although they are
  } spelt differently: { $examples }{ $more ->
    [yes] , …
   *[no] .
  } Match ids exactly if that is wrong.
issue-ids-by-number = { $place } { $ids ->
    [one] 1 id is
   *[other] { $ids } ids are
  } not among the patients, unless the number alone tells who it is: { $examples }{ $more ->
    [yes] , …
   *[no] .
  } Match ids by their number if so; until then { $rows ->
    [one] this row is
   *[other] these { $rows } rows are
  } not used.
issue-id-pair = { $own } = { $patient }
issue-no-joined-id = No column of “{ $sheet }” was recognised as the patient’s id. Choose it in Columns; until then nothing of this sheet is used.
issue-record-without-patient = { $place } there is no patient id. Type it in; until then this row is not used.
issue-patient-without-records = Row { $row }: patient “{ $value }” has no { $records ->
    [assessments] tumour assessment
    [lesions] tumour measurement
    [adverse_events] adverse event
   *[therapies] therapy
  } in the sheet “{ $sheet }”. { $records ->
    [adverse_events] The patient counts as without adverse events.
    [therapies] Check that this is so.
   *[other] The patient counts as not assessed.
  }
issue-incomplete-record = { $place } the cell is empty, and without it the row says nothing. Type it in; until then the row is not used.
issue-unknown-grade = { $place } “{ $value }” is not a grade from 1 to 5. Correct it; until then the event counts without a grade.
issue-record-column-missing = { $sheet ->
    [none] The patients’ sheet
   *[other] Sheet “{ $sheet }”
  }: { $id ->
    [yes] no column was recognised as the patient’s id
   *[no] no column is chosen for “{ $role }” yet
  }. Choose it in Columns, or none of these rows is used.
issue-unclear-answer = { $place } “{ $value }” ({ $rows ->
    [one] 1 row
   *[other] { $rows } rows
  }) says neither yes nor no to “{ $role }”. Say which it means; until then it counts as neither.
issue-sheet-not-read = Sheet “{ $sheet }” is not read. One row of it seems to hold several { $records ->
    [lesions] measurements
   *[other] assessments
  }: have it read so in Columns, or remove the sheet.
issue-nothing-to-join-by = Further sheets are to be joined, but no column of the patients’ sheet holds the patient id. Choose it.
issue-second-joined-row = { $place } patient “{ $value }” is already in row { $firstrow } of this sheet, and only that row is used. Correct the id, or leave one of the two rows out.
issue-patient-without-joined-row = Row { $row }: patient “{ $value }” is not in the sheet “{ $sheet }”. Correct the id here or there; until then the values of that sheet are missing.

issue-kind-no-patient-column = No patient id
issue-kind-partly-matched = Only some patients matched
issue-kind-unmatched-record = Unknown patient
issue-kind-ambiguous-id = Doubtful id
issue-kind-no-id-matches = No id matches
issue-kind-ids-respelt = Ids spelt differently
issue-kind-ids-by-number = Ids by number
issue-kind-no-joined-id = Ids not recognised
issue-kind-record-without-patient = Record without patient
issue-kind-patient-without-records = Patient without records
issue-kind-incomplete-record = Incomplete record
issue-kind-unknown-grade = Unknown grade
issue-kind-record-column-missing = Column to choose
issue-kind-unclear-answer = Neither yes nor no
issue-kind-sheet-not-read = Sheet not read
issue-kind-nothing-to-join-by = No patient id
issue-kind-second-joined-row = Patient twice in a sheet
issue-kind-patient-without-joined-row = Patient not in a sheet

# Those of one kind, shown together; a count follows.
issue-group-patient-without-records = Patients without { $records ->
    [assessments] a tumour assessment
    [lesions] a tumour measurement
    [adverse_events] adverse events
   *[therapies] a therapy
  } in “{ $sheet }”
issue-group-in-sheet = { $kind } in “{ $sheet }”

# How records are read, one row each.
records-count = { $used } of { $records ->
    [one] 1 record
   *[other] { $records } records
  } can be used; { $used ->
    [one] it belongs
   *[other] they belong
  } to { $patients } of the { $all } patients.{ $unmatched ->
    [0] { "" }
    [one] { " " }1 row belongs to nobody among the patients.
   *[other] { " " }{ $unmatched } rows belong to nobody among the patients.
  }{ $usable ->
    [yes] { "" }
   *[no] { " " }That is hardly any: the sheet is most likely read as the wrong kind, or by the wrong columns.
  }
records-use = Counts
records-used = yes
records-unknown-patient = no: unknown patient
records-no-patient = no: no patient id
records-left-out = no: left out by you
records-incomplete = no: { $role } missing
records-unreadable = “{ $value }” cannot be read
records-yes = yes
records-no = no

records-assessments = Tumour assessments
records-assessments-help = One row a visit: sum of the target lesions, non-target lesions, new lesions, or the response as called.
records-role-assessments-patient = Patient id
records-role-assessments-date = Date of the assessment
records-role-assessments-visit = Visit
records-role-assessments-sum = Sum of target diameters (mm)
records-role-assessments-non_target = Non-target response
records-role-assessments-new_lesion = New lesion
records-role-assessments-response = Response as called

records-lesions = Tumour measurements
records-lesions-help = One row a lesion and visit.
records-role-lesions-patient = Patient id
records-role-lesions-date = Date of the measurement
records-role-lesions-visit = Visit
records-role-lesions-lesion = Lesion
records-role-lesions-organ = Organ
records-role-lesions-role = Target, non-target or new
records-role-lesions-nodal = Lymph node
records-role-lesions-diameter = Diameter (mm)
records-role-lesions-state = State without a diameter

records-adverse-events = Adverse events
records-adverse-events-help = One row an event.
records-role-adverse-events-patient = Patient id
records-role-adverse-events-term = Term
records-role-adverse-events-system = System organ class
records-role-adverse-events-grade = CTCAE grade
records-role-adverse-events-related = Related to treatment
records-role-adverse-events-serious = Serious
records-role-adverse-events-discontinued = Led to discontinuation
records-role-adverse-events-dose_changed = Led to a change of dose
records-role-adverse-events-fatal = Led to death
records-role-adverse-events-start = Onset
records-role-adverse-events-end = End of the event

records-therapies = Therapies
records-therapies-help = One row a line or phase of therapy.
records-role-therapies-patient = Patient id
records-role-therapies-name = Therapy
records-role-therapies-line = Line or phase
records-role-therapies-start = First day
records-role-therapies-end = Last day
records-role-therapies-subsequent = New anticancer therapy
