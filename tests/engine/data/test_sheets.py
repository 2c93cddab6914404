"""Tables as programs write them, each by the library itself, in every usual encoding and with all around them."""

import csv
import gzip
import io
import pickle
import zipfile
from importlib import import_module
from pathlib import Path

import numpy as np
import polars
import pytest

from engine import InputError
from engine.data.sheets import read_sheet

pd = pytest.importorskip("pandas")
IRIS = pd.DataFrame({"length": [5.1, 4.9, 6.2, 5.9], "width": [3.5, 3.0, 2.9, 3.0], "species": ["a", "a", "b", "b"]})
NAMES, CELLS = (
    ("length", "width", "species"),
    (("5.1", "4.9", "6.2", "5.9"), ("3.5", "3.0", "2.9", "3.0"), tuple("aabb")),
)


def frame(*, named=True, encoding="utf-8", **how):
    held = io.BytesIO()
    (IRIS if named else IRIS.set_axis(range(3), axis=1)).to_csv(held, encoding=encoding, **how)
    return held.getvalue()


def excel(**how):
    pytest.importorskip("openpyxl")
    held = io.BytesIO()
    IRIS.to_excel(held, **how)
    return held.getvalue()


def dialect(name):
    held = io.StringIO(newline="")
    csv.writer(held, name).writerows([NAMES, *zip(*CELLS, strict=True)])
    return held.getvalue().encode()


def savetxt(**how):
    held = io.BytesIO()
    np.savetxt(held, IRIS.to_numpy(str), fmt="%s", **how)
    return held.getvalue()


def written(write, **how):
    held = io.BytesIO()
    write(held, **how)
    return held.getvalue()


def two_lines():
    return pd.concat({"flower": IRIS[["length", "width"]], "kind": IRIS[["species"]]}, axis=1)


def r_rows(sign, name="{}"):
    """Rows as `write.table` of R writes them: texts in quotes, and the name of each row in front."""
    rows = zip(*CELLS[:2], [f'"{cell}"' for cell in CELLS[2]], strict=True)
    return "\n".join(sign.join((f'"{name.format(i)}"', *row)) for i, row in enumerate(rows, 1)).encode()


def workbook(*rows):
    book = pytest.importorskip("openpyxl").Workbook()
    for row in rows:
        book.active.append(row)
    return written(book.save)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def markdown():
    rows = [NAMES, ("---", ":---:", "---:"), *zip(*CELLS, strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows).encode()


def by_arrow():
    held = io.BytesIO()
    import_module("pyarrow.csv").write_csv(import_module("pyarrow").Table.from_pandas(IRIS), held)
    return held.getvalue()


PLAIN = frame(index=False)
FILES = {
    "pandas": PLAIN,
    "with index": frame(),
    "TSV": frame(index=False, sep="\t"),
    "semicolons": frame(index=False, sep=";"),
    "pipes": frame(index=False, sep="|"),
    "all quoted": frame(index=False, quoting=csv.QUOTE_ALL),
    "CRLF": frame(index=False, lineterminator="\r\n"),
    "BOM": frame(index=False, encoding="utf-8-sig"),
    "UTF-16": frame(index=False, encoding="utf-16", sep="\t"),
    "UTF-16 without a mark": frame(index=False, encoding="utf-16-le", sep="\t"),
    "Excel": excel(index=False),
    "Excel with index": excel(),
    "csv of excel": dialect("excel"),
    "csv of excel-tab": dialect("excel-tab"),
    "csv of unix": dialect("unix"),
    "sep=": b"sep=;\n" + frame(index=False, sep=";"),
    "comments": b"# from the field\n# twice\n" + PLAIN,
    "trailing commas": PLAIN.replace(b"\n", b",\n"),
    "empty rows": PLAIN + b"\n\n,,\n",
    "blanks": PLAIN.replace(b",", b"   "),
    "savetxt": savetxt(delimiter=",", header=",".join(NAMES), comments=""),
    "gzip": gzip.compress(PLAIN, mtime=0),
    "zip": zipped({"iris.csv": PLAIN, "about.md": b"# Iris"}),
    "Markdown": markdown(),
    "pyarrow": by_arrow(),
    "printed": IRIS.to_string().encode(),
    "printed without index": IRIS.to_string(index=False).encode(),
    "a title": b"Flowers of 1936\n\n" + PLAIN,
    "a title with commas": b"Flowers of 1936,,\n,,\n" + PLAIN,
    "trailing commas in rows alone": PLAIN.replace(b"\n", b",\n").replace(b"species,", b"species"),
    "an empty first column": b"\n".join(b"," + row for row in PLAIN.split()),
    "blanks around": PLAIN.replace(b",", b" , "),
    "R": b'"","length","width","species"\n' + r_rows(","),
    "R without the name of the row names": b'"length","width","species"\n' + r_rows(","),
    "R write.table": b'"length" "width" "species"\n' + r_rows(" "),
    "R with names of rows": b'"length" "width" "species"\n' + r_rows(" ", "Mazda RX{}"),
    "index of names": frame(index_label="sample"),
    "index of dates": IRIS.set_index(pd.date_range("2020-01-01", periods=4)).to_csv().encode(),
    "decimal commas": frame(index=False, decimal=","),
    "two lines of header": two_lines().to_csv(index=False).encode(),
    "Excel with a merged header": written(two_lines().to_excel),
    "Excel off the corner": excel(index=False, startrow=3, startcol=2),
    "units below the names": PLAIN.replace(b"species\n", b"species\ncm,cm,\n"),
    "savetxt with a header": savetxt(delimiter=",", header="by me\n" + ",".join(NAMES), footer="end"),
    "savetxt of blanks": savetxt(header=" ".join(NAMES)),
    "savetxt of MATLAB": savetxt(delimiter="\t", header="\t".join(NAMES), comments="% "),
    "UTF-16 of big ends": b"\xfe\xff" + frame(index=False, encoding="utf-16-be"),
    "UTF-16 of big ends without a mark": frame(index=False, encoding="utf-16-be"),
    "UTF-32": frame(index=False, encoding="utf-32"),
    "Julia": b"length\twidth\tspecies\n" + frame(index=False, header=False, sep="\t"),
}
BY_POLARS = polars.DataFrame(IRIS.to_dict("list"))
FILES |= {
    "polars": BY_POLARS.write_csv().encode(),
    "polars with a mark": BY_POLARS.write_csv(include_bom=True, quote_style="always").encode(),
    "polars with tabs": BY_POLARS.write_csv(separator="\t").encode(),
}
REMARKS = {  # beside that on a column that counts
    "only names": ("R with names of rows", "index of dates"),
    "take up 2 lines": ("two lines of header", "Excel with a merged header", "units below the names"),
    "Lines that begin with #": ("comments", "savetxt with a header"),
}
COUNTED = ("with index", "Excel with index", "Excel with a merged header", "printed", "R", "index of names")
COUNTED += ("R without the name of the row names", "R write.table")


@pytest.mark.parametrize("name", FILES)
def test_the_same_table_comes_in(name):
    sheet = read_sheet(FILES[name], "iris.csv")
    assert [each.split()[-1] for each in sheet.names] == [*NAMES[:2], "species"] or name == "units below the names"
    numbers = [[float(cell.replace(",", ".")) for cell in cells] for cells in sheet.cells[:2]]
    assert numbers == [list(map(float, cells)) for cells in CELLS[:2]]
    assert sheet.cells[2] == CELLS[2]
    said = " ".join(words.en for words in sheet.said)
    assert ("only numbers" in said) == (name in COUNTED)
    for words, names in REMARKS.items():
        assert (words in said) == (name in names)


@pytest.mark.parametrize(
    ("text", "encoding", "names"),
    [
        ("高度,体重,类别\n1,2,甲\n3,4,乙\n", "gbk", ("高度", "体重", "类别")),
        ("Größe;Höhe;y\n1;2;3\n4;5;6\n", "latin-1", ("Größe", "Höhe", "y")),
        ("身高,體重,y\n1,2,3\n4,5,6\n", "big5", ("身高", "體重", "y")),
    ],
)
def test_an_encoding_is_recognised_and_said(text, encoding, names):
    sheet = read_sheet(text.encode(encoding), "t.csv")
    assert sheet.names == names
    assert sheet.said[0].en.startswith("The text was read as ")


def test_errors_of_a_spreadsheet_are_gaps_and_no_comments():
    sheet = read_sheet(workbook(("a", "b", "y"), ("#DIV/0!", 2, 0), (3, 4, 1), ("#n/a", 6, 1)))
    assert sheet.cells == (("", "3", ""), ("2", "4", "6"), ("0", "1", "1"))


def test_a_name_over_several_columns_is_that_of_each():
    sheet = read_sheet(workbook(("inputs", None, "target"), ("a", "b", "y"), (1, 2, 0), (3, 4, 1)))
    assert sheet.names == ("inputs a", "inputs b", "target y")
    sheet = read_sheet(b",flower,,kind\n,length,width,species\n0,1,2,a\n1,3,4,b\n2,5,6,a\n")
    assert sheet.names == ("flower length", "flower width", "kind species")


def test_a_row_is_no_name_where_it_may_be_a_sample():
    assert read_sheet(b"kind,a\nx,u\ny,1\nx,2\n").cells[0] == ("x", "y", "x")
    assert read_sheet(b"a,b,y\n1,2,p\n3,4,q\n").names == ("a", "b", "y")


def test_rows_without_a_header_that_count_from_nought_are_told():
    rows = "".join(f"{i},{i / 8},{i % 2}\n" for i in range(6))
    sheet = read_sheet(rows.encode())
    assert (sheet.names, [words.en for words in sheet.said]) == (
        ("2", "3"),
        ["The column 1 only numbers the rows and was ignored."],
    )
    assert len(read_sheet(b"0,0,0\n1,1,1\n").names) == 3


def test_a_printed_matrix_and_columns_set_out_with_blanks_are_tables():
    assert read_sheet(b"X = np.array([[0.5, 1.],\n [2., 3.]])\n").cells == (("0.5", "2."), ("1.", "3."))
    autos = read_sheet(b'18.0   8   130.0\t"ford torino"\n15.0   8   ?\t"ford torino"\n')
    assert autos.cells == (("18.0", "15.0"), ("8", "8"), ("130.0", ""), ("ford torino", "ford torino"))


def test_an_infinite_number_makes_no_header():
    assert read_sheet(b"1,-Inf,0\n2,3,1\n").cells[1] == ("-Inf", "3")


def test_numeric_headers_and_a_count_on_top_are_no_samples():
    sheet = read_sheet(frame(named=False, index=False))
    assert (sheet.names, len(sheet.cells[0])) == (("0", "1", "2"), 4)
    top = read_sheet(b"4,2,setosa,virginica\n1,2,0\n3,4,1\n5,6,1\n7,8,0\n")
    assert (len(top.cells[0]), top.classes) == (4, ("setosa", "virginica"))
    assert "4, 2" in top.said[0].en
    numbers = read_sheet(b"1,2,0\n3,4,1\n")
    assert (numbers.names, numbers.cells[0]) == (("1", "2", "3"), ("1", "3"))


def test_gaps_are_empty_however_they_are_written():
    assert read_sheet(b"a,b\n1,NA\n?,2\nnan,3\n").cells == (("1", "", ""), ("", "2", "3"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<!DOCTYPE html><p>404", "t.csv: a web page"),
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "old Excel"),
        (b"a,b\n1,2,3\n1,2\n4,5\n", r"line 2 .*got: 3"),
        (b"", "an empty file"),
        (zipped({"train.csv": b"a,b", "test.csv": b"a,b"}), "zip archive of train.csv, test.csv"),
        (gzip.compress(PLAIN, mtime=0)[:40], "a gzip file"),
        (IRIS.to_json(orient="records").encode(), "t.csv: JSON"),
        (IRIS.to_json().encode(), "JSON"),
        (IRIS.to_html().encode(), "a web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (pickle.dumps(IRIS), "a Python pickle"),
        (b"PAR1" + bytes(99), "a Parquet file"),
        (b"SQLite format 3\0" + bytes(99), "SQLite database"),
        (b"% by me\n\n@RELATION iris\n@attribute a numeric\n@data\n1\n", r"CSVSaver.*Weka"),
        (IRIS.to_xml(parser="etree").encode(), r"read_xml.*XML"),
        (written(IRIS.to_stata), r"read_stata.*a Stata file"),
        (written(IRIS.to_stata, version=118), r"read_stata.*a Stata file"),
        (b"$FL2@(#) SPSS DATA FILE" + bytes(99), r"read_spss.*an SPSS file"),
        (gzip.compress(b"X\n\0\0\0\x03" + bytes(99)), r"write\.csv.*an R data file"),
        (b"structure(list(a = c(1, 2)), class = 'data.frame')\n", r"write\.csv.*an R listing"),
        (b"# by sklearn\n\n1 0:5.1 1:3.5\n0 0:4.9\n", r"load_svmlight_file.*LIBSVM"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED), "OpenDocument"),
        (b"X = [1 2; 3 4];\n", r"writematrix.*MATLAB"),
        (written(np.save, arr=np.ones((2, 2))), r"savetxt.*\.npy"),
        (workbook(("a", "y"), (1, 0), ("=A2+1", 1)), r"the formula in cell A3 has no value.*=A2\+1"),
        (b"  a  y\n0  1  0\n..  ..  ..\n9  1  0\n", "rows were omitted"),
        (b"length,width\n", "no rows below its header"),
        (b"\n\n# nothing\n", "not a table"),
        (b"PK\x03\x04xl/" + bytes(99), "not a table|cannot be"),
    ],
)
def test_what_is_no_table_is_told(data, told):
    with pytest.raises(InputError, match=told):
        read_sheet(data, "t.csv")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"[]," * 200_000, "too many columns", id="wide"),
        pytest.param(b"# " + b"x" * 150_000 + b",y\n1,2\n3,4\n", "not a table", id="long comment"),
        pytest.param(b"x" * 150_000 + b"  y\n1  2\n3  4\n", "not a table", id="long cell between blanks"),
    ],
)
def test_what_is_too_wide_or_too_long_is_told_before_it_is_looked_through(data, told):
    with pytest.raises(InputError, match=told):
        read_sheet(data)


@pytest.mark.parametrize("sign", "%$€")
def test_the_sign_of_a_unit_is_left_out_and_said(sign):
    cells = [f"{n}{sign}" if sign == "%" else f"{sign}{n}" for n in (5, 7.5, -2)]
    sheet = read_sheet("\n".join(["rate;y", *(f"{cell};{i}" for i, cell in enumerate(cells))]).encode())
    assert sheet.cells[0] == ("5", "7.5", "-2")
    assert [words.en for words in sheet.said] == [f"The sign {sign} was ignored in the numbers of rate."]


def test_a_first_row_of_data_is_no_header():
    rows = b"39, State-gov, 7, <=50K\n50, Private, 8, >50K\n38, State-gov, 9, <=50K\n"
    sheet = read_sheet(rows)
    assert (sheet.names, sheet.cells[3]) == (("1", "2", "3", "4"), ("<=50K", ">50K", "<=50K"))
    assert read_sheet(b"2021,kind\n1,a\n2,b\n").names == ("2021", "kind")


@pytest.mark.parametrize(
    ("name", "shape", "classes"),
    [
        ("iris.csv", (5, 150), 3),
        ("wine_data.csv", (14, 178), 3),
        ("breast_cancer.csv", (31, 569), 2),
        ("diabetes_data_raw.csv.gz", (10, 442), 0),
        ("digits.csv.gz", (65, 1797), 0),
    ],
)
def test_the_files_of_scikit_learn(name, shape, classes):
    folder = Path(import_module("sklearn.datasets").__file__).parent / "data"
    sheet = read_sheet((folder / name).read_bytes(), name)
    assert (len(sheet.names), len(sheet.cells[0])) == shape
    assert len(sheet.classes) == classes
