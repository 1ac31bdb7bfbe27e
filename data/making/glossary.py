"""The glossary of an outdoor retailer: two glossaries, categories on three levels, terms, links."""

from __future__ import annotations

from data.making.table import Row, Table
from data.making.terms import TERMS

CHOICES = {
    "Certificate": ("VERIFIED", "DRAFT", "DEPRECATED"),
    "Announcement type": ("information", "warning", "issue"),
    "Action": ("delete",),
}
OWNED = {"Certificate": 16, "Owners": 20, "Owner groups": 20}

GLOSSARIES: list[Row] = [
    {
        "Glossary": "Finance",
        "Description": "The words of our monthly and yearly reports. What stands here is what the "
        "auditors were given.",
        "Certificate": "VERIFIED",
        "Certificate message": "Reviewed with Group Accounting, January 2026",
        "Owners": "i.lindqvist; t.okafor",
        "Owner groups": "finance_stewards",
        "Language": "English",
        "Usage": "Group reporting, budget, investor relations",
        "Readme": "<h2>Finance glossary</h2><p>Ask in <i>#finance-data</i> before you change a "
        "verified term.</p>",
    },
    {
        "Glossary": "Customer",
        "Description": "Who buys from us, what they do and what we may know about them.",
        "Certificate": "DRAFT",
        "Announcement type": "information",
        "Announcement title": "Consent terms are being reworked",
        "Announcement message": "Legal reviews the consent terms until the end of March.",
        "Owners": "m.ferreira",
        "Owner groups": "crm_stewards",
        "Language": "English",
        "Usage": "Customer relations, marketing, service",
    },
]

_CATEGORIES = """
Finance  |                            | Income                | What comes in.
Finance  | Income                     | Revenue               | Sales of goods and services.
Finance  | Income > Revenue           | Returns and discounts | What is taken off again.
Finance  | Income > Revenue           | Recognition           | When a sale counts.
Finance  | Income                     | Margin                | What is left of revenue after cost.
Finance  |                            | Cost                  | What goes out.
Finance  | Cost                       | Cost of sales         | Cost of what was sold.
Finance  | Cost > Cost of sales       | Freight               | Bringing goods to us and customers.
Finance  | Cost                       | Operating cost        | Cost of being open at all.
Finance  |                            | Cash                  | Money we have and money owed to us.
Finance  | Cash                       | Receivables           | What customers still owe us.
Customer |                            | Person                | Who a customer is.
Customer | Person                     | Contact               | How to reach a customer.
Customer | Person > Contact           | Consent               | What a customer allows us.
Customer | Person                     | Household             | Customers who live together.
Customer |                            | Behaviour             | What a customer does.
Customer | Behaviour                  | Orders                | From basket to doorstep.
Customer | Behaviour > Orders         | Fulfilment            | Picking, packing, delivery.
Customer | Behaviour                  | Service               | Questions and complaints.
Customer |                            | Value                 | What a customer is worth to us.
Customer | Value                      | Loyalty               | The Summit Club and its points.
"""

_LINKS = """
Finance | Net revenue | Reporting handbook, chapter 3 | handbook/revenue
Finance | Net revenue | Month-end dashboard | dashboards/month-end
Finance | Gross margin | Margin bridge explained | handbook/margin-bridge
Finance | EBITDA | Reconciliation to operating profit | handbook/ebitda
Finance | Days sales outstanding | Collection dashboard | dashboards/collection
Finance | Deferred revenue | Accounting policy: gift cards | policies/gift-cards
Finance | Inbound freight | Freight rate card 2026 | logistics/rate-card
Customer | Consent | Privacy notice | legal/privacy
Customer | Right to erasure | How to handle an erasure request | legal/erasure
Customer | E-mail address | Field guide for stores | stores/contact-data
Customer | Net promoter score | Survey questions | service/nps
Customer | Summit Club member | Terms of the club | club/terms
"""

CATEGORY_OWNERS = {"Finance": "t.okafor", "Customer": "m.ferreira"}


def _fields(text: str) -> list[list[str]]:
    return [[field.strip() for field in line.split("|")] for line in text.strip().splitlines()]


def _categories() -> list[Row]:
    return [
        {
            "Glossary": glossary,
            "Category": name,
            "Parent category": parent,
            "Description": description,
            "Owners": CATEGORY_OWNERS[glossary],
        }
        for glossary, parent, name, description in _fields(_CATEGORIES)
    ]


def _links() -> list[Row]:
    return [
        {
            "Glossary": glossary,
            "Term": term,
            "Title": title,
            "URL": f"https://wiki.example.com/{url}",
        }
        for glossary, term, title, url in _fields(_LINKS)
    ]


def tables() -> list[Table]:
    """Return the four sheets of the glossary workbook."""
    announcement = {"Announcement type": 17, "Announcement title": 26, "Announcement message": 36}
    return [
        Table(
            sheet="Glossaries",
            headings={"Glossary": 16, "Description": 48, **OWNED, "Certificate message": 26}
            | announcement
            | {"Language": 12, "Usage": 26, "Readme": 40},
            rows=GLOSSARIES,
            choices={name: CHOICES[name] for name in ("Certificate", "Announcement type")},
        ),
        Table(
            sheet="Categories",
            headings={
                "Glossary": 14,
                "Category": 24,
                "Parent category": 28,
                "Description": 44,
                "Owners": 20,
            },
            rows=_categories(),
            colour="4A6B4F",
        ),
        Table(
            sheet="Terms",
            headings={
                "Glossary": 12,
                "Term": 26,
                "Description": 58,
                "Categories": 30,
                **OWNED,
                "Tags": 24,
                "Abbreviation": 15,
                "Examples": 26,
                "Usage": 28,
                "Synonyms": 24,
                "Antonyms": 18,
                "See also": 28,
                "Is a": 20,
                "Replaced by": 20,
                "Valid values for": 20,
                "Certificate message": 28,
                **announcement,
                "Readme": 36,
            },
            rows=TERMS,
            choices={name: CHOICES[name] for name in ("Certificate", "Announcement type")},
            colour="7A4B2F",
        ),
        Table(
            sheet="Links",
            headings={"Glossary": 14, "Term": 26, "Title": 36, "URL": 48, "Action": 10},
            rows=_links(),
            choices={"Action": CHOICES["Action"]},
            colour="5B4A73",
        ),
    ]
