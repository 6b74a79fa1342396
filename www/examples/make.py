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


def main():
    here = pathlib.Path(__file__).parent
    with open(here / f"{NAME}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADINGS, *rows()])
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Synthetic patients"
    sheet.append(HEADINGS)
    for row in rows():
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, datetime.date):
                cell.number_format = "yyyy-mm-dd"
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 2 + max(len(str(cell.value or "")[:24]) for cell in column)
    sheet.freeze_panes = "B2"
    book.properties.creator = "oncurve"
    book.properties.title = "Synthetic patients for trying oncurve; no real person"
    book.properties.created = book.properties.modified = datetime.datetime(2026, 1, 1)
    book.save(here / f"{NAME}.xlsx")


main()
