#!/usr/bin/env python3
"""AdamW with moments in 8 bits beside bitsandbytes' blockwise algorithm in numpy, step by step.
    compare_adamw_8bit.py ADAMW_8BIT_STEPS
77 where there is no numpy.
"""
import subprocess
import sys

try:
    import numpy as np
except ImportError as problem:
    print(f"skipped: {problem}; scripts/make-venv engine-test installs it")
    sys.exit(77)

BLOCK, RATE, DECAY, BETA1, BETA2, EPSILON, SCALE = 256, 0.01, 0.1, 0.9, 0.999, 1e-8, 0.5


def dynamic_map(signed):
    """bitsandbytes.functional.create_dynamic_map with its defaults."""
    data = [0.0, 1.0]
    for i in range(7):
        items = 2 ** i + 1 if signed else 2 ** (i + 1) + 1
        boundaries = np.linspace(0.1, 1, items)
        means = (boundaries[:-1] + boundaries[1:]) / 2
        data += list(10.0 ** (i - 6) * means)
        if signed:
            data += list(-10.0 ** (i - 6) * means)
    assert len(data) == 256
    return np.sort(np.array(data, dtype=np.float32))


def quantised(values, book, keeps_sign):
    largest = np.abs(values).max()
    shares = values / largest if largest > 0 else values
    codes = np.abs(shares[:, None] - book[None, :]).argmin(1)
    if keeps_sign:
        other = np.signbit(book[codes]) != np.signbit(shares)
        codes = np.where(other, np.where(shares > 0, codes + 1, codes - 1), codes)
    return codes, largest


def steps(elements, count):
    numbers = np.arange(elements)
    weight = np.cos(numbers.astype(np.float64))
    books = dynamic_map(True), dynamic_map(False)
    codes = [np.full(elements, int(np.abs(book).argmin())) for book in books]
    scales = [np.zeros(elements), np.zeros(elements)]
    for step in range(1, count + 1):
        gradient = SCALE * np.sin(0.37 * numbers + step) * np.exp(-1e-3 * numbers)
        first = books[0][codes[0]] * scales[0] * BETA1 + (1 - BETA1) * gradient
        second = books[1][codes[1]] * scales[1] * BETA2 + (1 - BETA2) * gradient ** 2
        root = np.sqrt(1 - BETA2 ** step)
        weight += -RATE * root / (1 - BETA1 ** step) * first / (np.sqrt(second) + root * EPSILON)
        weight *= 1 - RATE * DECAY
        for begin in range(0, elements, BLOCK):
            block = slice(begin, begin + BLOCK)
            for k, values in enumerate((first, second)):
                codes[k][block], scales[k][block] = quantised(values[block], books[k], k == 0)
    return weight


def main(program):
    for elements, count in ((256, 1), (700, 3), (5000, 20)):
        done = subprocess.run([program, str(elements), str(count)], capture_output=True, text=True, check=True)
        found = np.array([float(line) for line in done.stdout.split()])
        apart = np.abs(found - steps(elements, count))
        # A number that lies in the middle of two codes may be rounded to either.
        print(f"{elements} elements, {count} steps: {apart.max():.1e} at most, {(apart > 1e-6).sum()} above 1e-6")
        assert len(found) == elements
        assert (apart > 1e-6).sum() <= elements / 200, apart
        assert apart.max() < 2e-2 * RATE * count + 1e-6, apart.max()


if __name__ == "__main__":
    main(sys.argv[1])
