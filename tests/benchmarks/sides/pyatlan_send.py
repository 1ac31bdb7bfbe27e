"""Send the terms of a CSV file with pyatlan's batch of 20, their glossaries first."""

import csv
import sys

from pyatlan.client.asset import Batch
from pyatlan.client.atlan import AtlanClient
from pyatlan.model.assets import AtlasGlossary, AtlasGlossaryTerm
from pyatlan.model.enums import CertificateStatus


def term(row, guids):
    """Make a term of a row."""
    made = AtlasGlossaryTerm.creator(name=row["Term"], glossary_guid=guids[row["Glossary"]])
    made.user_description = row["Description"]
    if row["Certificate"]:
        made.certificate_status = CertificateStatus(row["Certificate"])
    if row["Owners"]:
        made.owner_users = {row["Owners"]}
    made.abbreviation = row["Abbreviation"] or None
    made.usage = row["Usage"] or None
    made.examples = [row["Examples"]]
    made.announcement_message = row["Announcement message"]
    return made


def main(url, glossaries, terms):
    """Send both files."""
    client = AtlanClient(base_url=url, api_key="key")
    guids = {}
    for row in _rows(glossaries):
        glossary = AtlasGlossary.creator(name=row["Glossary"])
        answer = client.asset.save(glossary)
        guids[row["Glossary"]] = answer.guid_assignments[glossary.guid]
    batch = Batch(client, max_size=20)
    for row in _rows(terms):
        batch.add(term(row, guids))
    batch.flush()


def _rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
