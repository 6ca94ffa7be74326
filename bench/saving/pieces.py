"""Pieces of a long run, each kept as a JSON file: a run that was killed goes on with what is there."""

import hashlib
import json
import pathlib
import time


def digest(file):
    """Of a file's bytes: a piece made from other bytes is made again."""
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]


class Pieces:
    def __init__(self, folder, say=print):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.say = say

    def get(self, name, inputs, make):
        """What make() returned for these inputs, now or in an earlier run."""
        inputs = json.loads(json.dumps(inputs))
        file = self.folder / (name + ".json")
        if file.exists():
            kept = json.loads(file.read_text())
            if kept["inputs"] == inputs:
                self.say("%s: kept" % name)
                return kept["result"]
        self.say("%s ..." % name)
        begin = time.monotonic()
        result = json.loads(json.dumps(make()))
        seconds = time.monotonic() - begin
        write_whole(file, {"inputs": inputs, "result": result, "seconds": seconds})
        self.say("%s: %.0f s" % (name, seconds))
        return result


def write_whole(file, content):
    """The file is there as a whole or as it was before."""
    temporary = file.with_name(file.name + ".part")
    temporary.write_text(json.dumps(content, indent=1) + "\n")
    temporary.replace(file)
