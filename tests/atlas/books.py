"""The workbooks of the comparison: what is imported first, what changes it, what deletes from it.

They use every heading of the template at least once, names with characters that qualified names
are made of, and lists that lose a member at the beginning, in the middle and at the end.
"""

ASSETS = {
    "hive_db": ["sales@prod"],
    "hive_table": ["sales.orders@prod", "sales.customers@prod", "sales.old@prod"],
    "sample_table": ["sample-1", "sample-2"],
}
"""The assets that are there from the beginning: type -> qualified names."""

FINANCE = {"Glossary": "Finance"}
OPERATIONS = {"Glossary": "Operations"}


def term(name, home=FINANCE, **more):
    return {**home, "Term": name, **more}


def category(name, parent=None, home=FINANCE, **more):
    return {**home, "Category": name, "Parent category": parent, **more}


def asset(kind, qualified_name, **more):
    name = qualified_name.partition("@")[0].rpartition(".")[2]
    return {"Type": kind, "Qualified name": qualified_name, "Name": name, **more}


def stewardship(**values):
    """The headings of that business metadata, with a value each."""
    return {f"Stewardship::{name}": value for name, value in values.items()}


FIRST = {
    "Glossaries": [
        {
            **FINANCE,
            "Description": "Words about money.\nTwo lines.",
            "Short description": "Money",
            "Language": "English",
            "Usage": "Reports",
            "Additional attributes": "steward:Finance; source:SAP",
            "Tags": "Public",
            "Labels": "reviewed; q1",
            "Custom: system": "SAP",
            **stewardship(steward="Ada"),
        },
        {**OPERATIONS, "Description": "Words about plants."},
    ],
    "Categories": [
        category("Income", Description="What comes in.", Labels="top"),
        category("Recurring", "Income", **{"Custom: order": "1"}),
        category("One-off", "Income", Tags="Confidential"),
        category("Costs", **{"Short description": "What goes out."}),
        category("Fixed", "Costs"),
        category("Plants", None, OPERATIONS),
        category("North", "Plants", OPERATIONS, **stewardship(priority=3)),
    ],
    "Terms": [
        term(
            "Revenue",
            Description="All income.",
            **{"Short description": "Income", "Additional attributes": "unit:EUR"},
            Abbreviation="R",
            Examples="May; June; July",
            Usage="Group reports only",
            Categories="Income; Costs; Plants@@@Operations",
            Synonyms="Turnover; Sales; Net revenue",
            **{"See also": "Churn; Margin; Plant@Operations", "Replaced by": "Net revenue"},
            Tags="PII; Confidential",
            Labels="a; b; c",
            **{"Custom: system": "SAP", "Custom: field": "VBRK"},
            **stewardship(
                steward="Ada",
                reviewers="Bob; Eve",
                priority=1,
                score=33.333333333,
                approved="yes",
                reviewedOn="2024-01-31",
                level="Gold",
            ),
        ),
        term("Turnover", Categories="Income > Recurring", Antonyms="Expenses"),
        term("Sales", Categories="Recurring; One-off"),
        term("Net revenue", **{"Is a": "Revenue", "Valid values for": "Margin"}),
        term("Margin", **{"Preferred terms": "Net revenue; Revenue", "Translated terms": "Marge"}),
        term("Marge", Description="Gewinnspanne"),
        term("Expenses", Classifies="R&D costs; Rent"),
        term("R&D costs", Categories="Costs"),
        term("Rent", Categories="Costs > Fixed"),
        term("Churn", Description="Who leaves.", Labels="draft"),
        term("50 % of work, e.g. v1.5", Description="A name with . and %."),
        term("Größe", Examples="groß; klein"),
        term("Plant", OPERATIONS, Categories="Plants; Plants > North"),
        term("Line", OPERATIONS, **{"Is a": "Plant"}, Synonyms="Sales@Finance"),
    ],
    "Assets": [
        asset("hive_db", "sales@prod", Description="Sales.", Owner="ada", Tags="Public"),
        asset(
            "hive_table",
            "sales.orders@prod",
            Description="One row an order.",
            Terms="Revenue@Finance; Sales@Finance; Line@Operations",
            Labels="gold",
            **{"Custom: owner_team": "core"},
            **stewardship(score=1.25),
        ),
        asset("hive_table", "sales.customers@prod", Terms="Churn@Finance", Tags="PII"),
        asset("hive_table", "sales.old@prod", Description="To be deleted."),
        asset("sample_table", "sample-2", Terms="Revenue@Finance"),
        asset("sample_table", "sample-1", Owner="eve"),
    ],
}

SECOND = {
    "Glossaries": [
        {
            **FINANCE,
            "Description": "<clear>",
            "Usage": "Reports and more",
            "Additional attributes": "steward:Controlling",
            "Tags": "<clear>",
            "Labels": "q2",
            "Custom: system": "<clear>",
            **stewardship(steward="Eve"),
        },
        {**OPERATIONS, "Labels": "new", "Tags": "Public", "Short description": "Plants"},
    ],
    "Categories": [
        category("Recurring", "Costs", **{"Qualified name": "Recurring.Income@Finance"}),
        category("One-off", "Income", Description="Not again.", Tags="PII"),
        category("Costs", Labels="x"),
        category("Fixed costs", "Costs", **{"Qualified name": "Fixed.Costs@Finance"}),
    ],
    "Terms": [
        term(
            "Revenue",
            Description="Income after returns.",
            **{"Short description": "<clear>", "Additional attributes": "<clear>"},
            Examples="June",
            Categories="Costs; Plants@@@Operations",
            Synonyms="Sales; Net revenue; Churn rate",
            **{"See also": "-Margin; +Rent", "Replaced by": "Margin"},
            Tags="Confidential",
            Labels="b; d",
            **{"Custom: system": "S/4", "Custom: field": "<clear>"},
            **stewardship(
                steward="<clear>",
                reviewers="Eve",
                priority=2,
                score=0.1,
                approved="no",
                reviewedOn="2024-02-29",
                level="Silver",
            ),
        ),
        term("Turnover", Categories="<clear>", Antonyms="<clear>"),
        term("Sales", Categories="One-off", Synonyms="<clear>"),
        term("Margin", **{"Preferred terms": "Revenue; Turnover", "Translated terms": "<clear>"}),
        term("Expenses", Classifies="Rent"),
        term("Churn rate", **{"Qualified name": "Churn@Finance"}, Labels="<clear>"),
        term("Plant", OPERATIONS, Categories="North", Description="Where things are made."),
        term("Shift", OPERATIONS, Categories="Plants", Synonyms="Line"),
    ],
    "Assets": [
        asset("hive_db", "sales@prod", Description="<clear>", Owner="eve", Tags="PII; Public"),
        asset(
            "hive_table",
            "sales.orders@prod",
            Terms="Sales@Finance; Margin@Finance",
            Labels="<clear>",
            **{"Custom: owner_team": "data"},
            **stewardship(score="<clear>"),
        ),
        asset("hive_table", "sales.customers@prod", Terms="<clear>", Tags="<clear>"),
    ],
}

DELETED = {
    "Categories": [
        category("Costs", Action="delete"),
        category("Fixed costs", "Costs", Action="delete"),
        category("Recurring", "Costs", Action="delete"),
    ],
    "Terms": [
        term("Revenue", Action="delete"),
        term("R&D costs", Action="delete"),
        term("50 % of work, e.g. v1.5", Action="delete"),
        term("Line", OPERATIONS, Action="delete"),
    ],
    "Assets": [asset("hive_table", "sales.old@prod", Action="delete")],
}

GLOSSARY_FILE = [
    {"GlossaryName": "Energy", "TermName": "Meter reading", "SeeAlso": "Energy:Consumption"},
    {
        "GlossaryName": "Energy",
        "TermName": "Consumption",
        "ShortDescription": "Power used",
        "LongDescription": "The difference of two readings.",
        "Examples": "12 kWh|13 kWh",
        "Abbreviation": "C",
        "Usage": "Billing",
        "AdditionalAttributes": "unit:kWh|source:meter",
        "Synonyms": "Energy:Usage of power",
        "Antonyms": "Energy:Feed-in",
    },
    {"GlossaryName": "Energy", "TermName": "Usage of power", "ReplacedBy": "Energy:Consumption"},
    {"GlossaryName": "Energy", "TermName": "Feed-in", "IsA": "Energy:Consumption"},
    *(
        {
            "GlossaryName": "Energy",
            "TermName": f"Device {number:03}",
            "ShortDescription": f"A device of kind {number % 7}",
            "SeeAlso": f"Energy:Device {number - 1:03}" if number % 3 > 1 else "Energy:Consumption",
        }
        for number in range(1, 201)
    ),
]
"""Rows of the file that Apache Atlas's own glossary import takes; some batches of them."""
