"""Makes the workbooks under files/. Every patient in them is invented.

    pip install openpyxl==3.1.5 xlsxwriter xlwt odfpy msoffcrypto-tool
    python3 tests/reading/make_files.py

xlsb and Excel 95 files are made by make_files.mjs.
"""

import datetime
import io
import pathlib
import zipfile

import msoffcrypto.format.ooxml
import openpyxl
import xlsxwriter
import xlwt
from odf import dc, office, style, table, text
from odf.opendocument import OpenDocumentSpreadsheet

FILES = pathlib.Path(__file__).parent / "files"
FILES.mkdir(exist_ok=True)

# One cell of every kind; the same in every format.
HEADINGS = ["id", "age", "start", "died", "note", "marker"]
ROWS = [
    ["P1", 61, datetime.date(2024, 3, 5), True, "胸腔积液", 0.5],
    ["P2", 48.5, datetime.date(2024, 3, 15), False, "two\nlines", "#N/A"],
    ["P3", None, datetime.date(1999, 12, 31), True, "é & <b>", -1.25],
    ["P4", 1234567, datetime.date(2024, 2, 29), False, "x" * 300, 1e-7],
]


def every_kind_xlsx():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Patients"
    for row in [HEADINGS, *ROWS]:
        sheet.append(row)
    for row in range(2, 6):
        sheet.cell(row, 3).number_format = "dd/mm/yyyy"
    book.save(FILES / "every_kind.xlsx")


def every_kind_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Patients")
    dated = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for r, row in enumerate([HEADINGS, *ROWS]):
        for c, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write(r, c, value, dated)
            elif value == "#N/A":
                sheet.row(r).set_cell_error(c, 0x2A)
            elif value is not None:
                sheet.write(r, c, value)
    book.save(FILES / "every_kind.xls")


def cell(value, **more):
    if value is None:
        return table.TableCell(**more)
    if isinstance(value, bool):
        return table.TableCell(valuetype="boolean", booleanvalue=str(value).lower(), **more)
    if isinstance(value, (int, float)):
        made = table.TableCell(valuetype="float", value=repr(value), **more)
    elif isinstance(value, datetime.date):
        made = table.TableCell(valuetype="date", datevalue=value.isoformat(), **more)
        made.addElement(text.P(text=value.strftime("%d/%m/%Y")))
        return made
    else:
        made = table.TableCell(valuetype="string", **more)
    for line in str(value).split("\n"):
        made.addElement(text.P(text=line))
    return made


def add_row(sheet, values, **more):
    row = table.TableRow(**more)
    for value in values:
        row.addElement(value if hasattr(value, "tagName") else cell(value))
    sheet.addElement(row)


def every_kind_ods():
    book = OpenDocumentSpreadsheet()
    sheet = table.Table(name="Patients")
    for row in [HEADINGS, *ROWS]:
        add_row(sheet, row)
    book.spreadsheet.addElement(sheet)
    book.save(FILES / "every_kind.ods")


def repeated_ods():
    """Repeated cells and rows, a note in a cell, cells merged across, a hidden sheet before."""
    book = OpenDocumentSpreadsheet()
    hide = style.Style(name="hide", family="table")
    hide.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(hide)
    hidden = table.Table(name="Codes", stylename="hide")
    add_row(hidden, ["code", "meaning"])
    add_row(hidden, [1, "dead"])
    book.spreadsheet.addElement(hidden)
    sheet = table.Table(name="Patients")
    add_row(sheet, [cell(None, numbercolumnsrepeated=4)], numberrowsrepeated=2)
    add_row(sheet, ["id", "arm", "first", "second"])
    noted = cell("P1")
    note = office.Annotation()
    note.addElement(dc.Date(text="2024-01-01T00:00:00"))
    note.addElement(text.P(text="not part of the value"))
    noted.addElement(note)
    add_row(sheet, [noted, "A", cell(7, numbercolumnsrepeated=2)])
    add_row(sheet, ["P2", cell("B", numberrowsspanned=1, numbercolumnsspanned=2), table.CoveredTableCell(), 9])
    add_row(sheet, ["P3", "A", 1, 2], numberrowsrepeated=2)
    add_row(sheet, [cell(None, numbercolumnsrepeated=16384)], numberrowsrepeated=1048000)
    book.spreadsheet.addElement(sheet)
    book.save(FILES / "repeated.ods")


def dates_1900():
    """Serial numbers formatted as dates around the 29 February 1900 that never was."""
    book = xlsxwriter.Workbook(FILES / "dates_1900.xlsx")
    sheet = book.add_worksheet("S")
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["id", "day"])
    for row, serial in enumerate([1, 59, 60, 61, 45356, 45356.75, 73050]):
        sheet.write(row + 1, 0, f"P{row + 1}")
        sheet.write_number(row + 1, 1, serial, date)
    book.close()


def dates_1904():
    book = xlsxwriter.Workbook(FILES / "dates_1904.xlsx", {"date_1904": True})
    sheet = book.add_worksheet("S")
    date = book.add_format({"num_format": '[$-804]yyyy"年"m"月"d"日"'})
    sheet.write_row(0, 0, ["id", "day"])
    for row, serial in enumerate([0, 1, 43894]):
        sheet.write(row + 1, 0, f"P{row + 1}")
        sheet.write_number(row + 1, 1, serial, date)
    book.close()
    old = xlwt.Workbook()
    old.dates_1904 = True
    sheet = old.add_sheet("S")
    dated = xlwt.easyxf(num_format_str="d-mmm-yy")
    for c, value in enumerate(["id", "day"]):
        sheet.write(0, c, value)
    for row, serial in enumerate([0, 1, 43894]):
        sheet.write(row + 1, 0, f"P{row + 1}")
        sheet.write(row + 1, 1, serial, dated)
    old.save(FILES / "dates_1904.xls")


def times_of_day():
    book = xlsxwriter.Workbook(FILES / "times_of_day.xlsx")
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, ["id", "at", "for"])
    clock = book.add_format({"num_format": "h:mm"})
    long = book.add_format({"num_format": "[h]:mm:ss"})
    for row, (at, lasting) in enumerate([(0.5, 1.5), (0.604166666666667, 0.0006944444444)]):
        sheet.write(row + 1, 0, f"P{row + 1}")
        sheet.write_number(row + 1, 1, at, clock)
        sheet.write_number(row + 1, 2, lasting, long)
    book.close()


def formulas():
    """What formulas gave when the file was saved: a number, a text, a truth, an error, an empty text."""
    book = xlsxwriter.Workbook(FILES / "formulas.xlsx")
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, ["id", "value"])
    for row, (formula, value) in enumerate(
        [("=1+1", 2), ('="a"&"b"', "ab"), ("=TRUE()", True), ("=1/0", "#DIV/0!"), ('=""', "")]
    ):
        sheet.write(row + 1, 0, f"P{row + 1}")
        sheet.write_formula(row + 1, 1, formula, None, value)
    book.close()


def inline_strings():
    book = xlsxwriter.Workbook(FILES / "inline_strings.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("S")
    for row, values in enumerate([["id", "PD-L1"], ["P1", "+"], ["P2", "-"], ["P3", "+"], ["P4", "未知"]]):
        sheet.write_row(row, 0, values)
    book.close()


def merged_cells():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    sheet.append(["Cohort of the year 2024"])
    sheet.merge_cells("A1:C1")
    sheet.append(["arm", "id", "age"])
    for row in [["A", "P1", 61], [None, "P2", 48], ["B", "P3", 70]]:
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    book.save(FILES / "merged_cells.xlsx")


def sheets():
    """A cover with text only, a hidden sheet with codes, then the patients, then more."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "Read me"
    cover.append(["This workbook holds an invented cohort."])
    cover.append(["Do not edit."])
    codes = book.create_sheet("Codes")
    codes.append(["code", "meaning"])
    codes.append([1, "dead"])
    codes.sheet_state = "hidden"
    patients = book.create_sheet("Patients")
    patients.append(["id", "age"])
    patients.append(["P1", 61])
    more = book.create_sheet("随访")
    more.append(["编号", "状态"])
    more.append(["P1", "存活"])
    book.save(FILES / "sheets.xlsx")


def off_the_corner():
    """The table begins at D5, with titles above and a units row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    sheet["D2"] = "Invented cohort"
    for column, values in enumerate([["id", None, "P1", "P2"], ["PFS", "months", 3.5, 11.7], ["age", "years", 61, 48]]):
        for row, value in enumerate(values):
            sheet.cell(5 + row, 4 + column, value)
    book.save(FILES / "off_the_corner.xlsx")


def far_cell():
    """A stray mark in the last cell that a sheet can have."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    for row in [["id", "age"], ["P1", 61], ["P2", 48], ["P3", 70]]:
        sheet.append(row)
    sheet["XFD1048576"] = "stray"
    book.save(FILES / "far_cell.xlsx")


def bad():
    book = openpyxl.Workbook()
    book.save(FILES / "empty.xlsx")
    book.active.append(["id", "age"])
    book.save(FILES / "headings_only.xlsx")
    plain = io.BytesIO()
    book.active.append(["P1", 61])
    book.save(plain)
    with open(FILES / "password.xlsx", "wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", out)
    with zipfile.ZipFile(FILES / "letter.docx", "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", "<document/>")
    with zipfile.ZipFile(FILES / "password.ods", "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", b"\x8f\x12\x00")
        out.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml">'
            '<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>',
        )


def long_strings_xls():
    """A table of shared strings that runs over many records, cut within characters of both widths."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, "id")
    sheet.write(0, 1, "note")
    sheet.write_merge(1, 2, 0, 0, "P1")
    for row in range(40):
        if row > 1:
            sheet.write(row + 1, 0, f"P{row + 1}")
        sheet.write(row + 1, 1, f"{row}:" + ("ab病" if row % 2 else "abc") * 400)
    book.save(FILES / "long_strings.xls")


for make in [
    every_kind_xlsx, every_kind_xls, every_kind_ods, repeated_ods, dates_1900, dates_1904, times_of_day, formulas,
    inline_strings, merged_cells, sheets, off_the_corner, far_cell, bad, long_strings_xls,
]:
    make()
