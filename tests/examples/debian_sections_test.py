"""Tests of examples/debian-sections, run by ctest: python3 debian_sections_test.py"""

import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples/debian-sections"
sys.path.insert(0, str(EXAMPLE))
sys.dont_write_bytecode = True
import near_duplicates  # noqa: E402
import prepare  # noqa: E402

SECTIONS = ["admin", "doc", "games", "java", "libs", "math", "net", "perl", "python", "universe/utils", "tiny"]


def dump(packages):
    """As `apt-cache dumpavail` prints packages of name, section and description."""
    return "\n".join(
        f"Package: {name}\nVersion: 1\nDescription: {text}\nTag: a::b,\n c::d\nSection: {section}\n"
        for name, section, text in packages
    )


def many_packages():
    """2,500 packages in ten sections and a small one, among them exact and near duplicates."""
    draw = random.Random(1)
    syllables = "ka mo ri tu ne so la pi zu be".split()

    def word():
        return "".join(draw.choice(syllables) for _ in range(4))

    packages = []
    for i in range(2100):
        section = "tiny" if i < 9 else SECTIONS[i % 10]
        packages.append((f"p{i}", section, " ".join(word() for _ in range(draw.randint(3, 9)))))
    for i in range(200):
        name, section, text = packages[100 + i]
        packages.append((f"exact{i}", section, text.upper() + " 2.0"))
        packages.append((f"near{i}", section, f"{text} {word()}"))
    packages.append(("contradictory", "admin" if packages[500][1] != "admin" else "doc", packages[500][2]))
    return packages


class Prepare(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.packages = self.folder / "packages"
        self.packages.write_text(dump(many_packages()))

    def run_prepare(self, *options, environment=None, status=0):
        command = [sys.executable, EXAMPLE / "prepare.py", *map(str, options)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def prepare(self, name, *options):
        output = self.folder / name
        self.run_prepare("--packages", self.packages, "--output", output, *options)
        return output

    def rows(self, output):
        return {
            split: [json.loads(line) for line in (output / f"{split}.jsonl").read_text().splitlines()]
            for split in ("train", "validation", "test")
        }

    def test_no_near_duplicate_crosses_a_split(self):
        splits = self.rows(self.prepare("data"))
        placed = [(near_duplicates.shingles(row["text"]), split) for split, rows in splits.items() for row in rows]
        alike = 0
        for i, (a, split) in enumerate(placed):
            for b, other in placed[:i]:
                if near_duplicates.similarity(a, b) >= prepare.NEAR:
                    alike += 1
                    self.assertEqual(split, other)
        self.assertGreater(alike, 100)

    def test_each_text_is_there_once_and_under_one_label(self):
        output = self.prepare("data")
        rows = [row for rows in self.rows(output).values() for row in rows]
        texts = collections.Counter(prepare.letters_of(row["text"]) for row in rows)
        self.assertEqual(max(texts.values()), 1)
        report = json.loads((output / "report.json").read_text())
        self.assertEqual(report["removed"], {"exact_duplicates": 200, "same_text_in_several_sections": 2})
        self.assertEqual(len(rows), report["rows_of_the_largest_sections"] - 202)

    def test_labels_are_the_ten_largest_sections_without_their_archive_area(self):
        output = self.prepare("data")
        labels = {row["label"] for rows in self.rows(output).values() for row in rows}
        self.assertEqual(labels, {section.rsplit("/")[-1] for section in SECTIONS[:10]})

    def test_splits_have_their_shares(self):
        splits = self.rows(self.prepare("data"))
        total = sum(map(len, splits.values()))
        for name in ("validation", "test"):
            self.assertAlmostEqual(len(splits[name]) / total, 0.1, delta=0.005)

    def test_the_seed_decides(self):
        files = [(self.prepare(name, "--seed", seed) / "train.jsonl").read_bytes() for name, seed in
                 (("first", 3), ("again", 3), ("other", 4))]
        self.assertEqual(files[0], files[1])
        self.assertNotEqual(files[0], files[2])

    def test_rows_are_at_most_as_many_as_asked_for(self):
        splits = self.rows(self.prepare("data", "--rows", 500))
        self.assertEqual(sum(map(len, splits.values())), 500)

    def test_files_are_replaced_whole(self):
        output = self.prepare("data")
        self.prepare("data", "--rows", 300)
        self.assertEqual(sorted(path.name for path in output.iterdir()),
                         ["report.json", "test.jsonl", "train.jsonl", "validation.jsonl"])
        self.assertEqual(sum(map(len, self.rows(output).values())), 300)

    def test_a_file_that_lists_too_few_packages_is_an_error(self):
        few = self.folder / "few"
        few.write_text("Package: a\nnonsense\n\n\n: \nSection: libs\nDescription: b\n")
        done = self.run_prepare("--packages", few, "--output", self.folder / "data", status=1)
        self.assertIn("few: 0 packages of the 10 largest sections, where 2000 are needed", done.stderr)
        self.assertFalse((self.folder / "data").exists())

    def test_a_place_that_cannot_be_written_to_is_an_error(self):
        done = self.run_prepare("--generated", "--rows", 100, "--output", self.packages / "below", status=1)
        self.assertIn(str(self.packages), done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_without_apt_texts_are_made_up_and_it_is_said_loudly(self):
        output = self.folder / "data"
        done = self.run_prepare("--output", output, "--rows", 400, environment=dict(os.environ, PATH="/nowhere"))
        self.assertIn("WARNING: apt knows 0 packages", done.stderr)
        self.assertIn("texts are GENERATED", done.stderr)
        self.assertIn("say nothing about real text", done.stdout)
        self.assertEqual(json.loads((output / "report.json").read_text())["source"], "generated")
        rows = self.rows(output)
        self.assertEqual([len(rows[name]) for name in ("train", "validation", "test")], [320, 40, 40])

    def test_the_label_of_a_made_up_text_is_the_kind_of_what_is_made(self):
        rows = prepare.generated_texts.generated_rows(2000, 0)
        self.assertEqual(len({row["text"] for row in rows}), 2000)
        kinds = {thing: kind for kind, things in prepare.generated_texts.THINGS.items() for thing in things}
        named_first = 0
        for row in rows:
            found = [kinds[word.strip(",:")] for word in row["text"].split() if word.strip(",:") in kinds]
            self.assertEqual(len(found), 2, row)
            self.assertIn(row["label"], found)
            named_first += row["label"] == found[0]
        self.assertTrue(600 < named_first < 1400, named_first)  # the place in the text does not tell


if __name__ == "__main__":
    unittest.main()
