#!/usr/bin/env python3
"""Writes the same rows in every format and type that a table may come in, for arrow_rows_test.cpp.

    write_tables.py FOLDER

KIND.VARIANT.ENDING holds what KIND.expected.jsonl holds. Ends with 77 where pyarrow is not there.
"""

import csv
import gzip
import io
import json
import pathlib
import random
import sys

try:
    import pyarrow as pa
    from pyarrow import feather, parquet
except ImportError:
    sys.exit(77)

ROWS = 3000
RANDOM = random.Random(5)
PIECES = ["int main()\n", "\"", "\"\"", ",", "\t", "\r\n", "é", "\U0001f600", " ", "x", "", "\\", "'"]
TEXTS = ["".join(RANDOM.choices(PIECES, k=RANDOM.randrange(0, 40))) for _ in range(ROWS)]


def some(choices, nulls=True):
    return [None if nulls and RANDOM.random() < 0.1 else RANDOM.choice(choices) for _ in range(ROWS)]


# kind: Arrow's type and the labels
LABELS = {
    "int8": (pa.int8(), some([-128, 0, 127])),
    "int16": (pa.int16(), some([-2**15, 5])),
    "int32": (pa.int32(), some([-2**31, 7])),
    "int64": (pa.int64(), some([-2**63, 2**63 - 1, 0])),
    "uint8": (pa.uint8(), some([0, 255])),
    "uint16": (pa.uint16(), some([0, 65535])),
    "uint32": (pa.uint32(), some([0, 2**32 - 1])),
    "uint64": (pa.uint64(), some([0, 2**64 - 1])),
    "float": (pa.float32(), some([0.5, -1.25])),
    "double": (pa.float64(), some([0.1, 1e300])),
    "truth": (pa.bool_(), some([True, False])),
    "string": (pa.string(), some(["a", "b", "é"])),
    "large_string": (pa.large_string(), some(["a", "b"])),
    "words": (pa.dictionary(pa.int8(), pa.string()), some(["a", "b"])),
    "numbers": (pa.dictionary(pa.int32(), pa.int64()), some([3, 4])),
    "nothing": (pa.null(), [None] * ROWS),
    "list": (pa.list_(pa.int64()), some([[0, 1], [], [1, 1, 0]])),
    "list_of_truth": (pa.large_list(pa.bool_()), some([[True], [False, True]])),
    "list_of_texts": (pa.list_(pa.string()), some([["a"], [], ["b", "a"]])),
    "list_of_size": (pa.list_(pa.float32(), 2), some([[0.5, 1.0], [0.0, 1.0]])),
}
# as what the texts are kept
TEXT_TYPES = {
    "string": pa.string(),
    "large": pa.large_string(),
    "view": pa.string_view(),
    "bytes": pa.binary(),
    "words": pa.dictionary(pa.int32(), pa.string()),
}


def table(label_type, labels, text_type=pa.string()):
    texts = pa.array([text.encode() for text in TEXTS] if pa.types.is_binary(text_type) else TEXTS)
    columns = {
        "before": pa.array([{"deep": [n]} for n in range(ROWS)]),
        "label": pa.array(labels, type=label_type),
        "text": texts.cast(text_type) if not pa.types.is_dictionary(text_type) else texts.dictionary_encode(),
        "after": pa.array([str(n) for n in range(ROWS)]),
    }
    return pa.table(columns)


def write_expected(folder, kind, labels):
    with open(folder / f"{kind}.expected.jsonl", "w", encoding="utf-8") as out:
        for text, label in zip(TEXTS, labels):
            out.write(json.dumps({"text": text, "label": label}) + "\n")


def write_arrow(folder, name, content, **options):
    ipc = pa.ipc.IpcWriteOptions(**options)
    with pa.ipc.new_file(str(folder / f"{name}.file.arrow"), content.schema, options=ipc) as out:
        out.write_table(content, max_chunksize=700)
    with pa.ipc.new_stream(str(folder / f"{name}.stream.arrow"), content.schema, options=ipc) as out:
        out.write_table(content, max_chunksize=700)


def write_columns(folder):
    for kind, (label_type, labels) in LABELS.items():
        write_expected(folder, kind, labels)
        content = table(label_type, labels)
        parquet.write_table(content, folder / f"{kind}.groups.parquet", row_group_size=900)
        write_arrow(folder, kind, content)
    kind, (label_type, labels) = "int64", LABELS["int64"]
    for name, text_type in TEXT_TYPES.items():
        content = table(label_type, labels, text_type)
        write_arrow(folder, f"{kind}.{name}", content)
        if name != "view":  # which Parquet's writer refuses
            parquet.write_table(content, folder / f"{kind}.{name}.parquet", row_group_size=900)
    content = table(label_type, labels)
    for compression in "none", "snappy", "gzip", "zstd", "brotli", "lz4":
        parquet.write_table(content, folder / f"{kind}.{compression}.parquet", compression=compression,
                            use_dictionary=False, data_page_version="2.0", data_page_size=4096)
    for compression in "lz4", "zstd":
        write_arrow(folder, f"{kind}.{compression}", content, compression=compression)
    feather.write_feather(content, str(folder / f"{kind}.two.feather"))
    empty = content.slice(0, 0)
    (folder / "empty.expected.jsonl").write_text("")
    parquet.write_table(empty, folder / "empty.rows.parquet")
    write_arrow(folder, "empty", empty)


def write_lines(folder):
    """As Python's own modules write them. CSV knows no null, and a lone CR ends a line of ours."""
    labels = [label or "none" for label in LABELS["string"][1]]
    write_expected(folder, "lines", labels)
    jsonl = (folder / "lines.expected.jsonl").read_bytes()
    half = len(jsonl) // 2
    (folder / "lines.members.jsonl.gz").write_bytes(gzip.compress(jsonl[:half]) + gzip.compress(jsonl[half:]))
    (folder / "lines.frame.jsonl.zst").write_bytes(pa.compress(jsonl, codec="zstd", asbytes=True))
    for ending, dialect in ("csv", "excel"), ("tsv", "excel-tab"), ("csv", "unix"):
        out = io.StringIO(newline="")
        writer = csv.writer(out, dialect=dialect)
        writer.writerow(["text", "n", "label"])
        writer.writerows([text, n, label] for n, (text, label) in enumerate(zip(TEXTS, labels)))
        content = out.getvalue().encode()
        (folder / f"lines.{dialect}.{ending}").write_bytes(content)
        (folder / f"lines.{dialect}-mark.{ending}.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + content))


def write_faulty(folder):
    """Names without a kind: the test knows what is wrong with them."""
    parquet.write_table(pa.table({"text": ["a", None, "c"], "label": [[1], [1], [None]]}), folder / "nulls.parquet")
    parquet.write_table(pa.table({"text": [1], "label": [pa.scalar(0, pa.timestamp("s"))]}), folder / "types.parquet")
    whole = (folder / "int64.groups.parquet").read_bytes()
    (folder / "cut.parquet").write_bytes(whole[:-100])
    (folder / "cut.arrow").write_bytes((folder / "int64.stream.arrow").read_bytes()[:-4000])


def main():
    folder = pathlib.Path(sys.argv[1])
    write_columns(folder)
    write_lines(folder)
    write_faulty(folder)


if __name__ == "__main__":
    main()
