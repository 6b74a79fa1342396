# Response from assessments: sources, clinical benefit, time to response, depth, entered v computed, figures.

form-response-entered = As entered in the spreadsheet
form-field-benefit-weeks = Clinical benefit from (weeks of SD)
form-field-benefit-weeks-help = Stable disease that lasts at least so long counts for the clinical benefit rate (CBR).
response-cbr = There was a clinical benefit (CR, PR, or SD for at least { $weeks } weeks) in { $count } of { $n }: clinical benefit rate (CBR) { $percent } ({ $level } CI { $range }).
response-cbr-by-group = CBR by { $group }: { $rates }.
response-name-cbr = CBR
response-row-cbr = Clinical benefit rate, CBR ({ $level } CI)
response-row-cbr-evaluable = CBR among evaluable patients ({ $level } CI)
response-row-benefited = patients with CR, PR, or SD for at least { $weeks } weeks
response-row-time = Time to response, { $unit }, median (range)
response-row-time-n = responders with a known date
response-row-depth = Best change from baseline, median (range)
response-row-depth-n = patients with a measured change
response-note-benefit = The duration of SD runs from the start to progression, else to the last adequate assessment.
response-time = The median time to response was { $median } { $unit } (range { $range }).
response-depth = The best change of the sum of target lesions was { $median } in the median (range { $low } to { $high }; { $n ->
    [one] 1 patient
   *[other] { $n } patients
  }).
response-agrees = The best responses as entered are those of the assessments in { $same } of { $n } patients.
response-differing = Entered v computed
response-column-patient = Patient
response-column-entered = Entered
response-column-recist = RECIST 1.1
response-column-irecist = iRECIST
response-note-differing = Patients whose best response as entered is another one than that of the assessments by { $criteria }.
response-criteria-recist = RECIST 1.1
response-criteria-irecist = iRECIST
methods-response-recist = Best overall response was computed from the assessments by RECIST 1.1 { $ref }.
methods-response-irecist = Best overall response was computed from the assessments by iRECIST { $ref }; progression counts as such whether or not it was confirmed.
methods-response-rates = The objective response rate is (CR + PR) / all patients, the disease control rate (CR + PR + SD + non-CR/non-PD) / all patients; patients not evaluable or not assessed count as non-responders.
methods-response-benefit = The clinical benefit rate is (CR + PR + SD of at least { $weeks } weeks) / all patients.

response-figure-rates = Response rates
response-figure-rates-description = Bars of the response rates of { $n } patients with confidence intervals.
response-figure-rates-caption = Response rates. Lines: { $level } confidence intervals.
response-figure-best = Best responses
response-figure-best-description = Stacked bars: how many of { $n } patients had each best response.
response-figure-best-caption = Best overall responses, in percent of all patients.
response-figure-axis = Patients (%)
response-figure-all = All patients
response-figure-point = { $percent }: { $count } of { $n }
