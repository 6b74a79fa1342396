"""Writes the example cohort: 14 synthetic patients, no real person.

    python3 make.py        (openpyxl 3.1; any version writes the same cells)

The times were searched so that the cohort gives the published figures of the study that oncurve
grew out of (BMC Cancer 2025;25:862): median PFS 11.7 months, 13.0 with PD-L1 positive and 10.3
with PD-L1 negative or unknown, log-rank p = 0.048, ORR 4/14, DCR 13/14, one grade 3 event, no
treatment-related death. Everything else about these patients is invented.
`tests/reference/r/example.R` computes the figures from the csv with R.
"""

import csv
import datetime
import pathlib

import openpyxl
from book import add_sheet, finish

NAME = "oncurve-example-14-synthetic-patients"
CUT_OFF = datetime.date(2024, 6, 30)
# Start, days to progression (None: none seen), days to death (None: alive), days to last contact
# (None: followed to the cut-off), then the rest of the row.
PATIENTS = [
    ("2020-03-16", 815, 1102, None, "PR", "Positive", 58, "Male", "IVB", "Adenocarcinoma", 1, "Hypertension", 2),
    ("2020-05-11", 43, 161, None, "PD", "Unknown", 71, "Male", "IVB", "Squamous", 2, "Fatigue", 2),
    ("2020-08-03", 231, 498, None, "SD", "Positive", 63, "Female", "IVA", "Adenocarcinoma", 1, "Hand-foot syndrome", 1),
    ("2020-11-23", 301, 420, None, "SD", "Negative", 66, "Male", "IIIC", "Squamous", 1, "Hypertension", 1),
    ("2021-01-18", 635, 944, None, "PR", "Positive", 52, "Female", "IVA", "Adenocarcinoma", 0, "Hypothyroidism", 2),
    ("2021-04-06", 153, 377, None, "SD", "Negative", 69, "Male", "IVB", "Adenocarcinoma", 1, "Proteinuria", 1),
    ("2021-06-28", 396, 733, None, "PR", "Positive", 60, "Male", "IVA", "Squamous", 1, "Hypertension", 3),
    ("2021-09-13", 526, None, 1008, "PR", "Negative", 55, "Female", "IVA", "Adenocarcinoma", 0, "Diarrhoea", 1),
    ("2021-12-06", None, 326, None, "SD", "Unknown", 74, "Male", "IVB", "Squamous", 2, "Fatigue", 2),
    ("2022-03-21", 159, 392, None, "SD", "Positive", 67, "Male", "IVB", "Adenocarcinoma", 1, "No event", 0),
    ("2022-06-13", 371, None, 741, "SD", "Positive", 61, "Female", "IVA", "Adenocarcinoma", 1, "Rash", 1),
    ("2022-09-23", None, None, None, "SD", "Positive", 49, "Male", "IIIC", "Squamous", 0, "Hypothyroidism", 1),
    ("2023-02-20", 356, None, 490, "SD", "Negative", 64, "Male", "IVA", "Adenocarcinoma", 1, "Hypertension", 2),
    ("2023-07-23", None, None, None, "SD", "Positive", 57, "Female", "IVA", "Adenocarcinoma", 1, "Proteinuria", 2),
]
HEADINGS = [
    "Patient", "Age", "Sex", "ECOG", "Stage", "Histology", "PD-L1", "Start date", "Progression date", "Death date",
    "Last contact", "Best response", "Worst adverse event", "Worst AE grade", "Treatment-related death", "Record",
]  # fmt: skip


def rows():
    for number, patient in enumerate(PATIENTS, start=1):
        start, progression, death, last, response, pd_l1, age, sex, stage, histology, ecog, event, grade = patient
        start = datetime.date.fromisoformat(start)
        after = lambda days: None if days is None else start + datetime.timedelta(days=days)
        last_contact = after(death) or after(last) or CUT_OFF
        assert last_contact <= CUT_OFF, number
        pd_l1 = "Positive" if pd_l1 == "Positive" else "Negative or unknown"
        yield [
            f"SYN-{number:02}", age, sex, ecog, stage, histology, pd_l1, start, after(progression), after(death),
            last_contact, response, event, grade, "No", "Synthetic",
        ]  # fmt: skip


LESION_HEADINGS = ["Patient", "Scan date", "Visit", "Lesion", "Role", "Organ", "Diameter (mm)", "State"]
EVENT_HEADINGS = ["Patient", "Adverse event", "System organ class", "Grade", "Related", "Serious", "Led to discontinuation", "Start date", "End date"]  # fmt: skip
THERAPY_HEADINGS = ["Patient", "Therapy", "Start date", "End date", "New anticancer therapy"]
# Days between scans; no two are further apart than the FDA-style rules let pass.
INTERVAL = 56
SYSTEMS = {
    "Hypertension": "Vascular disorders", "Fatigue": "General disorders", "Hand-foot syndrome": "Skin disorders",
    "Hypothyroidism": "Endocrine disorders", "Proteinuria": "Renal disorders", "Diarrhoea": "Gastrointestinal disorders",
    "Rash": "Skin disorders",
}  # fmt: skip
# Of the larger target lesion, mm: at the baseline, then what it settles at before progression.
LARGER = [(62, 34), (41, 55), (48, 43), (55, 57), (70, 40), (38, 36), (51, 30), (66, 38), (44, 40), (58, 61), (47, 38), (36, 33), (53, 49), (40, 35)]  # fmt: skip
SMALLER = [(18, 9), (22, 27), (16, 15), (20, 20), (24, 12), (17, 16), (19, 12), (21, 9), (15, 15), (18, 18), (20, 17), (16, 15), (19, 18), (22, 20)]  # fmt: skip
# How the disease progressed: by growth of the targets, of non-target disease, or by a new lesion.
PROGRESSED_BY = ["growth", "growth", "new", "growth", "non-target", "growth", "growth", "new", "", "growth", "non-target", "", "growth", ""]  # fmt: skip


def scans(start, progression, last):
    """The days of the scans after the baseline: every eight weeks, the last on the day of progression or,
    where there is none and the patient lives, of the last contact."""
    until = progression or last
    days = list(range(INTERVAL, until - INTERVAL // 2, INTERVAL))
    return days + [until] if progression or days == [] or until - days[-1] > 0 else days


def lesions():
    for number, patient in enumerate(PATIENTS):
        start, progression, death, last = patient[:4]
        start = datetime.date.fromisoformat(start)
        followed = death or last or (CUT_OFF - start).days
        days = scans(start, progression, followed - (20 if death else 0))
        (large, large_then), (small, small_then) = LARGER[number], SMALLER[number]
        by = PROGRESSED_BY[number]
        for place, day in enumerate([-6, *days]):
            ends = progression is not None and day == progression
            first = place == 0
            share = 0.6 if place == 1 and progression != 43 else 1
            size = lambda at_first, then: at_first if first else round(at_first + share * (then - at_first))
            grown = lambda then: round(then * 1.32) + 4 if ends and by == "growth" and progression != 43 else then
            date = start + datetime.timedelta(days=day)
            visit = "Baseline" if first else f"Scan {place}"
            row = lambda *rest: [f"SYN-{number + 1:02}", date, visit, *rest]
            yield row("T1", "Target", "Lung", grown(size(large, large_then)), None)
            yield row("T2", "Target", "Mediastinal lymph node", grown(size(small, small_then)), None)
            worse = ends and by == "non-target"
            yield row("N1", "Non-target", "Pleura", None, "progressed" if worse else "present")
            if ends and by == "new":
                yield row("L1", "New", "Liver", 14, None)


def adverse_events():
    for number, patient in enumerate(PATIENTS):
        start = datetime.date.fromisoformat(patient[0])
        event, grade = patient[11], patient[12]
        if grade == 0:
            continue
        on = lambda day: start + datetime.timedelta(days=day)
        known = lambda term, grade, first, last: [
            f"SYN-{number + 1:02}", term, SYSTEMS[term], grade, "Yes", "Yes" if grade >= 3 else "No", "No", on(first), on(last),
        ]  # fmt: skip
        yield known(event, grade, 15 + 2 * number, 40 + 2 * number)
        # A milder spell of the same and, in every third patient, a second event.
        yield known(event, 1, 60 + number, 70 + number) if number % 2 else known(event, 1, 5, 12)
        if number % 3 == 0:
            yield known("Fatigue" if event != "Fatigue" else "Rash", 1, 8, 30)


def therapies():
    for number, patient in enumerate(PATIENTS):
        start, progression, death, last = patient[:4]
        start = datetime.date.fromisoformat(start)
        on = lambda day: start + datetime.timedelta(days=day)
        ended = progression + 12 if progression else (death - 25 if death else None)
        yield [f"SYN-{number + 1:02}", "Immune checkpoint inhibitor + anlotinib", start, ended and on(ended), "No"]
        if progression and (death or 9999) - progression > 90:
            yield [f"SYN-{number + 1:02}", "Docetaxel", on(progression + 26), on(progression + 80), "Yes"]


def main():
    here = pathlib.Path(__file__).parent
    with open(here / f"{NAME}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADINGS, *rows()])
    book = openpyxl.Workbook()
    book.remove(book.active)
    add_sheet(book, "Synthetic patients", HEADINGS, rows())
    add_sheet(book, "Synthetic measurements", LESION_HEADINGS, lesions())
    add_sheet(book, "Synthetic adverse events", EVENT_HEADINGS, adverse_events())
    add_sheet(book, "Synthetic therapies", THERAPY_HEADINGS, therapies())
    finish(book)
    book.properties.created = book.properties.modified = datetime.datetime(2026, 1, 1)
    book.save(here / f"{NAME}.xlsx")


main()
