# The page: steps, buttons, questions. Sentences about data and results stand in the other files.

## Header and steps

page-skip = Skip to the content
page-privacy-strip = Your data stay on this computer
page-privacy-verify = How to check
page-language = Language
page-theme = Appearance
page-theme-system = System theme
page-theme-light = Light theme
page-theme-dark = Dark theme
page-help = Help
page-steps = Steps
page-step-data = Data
page-step-columns = Columns
page-step-results = Results
page-step-data-note = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
  }, { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
  }
page-step-columns-note = { $patients ->
    [one] { $patients } patient
   *[other] { $patients } patients
  }, { $issues ->
    [0] no issues
    [one] { $issues } issue
   *[other] { $issues } issues
  }
page-step-columns-failed = Needs attention
page-step-results-note = { $sections ->
    [one] { $sections } section
   *[other] { $sections } sections
  }
page-undo = Undo
page-redo = Redo
page-save-study = Save study
page-dismiss = Dismiss
page-close = Close
page-cancel = Cancel
page-remove = Remove
page-automatic = Automatic

## What is going on

page-reading = Reading the spreadsheet
page-assigning = Working out the endpoints
page-exporting = Writing the document
page-computing = Computing
page-crashed = The calculation stopped unexpectedly and was started again. Your file is still open and nothing is lost.
page-crashed-lost = The calculation stopped unexpectedly while it opened the file. Choose the file again; if it stops there again, save the sheet as csv and choose that.
page-crashed-reload = The calculation stopped unexpectedly. Save the study, then reload this page and open both again.
page-cancelled = Cancelled.
page-not-started = The calculator could not start: this browser is too old, does not allow WebAssembly, or the file of this page is not complete.
page-opened-instead = { $file } is open in place of { $before }.
page-back-to-file = Go back
page-study-saved = The study is saved: what the columns mean and which results you chose, without the data.
page-study-other-file = This study was made with { $before }. Its choices, corrections and rows left out now apply to { $file }: check them in Columns.
page-study-afresh = Start afresh
page-study-restored = The study of { $file } is restored.
page-section-removed = “{ $name }” is removed.
page-paste-how = Copy the cells in your spreadsheet, then press Ctrl+V (⌘V on a Mac) on this page.
page-copy-failed = This browser does not let the page copy. Use Save or Export instead.

## The empty page

page-welcome = Survival curves and response rates, straight from your spreadsheet
page-welcome-lead = Open the file you have. Say what its columns mean. Get Kaplan-Meier figures, tables and sentences that are ready for the paper.
page-drop-title = Drop a spreadsheet here
page-drop-here = Drop the file to open it
page-choose-file = Choose a file
page-paste = Paste cells
page-pasted-name = pasted cells
page-try-example = Try an example
page-examples = Or try an example:
page-example-14 = 14 patients
page-example-14-note = One arm, with scans, adverse events and therapies. Small enough to follow every patient.
page-example-300 = 300 patients in two arms
page-example-300-note = Three years of a trial, with the mess that such spreadsheets have.
page-accepted = Excel, OpenDocument or text (xlsx, xls, ods, csv, tsv). One row a patient, headings on top; dates, codes and groups in any columns. Other sheets or files of the study can come with it.
page-reopen-question = Saved your work before?
page-reopen = Reopen a study
page-pending-study = The study is ready. Now choose its spreadsheet: { $file }.
page-pending-forget = Start without it
page-pending-files = The study is ready. Now choose its files, together or one by one:
page-pending-there = is here
page-promise-data = See the rows as they were read, with everything doubtful marked.
page-promise-columns = Confirm which column is what. Endpoints are derived with a reason for each patient.
page-promise-results = Read, adjust, copy and export. The methods are written out with every option.
page-not-a-device = For research and teaching. Not a medical device.

## Data

page-other-file = Open another file
page-next-columns = Next: Columns
page-example-note = Synthetic patients, made up to try this page. They describe no real person.
page-sheet = Sheet
page-sheet-patients = Patients in sheet
page-patients-here = The patients are here
page-add-file = Add a file
page-in-file = { $file }: { $sentence }
page-file-added = { $file } is open beside the other files. See in Columns what it is taken for.
page-file-remove = Close { $file }
page-beside-title = Another file
page-beside-question = Open { $files } beside { $open }, joined by patient id, or in its place?
page-beside-add = Add beside
page-beside-replace = Open instead
page-tables = Sheets and files
page-tab-patients = patients
page-tab-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
  }
page-tab-issues = { $issues ->
    [one] { $issues } issue
   *[other] { $issues } issues
  }
page-sheet-unread = Sheet “{ $sheet }” could not be read.
page-encoding = Encoding
page-delimiter = Separator
page-delimiter-comma = comma
page-delimiter-semicolon = semicolon
page-delimiter-tab = tab
page-delimiter-pipe = pipe
page-header-row = Headings in row
page-decimal-comma = Decimal comma
page-grid-name = Rows of { $file }
page-row = Row
page-inspector = The chosen cell and its column
page-inspector-empty = Choose a cell to see its column, what is doubtful about it, and to correct it.
page-cell = Row { $row }, { $column }
page-cell-empty = empty
page-corrected-by-you = Corrected by you. The file itself is unchanged.
page-correct = Correct
page-correct-save = Correct
page-correction-label-rows = Value for { $column } in all { $count } rows ({ $rows })
page-correction-label = Value for row { $row }, { $column }
page-uncorrect = Take back the correction
page-exclude-row = Exclude row { $row }
page-include-row = Include row { $row } again
page-column = Column { $column }
page-column-counts = { $n ->
    [one] { $n } value
   *[other] { $n } values
  }, { $distinct } different
page-column-range = From { $first } to { $last }
page-type-number = Numbers
page-type-date = Dates
page-type-yes-no = Yes or no
page-type-category = Groups
page-type-text = Text
page-type-empty = Empty
page-missing = Read as missing
page-missing-blank = empty cells
page-missing-none = nothing
page-missing-remove = Read { $value } as a value
page-missing-add = Also missing
page-missing-choose = Choose a value
page-date-order = Order
page-date-year-month-day = year, month, day
page-date-day-month-year = day, month, year
page-date-month-day-year = month, day, year
page-date-question = { $count ->
    [one] In this column day and month cannot be told apart. Which comes first?
   *[other] In these { $count } columns day and month cannot be told apart. Which comes first?
  }
page-date-day-first = Day first
page-date-month-first = Month first

## Columns

page-columns-lead = This is what the headings and values suggest. Change whatever is not so; the endpoints follow at once.
page-columns-no-file = Open a spreadsheet first.
page-go-data = Go to Data
page-go-columns = Go to Columns
page-next-results = Next: Results
page-nothing-mapped = Nothing can be computed yet. Choose a start date with a date of progression, death or last contact, or a ready-made time with its event, or the best response.
page-part-who = Who
page-part-when = When
page-part-what = What happened
page-part-group = Which group
page-part-covariates = What was measured at the start
page-part-sheets = Other sheets
page-part-own = Endpoints of your own
page-own-help = A time from a start to the first of some dates, beside those derived above. It can be chosen in every analysis of an endpoint.
page-own-add = Add an endpoint
page-own-new = Endpoint { $n }
page-own-name = Name
page-own-name-wrong = “{ $typed }” is the name of another endpoint. Until you type another, this one is called “{ $name }”.
page-own-start = Start
page-own-events = Event: date of
page-own-events-another = or date of
page-own-events-help = The event is the first of these dates:
page-own-censoring = Censor at
page-own-censoring-another = or at
page-own-censoring-help = Without an event by then, the time ends at the first of these dates, else at the last contact:
page-own-last-contact = Last contact
page-own-shared = { $column } (as above)
page-own-column-remove = Leave out { $column }
page-own-remove = Remove { $name }
page-own-used = { $count ->
    [one] 1 section of the results rests on it and goes with it: { $sections }.
   *[other] { $count } sections of the results rest on it and go with it: { $sections }.
  }
page-own-removed = { $count ->
    [0] “{ $name }” is removed.
    [one] “{ $name }” is removed, and with it 1 section of the results: { $sections }.
   *[other] “{ $name }” is removed, and with it { $count } sections of the results: { $sections }.
  }
page-no-sheet = None
page-joined-by = { $sheet } joined by
page-joined-add = Join a sheet
page-joined-remove = Do not join { $sheet }
page-joined-help = One with one row a patient: its columns then stand among those above.
page-record-columns = Columns: { $chosen } of { $all } chosen
page-record-needed = { $role } (needed)
page-records-show = See them as they are read
page-records-name = { $kind } as they are read
page-records-hint = Enter shows the row in the data.
page-ids = Match patient ids
page-ids-loose = also where spelt differently (ABC003 = ABC-003)
page-ids-exact = exactly
page-ids-number = also by number alone (3 = ABC-003)
page-ids-match-number = Match by number
page-ids-match-exact = Match exactly
page-wide-question = In “{ $sheet }” one row holds several visits or lesions. Read it as one row each ({ $kind })?
page-wide-turn = Read it so
page-wide-no-days = Nothing says when the visits were. Read it so, then type their days.
page-wide-day = Day
page-wide-day-of = Day of { $visit } after the start
page-wide-day-help = Days are counted from the start of treatment.
page-wide-drop = Leave out { $part }
page-role-patient = Patient
page-role-start = Start
page-role-progression = Progression
page-role-death = Death
page-role-last-contact = Last contact
page-role-cut-off = Data cut-off
page-role-progressed = Progressed?
page-role-died = Died?
page-role-response = Best response
page-role-time = Time
page-role-event = Event
page-no-column = Not in this file
page-column-gone = { $column } (not in this file)
page-other-columns = Other columns
page-values-of = { $n ->
    [one] { $n } value
   *[other] { $n } values
  }
page-cut-off-help = Whatever happened later is not counted. Leave empty if there was none.
page-display-unit = Show times in
page-unit-days = days
page-unit-weeks = weeks
page-unit-months = months
page-unit-years = years
page-month-rule = A month is
page-month-average = 30.4375 days (365.25 / 12)
page-month-thirty = 30 days
page-month-calendar = a calendar month (of times from dates)
page-count-first-day = Count the first day (end − start + 1)
page-ready-pfs = Ready-made PFS: a time and an event column
page-ready-os = Ready-made OS: a time and an event column
page-ready-competing = Ready-made times with several kinds of event (competing risks)
page-role-cause = First event
page-cause-meaning = What “{ $value }” means ({ $count })
page-cause-unknown = No meaning yet
page-cause-censored = No event (censored)
page-cause-event = An event
page-cause-name = Name of the event “{ $value }”
page-cause-first = of interest
page-causes-help = Events of one name are merged. The first is of interest until another is chosen in the results.
page-time-unit = Times are in
page-coding-event = { $value } = event: { $count }
page-coding-censored = { $value } = censored: { $count }
page-coding-yes = { $value } = yes: { $count }
page-coding-no = { $value } = no: { $count }
page-coding-unsaid = { $value } = yes or no? { $count }
page-coding-blank = Empty means no event: { $count }
page-read-as-missing = Read “{ $value }” as missing
page-answer-yes = “{ $value }” means yes
page-answer-no = “{ $value }” means no
page-blank-is-no-event = Empty means no event
page-flip = Flip
page-response-none = Not a response
page-response-cr = CR, complete response
page-response-pr = PR, partial response
page-response-sd = SD, stable disease
page-response-non-cr-non-pd = Non-CR/non-PD
page-response-pd = PD, progressive disease
page-response-ne = NE, not evaluable
page-response-missing = Not assessed
page-groups-choose = Compare by
page-groups-another = Also compare by
page-groups-option = { $column } ({ $n ->
    [one] { $n } group
   *[other] { $n } groups
  })
page-counted-option = { $column } ({ $n ->
    [one] { $n } value
   *[other] { $n } values
  })
page-groups-remove = Do not compare by { $column }
page-counted-choose = Count the values of
page-counted-another = Also count
page-counted-remove = Do not count { $column }
page-covariates-choose = Use the numbers of
page-covariates-another = Also use
page-covariates-remove = Do not use { $column }
page-level-label = Name of { $value } in the results
page-level-was = { $value } ·
page-level-up = Move { $value } up
page-reference = reference
page-levels-help = The first group is the reference. Give two groups one name to merge them.

page-derived = Derived endpoints
page-derived-none = They appear here, one row a patient with its reason, once the dates or times are chosen.
page-derived-rules-change = Change the rules
page-derived-hint = Choose a row to read its whole reason. Enter shows it in the data.
page-derived-name = Derivation of { $endpoint }
page-endpoint = Endpoint
page-derived-patient = Patient
page-derived-row = Row
page-derived-time = Time
page-derived-status = Status
page-derived-reason = Why

page-issues = Issues
page-issues-none = Nothing to look at.
page-issues-filter = Kinds of issue
page-issues-all = All
page-issues-group = { $group }: { $count }
page-accept-all = Accept these { $count }
page-issues-more = Show more ({ $shown } of { $all } shown)
page-issues-accepted = { $count ->
    [one] { $count } accepted: show it again
   *[other] { $count } accepted: show them again
  }
page-show-cell = Show the cell
page-accept = Accept
page-severity-note = To know
page-severity-warning = Left out somewhere
page-severity-error = Must be settled
page-corrections = Your corrections
page-corrections-note = They lie over the data and are saved with the study. The file itself is unchanged.
page-correction = Row { $row }, { $column }: { $value }
page-correction-emptied = Row { $row }, { $column }: emptied
page-row-excluded = Row { $row } is excluded

## Results

page-results-nothing-mapped = No endpoint can be computed from the columns chosen so far.
page-results-unsettled = { $count ->
    [one] Results are missing until one issue is settled:
   *[other] Results are missing until { $count } issues are settled:
  }
page-results-empty = No sections yet. Add an analysis to begin.
page-add-analysis = Add an analysis
page-numbers = Numbers
page-p-values = p values
page-p-default = Three decimals (0.048)
page-p-nejm = NEJM (0.05)
page-p-jama = JAMA (.048)
page-p-lancet = Lancet (0·048)
page-percent-decimals = Decimals of percentages
page-export = Export
page-export-all = Export all
page-export-of = Export { $name }
page-export-html = Web page
page-export-html-note = Text, tables and figures; opens in Word too
page-export-csv = Tables
page-export-csv-note = csv, for a spreadsheet
page-export-r = R script
page-export-r-note = Computes the same from your file; what comes from other sheets or rules is saved beside it
page-export-study = Study
page-export-study-note = To go on later; holds no data
page-print = Print
page-print-note = Or save as PDF
page-section = Section
page-section-of = Section { $name }
page-rename = Rename
page-duplicate = Duplicate
page-move-up = Move up
page-move-down = Move down
page-retry = Compute again
page-options = Options
page-options-of = Options of { $name }
page-choices-count = { $count } of { $all } chosen
page-choices-filter = Show only those that hold
page-pairs-add = Add the pair
page-pairs-remove = Remove { $pair }
page-numbers-wrong = Type numbers from { $min } to { $max }, with spaces between.
page-exclusions = Left out
page-methods = Methods
page-copy-text = Copy the text
page-text-copied = The text is copied.
page-figure-hint = Left and right move along the curve; up and down change the curve.
page-figure-save = Save figure
page-figure-save-of = Save figure: { $name }
page-figure-svg = SVG
page-figure-svg-note = For print, at any size
page-figure-png-300 = PNG, 300 dpi
page-figure-png-600 = PNG, 600 dpi
page-figure-copy = Copy figure
page-figure-copied = The figure is copied.
page-table-copy = Copy table
page-table-copied = The table is copied, for Word or Excel.

## Dialogs

page-privacy-title = Your data stay on this computer
page-privacy-intro = This page is one file with the whole calculator inside. It reads your spreadsheet in the memory of this browser and sends nothing. You need not believe it:
page-privacy-policy-name = The browser enforces it.
page-privacy-policy = Open the file in a text editor. The Content-Security-Policy near the top says connect-src 'none': the browser blocks every connection that the page could try.
page-privacy-offline-name = It works without a network.
page-privacy-offline = Switch off the network, or pull the cable, and use the page: nothing is missing.
page-privacy-network-name = Nothing is sent.
page-privacy-network = Press F12, open the Network tab, then work with your file: the list stays empty.
page-privacy-source-name = The source is open.
page-privacy-source = Anyone can read it, build it and compare: the same sources give the same file, byte for byte.
page-privacy-stored = This browser remembers your language and appearance, and nothing about your data. What you save is a file on your own disk.

page-keys-title = Keys
page-keys-drop = A file dropped anywhere on the page is opened.
page-keys-paste = Paste cells anywhere outside a field
page-keys-undo = Undo
page-keys-redo = Redo
page-keys-save = Save the study
page-keys-arrows = Move in grids and figures
page-keys-edit = Correct the chosen cell
page-keys-escape = Close what is open
page-keys-help = Show these keys

page-further-dates = Further dates
page-role-treatment-end = End of treatment
page-role-new-therapy = New anticancer therapy
page-role-clinical-progression = Clinical progression
page-role-second-progression = Progression on the next therapy
page-censoring = Rules of censoring
page-censoring-fda = FDA: censor at the last assessment before a new therapy or a gap
page-censoring-ema = EMA: count events whatever came before
page-censoring-plain = Plain: first of progression and death, else last contact
page-confirm-responses = Responses must be confirmed by a later assessment
page-setting-censoring-gap = A gap is longer than (days)
page-setting-censoring-gap-help = Usually 98, two missed assessments six weeks apart.
page-setting-clinical-progression-counts = Clinical progression counts as progression
page-setting-clinical-progression-counts-help = Its date is chosen among the further dates.
page-setting-minimum-stable = Stable disease counts from day
page-setting-minimum-stable-help = Days after the start; earlier it is NE. Usually 42.
page-more-settings = More settings of RECIST and iRECIST
page-confirmation-off = How a response is confirmed can be set once responses must be confirmed.
page-setting-baseline-window = Baseline: days before the start
page-setting-baseline-window-help = An earlier assessment is no baseline. Usually 28; empty for any number.
page-setting-baseline-grace = Baseline: days after the start
page-setting-baseline-grace-help = How late the baseline may still be. Usually 0.
page-setting-confirmation-days = Confirmed after (days)
page-setting-confirmation-days-help = A CR or PR must be seen again so many days later. Usually 28.
page-setting-confirmation-ne = NE in between
page-setting-confirmation-ne-help = How many assessments before the confirmation may be not evaluable. Usually 1.
page-setting-confirmation-sd = One SD may lie between a PR and its confirmation
page-setting-confirmation-sd-help = Usually not.
page-setting-before-new-therapy = The best response ends with a new anticancer therapy
page-setting-before-new-therapy-help = Ticked: assessments after the start of a new anticancer therapy do not count for the best response. The same holds for the best change. Usually not ticked: they count.
page-setting-immune-confirm-after = iRECIST: confirmed after (days)
page-setting-immune-confirm-after-help = Further growth so many days after a progression confirms it. Usually 28.
page-setting-immune-tolerance = iRECIST: days earlier
page-setting-immune-tolerance-help = So much earlier is still let through. Usually 2.
page-setting-immune-repeated-flag = iRECIST: a new lesion noted again is another one
page-setting-immune-repeated-flag-help = Usually it is the same lesion, still seen.
page-setting-none = no limit
page-setting-wrong = Type a whole number from { $min } to { $max }. Until then { $value } holds.
