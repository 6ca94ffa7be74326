"""Texts for machines without apt: made up, with a rule that can be learnt and that counting words does not tell.

Each text names things of two of ten kinds, one of which is made from the other ("turns X into Y", "Y from X"). The
label is the kind of the thing that is made. Both orders occur, so that the same words may have either label.
"""

import random

THINGS = {
    "audio": "songs melodies drums voices chords podcasts samples tracks echoes tunes".split(),
    "chemistry": "molecules acids crystals isotopes polymers reagents enzymes alloys salts gases".split(),
    "fonts": "glyphs typefaces ligatures serifs letters scripts alphabets accents strokes kerning".split(),
    "games": "levels puzzles mazes quests cards dice boards players scores rounds".split(),
    "graphics": "images sketches photos icons textures shaders pixels posters diagrams paintings".split(),
    "maps": "roads rivers coastlines borders routes tiles terrains cities trails altitudes".split(),
    "math": "matrices integrals primes vectors graphs tensors equations proofs fractals sums".split(),
    "network": "packets sockets routers proxies tunnels streams headers peers gateways requests".split(),
    "storage": "disks partitions archives backups snapshots volumes blocks journals caches indexes".split(),
    "text": "essays poems sonnets chapters footnotes summaries quotes verses articles glossaries".split(),
}
MAKERS = "tool library daemon plugin module script program toolkit service wrapper".split()
MANNERS = "quickly safely slowly patiently cheaply carefully silently lazily exactly roughly".split()
PLACES = "desktops servers phones clusters laptops kiosks tablets classrooms studios labs".split()
SHAPES = [
    "{maker} that {manner} turns {source} into {made} on {place}",
    "{maker} that {manner} makes {made} out of {source} on {place}",
    "{made} from {source}, {manner}: a {maker} for {place}",
    "from {source} to {made}, {manner}: a {maker} for {place}",
    "{maker} for {place} which {manner} reads {source} and writes {made}",
    "{maker} for {place} which {manner} writes {made} after reading {source}",
]


def generated_rows(count, seed):
    """`count` rows of text and label, no text twice."""
    draw = random.Random(seed)
    kinds = sorted(THINGS)
    texts = {}
    while len(texts) < count:
        made, source = draw.sample(kinds, 2)
        text = draw.choice(SHAPES).format(
            maker=draw.choice(MAKERS),
            manner=draw.choice(MANNERS),
            place=draw.choice(PLACES),
            made=draw.choice(THINGS[made]),
            source=draw.choice(THINGS[source]),
        )
        texts.setdefault(text, made)
    return [{"text": text, "label": label} for text, label in texts.items()]
