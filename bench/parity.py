#!/usr/bin/env python3
"""The table of docs/BENCHMARKS.md, "Engine: parity": the largest differences of the engine's models from the reference's.

    parity.py MODEL_OUTPUTS [OUTPUT.json]

MODEL_OUTPUTS is the test program of that name (build/dev/bin/model_outputs); the Python is one with
requirements/engine-test.txt. The same comparison as the test, with 100 random models of each family instead of 12.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "engine" / "model"))

import compare_models

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    to_file = ["--json", sys.argv[2]] if len(sys.argv) == 3 else []
    sys.exit(compare_models.main([sys.argv[1], "--cases", "100", *to_file]))
