"""Files of stewards: small glossaries with and without mistakes."""

from tests.uploads.desk import book, text

GLOSSARIES = ("Glossaries.csv", text([["Glossary"], ["Finance"]]))
FINE = [GLOSSARIES, ("Terms.csv", text([["Glossary", "Term"], ["Finance", "Margin"]]))]


def glossary(*terms, headings=("Glossary", "Term", "Certificate")):
    """A workbook of the glossary Finance with these terms, each with what is under the headings."""
    rows = [["Finance", *term] for term in terms]
    return "glossary.xlsx", book(
        {"Glossaries": [["Glossary"], ["Finance"]], "Terms": [headings, *rows]}
    )


def terms(*described):
    """A workbook of terms with descriptions."""
    return glossary(*described, headings=("Glossary", "Term", "Description"))
