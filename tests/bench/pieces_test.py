"""A piece that is there is not made again, and one of other inputs is."""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/saving"))

from pieces import Pieces

with tempfile.TemporaryDirectory() as folder:
    made = []

    def make(result):
        return lambda: made.append(result) or {"result": result}

    def later_run():
        return Pieces(folder, say=lambda _: None)

    assert later_run().get("energy", {"rows": 5, "sizes": (1, 2)}, make(1)) == {"result": 1}
    assert later_run().get("energy", {"rows": 5, "sizes": (1, 2)}, make(2)) == {"result": 1}, "it was there"
    assert later_run().get("energy", {"rows": 6, "sizes": (1, 2)}, make(3)) == {"result": 3}, "of other rows"
    assert made == [1, 3], made

    def killed():
        raise KeyboardInterrupt

    try:
        later_run().get("energy", {"rows": 7}, killed)
    except KeyboardInterrupt:
        pass
    assert later_run().get("energy", {"rows": 6, "sizes": (1, 2)}, make(4)) == {"result": 3}, "a killed piece leaves the old"
