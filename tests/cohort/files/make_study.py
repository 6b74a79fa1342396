"""Writes the workbook `synthetic_study.xlsx` and the text `synthetic_follow_up.csv` beside it.

Every patient, date and value is made up by the seeded generator below and describes no real person.
The mess is on purpose: ids in other letters and with spaces, patients unknown on either side, a grade
in words, a visit without its date, an empty sheet. Run: python3 make_study.py (openpyxl 3.1).
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

HERE = Path(__file__).parent
SEED = 20261122
N = 24

rng = random.Random(SEED)


def main():
    book = Workbook()
    patients = book.active
    patients.title = "Patients"
    ids = [f"SYN-{n:03}" for n in range(1, N + 1)]
    starts = [date(2023, 1, 9) + timedelta(days=9 * n) for n in range(N)]
    patients.append(["Synthetic patients, made up for tests"])
    patients.append(["Patient ID", "Age", "Sex", "Arm", "Start date"])
    for n, patient in enumerate(ids):
        row = [patient, rng.randint(38, 82), rng.choice("FM"), "AB"[n % 2], starts[n]]
        patients.append(row)

    follow_up = [["patient id", "Progression date", "Death date", "Last contact"]]
    for patient, start in zip(ids, starts):
        progressed = start + timedelta(days=rng.randint(60, 420))
        died = progressed + timedelta(days=rng.randint(30, 300)) if rng.random() < 0.5 else None
        seen = died or progressed + timedelta(days=rng.randint(20, 200))
        follow_up.append([patient.lower(), progressed, died or "", seen])
    follow_up.append(["SYN-099", date(2024, 1, 1), "", date(2024, 2, 1)])
    del follow_up[7]  # SYN-007 has no row.

    visits = book.create_sheet("Assessments")
    visits.append(["Subject ID", "Visit", "Scan date", "Sum of diameters (mm)", "New lesion", "Response"])
    lesions = book.create_sheet("Lesions")
    lesions.append(["Subject ID", "Scan date", "Lesion", "Organ", "Type", "Diameter (mm)"])
    for n, (patient, start) in enumerate(zip(ids, starts)):
        if patient == "SYN-011":
            continue  # No assessment at all.
        size = rng.randint(40, 90)
        for number in range(4):
            on = start + timedelta(days=42 * number)
            now = max(0, round(size * (1, 0.8, 0.65, 0.9)[number]) + rng.randint(-3, 3))
            called = ["", "SD", "PR", "PR"][number]
            shown = None if (patient, number) == ("SYN-005", 2) else on
            visits.append([messy(patient, number), f"Week {6 * number}", shown, now, "No", called])
            half = round(now * 0.6)
            for lesion, organ, part in (("L1", "Liver", half), ("L2", "Lung", now - half)):
                lesions.append([messy(patient, number), on, lesion, organ, "Target", part])

    events = book.create_sheet("Adverse events")
    head = ["Subject ID", "Adverse event", "System organ class", "CTCAE grade", "Related", "Serious"]
    events.append(head + ["Onset date", "End date"])
    terms = [("Fatigue", "General"), ("Nausea", "Gastrointestinal"), ("Hypertension", "Vascular")]
    for n, (patient, start) in enumerate(zip(ids, starts)):
        for number in range(n % 4):
            term, system = terms[(n + number) % 3]
            grade = "severe" if (patient, number) == ("SYN-004", 1) else rng.choice([1, 1, 2, 2, 3])
            on = start + timedelta(days=rng.randint(2, 90))
            row = [messy(patient, number), term, system, grade, rng.choice(["Yes", "No"]), "No"]
            events.append(row + [on, on + timedelta(days=rng.randint(3, 30))])
    events.append(["SYN-404", "Rash", "Skin", 2, "Yes", "No", date(2023, 5, 1), date(2023, 5, 9)])
    events.append([None, "Rash", "Skin", 1, "Yes", "No", date(2023, 5, 1), date(2023, 5, 9)])

    therapies = book.create_sheet("Therapies")
    therapies.append(["Subject ID", "Line", "Regimen", "Start date", "End date", "Subsequent therapy"])
    for patient, start in zip(ids, starts):
        end = start + timedelta(days=rng.randint(60, 400))
        therapies.append([patient, 1, "Anlotinib", start, end, "No"])
        if rng.random() < 0.5:
            therapies.append([patient, 2, "Docetaxel", end + timedelta(days=14), None, "Yes"])

    book.create_sheet("Notes")
    book.save(HERE / "synthetic_study.xlsx")
    with open(HERE / "synthetic_follow_up.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(follow_up)


def messy(patient, number):
    """The id as different people type it."""
    return (patient, patient.lower(), f" {patient} ", patient)[number % 4]


main()
