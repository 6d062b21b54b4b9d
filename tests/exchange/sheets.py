"""Small spreadsheets made by hand for the tests: plain ones, and ones made to harm."""

import io
import zipfile
from xml.sax.saxutils import escape

_CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_NS = "http://schemas.openxmlformats.org"
_RELS = f"""<?xml version="1.0"?><Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1"
 Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_BOOK = f"""<?xml version="1.0"?><workbook xmlns="{_NS}/spreadsheetml/2006/main"
 xmlns:r="{_NS}/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_BOOK_RELS = f"""<?xml version="1.0"?><Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1"
 Type="{_NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""


def cell(reference, value):
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def row(number, *values):
    cells = (cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(values))
    return f'<row r="{number}">{"".join(cells)}</row>'


def book(*rows, padding=b""):
    """The bytes of a workbook whose only sheet has the given rows, with so many bytes of padding in it."""
    sheet = f"""<?xml version="1.0"?><worksheet xmlns="{_NS}/spreadsheetml/2006/main"><sheetData>{"".join(rows)}</sheetData>
</worksheet>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if padding:
            archive.writestr("xl/media/image1.bin", padding)
    return out.getvalue()
