"""What to do about a number with something beside it is said, unless it was done already."""

from __future__ import annotations

import pytest

from importer.mapping.conversion.number_hints import unit_hint


@pytest.mark.parametrize(
    ("text", "declared", "signs"),
    [
        ("€ 5", (), '"€"'),
        ("-€5", (), '"€"'),
        ("$1,250.00", ("€",), '"€", "$"'),
        ("US$ 5", (), '"US$"'),
        ("US$ 5", ("$",), '"$", "US$"'),
        ("5 €/m²", ("€",), '"€", "€/m²"'),
    ],
)
def test_the_sign_of_a_currency_is_to_be_declared_as_it_is_written(text, declared, signs):
    assert unit_hint(text, declared) == f": declare `currency = [{signs}]` for the column"


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("1.250 € netto", ("€",)),
        ("€€5", ("€",)),
        ("€", ()),
        ("5 kg", ()),
        ("n/a", ()),
        ("5 %", ("%",)),
        ("1.250 %", ()),
        ("%", ()),
        ("$" * 200 + "1", ()),
    ],
)
def test_nothing_is_said_of_what_is_declared_or_is_no_sign(text, declared):
    assert unit_hint(text, declared) == ""


def test_a_percentage_may_mean_two_numbers():
    assert unit_hint("0.5 %", ()) == (
        ': write 0.5 or 0.005, or declare `currency = ["%"]`, which leaves the sign out'
    )
