#!/usr/bin/env python3
"""Turngreen's reading of tables beside pyarrow's and Python's: MB/s, in turns within one run.

    data_readers.py BIN-FOLDER [OUTPUT.json]

BIN-FOLDER holds data_reader_speed; the Python is one with requirements/engine-test.txt. The rows are the C functions of
juliet in TURNGREEN_TEST_DATA (by default ../shared/data beside the repository), several times over. A megabyte is one
of the JSON Lines, whatever the format. Ours gives rows with a string each; pyarrow's are tables and make no Python
objects, which is its best case, unless "rows" is said; Python's json and csv make a dict or list of each row. Rows and
bytes are compared before any clock is read; the clock is that of the processor time of the process, all threads
together, which a busy machine disturbs least. Files lie in the page cache.
"""

import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import pyarrow as pa
from pyarrow import parquet

HERE = pathlib.Path(__file__).resolve().parent
ROUNDS = 9
TIMES = 4
COLUMNS = ["func", "label"]

# Each in a process of its own: begin, the work, end.
PEERS = {
    "jsonl": {
        "pyarrow": "from pyarrow import json\ndef read(f): return json.read_json(f, json.ReadOptions(use_threads=False), json.ParseOptions("
                             "explicit_schema=schema, unexpected_field_behavior='ignore'))",
        "Python's json": "import json\ndef read(f): return [json.loads(line) for line in open(f, encoding='utf-8')]",
    },
    "parquet": {
        "pyarrow": "from pyarrow import parquet\ndef read(f): return parquet.read_table(f, columns=['func', 'label'], use_threads=False)",
        "pyarrow, rows": "from pyarrow import parquet\ndef read(f): return parquet.read_table(f, columns=['func', 'label']).to_pylist()",
    },
    "csv": {
        "pyarrow": "from pyarrow import csv\ndef read(f): return csv.read_csv(f, csv.ReadOptions(use_threads=False), csv.ParseOptions("
                             "newlines_in_values=True), csv.ConvertOptions(include_columns=['func', 'label']))",
        "Python's csv": "import csv\ndef read(f): return list(csv.reader(open(f, encoding='utf-8', newline='')))",
    },
}
PROGRAM = """
import sys, time
import pyarrow
schema = pyarrow.schema([("func", pyarrow.string()), ("label", pyarrow.int64())])
%s
for _ in range(2):
    begin = time.process_time()
    rows = read(sys.argv[1])
    took = time.process_time() - begin
    count = len(rows)
    del rows
print(took, count)
"""


def write(folder):
    """The same rows in each format. Returns the bytes of the JSON Lines, the rows, the bytes of the texts."""
    data = pathlib.Path(os.environ.get("TURNGREEN_TEST_DATA", HERE.parents[0] / ".." / "shared" / "data"))
    lines = (data / "juliet" / "train.jsonl").read_text(encoding="utf-8") * TIMES
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    parquet.write_table(pa.Table.from_pylist(rows), folder / "rows.parquet", row_group_size=20000)
    with open(folder / "rows.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(list(rows[0]))
        writer.writerows(row.values() for row in rows)
    return len(lines.encode()), len(rows), sum(len(row["func"].encode()) for row in rows)


def ours(program, file):
    """Seconds of a round after one that warms up; what was read."""
    done = subprocess.run([program, file, *COLUMNS, "2"], capture_output=True, text=True, check=True)
    last = json.loads(done.stdout.splitlines()[-1])
    return last["seconds"], last["rows"], last["bytes"]


def theirs(program, file):
    done = subprocess.run([sys.executable, "-c", PROGRAM % program, file], capture_output=True, text=True, check=True)
    seconds, count = done.stdout.split()
    return float(seconds), int(count)


def main():
    program = pathlib.Path(sys.argv[1]) / "data_reader_speed"
    results = []
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        size, rows, text = write(folder)
        for ending, peers in PEERS.items():
            file = folder / ("rows." + ending)
            if ours(program, file)[1:] != (rows, text):
                sys.exit("rows differ; nothing was timed")
            for name, peer in peers.items():
                pairs = [(ours(program, file)[0], theirs(peer, file)[0]) for _ in range(ROUNDS)]
                ratios = [b / a for a, b in pairs]
                row = {"format": ending, "peer": name, "turngreen_mb_s": size / 1e6 / statistics.median(a for a, _ in pairs),
                       "peer_mb_s": size / 1e6 / statistics.median(b for _, b in pairs), "ratio": statistics.median(ratios),
                       "ratio_least": min(ratios), "ratio_most": max(ratios)}
                results.append(row)
                print("%(format)-8s %(turngreen_mb_s)7.0f MB/s, %(peer)-21s %(peer_mb_s)6.0f; %(ratio).2f times "
                      "(%(ratio_least).2f to %(ratio_most).2f)" % row, flush=True)
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
