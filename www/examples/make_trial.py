"""Writes the larger example: a synthetic trial of 300 patients in two arms, no real person.

    python3 make_trial.py        (openpyxl 3.1)

Accrual over two years, a data cut-off after three, a hazard ratio for progression of 0.7, the adverse
events of an angiogenesis inhibitor against those of a chemotherapy. Everything is drawn from SEED.
The spreadsheet has the mess that such spreadsheets have; `MESS` lists it. Beside the workbook the
script writes what it knows to be true of these patients, for the tests: it is counted from what was
drawn, before it became a spreadsheet. `tests/reference/r/trial.R` computes the figures from that.
"""

import datetime
import io
import json
import math
import pathlib
import random
import re
import zipfile

import openpyxl
from book import add_sheet, finish
from openpyxl.utils import column_index_from_string

SEED = 20241206
NAME = "oncurve-example-300-synthetic-patients"
ARMS = ["Chemotherapy", "TKI"]
PATIENTS = 300
FIRST_DAY = datetime.date(2022, 1, 3)
ACCRUAL = 730
CUT_OFF = datetime.date(2024, 12, 31)
# Days between scans.
INTERVAL = 63
HAZARD_RATIO = 0.7

# Why patients were screened and not enrolled.
NOT_ENROLLED = [
    "brain metastases found", "consent withdrawn", "creatinine too high", "declined", "died before the start", "ECOG 3",
    "EGFR mutation found", "no measurable lesion", "pregnancy", "second cancer", "treated elsewhere", "uncontrolled pain",
]  # fmt: skip
# Adverse events: system organ class, and for each arm the share of patients with it and with grade 3.
EVENTS = {
    "Hypertension": ("Vascular disorders", (0.06, 0.01), (0.44, 0.17)),
    "Diarrhoea": ("Gastrointestinal disorders", (0.16, 0.02), (0.34, 0.05)),
    "Nausea": ("Gastrointestinal disorders", (0.40, 0.03), (0.15, 0.01)),
    "Fatigue": ("General disorders", (0.38, 0.06), (0.33, 0.05)),
    "Hand-foot syndrome": ("Skin disorders", (0.03, 0.00), (0.31, 0.07)),
    "Proteinuria": ("Renal disorders", (0.03, 0.00), (0.22, 0.03)),
    "Hypothyroidism": ("Endocrine disorders", (0.01, 0.00), (0.19, 0.00)),
    "Neutropenia": ("Blood disorders", (0.34, 0.20), (0.05, 0.01)),
    "Anaemia": ("Blood disorders", (0.36, 0.08), (0.10, 0.02)),
}
ORGANS = ["Lung", "Liver", "Adrenal gland", "Lymph node"]
PATIENT_HEADINGS = [
    "Patient", "Arm", "Age", "Sex", "ECOG", "Smoking", "PD-L1", "LDH", "Randomisation date",
    "Progression date", "Death date", "Last contact", "Best response", "Remarks", "Data cut-off", "Record",
]  # fmt: skip
LESION_HEADINGS = ["Patient", "Scan date", "Visit", "Lesion", "Role", "Organ", "Diameter (mm)"]
EVENTS_SHEET = "Synthetic adverse events"
EVENT_HEADINGS = ["Patient", "Adverse event", "System organ class", "Grade", "Related", "Serious", "Led to discontinuation", "Start date"]
THERAPY_HEADINGS = ["Patient", "Therapy", "Start date", "End date", "New anticancer therapy"]

rng = random.Random(SEED)
chance = lambda share: rng.random() < share
between = lambda low, high: low + int(rng.random() * (high - low + 1))
after = lambda median: -median * math.log2(1 - rng.random())
day = lambda date, days: date + datetime.timedelta(days=days)


def drawn(number, arm, start):
    """A patient as it was, and nothing of how it was written down."""
    ecog, high_ldh = int(chance(0.55)), chance(0.35)
    worse = (1.35 if ecog else 1) * (1.3 if high_ldh else 1)
    hazard = worse * (HAZARD_RATIO if arm else 1)
    followed = (CUT_OFF - start).days
    if chance(0.05):
        followed = min(followed, between(40, 500))
    grew = INTERVAL * math.ceil((20 + after(185 / hazard)) / INTERVAL)
    dies_without = 30 + after(1500 / worse)
    scanned = grew + between(-6, 6)
    progression = scanned if scanned < min(dies_without, followed) else None
    death = int(scanned + 15 + after(265 / worse)) if progression else int(dies_without)
    alive = death > followed
    return {
        "id": f"SYN-{number:03}", "arm": arm, "start": start, "ecog": ecog, "sex": int(chance(0.58)),
        "age": between(36, 80), "smoking": between(0, 2), "pd_l1": between(0, 2),
        "ldh": between(250, 620) if high_ldh else between(120, 249), "progression": progression,
        "death": None if alive else death, "dies": death, "last": followed if alive else death,
        "by": ["growth", "growth", "new"][between(0, 2)],
    }  # fmt: skip


def scans(patient):
    """The targets at every scan: day, sizes; and the best response that these come to."""
    count = 1 + int(chance(0.45))
    organs = rng.sample(ORGANS[:3], count)
    if chance(0.2):
        organs[-1] = ORGANS[3]
    at_first = [between(18, 70) for _ in organs]
    best = max(-1, 0.12 - (0.75 if patient["arm"] else 0.58) * rng.random() * (1 if chance(0.8) else 1.5))
    until = patient["progression"] or patient["last"]
    days = [(k + 1) * INTERVAL + between(-6, 6) for k in range(until // INTERVAL)]
    days = [one for one in days if one <= until - INTERVAL // 2] if patient["progression"] else [one for one in days if one <= until]
    visits, nadir, response = [(-between(3, 20), at_first)], sum(at_first), None
    for place, on in enumerate(days):
        sizes = [round(size * (1 + best * min(1, 0.6 + 0.4 * place))) for size in at_first]
        visits.append((on, sizes))
        nadir = min(nadir, sum(sizes))
        found = "CR" if sum(sizes) == 0 else "PR" if 10 * sum(sizes) <= 7 * sum(at_first) else "SD"
        response = min(response or "SD", found, key=["CR", "PR", "SD"].index)
    if patient["progression"]:
        last = visits[-1][1]
        if patient["by"] == "growth":
            last = [round(size * 1.25) + 6 for size in last]
        visits.append((patient["progression"], last))
        response = response or "PD"
    return organs, visits, response


def adverse_events(patient):
    treated = max(20, patient["progression"] or patient["last"])
    for term, (system, *shares) in EVENTS.items():
        share, severe = shares[patient["arm"]]
        if not chance(share):
            continue
        grade = 3 if chance(severe / share) else between(1, 2)
        serious = grade == 3 and chance(0.3)
        on = day(patient["start"], between(3, min(treated, 150)))
        yes = lambda share: "Yes" if chance(share) else "No"
        yield [patient["id"], term, system, grade, yes(0.8), yes(serious), yes(0.2 if grade == 3 else 0.02), on]


def therapies(patient):
    start, progression = patient["start"], patient["progression"]
    end = progression + between(3, 15) if progression else patient["death"] and max(8, patient["death"] - between(5, 40))
    if end is not None:
        end = min(end, patient["last"])
    yield [patient["id"], ARMS[patient["arm"]], start, end and day(start, end), "No"]
    begins = progression and end + between(10, 40)
    if begins and begins + 20 < patient["last"] and chance(0.6):
        ends = begins + between(21, 160)
        known = ends < patient["last"]
        yield [patient["id"], "Docetaxel", day(start, begins), day(start, ends) if known else None, "Yes"]


def patient_row(patient, response):
    on = lambda days: None if days is None else day(patient["start"], days)
    return [
        patient["id"], ARMS[patient["arm"]], patient["age"], ["Female", "Male"][patient["sex"]], patient["ecog"],
        ["Never", "Former", "Current"][patient["smoking"]], ["< 1 %", "1–49 %", "≥ 50 %"][patient["pd_l1"]],
        patient["ldh"], patient["start"], on(patient["progression"]), on(patient["death"]), on(patient["last"]),
        response or "NE", None, CUT_OFF, "Synthetic",
    ]  # fmt: skip


def make():
    patients, sheets = [], {"patients": [], "lesions": [], "events": [], "therapies": []}
    block = []
    for number in range(1, PATIENTS + 1):
        if not block:
            block = [0, 0, 1, 1]
            rng.shuffle(block)
        start = day(FIRST_DAY, int((number - 1 + rng.random()) * ACCRUAL / PATIENTS))
        patient = drawn(number, block.pop(), start)
        organs, visits, response = scans(patient)
        patient["response"] = response or "NE"
        patient["events"] = list(adverse_events(patient))
        patients.append(patient)
        sheets["patients"].append(patient_row(patient, response))
        for place, (on, sizes) in enumerate(visits):
            date, visit = day(start, on), f"Scan {place}" if place else "Baseline"
            for lesion, (organ, size) in enumerate(zip(organs, sizes), start=1):
                sheets["lesions"].append([patient["id"], date, visit, f"T{lesion}", "Target", organ, size])
            if on == patient["progression"] and patient["by"] == "new":
                sheets["lesions"].append([patient["id"], date, visit, "N1", "New", "Brain", between(6, 15)])
        sheets["events"] += [list(event) for event in patient["events"]]
        sheets["therapies"] += therapies(patient)
    for number, reason in enumerate(NOT_ENROLLED, start=1):
        row = [None] * len(PATIENT_HEADINGS)
        row[0], row[-3:] = f"SYN-{400 + number}", [f"Screening failure: {reason}", None, "Synthetic"]
        sheets["patients"].append(row)
    return patients, sheets


class Mess:
    """What is wrong with the spreadsheet: each with the issue that it shall give, and where."""

    def __init__(self, patients, sheets):
        self.patients, self.sheets, self.issues = patients, sheets, []

    def row(self, wanted):
        """The next patient that is fit for a mistake and has none yet."""
        at = next(at for at, patient in enumerate(self.patients) if "mess" not in patient and wanted(patient))
        self.patients[at]["mess"] = True
        return self.patients[at], self.sheets["patients"][at]

    def issue(self, code, sheet, row, column=None):
        self.issues.append([code, sheet, row, column])

    def of(self, patient, heading, code):
        self.issue(code, None, int(patient["id"][4:]) + 1, heading)

    def patient_sheet(self):
        column = PATIENT_HEADINGS.index
        for _ in range(3):
            _, row = self.row(lambda _: True)
            row[column("Age")] = None
        for patient in self.patients[9::40]:
            patient["mess"] = True
            row = self.sheets["patients"][int(patient["id"][4:]) - 1]
            row[column("Sex")] = row[column("Sex")].lower()
        patient, row = self.row(lambda _: True)
        row[column("LDH")] = "haemolysed"
        self.of(patient, "LDH", "not_measured")
        patient, row = self.row(lambda one: one["progression"] and day(one["start"], one["progression"]).day > 12)
        row[column("Progression date")] = f"{row[column('Progression date')]:%Y-%m-%d}"
        patient, row = self.row(lambda one: one["progression"] and one["death"] is None)
        row[column("Progression date")] = "spring"
        patient["no_pfs"] = True
        self.of(patient, "Progression date", "unreadable")
        patient, row = self.row(lambda one: one["progression"] and one["death"] is None)
        row[column("Progression date")] = day(patient["start"], -7)
        patient["no_pfs"] = True
        self.of(patient, "Progression date", "course")
        self.of(patient, "Progression date", "progression_differs")
        # Known since, but not part of the analysis.
        patient, row = self.row(lambda one: one["death"] is None and one["dies"] < one["last"] + 90)
        row[column("Death date")] = row[column("Last contact")] = day(CUT_OFF, 19)
        patient["last"] = (CUT_OFF - patient["start"]).days
        self.of(patient, "Death date", "after_cut_off")
        self.of(patient, "Last contact", "after_cut_off")
        patient, row = self.row(lambda one: one["death"] is not None and one["last"] + 40 < (CUT_OFF - one["start"]).days)
        row[column("Last contact")] = day(row[column("Death date")], 12)
        self.of(patient, "Last contact", "contact_after_death")

        for row in range(PATIENTS + 2, len(self.sheets["patients"]) + 2):
            self.issue("missing_value", None, row, "Randomisation date")

    def lesion_sheet(self):
        rows = self.sheets["lesions"]
        at = next(at for at, row in enumerate(rows) if row[0] == "SYN-120" and row[1] > self.patients[119]["start"])
        rows.insert(at, list(rows[at]))
        self.of(self.patients[119], "Patient", "tumour")

    def event_sheet(self):
        rows = self.sheets["events"]
        first = lambda patient: next(at for at, row in enumerate(rows) if row[0] == patient)
        ids = sorted({row[0] for row in rows})
        rows[first(ids[10])][0] = ids[10].lower()
        # Full-width, as an input method for Chinese writes it.
        rows[first(ids[20])][0] = "".join(chr(ord(letter) + 0xFEE0) for letter in ids[20])
        at = first(ids[30])
        rows.insert(at + 1, list(rows[at]))
        self.issue("adverse_event", EVENTS_SHEET, at + 3, "Adverse event")
        rows.insert(first(ids[40]), ["SYN-999", "Fatigue", "General disorders", 2, "Yes", "No", "No", datetime.date(2023, 5, 2)])
        self.issue("unmatched_record", EVENTS_SHEET, first("SYN-999") + 2, "Patient")
        severe = [at for at, row in enumerate(rows) if row[1] == "Neutropenia" and row[3] == 3]
        rows[severe[3]][3] = "2-3"
        self.issue("adverse_event", EVENTS_SHEET, severe[3] + 2, "Grade")
        spelled = [at for at, row in enumerate(rows) if row[1] == "Diarrhoea"]
        for at in spelled[5:8]:
            rows[at][1] = "diarrhoea"
        self.issue("adverse_event", EVENTS_SHEET, spelled[5] + 2, "Adverse event")


def truth(patients, sheets, issues):
    """What the tests hold the program to."""
    terms = {}
    for patient in patients:
        for _, term, _, grade, *_ in patient["events"]:
            counts = terms.setdefault(term, [[0, 0], [0, 0]])[patient["arm"]]
            counts[0] += 1
            counts[1] += grade >= 3
    course = lambda one: {
        "id": one["id"],
        "arm": ARMS[one["arm"]],
        "ecog": one["ecog"],
        "pfs": None if "no_pfs" in one else min(one["progression"] or one["last"], one["last"]),
        "pfs_event": bool(one["progression"] or one["death"]),
        "os": one["last"],
        "os_event": one["death"] is not None,
        "response": one["response"],
    }
    return {
        "made_with": f"make_trial.py, seed {SEED}",
        "rows": {name: len(rows) for name, rows in sheets.items()},
        "sexes": [sum(one["sex"] == sex for one in patients) for sex in (0, 1)],
        "patients": [course(one) for one in patients],
        "terms": terms,
        "without_events": sum(not one["events"] for one in patients),
        "issues": issues,
    }


def lean(archive):
    """The same workbook, without what Excel can tell by itself and without the time of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in sorted(old.namelist()):
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = without_places(text.decode()).encode()
            if name == "docProps/core.xml":
                text = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-01-01T00:00:00Z", text)
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, text)
    return out.getvalue()


def without_places(sheet):
    """A cell that follows the one before it says so by standing there."""

    def row(found):
        last = 0

        def cell(found):
            nonlocal last
            place = column_index_from_string(found[1])
            follows, last = place == last + 1, place
            return "<c" if follows else found[0]

        return re.sub(r'<c r="([A-Z]+)\d+"', cell, found[0])

    sheet = re.sub(r"<row .*?</row>", row, sheet)
    sheet = re.sub(r'<row r="\d+"[^>]*>', "<row>", sheet)
    return sheet.replace(' t="n"', "")


def main():
    here = pathlib.Path(__file__).parent
    patients, sheets = make()
    mess = Mess(patients, sheets)
    mess.patient_sheet()
    mess.lesion_sheet()
    mess.event_sheet()
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = [
        ("Synthetic patients", PATIENT_HEADINGS, sheets["patients"]),
        ("Synthetic measurements", LESION_HEADINGS, sheets["lesions"]),
        (EVENTS_SHEET, EVENT_HEADINGS, sheets["events"]),
        ("Synthetic therapies", THERAPY_HEADINGS, sheets["therapies"]),
    ]
    for title, headings, rows in named:
        add_sheet(book, title, headings, rows)
    finish(book)
    written = io.BytesIO()
    book.save(written)
    (here / f"{NAME}.xlsx").write_bytes(lean(written))
    known = json.dumps(truth(patients, sheets, mess.issues), indent=None, separators=(",", ":"))
    known = known.replace('{"id"', '\n{"id"') + "\n"
    (here / "../../tests/cohort/trial.json").write_text(known, encoding="utf-8")


main()
