"""The Matrix of Peru's forestry mesa, shortened, in the layout in which its team keeps it."""

import datetime as dt

from tests.exchange.books import Row, book

HEADINGS = [
    *(
        "N°",
        "Eje",
        "Problema identificado",
        "Solución propuesta",
        "Acción / compromiso",
        "Entidad responsable",
    ),
    *("Plazo", "Semáforo", "Situación actual", "Antes", "Después"),
]
_PREAMBLE: list[Row] = [
    ["MESA EJECUTIVA FORESTAL"],
    ["Matriz de problemas y soluciones (documento de trabajo)"],
    ["Instalada: diciembre 2014", *[None] * 5, "Actualizado al", dt.date(2017, 5, 31)],
    [],
    HEADINGS,
]
_TOTAL: Row = [None, None, "TOTAL DE PROBLEMAS", "=COUNTA(A6:A27)"]

# A line is a row; blanks at its beginning go on with the problem above. "@" marks a date, not a text.
_ROWS = """
1|Trámites|Ley sin reglamento|Reglamentar|Aprobar|SERFOR|@2015-09-30|blue|Ya|sin reglamento|set-2015
2|Trámites|Registro lento|Reducir|Registrar|SERFOR; gobiernos regionales|30/09/2015|blue||6-12 meses|3 días
3|Trámites|Permiso para extraer|Eliminarlo|Reglamentar|SERFOR|set-15|blue|Eliminado|4-8 meses|0
4|Trámites|Poseedores sin título|Cesión en uso|Incluir la figura|SERFOR|@2015-09-30|blue|Incluida||
||||Aplicarla|GORE San Martín / GORE Ucayali / GORE Loreto||amber|Falta verificar||
5|Regulación y tramitología|Trece años sin concurso|Abreviar|Publicar lineamientos|SERFOR||blue|||
||||Lanzar procedimiento|GORE Ucayali|mayo 2017|blue|Lanzado||
||||Lanzar procedimiento|GORE Loreto|mayo 2017|blue|Lanzado||
||||Convocar concurso|Gobiernos regionales|por definir|amber|Se espera||
6|Trámites|Origen incierto|Acompañar|Participar en inspecciones|OSINFOR||amber|Aceptó||
||||Opinión favorable|SERFOR||blue|Emitida||
||||Mejorar las oficinas|Gobiernos regionales||red|||
7|Trámites|Rezago|Publicar datos|Publicar concesiones|OSINFOR, SERFOR||blue|Publicado|varios años|casi 0
8|Trámites|Tribunal pendiente|Formarlo|Conformar|OSINFOR||blue|Conformado|8 años pendiente|conformado
9|Innovación|Falta de innovación|CITE Forestal|Construir la sede|Ministerio de la Producción||amber|||
10|Financiamiento|Sin crédito a diez años|Fondo|Fondo de US$ 200 millones|COFIDE||blue||sin fondo|un dígito
||||Aceptar la garantía|SERFOR||blue|||
11|Financiamiento|Poca tierra|Catastro|Catastro|SERFOR / GORE San Martín / GORE Huánuco||amber|||
||||Incorporar Loreto|SERFOR|||Más adelante||
||||Lineamientos|SERFOR||blue|||
12|Financiamiento|Pedido: declarar prioridad nacional||||||Meramente declarativo||
13|Trámites|Pequeños no reconocidos|Reconocerlos|Propuesta|SERFOR / CONAFOR Perú||amber|||
"""
_FILLS = {"blue": "0070C0", "amber": "FFC000", "red": "FF0000"}
_FIRST_ROW, _LIGHT = 6, 7

_PARTICIPANTS = [
    ("SERFOR", "Público", "Organismo técnico", "Permanente"),
    ("OSINFOR", "Público", "Organismo supervisor", "Permanente"),
    ("MINAM", "Público", "Ministerio", "Ocasional"),
    ("MINAGRI", "Público", "Ministerio", "Permanente"),
    ("Ministerio de la Producción", "Público", "Ministerio", "Coordina (equipo dedicado)"),
    ("COFIDE", "Público", "Banca de desarrollo", "Ocasional"),
    ("GORE San Martín", "Público", "Gobierno regional", "Permanente desde 2017"),
    ("GORE Huánuco", "Público", "Gobierno regional", "Ocasional"),
    ("GORE Loreto", "Público", "Gobierno regional", "Permanente desde 2017"),
    ("GORE Ucayali", "Público", "Gobierno regional", "Permanente desde 2017"),
    ("GORE Madre de Dios", "Público", "Gobierno regional", "Ocasional"),
    ("CONAFOR Perú", "Privado", "Gremio", "Permanente desde 2017"),
    ("Empresas reforestadoras", "Privado", "Empresas", "Permanente"),
]


def forestal() -> bytes:
    """The workbook, with problems merged over their actions and lights that are mere fills."""
    lines = [line.split("|") for line in _ROWS.strip().splitlines()]
    numbered = [at for at, line in enumerate(lines, start=_FIRST_ROW) if line[0]]
    ends = [*(at - 1 for at in numbered[1:]), _FIRST_ROW + len(lines) - 1]
    return book(
        {
            "Matriz": [*_PREAMBLE, *(_values(line) for line in lines), [], _TOTAL],
            "Participantes": [["Entidad", "Sector", "Tipo", "Participación"], *_PARTICIPANTS],
        },
        fills={
            **{f"{letter}5": "1F3864" for letter in "ABCDEFGHIJK"},
            **{
                f"H{at}": _FILLS[line[_LIGHT]]
                for at, line in enumerate(lines, start=_FIRST_ROW)
                if line[_LIGHT]
            },
        },
        merges=[
            f"{letter}{first}:{letter}{last}"
            for first, last in zip(numbered, ends, strict=True)
            if last > first
            for letter in "ABCD"
        ],
        comments={"F6": "Coordinar con el enlace de la entidad"},
    )


def _values(line: list[str]) -> Row:
    values: list[object] = [text or None for text in line]
    values[0] = int(line[0]) if line[0] else None
    values[6] = dt.date.fromisoformat(line[6].strip("@")) if line[6].startswith("@") else values[6]
    values[_LIGHT] = None
    return values
