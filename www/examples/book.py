"""What the workbooks of the examples have in common."""

import datetime


def add_sheet(book, title, headings, rows):
    sheet = book.create_sheet(title)
    for row in [headings, *rows]:
        sheet.append(row)


def finish(book):
    """Dates are written as dates, columns are as wide as their cells, and the patients stay in view."""
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, datetime.date):
                    cell.number_format = "yyyy-mm-dd"
        for column in sheet.columns:
            widest = max(len(str(cell.value or "")[:24]) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = 2 + widest
        sheet.freeze_panes = "B2"
    book.properties.creator = "oncurve"
    book.properties.title = "Synthetic patients for trying oncurve; no real person"
