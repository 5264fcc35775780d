"""The fixed cast of these stories: two mesas, their organizations, and a seat for every role."""

from uuid import UUID

from destraba.rules.permissions import Role, SeatHeld, Standing

FORESTRY = UUID(int=1)
AQUACULTURE = UUID(int=2)

SERFOR = UUID(int=11)
OSINFOR = UUID(int=12)
PRODUCE = UUID(int=13)

OF_THE_PROGRAMME = {Role.HEAD, Role.AXIS_LEAD}
"""Whose seat belongs to no mesa in these stories."""


def seat(
    role: Role,
    mesa: UUID | None = FORESTRY,
    *,
    number: int = 100,
    organization: UUID = PRODUCE,
    axis: str = "",
) -> SeatHeld:
    return SeatHeld(UUID(int=number), organization, role, mesa, axis)


def usual_seat(role: Role) -> SeatHeld:
    """The seat as this role usually has it, in forestry or in the programme."""
    axis = "regulation" if role is Role.AXIS_LEAD else ""
    return seat(role, None if role in OF_THE_PROGRAMME else FORESTRY, axis=axis)


def holder(*seats: SeatHeld, administrator: bool = False) -> Standing:
    return Standing(account=True, administrator=administrator, seats=seats)
