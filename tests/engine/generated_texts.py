"""Texts that are hard on a tokenizer, the same for the same seed."""

import random

SPECIAL = ["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "<|endoftext|>", "[unused0]", "[unused]", "[ CLS ]", "[cls]"]
CODE = ["int ", "main", "(", ")", "{", "}", ";", "\n", "\r\n", "\t", "    ", "  ", " ", "return", "->", "==", "0x1F", "/*",
        "*/", "//", "'", "\"", "it's", "we'll", "I'M", "'re", "'d", "don't ", "_", "#include", "NULL", "char *p", "%s\\n",
        "::", "<<", "123", "3.14", "aVeryLongCamelCaseIdentifier", "snake_case_name", "\x0b", "\x0c"]
RANGES = {
    "ascii": [(0x20, 0x7E)],
    "control": [(0x00, 0x1F), (0x7F, 0xA0), (0x200B, 0x200F), (0x2028, 0x202F), (0xFFF0, 0xFFFF), (0xFEFF, 0xFEFF)],
    "latin": [(0xA0, 0x24F), (0x1E00, 0x1EFF)],
    "combining": [(0x300, 0x36F), (0x483, 0x489), (0x591, 0x5C7), (0x64B, 0x65F), (0x900, 0x94F), (0xE31, 0xE3A),
                  (0xF71, 0xF84), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0x302A, 0x302F),
                  (0x1D165, 0x1D172), (0x1E8D0, 0x1E8D6)],
    "greek": [(0x370, 0x3FF), (0x1F00, 0x1FFF)],
    "cyrillic": [(0x400, 0x52F)],
    "cjk": [(0x4E00, 0x9FFF), (0x3000, 0x30FF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2F800, 0x2FA1F),
            (0x3400, 0x4DBF)],
    "hangul": [(0x1100, 0x11FF), (0xAC00, 0xD7A3), (0xA960, 0xA97C), (0xD7B0, 0xD7FB)],
    "emoji": [(0x1F300, 0x1FAFF), (0x2600, 0x27BF), (0x1F1E6, 0x1F1FF), (0xFE00, 0xFE0F), (0x200D, 0x200D)],
    "symbols": [(0x2000, 0x2BFF), (0xFB00, 0xFFEF), (0x2460, 0x24FF), (0x1D400, 0x1D7FF), (0x2150, 0x218F)],
    "digits": [(0x30, 0x39), (0x660, 0x669), (0x966, 0x96F), (0xB2, 0xBE), (0x3007, 0x3007), (0x1D7CE, 0x1D7FF)],
    "indic": [(0x900, 0xDFF), (0xE00, 0xEFF), (0x1000, 0x109F)],
    "any": [(0x0, 0xD7FF), (0xE000, 0x10FFFF)],
    "planes": [(0x10000, 0x1FFFF), (0x20000, 0x2FFFF), (0x30000, 0x3FFFF), (0xE0000, 0xEFFFF), (0xF0000, 0x10FFFF)],
}


def characters(rng, kind, count):
    ranges = RANGES[kind]
    return "".join(chr(rng.randint(*rng.choice(ranges))) for _ in range(count))


def one_text(rng):
    """A few runs of one kind each, with blanks and tokens between them."""
    parts = []
    for _ in range(rng.randint(0, 10)):
        what = rng.random()
        if what < 0.25:
            parts.append("".join(rng.choice(CODE) for _ in range(rng.randint(1, 12))))
        elif what < 0.35:
            parts.append(rng.choice(["", " ", "  "]) + rng.choice(SPECIAL) + rng.choice(["", " ", "\t "]))
        elif what < 0.45:
            parts.append(rng.choice([" ", "\n", "\t", "\u00a0", "\u3000", "\u2003", "\x85"]) * rng.randint(1, 30))
        elif what < 0.48:
            parts.append(characters(rng, rng.choice(["ascii", "latin", "cjk"]), rng.randint(80, 400)))
        elif what < 0.52:
            parts.append(rng.choice("aZ9é漢") * rng.randint(90, 300))
        elif what < 0.62:  # marks on a letter, in any order
            parts.append(rng.choice("aeiouAU가が") + characters(rng, "combining", rng.randint(1, 5)))
        else:
            parts.append(characters(rng, rng.choice(list(RANGES)), rng.randint(1, 12)))
        if rng.random() < 0.4:
            parts.append(" ")
    return "".join(parts)


def texts(seed, count):
    rng = random.Random(seed)
    fixed = ["", " ", "  ", "\n", "a", "'", "'s", "\u0300", "e\u0301", "\u0301", "[MASK]", "  [MASK]  ", "\0", "a\0b", "\ufffd"]
    return fixed[:count] + [one_text(rng) for _ in range(max(0, count - len(fixed)))]
