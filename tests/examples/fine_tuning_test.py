"""What examples/debian-sections/run leaves and says, on few rows; 77 where it cannot run: fine_tuning_test.py TURNGREEN"""

import json
import pathlib
import subprocess
import sys
import tempfile

RUN = pathlib.Path(__file__).resolve().parents[2] / "examples/debian-sections/run"
ROWS = 600
TIME = "30s"


def main(turngreen):
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "fine-tuned"
        done = subprocess.run([RUN, turngreen, output, str(ROWS), TIME], stdout=subprocess.PIPE, text=True)
        print(done.stdout)
        if done.returncode != 0:
            return done.returncode

        splits = json.loads((output / "data/report.json").read_text())["splits"]
        labels = set(splits["train"]["labels"])
        assert sum(split["rows"] for split in splits.values()) == ROWS, splits

        tuning = json.loads((output / "tuning.json").read_text())
        assert tuning["baseline_j"] > 0, tuning
        assert any(trial["status"] == "completed" for trial in tuning["trials"]), tuning["trials"]
        assert (output / "model/config.json").exists()
        assert "<html" in (output / "report.html").read_text()

        metrics = json.loads((output / "metrics.json").read_text())
        assert metrics["rows"] == splits["test"]["rows"], metrics
        assert 0 <= metrics["f1_macro"] <= 1, metrics

        asked = done.stdout.splitlines()[-1]
        assert any(f"the model says {label}. It is in" in asked for label in labels), asked
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
