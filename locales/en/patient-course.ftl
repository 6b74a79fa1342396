# Waterfall, spider and swimmer plot, and every assessment with its reason.

form-tumours = Tumour courses
form-tumours-help = Waterfall and spider plot, and every assessment with its responses by RECIST 1.1 and iRECIST and why.
form-tumours-missing = Tumour courses need a start date and a sheet of tumour assessments or measurements: choose them in the columns step.
form-swimmer = Swimmer plot
form-swimmer-help = A lane a patient: treatment, response, progression, death or last contact.
form-swimmer-missing = A swimmer plot needs overall or progression-free survival: choose their columns in the columns step.
form-field-by = Responses by
form-criteria-recist = RECIST 1.1
form-criteria-irecist = iRECIST
form-field-order = Order of the lanes
form-order-duration = Longest first
form-order-response = By best response
form-order-group = By group
form-order-sheet = As in the spreadsheet
form-field-figure-names = Names of patients
form-names-automatic = Of up to 60 patients

error-no-assessments = No sheet of tumour assessments is chosen. Choose one in the columns step.
course-excluded = No start date, or no assessment
course-row = Row { $row }
course-new-lesion = New lesion
course-axis-best = Best change of the sum from baseline (%)
course-axis-change = Change of the sum from baseline (%)
course-axis-time = Time since start ({ $unit ->
    [days] days
    [weeks] weeks
    [months] months
   *[years] years
  })
course-point-best = { $change } ({ $response })
course-point-visit = { $time } { $unit }: { $change }
course-point-response = Response at { $time } { $unit }
course-point-progression = Progression at { $time } { $unit }
course-point-death = Died at { $time } { $unit }
course-point-alive = Followed for { $time } { $unit }
course-note-names = The names of the { $n } patients are left out.
course-note-bars = With { $n } patients the bars are too thin to be told apart: the figure shows the whole, not each patient.
course-note-lines = With { $n } patients single lines cannot be followed: the figure shows the whole, not each patient.
course-followed = Follow-up
course-event-response = First response
course-event-progression = Progression
course-event-death = Death
course-event-alive = Alive at last contact

waterfall-title = Waterfall plot
waterfall-description = Waterfall plot: best change of the sum of target lesions from baseline in { $n } patients, the largest growth first.
waterfall-caption = Waterfall plot. Each bar is a patient’s best change of the sum of target lesions from baseline; colour and letters give the best overall response. Dashed lines mark +20 % and −30 %; bars above the axis are cut to it.
spider-title = Spider plot
spider-description = Spider plot: change of the sum of target lesions from baseline over time in { $n } patients.
spider-caption = Spider plot. Each line is a patient’s change of the sum of target lesions from baseline; the legend tells the best overall response. Grey dashed lines mark +20 % and −30 %; changes above the axis are cut to it.
swimmer-title = Swimmer plot
swimmer-description = Swimmer plot: follow-up of { $n } patients, a lane each.
swimmer-description-part = Swimmer plot: follow-up of patients { $from } to { $to } of { $n }, a lane each.
swimmer-caption = Swimmer plot. Each lane is a patient, from start to death or last contact.
swimmer-caption-part = Swimmer plot, patients { $from } to { $to } of { $n }. Each lane is a patient, from start to death or last contact.
swimmer-caption-therapies = Numbers in the lanes, where there is room, are those of the therapies in the legend; a therapy that reaches the end of a lane with an arrow was going on.
swimmer-cut = The swimmer plot shows the first { $shown } of { $n } patients in the chosen order; the other { $left } are not drawn, as their lanes would be too thin to read.

tumours-heading = Tumour courses
tumours-compared = The sum of target lesions could be compared with the baseline in { $compared } of { $n } patients.
tumours-best-change = The best change was { $median } in the median (range { $low } to { $high }); in { $shrunk } of { $compared } patients ({ $share }) the sum shrank.
tumours-immune-differs = { $n ->
    [one] In 1 patient
   *[other] In { $n } patients
  } the best response by iRECIST is another one than by RECIST 1.1.
tumours-table = Assessments
tumours-column-patient = Patient
tumours-column-date = Date
tumours-column-day = Day
tumours-column-sum = Sum (mm)
tumours-column-baseline = From baseline
tumours-column-nadir = From smallest
tumours-column-target = Target
tumours-column-non-target = Non-target
tumours-column-new = New lesion
tumours-column-recist = RECIST 1.1
tumours-column-irecist = iRECIST
tumours-column-reason = Why
tumours-yes = yes
tumours-no = no
tumours-note = Day: days since the start. From smallest: change from the smallest sum before, the baseline included. CR, complete response; PR, partial response; SD, stable disease; PD, progressive disease; NE, not evaluable; iUPD, unconfirmed progression; iCPD, confirmed progression.
tumours-entered = Called { $response } in the spreadsheet.
tumours-methods = Response was assessed by RECIST 1.1 { $ref } from the measurements of target lesions, non-target lesions and new lesions.
tumours-methods-confirmed = Complete and partial responses were confirmed at least { $days } days later.
tumours-methods-stable = Stable disease was counted from { $days } days after the start.
tumours-methods-immune = By iRECIST { $ref }, a progression was unconfirmed until a later assessment showed further growth.
tumours-methods-best-change = The best change is that of the assessments up to the first progression.
tumours-methods-by-immune = Best responses and best changes are those by iRECIST, of the assessments up to a confirmed progression.

swimmer-heading = Course of each patient
swimmer-summary = { $died } of { $n } patients died; { $alive } { $alive ->
    [one] was
   *[other] were
  } alive at last contact.
swimmer-on-treatment = { $n ->
    [0] No patient was still on treatment.
    [one] 1 patient was still on treatment.
   *[other] { $n } patients were still on treatment.
  }
swimmer-methods = In the swimmer plot, lanes end with death or at the last date known alive.

tumour-reason-complete = All target lesions are gone, and no non-target disease is left: { $response }.
tumour-reason-complete-nodes = All target lesions are gone or, as nodes, below 10 mm (sum { $sum } mm), and no non-target disease is left: { $response }.
tumour-reason-targets-complete = All target lesions are gone, but non-target disease persists: { $response }.
tumour-reason-targets-complete-not-assessed = All target lesions are gone, but non-target disease was not assessed: { $response }.
tumour-reason-shrunk = The sum of { $sum } mm is { $percent } % below the baseline of { $baseline } mm: { $response }.
tumour-reason-kept = The sum of { $sum } mm is no longer 30 % below the baseline of { $baseline } mm, but not 20 % and 5 mm above the smallest ({ $nadir } mm): the response goes on, { $response }.
tumour-reason-stable-smaller = The sum of { $sum } mm is { $percent } % below the baseline of { $baseline } mm, less than 30 %{ $grown ->
    [yes] , and not 20 % and 5 mm above the smallest ({ $nadir } mm)
   *[no] {""}
  }: { $response }.
tumour-reason-stable = The sum of { $sum } mm is neither 30 % below the baseline of { $baseline } mm nor 20 % and 5 mm above the smallest ({ $nadir } mm): { $response }.
tumour-reason-progressed = PD: { $causes }.
tumour-cause-growth = the sum of { $sum } mm is { $percent ->
    [none] { $rise } mm
   *[other] { $percent } % and { $rise } mm
  } above the smallest ({ $nadir } mm){ $missing ->
    [0] {""}
    [one] , although 1 target was not assessed
   *[other] , although { $missing } targets were not assessed
  }
tumour-cause-reappeared = a lesion has come back after a complete response
tumour-cause-non-target = non-target disease has progressed
tumour-cause-new-lesion = a new lesion
tumour-cause-join = {"; "}
tumour-reason-targets-not-assessed = { $assessed ->
    [0] { $of ->
        [one] The target lesions were not assessed
       *[other] None of the { $of } target lesions was assessed
      }
   *[other] { $missing } of { $of } target lesions { $missing ->
        [one] was
       *[other] were
      } not assessed
  }: { $response }.
tumour-reason-no-baseline-sum = There is no baseline sum to compare with: { $response }.
tumour-reason-non-target-only = There is non-target disease only, neither gone nor progressing: { $response }.
tumour-reason-non-target-only-not-assessed = There is non-target disease only, and not all of it was assessed: { $response }.
tumour-reason-entered = As called in the spreadsheet: { $response }.
tumour-reason-no-data = Nothing was assessed: { $response }.
tumour-ireason-new-lesion-persists = iRECIST: a new lesion is still seen, but its progression was undone by a later assessment.
tumour-ireason-first-progression = iRECIST: to be confirmed at the next assessment.
tumour-ireason-unchanged = iRECIST: no further growth since the progression of { $since }.
tumour-ireason-too-soon = iRECIST: further growth, but only { $days ->
    [one] 1 day
   *[other] { $days } days
  } after the progression of { $since }, too soon to confirm it.
tumour-ireason-reset = iRECIST: no longer progressive, so that the progression of { $since } does not count.
tumour-ireason-confirmed = iRECIST: the progression of { $since } is confirmed: { $causes }.
tumour-confirmed-targets = the target lesions have grown by { $rise } mm since ({ $from } to { $to } mm)
tumour-confirmed-new-targets = the measured new lesions have grown by { $rise } mm since ({ $from } to { $to } mm)
tumour-confirmed-non-target = non-target disease has grown further
tumour-confirmed-new-non-target = an unmeasured new lesion has grown
tumour-confirmed-another-new-lesion = a new lesion that was not seen before
tumour-confirmed-targets-now = now the target lesions progress too
tumour-confirmed-non-target-now = now non-target disease progresses too
tumour-confirmed-new-lesions-now = now new lesions seen before progress too
tumour-confirmed-entered = as called in the spreadsheet
tumour-ireason-after-confirmed = iRECIST: progression was confirmed on { $since }.
