# ruff: noqa: E501 - these are the lines of files
"""Lists of terms and assets as other data catalogues write them: text of CSV files by name."""

from __future__ import annotations

LISTS = {
    "purview-terms": """\
Nick Name,Name,Status,Definition,Acronym,Resources,Related Terms,Synonyms,Stewards,Experts,Parent Term Name
Tariff,Tariff,Approved,What a traveller pays.,,Handbook:https://wiki.example.com/tariff;https://wiki.example.com/zones;,,,l.nowak@example.com:Sales;b.silva@example.com,t.ito@example.com:,
Day ticket,Tariff_Day ticket,Approved,Valid until three in the morning.,DT,,Tariff_Season ticket;,Tariff_Day pass;,l.nowak@example.com,,Tariff
Day pass,Tariff_Day pass,Expired,The former name of the day ticket.,,,,,,,Tariff
,Tariff_Season ticket,Draft,"Valid for a month, a quarter or a year.",,Prices:https://wiki.example.com/prices,,,,,Tariff
Zone,Zone,Alert,A part of the network with one price.,,,Tariff,,,,
""",
    "collibra-terms": """\
Asset Id,Name,Full Name,Asset Type,Status,Domain,Domain Type,Community,Definition,[Business Asset] has acronym [Acronym]
6f1c0b52-0001,Claim,Claim,Business Term,Accepted,Claims glossary,Glossary,Insurance,A demand for payment under a policy.,
6f1c0b52-0002,Loss ratio,Loss ratio,Business Term,Approved,Claims glossary,Glossary,Insurance,Losses divided by premiums.,LR
6f1c0b52-0003,Deductible,Deductible,Business Term,Candidate,Claims glossary,Glossary,Insurance,What the insured pays first.,
6f1c0b52-0004,LR,LR,Acronym,Accepted,Claims glossary,Glossary,Insurance,,
6f1c0b52-0005,Premium,Premium,Business Term,Obsolete,Sales glossary,Glossary,Insurance,What the insured pays for cover.,
""",
    "alation-terms": """\
al_datadict_item_properties,3|title,4|description,8|steward:user,8|steward:groupprofile,10021|Data Classification
oid=7;otype=glossary_v3,Clinical words,Words of the wards.,,,
oid=1200;otype=glossary_term,Admission,A patient's arrival on a ward.,m.trent;o.haas,,Internal
oid=1201;otype=glossary_term,Length of stay,Days from admission to discharge.,o.haas,ward_stewards,Internal
oid=1202;otype=glossary_term,Readmission,A second admission within thirty days.,,,
""",
    "alation-dictionary": """\
al_datadict_item_properties,al_datadict_item_column_data_type,key,title,description,steward:user
oid=3;otype=schema,,SALES,Sales data,All that the shop has sold.,j.brandt
oid=41;otype=table,,SALES.ORDERS,Orders,One row for each order of the shop.,j.brandt;a.rossi
oid=719;otype=attribute,NUMBER,SALES.ORDERS.NET_AMOUNT,,The amount without tax.,
oid=900;otype=data,,,,The whole database.,
""",
    "datahub-enricher": """\
resource,subresource,glossary_terms,tags,owners,ownership_type,description,domain,ownership_type_urn
"urn:li:dataset:(urn:li:dataPlatform:snowflake,SHOP.SALES.ORDERS,PROD)",,,[urn:li:tag:Public|urn:li:tag:Confidential],[urn:li:corpuser:jbrandt|urn:li:corpGroup:sales_stewards],TECHNICAL_OWNER,One row for each order.,urn:li:domain:retail,
"urn:li:dataset:(urn:li:dataPlatform:snowflake,SHOP.SALES.ORDERS,PROD)",NET_AMOUNT,[urn:li:glossaryTerm:Finance.Net revenue],[urn:li:tag:Public],,,The amount in euros.,,
"urn:li:dashboard:(looker,dashboards.12)",,,[urn:li:tag:Public],,,A board of the sales team.,,
""",
}
