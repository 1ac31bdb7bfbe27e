"""Ordinary lists with one foreign sign: each is read rightly, or the guess is a warning."""

import pytest

from importer.read.eight_bit import likeliest

CODECS = ["cp1252", "mac-roman", "cp850", "cp1250", "cp852"]
SIGNS = {
    "apostrophe": [
        "Order,The customer’s order.",
        "Goods,One of the company’s goods\n" * 10,
        "Orders,The customers’ orders",
        "Terms,We don’t ship.\nTax,It’s due; that’s all.\nRent,We’ll say when they’ve paid",
        "Smith’s,x",
        "Goods,One of the company’s goods\nCafé,Where one eats",
        "O’Brien,Sales",
        "Bilan,Total de l’exercice et d’autres\nVente,Chiffre d’affaires",
        "Miete,Das ist’s",
        "Klient,Firma O’Brien",
        "Cliente,Empresa de O’Donnell",
    ],
    "ellipsis": [
        "More,and so on…",
        "Others,Lists, charts, and the like…\nOpen,to be written…",
        "Ventes,Produits, services, etc…",
        "Umsatz,Waren, Dienste usw…",
        "Klient,firmy, osoby itd…",
        "Ventas,productos, servicios, etc…",
    ],
    "dash": [
        "A—B,x",
        "Range,from the first day — or so",
        "Order,A request—with a price—from a customer",
        "Client,Celui qui paie — ou son agent",
        "Kunde,Wer zahlt — oder sein Agent",
        "Klient,Osoba — albo firma",
        "Cliente,Quien paga — o su agente",
        "Range,10–20 desks",
        "Umsatz,Waren – oder Dienste",
    ],
    "trade mark": ["Acme™,x", "Acme™ Suite,The tool\nPlan™,x", "Logiciel,Acme™ Pro", "Acme™,Waren"],
    "micro": ["5 µm,a", "Dust,Finer than 5 µm", "Staub,Teile unter 5 µm", "Polvo,menos de 5µm"],
    "e acute": [
        "Café,Coffee and cake",
        "Société,Nom de la personne morale\nMarché,Lieu de vente",
        "Café,Raum im Erdgeschoss",
        "Café,Sala na parterze",
        "Café,Sala de la planta baja",
    ],
    "u umlaut": [
        "Zürich,Office",
        "Zürich,Bureau de vente",
        "Büro,Raum für Gruppen",
        "Müller,Klient z Berlina",
        "Müller,Cliente de Madrid",
    ],
    "euro": ["Price,20 € a month", "Prix,5 € par mois", "Preis,5 €", "Cena,5 € za sztuk", "€ 5,x"],
}  # fmt: skip
TEXTS = [
    pytest.param(text, codec, id=f"{sign}-{number}-{codec}")
    for sign, texts in SIGNS.items()
    for number, text in enumerate(texts)
    for codec in CODECS
]


@pytest.mark.parametrize(("text", "codec"), TEXTS)
def test_few_foreign_signs_are_read_rightly_or_with_a_warning(text, codec):
    try:
        raw = text.encode(codec)
    except UnicodeEncodeError:
        return  # no such file can be
    found = likeliest(raw)
    assert found is None or found.close or raw.decode(found.encoding) == text
    if codec == "cp1252":
        assert found is not None
        assert raw.decode(found.encoding) == text


@pytest.mark.parametrize(
    "text", ["País,Lugar", "Día,Fecha de hoy", "Categoría,Clase", "Città,Luogo"]
)
def test_a_letter_of_a_mac_that_windows_has_as_a_sign_stays_a_letter(text):
    raw = text.encode("mac-roman")
    assert raw.decode(likeliest(raw).encoding) == text


@pytest.mark.parametrize("text", SIGNS["apostrophe"])
def test_an_apostrophe_alone_makes_no_warning(text):
    """The commonest file of Windows there is: English, with nothing foreign but this sign."""
    assert not likeliest(text.encode("cp1252")).close
