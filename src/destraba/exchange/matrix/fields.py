"""The columns that a Matrix may have, and the headings by which teams know them.

Phrases are folded (no case, no accents) and in Spanish, English and Portuguese.
"""

from collections.abc import Mapping
from enum import StrEnum


class Field(StrEnum):
    """What a column says. A mesa's own mapping names these."""

    NUMBER = "number"
    MESA = "mesa"
    AXIS = "axis"
    PROBLEM = "problem"
    PROBLEM_NOTE = "problem_note"
    PRIORITY = "priority"
    SOLUTION_NUMBER = "solution_number"
    SOLUTION = "solution"
    COMMITMENT_NUMBER = "commitment_number"
    COMMITMENT = "commitment"
    OWNER = "owner"
    COLLABORATORS = "collaborators"
    START = "start"
    DUE = "due"
    LIGHT = "light"
    PERCENT = "percent"
    NOTE = "note"
    BEFORE = "before"
    AFTER = "after"
    GOAL = "goal"
    VERSION = "version"

    CONCERN = "concern"
    PUBLIC_INPUT = "public_input"
    SCOPE = "scope"
    INSTRUMENT = "instrument"
    COORDINATION = "coordination"
    ORIGIN = "origin"
    SPEED = "speed"
    CONTENTIOUS = "contentious"
    FUNDING = "funding"
    STAGE = "stage"
    SOLUTION_STAGE = "solution_stage"
    STATE = "state"
    SLIPS = "slips"
    ORIGINAL_DUE = "original_due"

    ORGANIZATION = "organization"
    SECTOR = "sector"
    KIND = "kind"
    PARTICIPATION = "participation"
    PERSON = "person"
    POST = "post"
    EMAIL = "email"


LEVELS = (Field.PROBLEM, Field.SOLUTION, Field.COMMITMENT)
"""A sheet without any of them is no Matrix."""

FACTS = frozenset({Field.STAGE, Field.SOLUTION_STAGE, Field.STATE, Field.SLIPS, Field.ORIGINAL_DUE})
"""What a record became by acts of its own. A spreadsheet tells it of a new row and never changes it."""

STAND_INS: Mapping[Field, Field] = {Field.LIGHT: Field.STATE, Field.DUE: Field.ORIGINAL_DUE}
"""What the second of each pair means where a team has no column for the first: the state of its commitments
is their light, and the only date is the date."""

Phrases = Mapping[Field, str]
"""Phrases parted by bars, in the singular: a heading in the plural has them too."""

CONTAINED: Phrases = {
    Field.NUMBER: "numero de problema|numero del problema|n de problema|problem number",
    Field.AXIS: "eje|eixo|axis|linea tematica|area tematica|tematica",
    Field.PROBLEM: """problema|traba|barrera|cuello de botella|cuellos de botella|obstaculo
        |limitante|restriccion|proyecto|problem|bottleneck|barrier|constraint|obstacle|entrave
        |gargalo|barreira|projeto""",
    Field.PROBLEM_NOTE: "nota del problema|nota de la traba|problem note|nota do problema",
    Field.PRIORITY: "prioridad|importancia|priority|importance|prioridade",
    Field.SOLUTION_NUMBER: """numero de solucion|numero de la solucion|n de solucion|n solucion
        |no solucion|nro solucion|solution number|solution no|n solucao|numero da solucao""",
    Field.SOLUTION: """solucion|medida|propuesta|alternativa de solucion|reforma|solution|measure
        |proposal|reform|solucao|solucoes|proposta""",
    Field.COMMITMENT_NUMBER: """numero de compromiso|numero del compromiso|n de compromiso
        |n compromiso|no compromiso|nro compromiso|commitment number|commitment no|n compromisso
        |numero do compromisso""",
    Field.COMMITMENT: """accion|compromiso|actividad|tarea|proximo paso|proximos pasos|acuerdo
        |action|commitment|activity|activities|task|next step|acao|acoes|compromisso|atividade
        |tarefa""",
    Field.OWNER: """responsable|encargado|encargada|a cargo|owner|responsible|lead agency
        |assigned to|responsavel|responsaveis""",
    Field.COLLABORATORS: """colaborador|colaboradora|entidad de apoyo|entidades de apoyo
        |corresponsable|otros responsables|collaborator|supported by|supporting agency
        |supporting agencies|co responsaveis""",
    Field.START: "fecha de inicio|fecha inicio|start date|data de inicio|data inicio",
    Field.DUE: """fecha limite|plazo|vencimiento|fecha de vencimiento|fecha de entrega
        |fecha de cumplimiento|fecha comprometida|fecha fin|fecha de fin|fecha final
        |fecha de termino|fecha prevista|fecha estimada|due date|deadline|end date|target date
        |finish date|prazo|data limite|data final|data de termino|data prevista""",
    Field.LIGHT: "semaforo|estado|estatus|status|traffic light|rag|farol",
    Field.PERCENT: "%|avance %|progress %|porcentaje|percent|percentage|grado de avance|percentual",
    Field.NOTE: """situacion|comentario|observacion|avance|estado situacional|estado actual|remark
        |comment|note|progress|situation|current situation|current status|situacao|observacoes
        |andamento""",
    Field.BEFORE: "antes|linea base|linea de base|situacion inicial|baseline|before|linha de base",
    Field.AFTER: "despues|ahora|situacion final|after|depois|agora",
    Field.GOAL: "meta|goal|target|objetivo",
    Field.CONCERN: """mi problema|de quien es el problema|de quien es la traba|a quien le toca|my problem
        |whose problem|de quem e o problema""",
    Field.PUBLIC_INPUT: "insumo publico|tipo de insumo|bien publico|public input",
    Field.SCOPE: """horizontal o vertical|horizontal vertical|alcance de la traba|alcance del problema
        |alcance de la politica|horizontal or vertical|policy scope|horizontal ou vertical""",
    Field.INSTRUMENT: """insumo publico o intervencion|insumo o intervencion|intervencion de mercado
        |instrumento de politica|public input or intervention|public input or market intervention
        |market intervention|policy instrument|intervencao de mercado|instrumento de politica publica""",
    Field.COORDINATION: """falla de coordinacion|fallo de coordinacion|coordination failure
        |falha de coordenacao""",
    Field.ORIGIN: """origen de la traba|origen del problema|origin of the problem|problem origin
        |origem do problema""",
    Field.SPEED: "rapidez|velocidad|speed|velocidade",
    Field.CONTENTIOUS: """contencioso|contenciosa|controvertido|controvertida|conflictivo|conflictiva
        |contentious|controverso|controversa""",
    Field.FUNDING: "financiamiento|financiacion|funding|financiamento",
    Field.STAGE: """etapa de la traba|etapa del problema|problem stage|stage of the problem
        |etapa do problema""",
    Field.SOLUTION_STAGE: """etapa de la solucion|solution stage|stage of the solution
        |etapa da solucao""",
    Field.STATE: """estado del compromiso|commitment state|state of the commitment
        |estado do compromisso""",
    Field.SLIPS: """aplazamiento|postergacion|reprogramacion|veces aplazado|veces reprogramado|slip
        |times postponed|times moved|adiamento|adiamentos""",
    Field.ORIGINAL_DUE: """plazo original|fecha original|fecha limite original|plazo inicial
        |original due date|original date|original deadline|prazo original|data original""",
}
"""A heading that contains the phrase has that field: "Problema identificado"."""

ALONE: Phrases = {
    Field.NUMBER: """n|no|nro|num|numero|#|id|item|codigo|cod|number|nr|n problema|no problema
        |n traba""",
    Field.MESA: """mesa|mesa ejecutiva|mesa sectorial|mesa de trabajo|working group
        |grupo de trabalho""",
    Field.AXIS: "tema|topic|theme|categoria|category|componente|pilar|linea",
    Field.PROBLEM: "issue",
    Field.SOLUTION: "alternativa",
    Field.COMMITMENT: "hito|milestone|paso|step",
    Field.OWNER: """entidad|institucion|organismo|agencia|agency|agencies|lead|quien|who|orgao
        |entidade""",
    Field.COLLABORATORS: "colabora|colaboran|apoyo|apoya|coordinar con|coordina con|support|apoio",
    Field.START: "inicio|comienzo|start|desde|from",
    Field.DUE: "fecha|fin|termino|cuando|hasta|date|due|end|when|until|by|data|finish",
    Field.LIGHT: "luz|color|light|colour|cumplimiento|sinal|cor",
    Field.NOTE: "nota|detalle",
    Field.AFTER: "resultado|result|now",
    Field.VERSION: "version|versao",
    Field.ORIGIN: "origen|origin|origem",
}
"""Short words that mean something only when nothing else stands in the heading."""

PARTICIPANTS_CONTAINED: Phrases = {
    Field.ORGANIZATION: """entidad|institucion|organizacion|organismo|organization|institution
        |instituicao|organizacao|entidade""",
    Field.KIND: "tipo de entidad|tipo de institucion|tipo de organizacion",
    Field.PARTICIPATION: "participacion|participation|participacao|asistencia|attendance",
    Field.PERSON: "nombre|representante|nombre y apellido|representative|contact person|nome",
    Field.EMAIL: "correo|correo electronico|email|e mail",
}

PARTICIPANTS_ALONE: Phrases = {
    Field.ORGANIZATION: "empresa|miembro|participante|member|participant|gremio",
    Field.SECTOR: "sector|setor|publico privado|sector publico privado|public private",
    Field.KIND: "tipo|naturaleza|type|kind",
    Field.PARTICIPATION: "caracter|condicion|frecuencia|rol|role",
    Field.PERSON: "titular|persona|contacto|name|person|contact",
    Field.POST: "cargo|puesto|position|post",
    Field.EMAIL: "mail",
}
