"""Faults to inject into requests, from a TOML file; the same seed gives the same faults.

```toml
seed = 1
[[faults]]
fault = "closed_after"      # one of FAULTS
method = "POST"             # only requests with this method
path = "*/entity/bulk*"     # and a path like this
share = 0.1                 # one in ten of them; or at = [1, 5]; or after = 10, times = 3
```
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from msgspec import Struct, field


class FaultsError(ValueError):
    """A mistake in a file of faults; the message names file, rule and key."""


class Fault(Struct, frozen=True):
    """A kind of fault: what it does, in a sentence, and its parameters with their defaults."""

    does: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    carried_out: bool = False


FAULTS: dict[str, Fault] = {
    "delay": Fault("Answers after `seconds`; carried out then.", {"seconds": 1.0}, True),
    "too_many_requests": Fault(
        "429 with `retry_after` (seconds, `date` or `absurd`; else none), not carried out.",
        {"retry_after": ""},
    ),
    "error_before": Fault("An error with `status`, not carried out.", {"status": 500}),
    "error_after": Fault("Carried out; then an error with `status`.", {"status": 500}, True),
    "closed_before": Fault("The connection is closed without an answer, not carried out."),
    "closed_after": Fault(
        "Carried out; then the connection is closed without an answer.", carried_out=True
    ),
    "half": Fault("Carried out; half of the answer, then the end.", carried_out=True),
    "late": Fault("Carried out; the answer comes after `seconds`.", {"seconds": 130.0}, True),
    "html": Fault(
        "A page with `status` instead of JSON; `carried_out` or not.",
        {"status": 200, "carried_out": False},
    ),
    "empty_400": Fault("400 without a body, not carried out."),
    "expired": Fault("401, as for a token that is no longer valid, not carried out."),
    "lagging_index": Fault(
        "What is created is found by a search after `seconds`; by its guid at once.",
        {"seconds": 1.0},
        carried_out=True,
    ),
}

_RULE: dict[str, tuple[type, ...]] = {
    "fault": (str,),
    "method": (str,),
    "path": (str,),
    "share": (int, float),
    "at": (list,),
    "after": (int,),
    "times": (int,),
}
"""The keys that every rule may have, and their types."""


class Rule(Struct, frozen=True):
    """Which requests get a fault, and its parameters; without share, at and after all of them."""

    fault: str
    method: str = "*"
    path: str = "*"
    share: float | None = None
    at: tuple[int, ...] = ()
    after: int = 0
    times: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def carried_out(self) -> bool:
        """Whether the request reaches the API."""
        return bool(self.parameters.get("carried_out", FAULTS[self.fault].carried_out))

    def matches(self, method: str, path: str) -> bool:
        """Return whether the rule applies to such requests."""
        return fnmatchcase(method, self.method.upper()) and fnmatchcase(path, self.path)


class Counter(Struct):
    """How many requests a rule matched and how many of these got its fault, and its own dice."""

    dice: random.Random
    matched: int = 0
    struck: int = 0


class Faults:
    """Rules with their counters; the first rule that is due wins, and all of them count."""

    def __init__(self, rules: Sequence[Rule], seed: int = 0) -> None:
        self.rules = rules
        self._counters = [Counter(random.Random(seed + no)) for no in range(len(rules))]  # noqa: S311

    def strike(self, method: str, path: str) -> Rule | None:
        """Return the rule whose fault the next request gets, None for no fault."""
        found = None
        for rule, counter in zip(self.rules, self._counters, strict=True):
            if rule.matches(method, path) and _due(rule, counter) and found is None:
                found = rule
                counter.struck += 1
        return found


def _due(rule: Rule, counter: Counter) -> bool:
    """Count a request and return whether it gets the fault of the rule."""
    counter.matched += 1
    thrown = counter.dice.random()
    if rule.times is not None and counter.struck >= rule.times:
        return False
    if rule.share is not None:
        return thrown < rule.share
    return counter.matched in rule.at if rule.at else counter.matched > rule.after


def load_faults(path: Path) -> Faults:
    """Read a file of faults. Raises FaultsError."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FaultsError(f"{path}: {getattr(error, 'strerror', None) or error}.") from None
    unknown = raw.keys() - {"seed", "faults"}
    seed, rules = raw.get("seed", 0), raw.get("faults", [])
    if unknown or type(seed) is not int or not isinstance(rules, list):
        name = next(iter(sorted(unknown)), "seed" if type(seed) is not int else "faults")
        raise FaultsError(f"{path}: {name}: a file has a whole number `seed` and [[faults]].")
    return Faults([_rule(path, no, rule) for no, rule in enumerate(rules, 1)], seed)


def _rule(path: Path, no: int, raw: Any) -> Rule:
    for key, words in _mistakes(raw):
        raise FaultsError(f"{path}: faults, number {no}: {key}: {words}.")
    parameters = {**FAULTS[raw["fault"]].parameters, **raw}
    own = {key: parameters.pop(key) for key in _RULE.keys() & parameters.keys()}
    return Rule(**{**own, "at": tuple(own.get("at", ()))}, parameters=parameters)


def _mistakes(raw: Any) -> Iterator[tuple[str, str]]:
    """Yield (key, what is wrong with it) for a rule as the file has it."""
    fault = raw.get("fault") if isinstance(raw, dict) else None
    if not isinstance(fault, str) or fault not in FAULTS:
        yield "fault", f"there is no such fault; there are: {', '.join(FAULTS)}"
        return
    known = _RULE | {key: _types(value) for key, value in FAULTS[fault].parameters.items()}
    for key, value in raw.items():
        if key not in known:
            yield key, f"{fault} has no such key; it has: {', '.join(known)}"
        elif type(value) not in known[key] or (key == "share" and not 0 <= value <= 1):
            yield key, f"`{value}` cannot be used"
    when = [key for key in ("share", "at", "after") if key in raw]
    if len(when) > 1:
        yield when[1], f"say either this or {when[0]}"


def _types(default: Any) -> tuple[type, ...]:
    """Return the types of a parameter: that of its default; for an empty text numbers too."""
    if isinstance(default, bool):
        return (bool,)
    return (int, float, str) if default == "" else (int, float)
