"""A long list that is divided gives what a short one gives, and is refused for the same."""

import io
import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.targets.body import BodyTooLarge, NotJson
from importer.targets.shape import WrongShape, demand
from importer.targets.trebellar import divide as module
from importer.targets.trebellar.decode import AssetsInMemory, live_assets
from importer.targets.trebellar.divide import divide
from importer.targets.trebellar.on_disk import AssetsOnDisk
from importer.targets.trebellar.shapes import shape_of
from importer.targets.trebellar.vocabulary import ASSETS

TEXT = st.text(alphabet='"\\{}[]:,ab é😀\0', max_size=6) | st.just('"children":[{')
NAME = st.sampled_from(["children", "data", "id", "x"]) | TEXT
NUMBER = st.sampled_from([0, 2**63, 2**64, 10**30, -(2**63), 1.5, 1e300])
VALUE = st.recursive(
    TEXT | NUMBER | st.sampled_from([True, None]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAME, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.fixed_dictionaries(
    {"type": st.sampled_from(["STRUCTURE", "FLOOR", "DESK", "ROOT"]), "label": TEXT},
    optional={"dynamicProperties": VALUE, "assetTags": VALUE, "other": VALUE},
)
SHAPE = st.recursive(
    st.tuples(FIELDS, st.just(())),
    lambda below: st.tuples(FIELDS, st.lists(below, max_size=3)),
    max_leaves=8,
)
BROKEN = [b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"0", b" ", b"\v", b"\xff", b"{}", b""]


def asset(shape, ids):
    fields, below = shape
    own = {"id": f"i{next(ids)}"}
    children = {"children": [asset(one, ids) for one in below]} if below != () else {}
    return {**own, **fields, **children} if len(fields) % 2 else {**children, **fields, **own}


def written(answer, *, ascii_only):
    return json.dumps(answer, ensure_ascii=ascii_only, indent=1 if ascii_only else None).encode()


LISTS = st.builds(
    lambda shapes, more, ascii_only: written(
        {"success": True, "data": list(map(asset, shapes, [iter(range(999))] * 99)), **more},
        ascii_only=ascii_only,
    ),
    st.lists(SHAPE, max_size=3),
    st.dictionaries(st.just("more"), VALUE),
    st.booleans(),
)


@pytest.fixture(params=[1, 7, 1 << 20])
def _window(request, monkeypatch):
    monkeypatch.setattr(module, "WINDOW", request.param)


def whole(text):
    """What a short list gives; None where it is refused."""
    try:
        body = orjson.loads(text)
        demand(shape_of("GET", ASSETS), body)
    except (orjson.JSONDecodeError, WrongShape):
        return None
    return list(live_assets(AssetsInMemory.of(body["data"]), lambda _id: None))


def divided(text):
    try:
        assets = AssetsOnDisk.of(io.BytesIO(text))
    except (NotJson, WrongShape):
        return None
    return list(live_assets(assets, lambda _id: None))


@pytest.mark.usefixtures("_window")
@given(text=LISTS)
def test_a_long_list_gives_the_values_of_a_short_one(text):
    assert repr(divided(text)) == repr(whole(text))


@pytest.mark.usefixtures("_window")
@given(text=LISTS, at=st.integers(0, 999), less=st.integers(0, 9), more=st.sampled_from(BROKEN))
def test_a_long_list_that_is_spoilt_is_refused_like_a_short_one(text, at, less, more):
    spoilt = text[:at] + more + text[at + less :]
    found = divided(spoilt)
    assert found is None or repr(found) == repr(whole(spoilt))


@given(text=LISTS, at=st.integers(0, 999))
def test_a_list_that_is_cut_off_is_none(text, at):
    with pytest.raises((NotJson, WrongShape)):
        list(divide(io.BytesIO(text[: min(at, len(text) - 1)])))


def refused(text):
    with pytest.raises((NotJson, WrongShape, BodyTooLarge)) as caught:
        list(divide(io.BytesIO(text)))
    return str(caught.value)


@pytest.mark.parametrize(
    "value", [b"1e400", b"NaN", b'"\\ud800"', b'"\\udc00"', b'"\0"', b'"\xff"', b"01", b"[1,]"]
)
def test_values_that_are_no_json_are_refused_at_any_place(value):
    for text in (
        b'{"data":[{"id":"1","x":%b}]}',
        b'{"data":[{"id":"1","x":%b,"children":[{"id":"2","x":[[[[]]]]}]}]}',
        b'{"more":%b,"data":[]}',
        b'{"data":[],"more":%b}',
        b'{"data":[]}%b',
    ):
        assert refused(text % value) == ""


def test_what_names_its_list_twice_is_refused():
    """Which of them counts would not be known before both are read."""
    for text in (
        b'{"data":[{"id":"1"}],"data":[]}',
        b'{"data":[{"id":"1","children":[{"id":"2","x":[[[]]]}],"children":[]}]}',
        b'{"data":[{"id":"1","children":[{"id":"2","x":[[[]]]}],"\\u0063hildren":[{"id":"3"}]}]}',
        b'{"data":[{"id":"1","children":[{"id":"2","x":[[[[]]]]}],"id":"3"}]}',
    ):
        assert refused(text) == ""


def test_what_is_no_asset_is_named_by_its_place():
    deep = '{"id":"1","x":[[[[]]]],"children":[{"id":"2"},%s]}'
    for item, words in {
        '{"id":""}': "`data[1].children[1].id` is a text, not a text with something in it",
        '{"id":"3","label":4}': "`data[1].children[1].label` is a number, not a text",
        "[]": "`data[1].children[...]` is a list, not an object",
    }.items():
        assert refused(f'{{"data":[{{"id":"0"}},{deep % item}]}}'.encode()) == words
    assert refused(b'{"success":true}') == "it is an object, not one with `data`"
    assert refused(b"[1]") == "it is a list, not an object"


def test_assets_below_each_other_without_end_are_refused():
    for depth in (600, 100_000):
        assert refused(b'{"data":[' + b'{"id":"1","children":[' * depth) == ""


def test_one_asset_is_bounded_in_bytes_and_values(monkeypatch):
    monkeypatch.setattr(module, "WINDOW", 100)
    monkeypatch.setattr(module, "MOST_OF_ONE", 1 << 20)
    monkeypatch.setattr(module, "MOST_VALUES_OF_ONE", 1000)
    long = b'{"data":[{"id":"1","label":"%b"}]}' % (b"x" * (3 << 20))
    assert refused(long) == "one asset of it is longer than 1 MB"
    many = b'{"data":[{"id":"1","x":[[[[%b1]]]]}]}' % (b"[]," * 1000)
    assert refused(many) == "one asset of it holds more than 1,000 values"


def test_nothing_but_the_asset_at_hand_is_kept_of_a_list_in_one_root(monkeypatch):
    """A building, or the root above all, may hold every desk there is."""
    monkeypatch.setattr(module, "WINDOW", 100)
    desks = b",".join(b'{"id":"%d","label":"D"}' % number for number in range(1000))
    text = b'{"data":[{"id":"r","type":"ROOT","children":[%b]}]}' % desks
    found = list(divide(io.BytesIO(text)))
    assert found[-1] == ({"id": "r", "type": "ROOT", "children": []}, None, None)
    assert {parent for _, parent, _ in found[:-1]} == {"r"}
    assert len(found) == 1001


def test_an_id_that_comes_after_the_children_is_theirs_too(monkeypatch):
    """As it does where the names of each object are sorted."""
    monkeypatch.setattr(module, "WINDOW", 100)
    floors = b",".join(
        b'{"children":[{"id":"d%d","type":"DESK"}],"id":"%d"}' % (n, n) for n in range(99)
    )
    text = b'{"data":[{"children":[%b],"id":"b","type":"STRUCTURE"}]}' % floors
    *_, last = divide(io.BytesIO(text))
    assert last == ({"children": [], "id": "b", "type": "STRUCTURE"}, None, b"1")
    assert divided(text) == whole(text)
