"""Tells 8-bit encodings apart by the words that they make of a text's bytes.

Every byte is a character in most of these encodings, so that a wrong one decodes without an error.
But under a wrong one the letters are those of no one language, capitals stand inside words, and
signs inside or beside letters where nobody writes them.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from importer.read.usual_signs import LETTER, weight

WESTERN = (
    "äöüß",  # German
    "àâæçèéêëîïôùûœÿ",  # French
    "áéíñóúü",  # Spanish
    "àáâãçéêíóôõúü",  # Portuguese
    "àèéìîòù",  # Italian
    "àçèéíïòóúü",  # Catalan
    "äåéö",  # Swedish, Finnish
    "åæéø",  # Danish, Norwegian
    "áæéíðóöúýþ",  # Icelandic
    "èéëïöü",  # Dutch
    "áéíóú",  # Irish
)
CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áäčďéíĺľňóôŕšťúýžěřů",  # Czech, Slovak
    "áéíóöúüőű",  # Hungarian
    "ćčđšž",  # Croatian, Slovene
    "âîăşţ",  # Romanian
    "äöüß",  # German
)
TURKISH = ("âçîöûüğışİ",)
CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
GREEK = ("αάβγδεέζηήθιίκλμνξοόπρσςτυύφχψωώ",)
HEBREW = ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)
BALTIC = ("ąčėęįšūųž", "āčēģīķļņšūž", "äõöüšž")  # Lithuanian, Latvian, Estonian

CANDIDATES = {
    "cp1252": (WESTERN, 0.0),
    "mac-roman": (WESTERN, 0.05),
    "cp850": (WESTERN, 0.1),
    "cp1251": (CYRILLIC, 0.0),
    "cp1250": (CENTRAL, 0.15),
    "cp1254": (TURKISH, 0.15),
    "cp1253": (GREEK, 0.05),
    "cp737": (GREEK, 0.15),
    "cp1255": (HEBREW, 0.0),
    "cp1257": (BALTIC, 0.32),
    "koi8-r": (CYRILLIC, 0.1),
    "cp866": (CYRILLIC, 0.1),
    "mac-cyrillic": (CYRILLIC, 0.05),
    "iso8859-2": (CENTRAL, 0.2),
    "iso8859-15": (WESTERN, 0.05),
    "cp852": (CENTRAL, 0.3),
    "mac-latin2": (CENTRAL, 0.4),
}
"""Encodings with their languages' letters, and what a rarer encoding is handicapped by."""

RARE = frozenset("îïûùõìòëÿœæôðþýŕďĺľ")
LONE = frozenset("àáéèöåôÀÉÅ")
SAMPLE = 1 << 13
LEAST = 0.35
MARGIN = 0.15
NON_ASCII = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(rf"{LETTER}+")
ODD_SHAPE = re.compile("lU|^UU+l")
ODD_LETTERS = re.compile("aá|á[ae]|^[бвгджзклмнпрстфхцчшщйь]{2,}$")
SIGN_AS_LETTER = re.compile(
    "^..+í(?:t|d|m|re|ve|ll)$|...sí$|^(?!(?:pa|par|an|lu|sol|as)ís$).+ís$"  # don’t, customers’
    "|^(?:[lcdmnstj]|qu)í[aeiouyh]..."  # l’exercice
    "|.[^itrlpjmv]à$"  # so on…
)
"""What the signs of a word, read in another encoding, make of it: `donít`."""

MIXED = re.compile("[A-Za-z][\u0370-\u04ff\u05d0-\u05ea]|[\u0370-\u04ff\u05d0-\u05ea][A-Za-z]")
"""Letters of two scripts in one word."""

UNIT = re.compile(r"\d[ \u00a0]?[^\W\d_\x00-\x7fµ][mglsAFVWCK]\b")
"""A letter where µ or ° would make a unit."""


class Guess(Struct, frozen=True):
    """The likeliest encoding of a text and the next after it, which reads it in other letters.

    `close` says that the other is nearly as likely.
    """

    encoding: str
    other: str
    close: bool


def likeliest(sample: bytes) -> Guess | None:
    """Return the encodings that fit a sample best, or None where none makes words of it."""
    texts = {codec: text for codec in CANDIDATES if (text := decoded(sample, codec)) is not None}
    scores = {codec: fit(text, *CANDIDATES[codec]) for codec, text in texts.items()}
    ranked = sorted(scores, key=lambda codec: -scores[codec])
    if not ranked or scores[ranked[0]] < LEAST:
        return None
    best = ranked[0]
    others = [codec for codec in ranked if texts[codec] != texts[best]]
    other = others[0] if others else ""
    close = bool(other) and scores[other] >= scores[best] - MARGIN
    mixed = MIXED.search(texts[best]) is not None
    return Guess(best, other if close else usual_mistake(best), close or mixed)


def usual_mistake(encoding: str) -> str:
    """Return the encoding for which this one is most often taken."""
    return "mac-roman" if encoding == "cp1252" else "cp1252"


def decoded(sample: bytes, codec: str) -> str | None:
    """Return the sample under the codec, None where a byte is no character in it."""
    try:
        text = sample[:SAMPLE].decode(codec)
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[\x80-\x9f]", text) else text


def fit(text: str, languages: tuple[str, ...], handicap: float) -> float:
    """Return how well the text's letters and signs make words of one language, at most 1."""
    words = Counter(word for word in WORD.findall(text) if not word.isascii())
    sizes = {word: len(NON_ASCII.findall(word)) for word in words}
    letters = sum(n * sizes[word] for word, n in words.items())
    odd = sum(n * sizes[word] for word, n in words.items() if is_odd(word))
    good = known_letters(words, languages)
    odd += len(UNIT.findall(text))
    signs = [sign for sign in NON_ASCII.finditer(text) if not WORD.match(sign[0])]
    usual = sum(weight(text, sign.start()) for sign in signs)
    total = letters + len(signs)
    return (2 * good - letters - odd + usual) / total - handicap if total else 0.0


def known_letters(words: Counter[str], languages: tuple[str, ...]) -> float:
    """Return how many of the words' letters beyond ASCII belong to the language that has most.

    A Latin text may be of several languages: letters that only the others have count for half.
    """
    latin = is_latin(languages[0])
    letters = usual_letters(words, languages if latin else ())
    best = max(known_in(letters, language) for language in languages)
    every = known_in(letters, "".join(languages)) if latin else best
    return (best + every) / 2


def usual_letters(words: Counter[str], latin: tuple[str, ...]) -> Counter[str]:
    """Count the letters beyond ASCII as words have them.

    Words of Latin languages hold ASCII letters too, or the letters of one language; others none.
    """
    found: Counter[str] = Counter()
    for word, count in words.items():
        letters = NON_ASCII.findall(word)
        usual = len(letters) < len(word) if latin else len(letters) == len(word) > 1
        if usual or (latin and (word in LONE or is_of_one(word.lower(), latin))):
            for letter in letters:
                found[letter] += count
    return found


def is_of_one(word: str, languages: tuple[str, ...]) -> bool:
    """Return whether a word of nothing but letters beyond ASCII is of one language: `żółć`."""
    return len(word) > 3 and any(set(word) <= set(language) for language in languages)


def known_in(letters: Counter[str], language: str) -> float:
    """Return how many of the letters the language has, rare ones for less."""
    known = (each for each in letters if each in language or each.lower() in language)
    return sum(letters[each] * (0.85 if each.lower() in RARE else 1) for each in known)


def is_latin(language: str) -> bool:
    """Return whether a language's letters are Latin ones, which stand among ASCII letters."""
    return language[0] < "\u0370"


def is_odd(word: str) -> bool:
    """Return whether a word has capitals inside, letters of two scripts, or no vowel."""
    shape = "".join("U" if letter.isupper() else "l" for letter in word)
    if MIXED.search(word):
        return True
    lower = word.lower()
    return bool(
        ODD_SHAPE.search(shape) or ODD_LETTERS.search(lower) or SIGN_AS_LETTER.search(lower)
    )
