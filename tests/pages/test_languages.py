"""Words in another language than the book's: found by their letters, titles also by what references.bib says."""

import pytest

from pakrus.pages.languages import direction, pieces, title_pieces


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Россия, Пакистан и афганский фактор", "ru"),
        ("Президент України", "uk"),
        ("پاکستان اور روس", "ur"),
        ("روس کو گوادر پورٹ استعمال کرنے کی اجازت", "ur"),
        ("اتهمت موسكو امس حركة طالبان", "ar"),
        ("یک مقام پیشین چچنی، خواهان شناسایی دولت چچن", "fa"),
        ("বাংলাদেশের স্বাধীনতা যুদ্ধ", "bn"),
        ("布尔加宁和阿里互换信件", "zh"),
        ("भारत और रूस", "hi"),
        ("북한", "ko"),
    ],
)
def test_letters_tell_the_language(text, language):
    assert [tuple(piece) for piece in pieces(f"Before {text} after")] == [
        ("Before ", None),
        (text, language),
        (" after", None),
    ]
    assert direction(language) == ("rtl" if language in {"ur", "ar", "fa"} else None)


def test_pieces_are_the_text_and_english_stays_alone():
    for text in ("", "Häge’s measure, 1965–66", "«КАМАЗ» создает СП в Пакистане", "Рука Москвы [The hand of Moscow]"):
        assert "".join(piece.text for piece in pieces(text)) == text
    assert [piece.language for piece in pieces("Häge’s measure, π = 0.4")] == [None]
    assert pieces("Рука Москвы [The hand of Moscow]")[0] == ("Рука Москвы", "ru")


# as they stand in references.bib: whether a title is the source's own, in Latin letters, or told in English
@pytest.mark.parametrize(
    ("langid", "title", "language"),
    [
        ("russian", "Putin otsenil torgovlyu s Pakistanom", "ru-Latn"),
        ("russian", "V gosti so skandalom", "ru-Latn"),
        ("russian", "[The Taliban offensive of autumn 1996]", None),
        ("russian", "[Kozyrev's visit to Iran ends]", None),
        ("russian", "Russian-Pakistani talks at the highest level in Moscow", None),
        ("urdu", "Rusi fauji wafd ka daura Shumali o Junubi Waziristan (in Urdu)", "ur-Latn"),
        ("urdu", "Pakistani students turn to Russian universities (Urdu)", None),
        ("arabic", "Lavrov calls for an investigation of the raid that killed 24 Pakistani soldiers (in Arabic)", None),
        ("german", "Afghanistan-Vertrag in Frage gestellt", "de"),
        ("german", "Pakistan awaits discounted Russian oil, prime minister says", None),
        ("italian", "Mosca offre la sua mediazione per la pace fra India e Pakistan", "it"),
        ("spanish", "Visita inesperada a Moscú del ministro afgano de Asuntos Exteriores", "es"),
        ("french", "Communiqué de presse [Russian Foreign Ministry on the OIC conference]", "fr"),
        ("turkish", "Erdogan and Putin meeting: the photograph and the RT claim about Sharif", None),
        ("bulgarian", 'Пристигнаха чуждестранните участници в ученията "Запад-2021"', "bg"),
        ("arabic", "مؤتمر وزراء الخارجية الإسلامي", "ar"),
        ("", "Rossiya", None),
    ],
)
def test_the_title_of_a_source_is_in_its_language(langid, title, language):
    found = title_pieces(title, langid)
    assert "".join(piece.text for piece in found) == title
    assert next((piece.language for piece in found if piece.language), None) == language
    assert not [piece for piece in found if piece.language and piece.text.rstrip().endswith((")", "]"))]
