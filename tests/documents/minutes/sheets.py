"""Acuerdos to print: an afternoon of Mesa Forestal, an empty one, and one as large as they come."""

from dataclasses import replace
from datetime import UTC, datetime

from destraba.documents.minutes.content import (
    AttendanceGroup,
    ItemTaken,
    MadeCommitment,
    Mention,
    MinutesContent,
    SeatAtTable,
)

MADE_AT = datetime(2026, 8, 4, 16, 20, tzinfo=UTC)

_PRIVATE = AttendanceGroup(
    name="Sector privado",
    seats=(
        SeatAtTable(organization="ADEX", title="Comité de Maderas", in_room=True, name="Rosa Quispe"),
        SeatAtTable(
            organization="Asociación de Concesionarios de Madre de Dios",
            title="Presidencia",
            presence="reemplazo",
            in_room=True,
            name="Julio Tapia",
            substitute="Elena Vargas",
        ),
        SeatAtTable(organization="Maderera Bozovich", title="Gerencia general", in_room=True),
        SeatAtTable(organization="Reforestadora Amazónica", in_room=True),
        SeatAtTable(organization="Sociedad Nacional de Industrias", presence="excusado", in_room=False),
    ),
)
_PUBLIC = AttendanceGroup(
    name="Sector público",
    seats=(
        SeatAtTable(organization="SERFOR", title="Dirección general", in_room=True, name="Fabiola Muñoz"),
        SeatAtTable(organization="OSINFOR", title="Dirección de fiscalización", in_room=True),
        SeatAtTable(organization="SUNAT", title="Intendencia de aduanas", presence="ausente", in_room=False),
        SeatAtTable(organization="MEF", title="Asesoría", in_room=True),
        SeatAtTable(organization="Gobierno Regional de Ucayali", in_room=True),
    ),
)
_TEAM = AttendanceGroup(
    name="Equipo técnico",
    seats=(
        SeatAtTable(organization="Mesa Forestal", title="Líder", in_room=True, name="Ana Paredes"),
        SeatAtTable(organization="Mesa Forestal", title="Analista", in_room=True),
    ),
)

FORESTAL = MinutesContent(
    mesa="Mesa Ejecutiva Forestal",
    programme="Mesas Ejecutivas",
    host="Ministerio de Economía y Finanzas",
    title="Acuerdos",
    number="Acuerdos 3-2026",
    meeting_number="S-7",
    meeting_kind="Sesión ordinaria",
    day="martes 4 de agosto de 2026",
    hours="9:00 a 11:00",
    zone="hora de Lima",
    venue="Sala Grau, Ministerio de Economía y Finanzas",
    status="Circulado",
    status_note="objeciones hasta el jueves 6 de agosto, 18:00",
    is_final=False,
    edition=2,
    language="es",
    made_at=MADE_AT,
    attendance=(_PRIVATE, _PUBLIC, _TEAM),
    items=(
        ItemTaken(
            number="1",
            title="El plan de manejo se evalúa dos veces",
            folio="P-4",
            why="vence esta semana",
            decisions=(
                "SERFOR y OSINFOR evalúan el plan de manejo en un solo expediente desde el 1 de setiembre.",
            ),
            notes=("OSINFOR pide que el expediente único incluya las coordenadas del censo forestal.",),
            commitments=(
                MadeCommitment(
                    folio="C-12",
                    what="Publicar el formato único del expediente de evaluación",
                    who="SERFOR, Dirección general",
                    due="28 de agosto",
                    standing="acordado en la sala",
                ),
                MadeCommitment(
                    folio="C-13",
                    what="Capacitar a las oficinas de Pucallpa y Puerto Maldonado en el formato único",
                    who="OSINFOR",
                    due="11 de setiembre",
                    standing="acordado en la sala",
                ),
            ),
        ),
        ItemTaken(
            number="2",
            title="Seguro para plantaciones",
            folio="P-9",
            why="no se mueve desde hace 34 días",
            decisions=("La mesa elige el piloto de Ucayali; el de San Martín queda para 2027.",),
            commitments=(
                MadeCommitment(
                    folio="C-14",
                    what="Responder si el fondo puede cubrir la prima del primer año",
                    who="MEF, Asesoría",
                    due="18 de agosto",
                    standing="pedido, sin aceptar",
                    is_agreed=False,
                ),
            ),
        ),
        ItemTaken(
            number="3",
            title="Aforo en aduanas de la madera aserrada",
            folio="P-2",
            why="lo pidió ADEX",
            notes=("Se espera la respuesta de SUNAT, que no vino.",),
            commitments=(
                MadeCommitment(
                    folio="C-15", what="Enviar los tiempos de aforo de julio", who="SUNAT", standing="pedido"
                ),
            ),
        ),
    ),
    new_problems=(
        Mention(folio="P-17", title="La guía de transporte no se puede corregir en línea", note="ADEX"),
    ),
    not_reached=(Mention(folio="P-11", title="Catastro de concesiones", note="segunda vez"),),
    next_meeting="S-8: martes 18 de agosto de 2026, 9:00, Sala Grau",
    withheld=2,
    receipt="5f2c1a9be0d347c0a2b1f6e8d9c3b7a45e6f708192a3b4c5d6e7f8091a2b3c4d",
)

EMPTY = MinutesContent(
    mesa="Mesa Textil",
    title="Acta",
    number="Acta 1-2026",
    meeting_number="S-1",
    meeting_kind="",
    day="lunes 5 de enero de 2026",
    status="Borrador",
    is_final=False,
    language="es",
    made_at=MADE_AT,
)

ENGLISH = replace(
    FORESTAL,
    language="en",
    title="Minutes",
    number="Minutes 3-2026",
    meeting_kind="Ordinary session",
    day="Tuesday, 4 August 2026",
    status="Approved",
    status_note="without objections, 6 August 2026",
    is_final=True,
    withheld=1,
)


def large(items: int = 40, seats: int = 60) -> MinutesContent:
    """As many items and seats as a plenary ever had."""
    item, seat = FORESTAL.items[0], _PUBLIC.seats[1]
    return replace(
        FORESTAL,
        items=tuple(replace(item, number=str(number)) for number in range(1, items + 1)),
        attendance=(
            replace(_PUBLIC, seats=(seat,) * (seats // 2)),
            replace(_PRIVATE, seats=(seat,) * (seats // 2)),
        ),
    )
