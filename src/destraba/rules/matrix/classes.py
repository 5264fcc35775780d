"""How the method classifies a problem and its answer. All of it optional: none of it gates anything."""

from dataclasses import dataclass
from enum import StrEnum


class Concern(StrEnum):
    """Whose problem it is, as the government sees it (S1 section 4.4)."""

    MINE = "mine"
    YOURS = "yours"


class PublicInput(StrEnum):
    """What the state would provide: the nine of S1 section 4.4, and two that the mesas added."""

    RED_TAPE = "red_tape"
    FITTING_REGULATION = "fitting_regulation"
    REGULATORY_GAP = "regulatory_gap"
    MARKET_ACCESS = "market_access"
    COMPLEMENTARY_INTERVENTION = "complementary_intervention"
    PUBLIC_ENTITY = "public_entity"
    INFRASTRUCTURE = "infrastructure"
    INNOVATION_INCENTIVE = "innovation_incentive"
    TRAINING = "training"
    FINANCE_ACCESS = "finance_access"
    MEDIATION = "mediation"


class PrivateMatter(StrEnum):
    """What is for the firms themselves to solve: the kinds of "your problem" (S1 section 4.4)."""

    OPPORTUNITY = "opportunity"
    PRODUCT_DESIGN = "product_design"
    PRICING = "pricing"
    COMPETITION = "competition"
    MARKET_INPUT = "market_input"


class Scope(StrEnum):
    """Across sectors, or for one of them (S0, the policies for productive development)."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class Instrument(StrEnum):
    """A public input, or an intervention in the market: protection, a subsidy, an exemption (S0)."""

    PUBLIC_INPUT = "public_input"
    MARKET_INTERVENTION = "market_intervention"


class PolicyQuadrant(StrEnum):
    """The four of S0, in the order of their risk, the least risky first."""

    HORIZONTAL_INPUT = "horizontal_input"
    VERTICAL_INPUT = "vertical_input"
    HORIZONTAL_INTERVENTION = "horizontal_intervention"
    VERTICAL_INTERVENTION = "vertical_intervention"


class CoordinationFailure(StrEnum):
    """Between whom coordination fails; between public bodies, how (S1 section 4.3)."""

    PUBLIC_PRIVATE = "public_private"
    DUPLICITY = "duplicity"
    IMPLEMENTATION_GAP = "implementation_gap"
    COMPLEMENT_MISSING = "complement_missing"
    PRIVATE_PRIVATE = "private_private"


class Funding(StrEnum):
    """What a solution costs whom; `UNFUNDED` was identified and nobody pays for it yet."""

    NONE_NEEDED = "none_needed"
    BUDGET = "budget"
    FUND = "fund"
    UNFUNDED = "unfunded"


class YesNo(StrEnum):
    """Of what either holds or does not."""

    YES = "yes"
    NO = "no"


_QUADRANTS = {
    (Scope.HORIZONTAL, Instrument.PUBLIC_INPUT): PolicyQuadrant.HORIZONTAL_INPUT,
    (Scope.VERTICAL, Instrument.PUBLIC_INPUT): PolicyQuadrant.VERTICAL_INPUT,
    (Scope.HORIZONTAL, Instrument.MARKET_INTERVENTION): PolicyQuadrant.HORIZONTAL_INTERVENTION,
    (Scope.VERTICAL, Instrument.MARKET_INTERVENTION): PolicyQuadrant.VERTICAL_INTERVENTION,
}


@dataclass(frozen=True, slots=True)
class PolicyPair:
    """What a quadrant is made of."""

    scope: Scope
    instrument: Instrument


def policy_quadrant(scope: Scope | None, instrument: Instrument | None) -> PolicyQuadrant | None:
    """Where a problem stands on the two by two; None while either half is unknown."""
    return _QUADRANTS[scope, instrument] if scope and instrument else None


def pair_of(quadrant: PolicyQuadrant) -> PolicyPair:
    """The two halves of a quadrant."""
    return next(PolicyPair(*pair) for pair, found in _QUADRANTS.items() if found is quadrant)
