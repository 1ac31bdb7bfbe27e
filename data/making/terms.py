"""The terms of the sample glossary, as rows of its Terms sheet."""

from __future__ import annotations

from data.making.table import Row

VERIFIED, DRAFT, DEPRECATED = "VERIFIED", "DRAFT", "DEPRECATED"
STEWARDS = {
    "Finance": {"Owners": "t.okafor", "Owner groups": "finance_stewards"},
    "Customer": {"Owners": "m.ferreira", "Owner groups": "crm_stewards"},
}


def _rows(glossary: str, text: str, more: dict[str, dict[str, str]]) -> list[Row]:
    """Return a row for each line `name | certificate | categories | description`, with `more`."""
    lines = [[field.strip() for field in line.split("|")] for line in text.strip().splitlines()]
    unknown = more.keys() - {name for name, *_ in lines}
    if unknown:
        raise KeyError(f"no term called {unknown}")
    return [
        {
            "Glossary": glossary,
            "Term": name,
            "Certificate": certificate,
            "Categories": categories,
            "Description": description,
            **STEWARDS[glossary],
            **more.get(name, {}),
        }
        for name, certificate, categories, description in lines
    ]


_FINANCE = """
Gross revenue | VERIFIED | Income > Revenue | All sales at list price before anything is taken off.
Net revenue | VERIFIED | Income > Revenue | Sales after returns, discounts and value added tax.
Net sales | DRAFT | Income > Revenue | What the stores call net revenue.
Turnover | DEPRECATED | Income > Revenue | Old word for net revenue in the store reports.
Like-for-like revenue | VERIFIED | Income > Revenue | Net revenue of stores open for a year.
Online revenue | VERIFIED | Income > Revenue | Net revenue of orders placed in the web shop or app.
Return | VERIFIED | Returns and discounts | Goods a customer sends or brings back for a refund.
Return rate | VERIFIED | Returns and discounts | Returned value as a share of gross revenue.
Refund | VERIFIED | Returns and discounts; Cash | Money given back to a customer.
Discount | VERIFIED | Returns and discounts | A price cut granted at the till or in the basket.
Markdown | DRAFT | Returns and discounts | A lasting cut of the list price to clear stock.
Deferred revenue | VERIFIED | Recognition | Money received for what we have not delivered yet.
Revenue cut-off | VERIFIED | Recognition | The moment up to which a sale counts for the month.
Gift card liability | DRAFT | Recognition | Value on gift cards that nobody has spent yet.
Gross margin | VERIFIED | Margin | Net revenue less cost of goods sold.
Gross margin rate | VERIFIED | Margin | Gross margin as a share of net revenue.
Contribution margin | DRAFT | Margin | Gross margin less freight, fees and marketing of the order.
EBITDA | VERIFIED | Margin | Operating profit before depreciation and amortisation.
Operating profit | VERIFIED | Margin | What is left after all operating cost.
Cost of goods sold | VERIFIED | Cost of sales | Purchase cost of the goods that were sold.
Inbound freight | VERIFIED | Freight | Cost of bringing goods from makers to our warehouse.
Last-mile cost | DRAFT | Freight | Cost of the last leg to the customer's door.
Shrinkage | VERIFIED | Cost of sales | Goods lost to theft, damage or miscounting.
Store rent | VERIFIED | Operating cost | Rent and service charges of all stores.
Personnel cost | VERIFIED | Operating cost | Wages, social charges and agency staff.
Marketing spend | DRAFT | Operating cost | Paid media, print and sponsoring.
Accounts receivable | VERIFIED | Receivables | Invoices our business customers have not paid yet.
Days sales outstanding | VERIFIED | Receivables | Average number of days until an invoice is paid.
Bad debt | VERIFIED | Receivables | Receivables we no longer expect to be paid.
Cash conversion cycle | DRAFT | Cash | Days between paying makers and being paid by customers.
Gross profit | VERIFIED | Margin | The word for gross margin in the annual report.
EBIT | VERIFIED | Margin | Short for earnings before interest and taxes.
"""

_CUSTOMER = """
Customer | VERIFIED | Person | A person or company who bought from us at least once.
Prospect | VERIFIED | Person | Somebody we may write to who has not bought anything yet.
Guest | DRAFT | Person | A buyer without an account.
Customer number | VERIFIED | Person | Ten digits that name one customer in all our systems.
E-mail address | VERIFIED | Contact | Where order mails and newsletters go.
Phone number | VERIFIED | Contact | With country code, without blanks.
Postal address | VERIFIED | Contact; Household | Street, town and country of a delivery.
Date of birth | DRAFT | Contact | Asked only where the law wants an age check.
Consent | DRAFT | Consent | What a customer allows us to do with the data.
Newsletter opt-in | DRAFT | Consent | Consent to receive our newsletter, given twice.
Right to erasure | VERIFIED | Consent | A customer may have the personal data erased.
Household | VERIFIED | Household | All customers at one postal address.
Basket | VERIFIED | Orders | What a visitor has chosen and not yet ordered.
Abandoned basket | VERIFIED | Orders | A basket left alone for more than 24 hours.
Order | VERIFIED | Orders | A customer's binding wish to buy.
Order status | VERIFIED | Orders | Where an order is on its way.
Open | VERIFIED | Orders | The order is paid and not yet picked.
Shipped | VERIFIED | Orders; Fulfilment | The parcel was handed to the carrier.
Delivered | VERIFIED | Orders; Fulfilment | The carrier reports that the parcel was handed over.
Click and collect | VERIFIED | Fulfilment | Ordered in the web shop, fetched at a store.
Delivery promise | DRAFT | Fulfilment | The day of arrival shown at checkout.
Complaint | VERIFIED | Service | A contact in which a customer is unhappy.
First response time | DRAFT | Service | Hours until a person answers a question.
Net promoter score | VERIFIED | Service | Share of promoters less share of detractors.
Customer lifetime value | DRAFT | Value | Contribution margin we expect from a customer in all.
Churned customer | VERIFIED | Value | A customer who has not bought for 24 months.
Active customer | VERIFIED | Value | A customer who bought within the last 24 months.
Summit Club member | VERIFIED | Loyalty | A customer who has joined our loyalty club.
Club points | VERIFIED | Loyalty | Ten points for each euro of net revenue.
Club tier | DRAFT | Loyalty | Base, Ridge or Peak, by points of the last 12 months.
Buyer | DRAFT | Person | The word for a customer in the stores.
Lead | DRAFT | Person | The word for a prospect in the sales tool.
Store pick-up | DRAFT | Fulfilment | The word for click and collect on the receipt.
Club member | DRAFT | Loyalty | Short for Summit Club member.
"""

_MORE_FINANCE: dict[str, dict[str, str]] = {
    "Gross revenue": {"Antonyms": "Net revenue", "See also": "Discount; Return"},
    "Net revenue": {
        "Abbreviation": "NR",
        "Owners": "i.lindqvist; t.okafor",
        "Synonyms": "Net sales",
        "See also": "Gross revenue\nDeferred revenue\nCustomer lifetime value@Customer",
        "Examples": "Net revenue of May 2026: 41.2 m EUR",
        "Usage": "The only revenue figure in group reports",
        "Certificate message": "Agreed with Group Accounting, 14 January 2026",
        "Readme": "<h2>How it is counted</h2><p>By delivery date, in the currency of the sale.</p>",
    },
    "Net sales": {"Synonyms": "Net revenue", "Usage": "Store reports"},
    "Turnover": {
        "Replaced by": "Net revenue",
        "Certificate message": "Do not use after the 2025 reports",
        "Announcement type": "warning",
        "Announcement title": "No longer used",
        "Announcement message": "Use net revenue. Turnover meant revenue with tax until 2022.",
    },
    "Like-for-like revenue": {"Abbreviation": "LfL", "Is a": "Net revenue"},
    "Online revenue": {"Is a": "Net revenue", "See also": "Click and collect@Customer"},
    "Return": {"See also": "Refund"},
    "Refund": {"See also": "Discount"},
    "Discount": {"See also": "Return; Markdown"},
    "Return rate": {"Examples": "6.4 % in the winter season"},
    "Markdown": {"Is a": "Discount"},
    "Deferred revenue": {
        "Announcement type": "information",
        "Announcement title": "Gift cards move here",
        "Announcement message": "From July on unspent gift cards are shown as deferred revenue.",
    },
    "Gift card liability": {"Is a": "Deferred revenue"},
    "Gross margin": {"Synonyms": "Gross profit", "Owners": "i.lindqvist"},
    "Gross margin rate": {"Abbreviation": "GM %", "Examples": "47.3 %"},
    "Contribution margin": {"Is a": "Gross margin", "Abbreviation": "CM2"},
    "EBITDA": {"Is a": "Operating profit", "Tags": "Confidential", "Owners": "i.lindqvist"},
    "Operating profit": {"Synonyms": "EBIT", "Tags": "Confidential", "Owners": "i.lindqvist"},
    "Cost of goods sold": {"Abbreviation": "COGS", "See also": "Gross margin; Shrinkage"},
    "Last-mile cost": {"See also": "Inbound freight; Delivery promise@Customer"},
    "Personnel cost": {"Tags": "Confidential"},
    "Store rent": {"Tags": "Confidential"},
    "Accounts receivable": {"Abbreviation": "A/R", "See also": "Bad debt"},
    "Days sales outstanding": {"Abbreviation": "DSO", "Examples": "31 days\n28 days"},
    "Cash conversion cycle": {"Abbreviation": "CCC"},
    "Gross profit": {"Synonyms": "Gross margin"},
    "EBIT": {"Synonyms": "Operating profit"},
}

_MORE_CUSTOMER: dict[str, dict[str, str]] = {
    "Customer": {
        "Synonyms": "Buyer",
        "Antonyms": "Prospect",
        "Certificate message": "Agreed by Sales, Service and Legal",
        "Readme": "<h2>Who counts</h2><p>Companies count once, whoever orders for them.</p>",
    },
    "Prospect": {"Antonyms": "Customer", "Synonyms": "Lead"},
    "Guest": {"Is a": "Customer"},
    "Customer number": {"Tags": "Confidential", "Examples": "0004711023\n0019930008"},
    "E-mail address": {"Tags": "PII; GDPR", "Examples": "maya@example.com"},
    "Phone number": {"Tags": "PII; GDPR", "Examples": "+49301234567"},
    "Postal address": {"Tags": "PII; GDPR"},
    "Date of birth": {
        "Tags": "PII; GDPR; Confidential",
        "Announcement type": "issue",
        "Announcement title": "Filled with 1900-01-01",
        "Announcement message": "About 12,000 customers carry a placeholder. Do not count ages.",
    },
    "Consent": {"Tags": "GDPR", "See also": "Newsletter opt-in"},
    "Newsletter opt-in": {"Tags": "GDPR", "Is a": "Consent", "See also": "Right to erasure"},
    "Right to erasure": {"Tags": "GDPR; Public", "See also": "Consent"},
    "Abandoned basket": {"Is a": "Basket", "Antonyms": "Order"},
    "Order status": {"Usage": "Use the three values below, nothing else"},
    "Open": {"Valid values for": "Order status"},
    "Shipped": {"Valid values for": "Order status"},
    "Delivered": {"Valid values for": "Order status"},
    "Click and collect": {"Synonyms": "Store pick-up", "See also": "Online revenue@Finance"},
    "Net promoter score": {"Abbreviation": "NPS", "Tags": "Public", "Examples": "54"},
    "Customer lifetime value": {
        "Abbreviation": "CLV",
        "Tags": "Confidential",
        "See also": "Contribution margin@Finance",
    },
    "Churned customer": {"Is a": "Customer", "Antonyms": "Active customer"},
    "Active customer": {"Is a": "Customer", "Antonyms": "Churned customer"},
    "Summit Club member": {"Is a": "Customer", "Synonyms": "Club member"},
    "Club points": {"See also": "Club tier; Net revenue@Finance", "Tags": "Public"},
    "Club tier": {"See also": "Club points", "Examples": "Base\nRidge\nPeak"},
    "Buyer": {"Synonyms": "Customer"},
    "Lead": {"Synonyms": "Prospect"},
    "Store pick-up": {"Synonyms": "Click and collect"},
    "Club member": {"Synonyms": "Summit Club member"},
}

TERMS: list[Row] = [
    *_rows("Finance", _FINANCE, _MORE_FINANCE),
    *_rows("Customer", _CUSTOMER, _MORE_CUSTOMER),
]
