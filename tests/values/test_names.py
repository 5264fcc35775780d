import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from destraba.values.names import is_plural_owner, name_key, split_names
from destraba.values.texts import fold
from tests.values.naughty import NAUGHTY


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("SERFOR", "serfor "),
        ("O.S.I.N.F.O.R.", "OSINFOR"),
        ("GORE San Martín", "Gobierno Regional de San Martin"),
        ("Gob. Reg. Loreto", "GORE Loreto"),
        ("Min. Producción", "Ministerio de la Producción"),
        ("MINISTERIO DE AGRICULTURA Y RIEGO", "Ministerio de Agricultura y Riego"),
        ("Ministry of Trade and Tourism", "The Ministry of Trade & Tourism"),
        ("Maderas del Sur S.A.C.", "Maderas del Sur SAC"),
        ("APM-Terminals", "APM Terminals"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert name_key(left) == name_key(right) != ""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("GORE Loreto", "GORE Ucayali"),
        ("Gobierno Regional de Lima", "Gobiernos regionales"),
        ("CITE Piura", "CITE Puno"),
        ("Dos de Mayo", "Mayo"),
        ("La", "El"),
    ],
)
def test_different_names_keep_different_keys(left: str, right: str) -> None:
    assert name_key(left) != name_key(right)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        # cells of the ministries' own sheets
        ("SERFOR", ["SERFOR"]),
        ("SERFOR; gobiernos regionales", ["SERFOR", "gobiernos regionales"]),
        ("GORE San Martín / GORE Ucayali / GORE Loreto", ["GORE San Martín", "GORE Ucayali", "GORE Loreto"]),
        ("OSINFOR, SERFOR", ["OSINFOR", "SERFOR"]),
        ("Ministerio de la Producción", ["Ministerio de la Producción"]),
        ("SERFOR / CONAFOR Perú", ["SERFOR", "CONAFOR Perú"]),
        ("OEFA / ANA / PRODUCE / SANIPES", ["OEFA", "ANA", "PRODUCE", "SANIPES"]),
        ("APN; MININTER; Provías; UNT; PNP; MPC", ["APN", "MININTER", "Provías", "UNT", "PNP", "MPC"]),
        ("MTC / Provías / MML / MPC", ["MTC", "Provías", "MML", "MPC"]),
        ("Logística; Comercio", ["Logística", "Comercio"]),
        ("SSII / INTI", ["SSII", "INTI"]),
        ("Trabajo", ["Trabajo"]),
        # the same in other hands
        ("", []),
        (" ; / \n", []),
        ("MTC/Provías", ["MTC", "Provías"]),
        ("- SERFOR\n- OSINFOR\n", ["SERFOR", "OSINFOR"]),
        ("• SERFOR • OSINFOR", ["SERFOR", "OSINFOR"]),
        ("SERFOR y/o OSINFOR", ["SERFOR", "OSINFOR"]),
        ("SERFOR y OSINFOR", ["SERFOR", "OSINFOR"]),
        ("SERFOR Y OSINFOR", ["SERFOR", "OSINFOR"]),
        ("SERFOR & OSINFOR", ["SERFOR", "OSINFOR"]),
        ("SERFOR, OSINFOR y GORE Loreto", ["SERFOR", "OSINFOR", "GORE Loreto"]),
        ("SERFOR, OSINFOR, y GORE Loreto", ["SERFOR", "OSINFOR", "GORE Loreto"]),
        ("SERFOR y los gobiernos regionales", ["SERFOR", "los gobiernos regionales"]),
        ("SERFOR; Serfor; S.E.R.F.O.R.", ["SERFOR"]),
        ("SERFOR y el Ministerio del Ambiente", ["SERFOR", "el Ministerio del Ambiente"]),
        (
            "Ministerio de la Producción y Ministerio del Ambiente",
            ["Ministerio de la Producción", "Ministerio del Ambiente"],
        ),
        (
            "Ministerio de Trabajo y Promoción del Empleo, SUNAFIL",
            ["Ministerio de Trabajo y Promoción del Empleo", "SUNAFIL"],
        ),
        ("Asociación de Exportadores (ADEX), SERFOR", ["Asociación de Exportadores (ADEX)", "SERFOR"]),
        ("CITE (Piura, San Martín y Puno) / ANA", ["CITE (Piura, San Martín y Puno)", "ANA"]),
        ("Maderas del Sur S.A.C.; SERFOR", ["Maderas del Sur S.A.C.", "SERFOR"]),
    ],
)
def test_several_agencies_in_one_cell(cell: str, names: list[str]) -> None:
    assert split_names(cell) == names


@pytest.mark.parametrize(
    "name",
    [
        "Ministerio de Agricultura y Riego",
        "MINISTERIO DE AGRICULTURA Y RIEGO",
        "Ministerio de Comercio Exterior y Turismo",
        "Ministerio de Vivienda, Construcción y Saneamiento",
        "Consejo Nacional de Ciencia, Tecnología e Innovación Tecnológica",
        "Superintendencia de Banca, Seguros y AFP",
        "Superintendencia de Banca y AFP",
        "Asociación de Municipios y Gobiernos Regionales",
        "Sociedad Nacional de Minería, Petróleo y Energía",
        "Ministry of Trade and Tourism",
        "Maderas del Sur, S.A.C.",
        "Lima y Callao",
        "Mesa 24/7",
        "Gremio (14 asociaciones de pequeños y medianos; otras)",
    ],
)
def test_one_name_with_a_comma_or_an_and_stays_one(name: str) -> None:
    assert split_names(name) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Gobiernos regionales",
        "los gobiernos regionales de la selva",
        "regional governments",
        "municipios",
        "GOREs",
        "Las municipalidades",
        "ocho municipios",
        "todos los Gobiernos Locales",
        "Direcciones regionales de agricultura",
    ],
)
def test_an_owner_that_stands_for_many(name: str) -> None:
    assert is_plural_owner(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "SERFOR",
        "GORE Loreto",
        "Gobierno Regional de Loreto",
        "Asociación de Municipalidades del Perú",
        "Regionalia",
    ],
)
def test_an_owner_that_is_one(name: str) -> None:
    assert not is_plural_owner(name)


PIECES = st.sampled_from(
    [
        "SERFOR",
        "Ministerio de ",
        "Agricultura",
        " y ",
        ", ",
        ";",
        "/",
        "(",
        ")",
        " ",
        "\n",
        "gobiernos regionales",
        "S.A.",
        "GORE Loreto",
        " e ",
        "&",
        "•",
        "-",
        "24/7",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=12).map("".join))
def test_no_name_of_a_cell_is_blank_or_comes_twice(cell: str) -> None:
    names = split_names(cell)
    keys = [name_key(name) for name in names]

    assert len(set(keys)) == len(keys)
    assert all(keys)
    assert all(name == name.strip() for name in names)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_word_of_a_cell_is_lost(cell: str) -> None:
    joining = {"y", "e", "de"}

    assert _words(" ".join(split_names(cell))) - joining == _words(cell) - joining


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


@given(st.text())
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_naughty_cells_are_split_without_a_stumble() -> None:
    for cell in NAUGHTY:
        assert all(name_key(name) for name in split_names(cell))
