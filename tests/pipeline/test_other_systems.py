"""Lists as other systems export them are known by their headings and imported as they are."""

import pytest

from importer.errors import UsageError
from importer.options import Options
from tests.pipeline.bench import DATA
from tests.pipeline.raw_api import related

LISTS = DATA / "peers"
BERLIN = {"time_zone": "Europe/Berlin"}
TERMS = {"glossary": "Words"}
SHOP = "default/snowflake/1700000000"

PLACES = [
    ("cobie.xlsx", BERLIN, {"created": 9, "skipped": 2}, (1, 2, 3, 3)),
    ("envoy-desks.csv", BERLIN | {"building": "North"}, {"created": 4}, (1, 2, 0, 4)),
    ("eptura-spaces.xlsx", BERLIN, {"created": 3}, (1, 2, 3, 0)),
    ("eptura-workpoints.csv", BERLIN, {"created": 4}, (1, 2, 1, 3)),
    ("microsoft-places.csv", BERLIN, {"created": 4}, (2, 3, 4, 0)),
    ("robin-desks.csv", BERLIN, {"created": 3, "merged": 1}, (1, 2, 1, 3)),
    ("snipeit-locations.csv", BERLIN, {"created": 8}, (2, 3, 3, 0)),
    ("snipeit-sites.csv", BERLIN, {"created": 2}, (2, 0, 0, 0)),
]
TERM_LISTS = [
    ("purview-terms.csv", TERMS, {"created": 5}, {"Words"}, 5),
    ("alation-terms.csv", TERMS, {"created": 3, "skipped": 1}, {"Words"}, 3),
    (
        "collibra-terms.csv",
        {},
        {"created": 4, "skipped": 1},
        {"Claims glossary", "Sales glossary"},
        4,
    ),
]


def imported(bench, name, answers):
    """Import a list without naming a template, and see that a second run has nothing to do."""
    options = {"answers": tuple(answers.items())}
    first = bench.run(LISTS / name, **options)
    assert first.exit_status == 0, first.findings
    again = bench.silent(lambda: bench.run(LISTS / name, **options)).counts
    assert again == {
        "unchanged" if status in ("created", "updated") else status: count
        for status, count in first.counts.items()
    }
    return first


@pytest.mark.parametrize(
    ("name", "answers", "counts", "kinds"),
    PLACES,
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_list_of_places_makes_its_buildings_floors_spaces_and_desks(
    bench, name, answers, counts, kinds
):
    assert imported(bench, name, answers).counts == counts
    found = [place["type"] for place in bench.trebellar.places().values()]
    assert tuple(map(found.count, ("STRUCTURE", "FLOOR", "SPACE", "DESK"))) == kinds


@pytest.mark.parametrize(
    ("name", "answers", "counts", "glossaries", "terms"),
    TERM_LISTS,
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_list_of_terms_makes_its_glossaries_and_terms(
    bench, name, answers, counts, glossaries, terms
):
    assert imported(bench, name, answers).counts == counts
    assert set(bench.atlan.named("AtlasGlossary")) == glossaries
    assert len(bench.atlan.terms()) == terms


def test_cobie_names_the_building_once_and_keeps_only_the_desks(bench):
    """The Facility sheet answers for the building; a lamp on a desk is no desk."""
    imported(bench, "cobie.xlsx", BERLIN)
    places = bench.trebellar.places()
    assert ("Campus Nord 4", "01 First", "1.01", "Desk 1.01-1") in places
    assert not any("Lamp" in key[-1] or "AHU" in key[-1] for key in places)
    space = places["Campus Nord 4", "01 First", "1.02"]["staticProperties"]
    assert space == {
        "spaceType": "Office", "description": "Corner office", "externalId": "sp-3"
    }  # fmt: skip
    assert "description" not in places["Campus Nord 4", "01 First", "1.01"]["staticProperties"]


def test_purview_gives_broader_terms_links_owners_and_statuses(bench):
    imported(bench, "purview-terms.csv", TERMS)
    terms = bench.atlan.terms()
    assert related(terms["Tariff_Day ticket"], "isA") == ["Tariff"]
    assert related(terms["Tariff_Day ticket"], "synonyms") == ["Tariff_Day pass"]
    assert related(terms["Tariff_Day ticket"], "seeAlso") == ["Tariff_Season ticket"]
    facts = terms["Tariff"]["attributes"]
    assert facts["ownerUsers"] == ["l.nowak@example.com", "b.silva@example.com"]
    statuses = [terms[name]["attributes"]["certificateStatus"] for name in sorted(terms)]
    assert statuses == ["VERIFIED", "DEPRECATED", "VERIFIED", "DRAFT", "DRAFT"]
    links = {
        (one["attributes"]["name"], one["attributes"]["link"]) for one in bench.atlan.all("Link")
    }
    assert links == {
        ("Handbook", "https://wiki.example.com/tariff"),
        ("Resource", "https://wiki.example.com/zones"),
        ("Prices", "https://wiki.example.com/prices"),
    }


def test_snipe_it_tells_floors_from_spaces_by_their_names(bench):
    imported(bench, "snipeit-locations.csv", BERLIN)
    places = bench.trebellar.places()
    assert places["Quay House", "Quay Floor 1", "Store 1.4"]["type"] == "SPACE"
    assert places["Mill", "Mill Basement", "Loading bay"]["type"] == "SPACE"
    address = places["Quay House",]["staticProperties"]["address"]
    assert address == "12 Quay St, Suite 100, Boston, MA, 02110, US"


def test_envoy_says_what_can_be_booked(bench):
    imported(bench, "envoy-desks.csv", BERLIN | {"building": "North"})
    desks = bench.trebellar.places()
    assert desks["North", "Second floor", "2-03"]["staticProperties"]["bookable"] is False
    assert desks["North", "Second floor", "2-01"]["staticProperties"]["bookable"] is True


def test_a_location_of_envoy_goes_before_the_answer(bench):
    path = lines(
        bench, "desks.csv",
        "Location,Floor Name,Desk,Enabled",
        "HQ West,F4,D1,Yes",
        ",F4,D2,Yes",
    )  # fmt: skip
    answers = tuple((BERLIN | {"building": "North"}).items())
    assert bench.run(path, answers=answers).counts == {"created": 2}
    assert set(bench.trebellar.places()) >= {("HQ West", "F4", "D1"), ("North", "F4", "D2")}


@pytest.fixture
def orders(bench):
    """A table and its column as a crawler makes them, and a term."""
    anchor = bench.atlan.add("AtlasGlossary", "Finance")
    bench.atlan.add("AtlasGlossaryTerm", "Net revenue", anchor)
    paths = {"Schema": "SALES", "Table": "SALES/ORDERS", "Column": "SALES/ORDERS/NET_AMOUNT"}
    for type_name, path in paths.items():
        name = path.rpartition("/")[2]
        bench.atlan.add(type_name, name, qualifiedName=f"{SHOP}/SHOP/{path}")


@pytest.mark.usefixtures("orders")
def test_datahub_enriches_the_assets_that_its_urns_name(bench):
    result = imported(bench, "datahub-enricher.csv", {"connection": SHOP})
    assert result.counts == {"updated": 2, "skipped": 1}
    table = bench.atlan.named("Table")["ORDERS"]
    assert table["attributes"]["userDescription"] == "One row for each order."
    assert table["attributes"]["ownerUsers"] == ["jbrandt"]
    assert table["attributes"]["ownerGroups"] == ["sales_stewards"]
    assert len(table["classifications"]) == 2
    assert related(bench.atlan.named("Column")["NET_AMOUNT"], "meanings") == ["Net revenue"]


@pytest.mark.usefixtures("orders")
def test_alations_dictionary_enriches_schemas_tables_and_columns(bench):
    result = imported(bench, "alation-dictionary.csv", {"connection": f"{SHOP}/SHOP"})
    assert result.counts == {"updated": 3, "skipped": 1}
    table = bench.atlan.named("Table")["ORDERS"]["attributes"]
    assert (table["displayName"], table["ownerUsers"]) == ("Orders", ["j.brandt", "a.rossi"])


def test_what_a_list_does_not_say_is_asked(bench):
    with pytest.raises(UsageError, match=r"envoy-desks asks .*\n.*--set building=...\n.*time_zone"):
        bench.run(LISTS / "envoy-desks.csv")


def test_an_answer_is_checked_like_a_cell(bench):
    answers = (("time_zone", "Berlin"), ("building", "North"))
    with pytest.raises(UsageError, match=r"--set time_zone=Berlin: .*Europe/Berlin"):
        bench.run(LISTS / "envoy-desks.csv", answers=answers)


def lines(bench, name, *rows):
    path = bench.folder / name
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_columns_may_be_missing_more_and_in_another_order(bench):
    path = lines(
        bench, "export.csv",
        "Assigned To,Desk Name,Colour,Is Assignable,Floor",
        "a@example.com,D1,red,TRUE,1",
    )  # fmt: skip
    options = Options(answers=(*BERLIN.items(), ("building", "North")), landing=0)
    result = bench.run_files([path], options)
    assert result.counts == {"created": 1}
    assert [finding.code for finding in result.findings] == ["unknown_heading"]


def test_a_status_that_is_not_ours_is_an_error_on_its_cell(bench):
    path = lines(
        bench, "export.csv",
        "Name,Asset Type,Domain,Community,Status",
        "Claim,Business Term,Claims,Insurance,Accepted",
        "Premium,Business Term,Claims,Insurance,Half done",
    )  # fmt: skip
    result = bench.run(path)
    assert bench.statuses(result) == {"export": ["created", "invalid"]}
    [found] = result.findings
    assert (found.code, found.place.cell, found.value) == ("not_allowed", "E3", "Half done")


def test_two_facilities_leave_open_which_building_the_floors_are_in(bench):
    made = {"CreatedBy": "a@example.com"}
    sheets = {
        "Facility": [{"Name": name, "ProjectName": "P"} | made for name in ("A", "B")],
        "Floor": [{"Name": "1", "Elevation": 0} | made],
    }
    with pytest.raises(UsageError, match="What is the building called"):
        bench.run(sheets, answers=tuple(BERLIN.items()))
    answers = (*BERLIN.items(), ("building", "B"))
    assert bench.run(sheets, answers=answers).counts == {"created": 3}
    assert ("B", "1") in bench.trebellar.places()


def test_a_component_in_no_known_space_and_a_category_without_a_number(bench):
    made = {"CreatedBy": "a@example.com"}
    sheets = {
        "Facility": [{"Name": "A", "ProjectName": "n/a"} | made],
        "Floor": [{"Name": "1", "Elevation": "n/a"} | made],
        "Space": [{"Name": "1.1", "FloorName": "1", "Category": "Kitchen"} | made],
        "Component": [
            {"Name": "D1", "TypeName": "Standing desk", "Space": "1.9"} | made,
            {"Name": "D2", "TypeName": "n/a", "Space": "1.1"} | made,
        ],
    }
    result = bench.run(sheets, answers=tuple(BERLIN.items()))
    assert bench.statuses(result)["Component"] == ["invalid", "skipped"]
    kitchen = bench.trebellar.places()["A", "1", "1.1"]
    assert kitchen["staticProperties"]["spaceType"] == "Kitchen"


def test_rooms_without_a_name_are_called_like_their_mailbox(bench):
    path = lines(
        bench, "rooms.csv",
        "InferredBuildingName,InferredFloorName,PrimarySmtpAddress",
        "Austin 550,Mezzanine,baker@example.com",
        "NYC,,olympus@example.com",
    )  # fmt: skip
    assert bench.run(path, answers=tuple(BERLIN.items())).counts == {"created": 2}
    assert set(bench.trebellar.places()) >= {
        ("Austin 550", "Mezzanine", "baker"),
        ("NYC", "Unknown", "olympus"),
    }


def test_locations_that_are_one_anothers_parents_and_a_parent_of_another_kind_are_named(bench):
    path = lines(
        bench,
        "locations.csv",
        "Name,Parent Name,City,Country",
        "Mill,,Salem,US",
        "North,South,,",
        "South,North,,",
        "Yard,Mill,,",
    )
    found = bench.run(path, answers=tuple(BERLIN.items())).findings
    said = [one.message.partition("in the target. ")[2] for one in found]
    assert said == [
        "`South` leads back to itself: South > North > South. Name another parent, or none, in one "
        "of these rows.",
        "`North` leads back to itself: North > South > North. Name another parent, or none, in one "
        "of these rows.",
        "Row 2 makes a building of that name: name a floor.",
    ]


def test_two_desks_of_robin_do_not_share_a_desk_id(bench):
    path = lines(
        bench,
        "export.csv",
        "Reservation ID,Desk ID,Desk Name,Building,Floor",
        "1,d1,Desk 1,HQ,L1",
        "2,d2,Desk 2,HQ,L1",
        "3,d1,Desk 1 (old),HQ,L1",
    )
    result = bench.run(path, answers=tuple(BERLIN.items()))
    assert bench.statuses(result) == {"export": ["invalid", "created", "invalid"]}


def test_a_location_directly_in_a_building_must_be_a_floor(bench):
    path = lines(
        bench,
        "locations.csv",
        "Name,Parent Name,City,Country",
        "Mill,,Salem,US",
        "Yard,Mill,,",
    )
    result = bench.run(path, answers=tuple(BERLIN.items()))
    assert bench.statuses(result) == {"locations": ["created", "invalid"]}
    assert [(found.code, found.place.cell) for found in result.findings] == [("not_found", "B3")]
