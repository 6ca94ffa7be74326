"""Which texts are nearly the same: exact Jaccard similarity of sets of shingles, found without comparing all pairs.

A text's shingles are its words and its pairs of neighbouring words, in small letters. Candidates come from the prefix
filter of Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning" (ICDE 2006): two
sets that are alike to a share t must share one of the first n - ceil(t n) + 1 of their n elements, the rarest first.
"""

import collections
import math
import re

WORD = re.compile(r"[^\W_]+")


def shingles(text):
    words = WORD.findall(text.lower())
    return set(words) | {f"{a} {b}" for a, b in zip(words, words[1:])}


def similarity(a, b):
    """Jaccard's: the share of all shingles of two sets that both have."""
    return len(a & b) / len(a | b) if a or b else 1.0


def near_pairs(texts, threshold):
    """The pairs (i, j) of texts, i > j in no particular order, whose similarity is `threshold` or more."""
    sets = [shingles(text) for text in texts]
    counts = collections.Counter(shingle for one in sets for shingle in one)
    index = collections.defaultdict(list)
    pairs = []
    for i in sorted(range(len(sets)), key=lambda i: (len(sets[i]), i)):
        size = len(sets[i])
        if size == 0:
            continue
        rarest = sorted(sets[i], key=lambda shingle: (counts[shingle], shingle))
        candidates = set()
        for shingle in rarest[: size - math.ceil(threshold * size) + 1]:
            candidates.update(index[shingle])
            index[shingle].append(i)
        for j in sorted(candidates):
            if len(sets[j]) >= threshold * size and similarity(sets[i], sets[j]) >= threshold:
                pairs.append((i, j))
    return pairs


def groups(count, pairs):
    """The texts 0 .. count-1 in groups, such that the two of each pair are in one: lists of ascending numbers."""
    parents = list(range(count))

    def root(i):
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for i, j in pairs:
        a, b = root(i), root(j)
        parents[max(a, b)] = min(a, b)
    found = collections.defaultdict(list)
    for i in range(count):
        found[root(i)].append(i)
    return list(found.values())
