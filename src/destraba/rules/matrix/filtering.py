"""What the method would say of a problem once something is known of it (S1 section 4.5 d; S0, policy mix).

Filtering is preliminary: this advises, the team decides, and nothing is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from destraba.methods.schema import InterventionPolicy, Interventions
from destraba.rules.matrix.classes import Concern, Instrument, PublicInput, Scope, policy_quadrant
from destraba.rules.problems import FilterReason
from destraba.values.reasons import Reason


class Weight(StrEnum):
    """How much is in a piece of advice."""

    NOTE = "note"
    WARNING = "warning"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a problem; all of it may be unknown."""

    improves_operations: bool | None = None
    concern: Concern | None = None
    public_input: PublicInput | None = None
    scope: Scope | None = None
    instrument: Instrument | None = None
    names_underlying: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to be said. `filter_reason`: with it, the problem had better be set aside for that reason."""

    reason: Reason
    weight: Weight = Weight.NOTE
    filter_reason: FilterReason | None = None


CORRECTIONS: Mapping[PublicInput, str] = {
    PublicInput.FINANCE_ACCESS: "long_term_finance",
    PublicInput.INNOVATION_INCENTIVE: "innovation_incentives",
}
"""The named failures of the market that a method may let a request put right, by the kind of public input."""


def advice(facts: Facts, interventions: Interventions) -> tuple[Advice, ...]:
    """What follows from the facts, the weightiest first.

    Codes: `repeats_another`, `merely_declaratory`, `firms_own`; of requests `intervention_barred`,
    `intervention_pushed_back`, `intervention_allowed`, `intervention_corrects`, `name_the_inefficiency`; of a
    quadrant `risk_horizontal_input` and so on.
    """
    found: list[Advice] = []
    if facts.repeats:
        found.append(_set_aside("repeats_another", FilterReason.DUPLICATE))
    found += _of_request(facts, interventions)
    if facts.concern is Concern.YOURS:
        found.append(_set_aside("firms_own", FilterReason.YOUR_PROBLEM))
    if facts.improves_operations is False:
        found.append(_set_aside("merely_declaratory", FilterReason.DECLARATORY))
    if quadrant := policy_quadrant(facts.scope, facts.instrument):
        found.append(Advice(Reason.of(f"risk_{quadrant.value}")))
    order = list(Weight)
    return tuple(sorted(found, key=lambda one: -order.index(one.weight)))


def reasons_to_set_aside(found: Sequence[Advice]) -> tuple[FilterReason, ...]:
    """For what reasons the advice would set the problem aside; the first is the one to propose."""
    return tuple(one.filter_reason for one in found if one.filter_reason)


def _of_request(facts: Facts, interventions: Interventions) -> list[Advice]:
    if facts.instrument is not Instrument.MARKET_INTERVENTION:
        return []
    ask = [] if facts.names_underlying else [Advice(Reason.of("name_the_inefficiency"), Weight.WARNING)]
    if _corrects(facts.public_input, interventions):
        return [Advice(Reason.of("intervention_corrects"))]
    match interventions.policy:
        case InterventionPolicy.BARRED:
            barred = _set_aside("intervention_barred", FilterReason.COMPENSATES_INEFFICIENCY)
            return [barred, *ask]
        case InterventionPolicy.PUSH_BACK:
            return [Advice(Reason.of("intervention_pushed_back"), Weight.WARNING), *ask]
        case InterventionPolicy.ALLOWED:
            return [Advice(Reason.of("intervention_allowed")), *ask]


def _corrects(public_input: PublicInput | None, interventions: Interventions) -> bool:
    """What puts a named failure of the market right compensates nothing."""
    named = CORRECTIONS.get(public_input) if public_input else None
    return named is not None and named in interventions.corrections_allowed


def _set_aside(code: str, why: FilterReason) -> Advice:
    return Advice(Reason.of(code), Weight.SET_ASIDE, why)
