"""Matrices for paper, made up for tests: no database, words already."""

from dataclasses import replace
from datetime import UTC, datetime

from destraba.documents.matrix.content import (
    CommitmentLine,
    MatrixContent,
    ProblemBand,
    Shown,
    SolutionBand,
)

MADE_AT = datetime(2026, 8, 4, 15, 0, tzinfo=UTC)
AMBER = Shown(light="amber", word="Ámbar")
LIGHTS = tuple(
    Shown(light=light, word=word, count=1)
    for light, word in (
        ("red", "Rojo"),
        ("amber", "Ámbar"),
        ("waiting", "En espera"),
        ("green", "Verde"),
        ("grey", "Gris"),
        ("done", "Cumplido"),
        ("none", "Sin semáforo"),
    )
)
LINE = CommitmentLine(
    number="C-1",
    title="Aprobar la directiva",
    owner="SERFOR",
    helpers="GORE Loreto, GORE Ucayali",
    due="30 jun 2017",
    first_due="31 mar 2017",
    light=AMBER,
    why="Sin noticias desde el 3 de mayo",
    situation="En asesoría jurídica.\nFalta una firma.",
)
SOLUTION = SolutionBand(
    number="P-1.1", title="Registro simple", marks=("Aprobada", "6-12 meses → 3 días"), commitments=(LINE,)
)
PROBLEM = ProblemBand(
    number="P-1",
    title="Inscribir una plantación toma un año",
    is_in_focus=True,
    marks=("Trámites", "prioridad: alta"),
    lights=(replace(AMBER, count=1),),
    direct=(replace(LINE, number="C-2", light=LIGHTS[6], due="", first_due="", owner=""),),
    solutions=(SOLUTION, replace(SOLUTION, number="P-1.2", title="Sin nadie", commitments=())),
)
BARE = ProblemBand(number="P-2", title="Nadie supervisa")
MATRIX = MatrixContent(
    mesa="Mesa Ejecutiva Forestal",
    as_of="4 ago 2026, 10:00",
    taken_by="Ana Paredes",
    language="es",
    made_at=MADE_AT,
    stamp="v37",
    totals=("2 trabas", "2 soluciones", "2 compromisos"),
    asked_for=("Semáforo: Ámbar", "2 de 13 trabas"),
    lights=LIGHTS,
    problems=(PROBLEM, BARE),
)
EMPTY = MatrixContent(
    mesa="Mesa nueva", as_of="hoy", taken_by="Ana Paredes", language="es", made_at=MADE_AT, lights=LIGHTS
)


def large(problems: int, lines: int) -> MatrixContent:
    """So many problems with a solution of so many commitments each."""
    return replace(
        MATRIX,
        problems=tuple(
            replace(
                BARE,
                number=f"P-{index}",
                solutions=(
                    replace(
                        SOLUTION,
                        number=f"P-{index}.1",
                        commitments=tuple(replace(LINE, number=f"C-{each}") for each in range(lines)),
                    ),
                ),
            )
            for index in range(problems)
        ),
    )
