# Assessments by RECIST 1.1 and iRECIST, and the rules of censoring that rest on them.

issue-tumour = Row { $row }, patient “{ $value }”: { $finding }
issue-kind-tumour = Tumour assessments
issue-course = { $place } { $finding } { $left ->
    [yes] Until it is settled, this patient is left out of { $endpoints }.
   *[no] {""}
  }
issue-progression-differs =
    { $place } { $entered ->
        [none] no progression is entered, but the assessments show one on { $computed }. { $because } It does not count until it is entered; or leave the column out, so that the assessments decide.
       *[other] { $computed ->
            [none] the progression is entered on { $entered }, but no assessment shows one. The entered date counts; if the progression was clinical only, give it a column of its own.
           *[other] the progression is entered on { $entered }, but the assessments show it on { $computed }. { $because } The entered date counts.
        }
    }
issue-kind-progression-differs = Progression differs from the assessments
issue-kind-course = Dates that contradict the rules
issue-unknown-finding = { $place } “{ $value }” is not understood. Write, for example, absent, too small, not assessed, present or progressed (a lesion), CR, PR, SD, PD or NE (a visit); until then nothing is taken from this cell.
issue-kind-unknown-finding = Finding not understood

tumour-out-of-order = the assessments are not in the order of their dates. They were sorted.
tumour-before-baseline = the assessment of { $on } is not used: only assessments after the start and after the baseline count.
tumour-no-baseline = no assessment can be the baseline, so that the target lesions cannot be evaluated. Add it, or correct the start.
tumour-baseline-too-early = the last assessment before the start ({ $on }) is { $days ->
    [one] 1 day
   *[other] { $days } days
  } before it, too early for a baseline. Correct the date, or widen the window for the baseline.
tumour-no-baseline-sum = the baseline of { $on } has no measured target lesion, but later assessments have. Add the measurement.
tumour-baseline-sum-zero = the target lesions measure 0 mm at the baseline of { $on }. The patient counts as one without target lesions.
tumour-two-baselines = there are two assessments on the date of the baseline, { $on }. The smaller sum is taken.
tumour-duplicate = the assessment of { $on } is entered twice. One of them counts.
tumour-same-date = there are two assessments on { $on }. The worse one counts ({ $kept }), the other ({ $dropped }) does not.
tumour-invalid-size = { $lesion ->
    [none] the sum
   *[other] lesion “{ $lesion }”
  } on { $on } has { $mm ->
    [none] a size that cannot be read
   *[other] the size { $mm } mm, which cannot be
  }. It counts as not assessed.
tumour-unknown-lesion = a measurement of { $on } is of a lesion that is not listed. It is not used.
tumour-measured-twice = lesion “{ $lesion }” has two sizes on { $on }. The larger one counts.
tumour-target-not-at-baseline = target lesion “{ $lesion }” has no size at the baseline. It is in no sum; if it appeared later, call it a new lesion.
tumour-too-many-targets = there are { $targets } target lesions; RECIST 1.1 follows at most five.
tumour-too-many-in-organ = there are { $targets } target lesions in { $organ }; RECIST 1.1 follows at most two in one organ.
tumour-too-many-nodes = there are { $targets } target lymph nodes; all nodes count as one organ, of which RECIST 1.1 follows at most two.
tumour-target-too-small = target lesion “{ $lesion }” measures { $mm } mm at the baseline; a target measures at least { $smallest } mm.
tumour-normal-node = lymph node “{ $lesion }” measures { $mm } mm at the baseline; nodes below 10 mm are normal.
tumour-disease-after-complete = { $response } on { $on } follows the CR of { $complete }. Disease that comes back after CR is PD; check both.
tumour-discrepancy = on { $on } the response was called { $investigator }, but the measurements make it { $computed }.

course-start-after-cut-off = the start ({ $start }) is after the data cut-off ({ $cutoff }).
course-before-start = the { $end ->
    [progression] progression
    [second_progression] progression on the next therapy
    [death] death
    [last_contact] last contact
    [new_therapy] new anticancer therapy
    [treatment] end of treatment
    [response] response
    [assessment] assessment
   *[own] date
  } ({ $on }) is before the start ({ $start }). Correct one of them.
course-death-before-progression = the death ({ $death }) is before the progression ({ $progression }). Correct one of them.
course-second-before-first = the progression on the next therapy ({ $second }) is before the first progression ({ $first }). Correct one of them.
course-no-last-contact = there is neither an event nor a date of last contact.
course-no-assessment-dates = the chosen rules of censoring need dates of assessment, and there are none.
course-response-after-end = the response ({ $response }) is after the end of progression-free survival ({ $end }), as when a new therapy came first. Check both.

cohort-rule-no-baseline = Censored at the start, { $on }: no baseline that later assessments could be compared with
cohort-rule-no-assessment = Censored at the start, { $on }: no assessment after the baseline
cohort-rule-not-assessed = Censored at the start, { $on }: no assessments of this patient are known
cohort-rule-none-known = { $reason } (no assessments of this patient are known)
# $chosen is no where the rules hold because assessments are there.
cohort-rules-of-censoring = { $chosen ->
    [yes] As chosen, the { $preset ->
        [fda] FDA-style
        [ema] EMA-style
       *[plain] plain
      } rules of censoring hold
   *[no] Because assessments are there, the FDA-style rules of censoring hold
  }: { $preset ->
    [fda] a patient without an event, or with one after a new therapy or after more than { $days } days without an assessment, is censored at the last adequate assessment before.
    [ema] an event counts whatever came before it; a patient without one is censored at the last adequate assessment.
   *[plain] progression or death counts whatever came before it; a patient without either is censored at the last contact.
  }
cohort-rule-last-assessment = No event by the last adequate assessment on { $on }, { $after }
cohort-rule-new-therapy = Censored on { $on }, { $after }: last adequate assessment before the new anticancer therapy of { $therapy }
cohort-rule-new-therapy-unassessed = Censored at the start ({ $on }): no adequate assessment between it and the new anticancer therapy of { $therapy }
cohort-rule-gap = Censored on { $on }, { $after }: the event of { $event } followed { $days } days without an adequate assessment
cohort-rule-progressed = Progression on { $on }, { $after }
cohort-rule-clinically-progressed = Clinical progression on { $on }, { $after }
cohort-rule-second-progression = Progression on the next therapy on { $on }, { $after }
cohort-rule-died = Death on { $on }, { $after }
cohort-rule-died-without-progression = Censored on { $on }, { $after }: died on { $death } without progression
cohort-rule-last-contact = No event by the last contact on { $on }, { $after }
cohort-rule-cut-off = No event by the data cut-off on { $on }, { $after }
cohort-rule-responded = Response on { $on }, { $after }
cohort-rule-treatment-ended = Treatment ended on { $on }, { $after }
cohort-rule-own-event = “{ $column }” on { $on }, { $after }
cohort-rule-own-censored = Censored by “{ $column }” on { $on }, { $after }
cohort-reason-no-response = No response: not concerned
report-excluded-no-response = No response, not concerned

cohort-endpoint-ipfs = iPFS
cohort-endpoint-ipfs-in-full = Progression-free survival by iRECIST (iPFS)
cohort-endpoint-ttp = TTP
cohort-endpoint-ttp-in-full = Time to progression (TTP)
cohort-endpoint-ttr = TTR
cohort-endpoint-ttr-in-full = Time to response (TTR)
cohort-endpoint-dor = DoR
cohort-endpoint-dor-in-full = Duration of response (DoR)
cohort-endpoint-idor = iDoR
cohort-endpoint-idor-in-full = Duration of response by iRECIST (iDoR)
cohort-endpoint-pfs2 = PFS2
cohort-endpoint-pfs2-in-full = Progression-free survival on the next therapy (PFS2)
cohort-endpoint-time_on_treatment = ToT
cohort-endpoint-time_on_treatment-in-full = Time on treatment (ToT)

form-endpoint-ipfs = Progression-free survival by iRECIST (iPFS)
form-endpoint-ttp = Time to progression (TTP)
form-endpoint-ttr = Time to response (TTR)
form-endpoint-dor = Duration of response (DoR)
form-endpoint-idor = Duration of response by iRECIST (iDoR)
form-endpoint-pfs2 = Progression-free survival on the next therapy (PFS2)
form-endpoint-time-on-treatment = Time on treatment

report-endpoint-ipfs = iPFS
report-endpoint-ipfs-in-full = progression-free survival by iRECIST
report-endpoint-ttp = TTP
report-endpoint-ttp-in-full = time to progression
report-endpoint-ttr = TTR
report-endpoint-ttr-in-full = time to response
report-share-ttr = share of responders with response
report-endpoint-dor = DoR
report-endpoint-dor-in-full = duration of response
report-endpoint-idor = iDoR
report-endpoint-idor-in-full = duration of response by iRECIST
report-endpoint-pfs2 = PFS2
report-endpoint-pfs2-in-full = progression-free survival on the next therapy
report-endpoint-time_on_treatment = time on treatment
report-endpoint-time_on_treatment-in-full = time on treatment

survival-heading-ipfs = Progression-free survival by iRECIST
survival-heading-ttp = Time to progression
survival-heading-ttr = Time to response
survival-heading-dor = Duration of response
survival-heading-idor = Duration of response by iRECIST
survival-heading-pfs2 = Progression-free survival on the next therapy
survival-heading-time_on_treatment = Time on treatment
survival-event-ipfs = progression by iRECIST or death
survival-event-ttp = progression
survival-event-ttr = response
survival-event-dor = progression or death
survival-event-idor = progression by iRECIST or death
survival-event-pfs2 = progression on the next therapy or death
survival-event-time_on_treatment = end of treatment

survival-events-ipfs =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) had a progression by iRECIST or died; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-ttp =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) progressed; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-ttr =
    { $n ->
        [one] The only responder responded
       *[other] The { $n } responders responded
    } after { $range } { $unit }.
survival-events-dor =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) progressed or died; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-idor =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) had a progression by iRECIST or died; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-pfs2 =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) progressed on the next therapy or died; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-time_on_treatment =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) ended treatment; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.

methods-pfs-by-rules = Progression-free survival was the time from start to the first of progression or death from any cause.
methods-ipfs = Progression-free survival by iRECIST was the time from start to the progression that counts by iRECIST (the first unconfirmed progression of the block that ends in a confirmed one, or an unconfirmed one that was never assessed again) or death from any cause.
methods-ttp = Time to progression was the time from start to progression; deaths without progression were censored.
methods-ttr = Time to response was the time from start to the first complete or partial response, of responders only.
methods-dor = Duration of response was the time from the first complete or partial response to progression or death from any cause, of responders only.
methods-idor = Duration of response by iRECIST was the time from the first iCR or iPR to the progression that counts by iRECIST or death from any cause, of responders only.
methods-pfs2 = Progression-free survival on the next therapy was the time from start to the progression on the next therapy or death from any cause.
methods-time_on_treatment = Time on treatment was the time from start to the end of the studied treatment for any reason, death at the latest; patients on treatment were censored at last contact. Of listed therapies, those of another line than the one begun at the start, those recorded as subsequent, and those begun with a new anticancer therapy or after it did not count.
methods-preset-fda = { $therapy ->
        [known] Patients without the event, and those with an event after a new anticancer therapy or after more than { $gap } days without an adequate assessment, were censored at their last adequate assessment before
       *[other] Patients without the event, and those with an event after more than { $gap } days without an adequate assessment, were censored at their last adequate assessment before
    }, or at the start where there was none (FDA 2018).{ $therapy ->
        [known] {""}
       *[other] {" "}No start of a new anticancer therapy was recorded.
    }
methods-preset-ema = Progressions and deaths counted whether or not a new anticancer therapy or missed assessments came before (EMA/CHMP/27994/2008); patients without an event were censored at their last adequate assessment.
methods-preset-plain = Patients without an event were censored at last contact.
