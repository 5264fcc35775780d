"""Who plays in the demo: invented people in real posts, marked as invented."""

from dataclasses import dataclass

from destraba.models import OrganizationKind
from destraba.rules.permissions import Role
from destraba.values.texts import slug

PASSWORD = "demo-destraba"  # noqa: S105  (the demo's, shown on its sign-in page)
MAIL_DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Player:
    """One invented person: where they sit and what for. `mesa` is False for a seat of the programme."""

    name: str
    organization: str
    role: Role | None
    title: str
    mesa: bool = True
    axis: str = ""
    administrator: bool = False

    @property
    def email(self) -> str:
        """First name at the demo's own domain, which no mail can reach."""
        return f"{slug(self.name.split()[0])}@{MAIL_DOMAIN}"


@dataclass(frozen=True, slots=True)
class Body:
    """A real organization of the forestry mesa, with the names that documents give it."""

    name: str
    kind: OrganizationKind
    aliases: tuple[str, ...] = ()


K = OrganizationKind
BODIES = (
    Body("PRODUCE", K.MINISTRY, ("Ministerio de la Producción",)),
    Body("SERFOR", K.AGENCY, ("Servicio Nacional Forestal y de Fauna Silvestre",)),
    Body("OSINFOR", K.REGULATOR, ("Organismo de Supervisión de los Recursos Forestales",)),
    Body("MINAGRI", K.MINISTRY, ("Ministerio de Agricultura",)),
    Body("MINAM", K.MINISTRY, ("Ministerio del Ambiente",)),
    Body("COFIDE", K.DEVELOPMENT_BANK, ("Corporación Financiera de Desarrollo",)),
    Body("GORE Ucayali", K.REGIONAL_GOVERNMENT, ("Gobierno Regional de Ucayali",)),
    Body("GORE Loreto", K.REGIONAL_GOVERNMENT, ("Gobierno Regional de Loreto",)),
    Body("GORE San Martín", K.REGIONAL_GOVERNMENT, ("Gobierno Regional de San Martín",)),
    Body("GORE Huánuco", K.REGIONAL_GOVERNMENT, ("Gobierno Regional de Huánuco",)),
    Body("GORE Madre de Dios", K.REGIONAL_GOVERNMENT, ("Gobierno Regional de Madre de Dios",)),
    Body("CONAFOR Perú", K.ASSOCIATION),
    Body("Empresas reforestadoras", K.FIRM),
)

PLAYERS = (
    Player("Ana Paredes", "PRODUCE", Role.TEAM, "Analista del equipo dedicado"),
    Player("Tomás Rivas", "PRODUCE", Role.TECHNICAL_LEADER, ""),
    Player("Lucía Montes", "MINAGRI", Role.POLITICAL_LEADER, ""),
    Player("Rosa Quispe", "CONAFOR Perú", Role.MEMBER, "Representante de pequeños productores"),
    Player("Óscar Vela", "Empresas reforestadoras", Role.MEMBER, "Reforestador"),
    Player("Elena Soto", "SERFOR", Role.LIAISON, ""),
    Player("Iván Castro", "OSINFOR", Role.LIAISON, ""),
    Player("Marta Salas", "PRODUCE", Role.HEAD, "Jefa del programa", mesa=False),
    Player(
        "Pablo Nieto",
        "PRODUCE",
        Role.AXIS_LEAD,
        "Responsable de simplificación",
        mesa=False,
        axis="Regulación y trámites",
    ),
    Player("Víctor Ramos", "MINAM", Role.HIGH_LEVEL, "Alto nivel", mesa=False),
    Player("Sara Lino", "PRODUCE", None, "Administradora de la instalación", administrator=True),
)
