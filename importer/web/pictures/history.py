"""The last runs as bars: as high as they had rows, and each part as high as its share.

`tones` says which outcomes are `fine`, `wait`, `wrong` or `now`; any other is `quiet`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from importer.web.pictures.picture import Picture, drawing, plural, safe

MOST = 30
WIDTH, GAP, HEIGHT, BASE = 14, 6, 72, 4
"""Of a bar, between two bars, of the highest bar, and of the line below, in pixels."""

THINNEST = 3
ORDER = ("fine", "now", "quiet", "wait", "wrong")
"""From the bottom of a bar to its top."""


class RunBar(Struct, frozen=True):
    """A run: what it is called, such as its day, and its rows by outcome."""

    name: str
    counts: Mapping[str, int]


def history_bars(runs: Sequence[RunBar], tones: Mapping[str, str]) -> Picture:
    """Return the last thirty of the runs, which are given from the earliest to the latest."""
    shown = runs[-MOST:]
    totals = [_by_tone(run, tones) for run in shown]
    highest = max((sum(total.values()) for total in totals), default=0) or 1
    bars = [
        _bar(place, run, total, highest)
        for place, (run, total) in enumerate(zip(shown, totals, strict=True))
    ]
    width = MOST * (WIDTH + GAP)
    line = f'<rect class="axis" x="0" y="{HEIGHT + BASE - 1}" width="{width}" height="1"/>'
    svg = drawing("history", width, HEIGHT + BASE, line + "".join(bars))
    return Picture(
        "picture", svg if shown else "", f"<figcaption>{_words(shown, totals)}</figcaption>"
    )


def _by_tone(run: RunBar, tones: Mapping[str, str]) -> Counter[str]:
    total: Counter[str] = Counter()
    for outcome, count in run.counts.items():
        total[tones.get(outcome) or "quiet"] += count
    return +total


def _bar(place: int, run: RunBar, total: Counter[str], highest: int) -> str:
    """Return the bar of a run; one without rows is a short stroke on the line."""
    x, y, drawn = place * (WIDTH + GAP), float(HEIGHT), []
    for tone, height in _heights(total, highest):
        y -= height
        drawn.append(_part(tone, x, y, height))
    said = f"{safe(run.name)}: {plural(total.total(), 'row')}"
    return f"<g><title>{said}</title>{''.join(drawn) or _part('quiet', x, HEIGHT - 1, 1)}</g>"


def _heights(total: Counter[str], highest: int) -> Iterator[tuple[str, float]]:
    """Yield how high each part is: as its share, and never too thin to be seen."""
    for tone in ORDER:
        if total[tone]:
            share = (HEIGHT - len(ORDER) * THINNEST) * total[tone] / highest
            yield tone, round(THINNEST + share, 2)


def _part(tone: str, x: int, y: float, height: float) -> str:
    return f'<rect class="{tone}" x="{x}" y="{y:g}" width="{WIDTH}" height="{height:g}"/>'


def _words(shown: Sequence[RunBar], totals: Sequence[Counter[str]]) -> str:
    if not shown:
        return "No run yet: the first one will stand here as a bar."
    good = sum(not (total["wait"] or total["wrong"]) for total in totals)
    last, total = safe(shown[-1].name), totals[-1]
    many = f"The last {len(shown)} runs, the latest at the right" if len(shown) > 1 else "One run"
    left = total["wait"] + total["wrong"]
    rest = f", {left:,} of them with something left to do" if left else ", nothing left to do"
    fine = f"{many}: {good} of {len(shown)} left nothing to do"
    return f"{fine}. {last}: {plural(total.total(), 'row')}{rest}."
