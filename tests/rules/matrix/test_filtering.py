"""What the method would say, in each of its three policies, and in none of them a refusal."""

from dataclasses import replace

import pytest

from destraba.methods.catalogue import apply_override, load
from destraba.methods.schema import InterventionPolicy, Interventions
from destraba.queries.sentences import has_words
from destraba.rules.matrix.classes import Concern, Instrument, PublicInput, Scope
from destraba.rules.matrix.filtering import CORRECTIONS, Facts, Weight, advice, reasons_to_set_aside
from destraba.rules.problems import FilterReason

POLICIES = [Interventions(policy, ()) for policy in InterventionPolicy]
REQUEST = Facts(instrument=Instrument.MARKET_INTERVENTION)
NAMED = replace(REQUEST, names_underlying=True)


def codes(facts: Facts, interventions: Interventions) -> list[str]:
    return [one.reason.code for one in advice(facts, interventions)]


@pytest.mark.parametrize("interventions", POLICIES)
def test_of_what_is_not_known_nothing_is_said(interventions: Interventions) -> None:
    assert advice(Facts(), interventions) == ()


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (InterventionPolicy.BARRED, ["intervention_barred"]),
        (InterventionPolicy.PUSH_BACK, ["intervention_pushed_back"]),
        (InterventionPolicy.ALLOWED, ["intervention_allowed"]),
    ],
)
def test_a_request_is_barred_pushed_back_or_allowed(policy: InterventionPolicy, said: list[str]) -> None:
    assert codes(NAMED, Interventions(policy, ())) == said


def test_the_presets_say_which_and_a_mesa_may_say_otherwise() -> None:
    peru, argentina = load("peru-me"), load("ar-ms2")
    assert codes(NAMED, peru.interventions) == ["intervention_barred"]
    assert codes(NAMED, argentina.interventions) == ["intervention_pushed_back"]
    own = apply_override(argentina, {"interventions": {"policy": "allowed"}})
    assert codes(NAMED, own.interventions) == ["intervention_allowed"]


@pytest.mark.parametrize("interventions", POLICIES)
def test_a_request_is_asked_for_the_inefficiency_underneath(interventions: Interventions) -> None:
    assert "name_the_inefficiency" in codes(REQUEST, interventions)
    assert "name_the_inefficiency" not in codes(NAMED, interventions)


@pytest.mark.parametrize("public_input", CORRECTIONS)
def test_what_corrects_a_failure_that_the_method_names_is_let_through(public_input: PublicInput) -> None:
    facts = replace(REQUEST, public_input=public_input)
    assert codes(facts, load("peru-me").interventions) == ["intervention_corrects"]
    assert "intervention_barred" in codes(facts, Interventions(InterventionPolicy.BARRED, ()))
    assert "intervention_barred" in codes(
        replace(REQUEST, public_input=PublicInput.TRAINING), load("peru-me").interventions
    )


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(improves_operations=False), FilterReason.DECLARATORY),
        (Facts(concern=Concern.YOURS), FilterReason.YOUR_PROBLEM),
        (Facts(repeats=True), FilterReason.DUPLICATE),
        (NAMED, FilterReason.COMPENSATES_INEFFICIENCY),
    ],
)
def test_what_had_better_be_set_aside_says_for_what_reason(facts: Facts, reason: FilterReason) -> None:
    assert reasons_to_set_aside(advice(facts, POLICIES[0])) == (reason,)


def test_what_is_the_states_and_changes_the_day_stays() -> None:
    good = Facts(improves_operations=True, concern=Concern.MINE, instrument=Instrument.PUBLIC_INPUT)
    assert advice(good, POLICIES[0]) == ()


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("instrument", Instrument)
def test_each_quadrant_has_its_risk_in_words(scope: Scope, instrument: Instrument) -> None:
    said = advice(Facts(scope=scope, instrument=instrument, names_underlying=True), POLICIES[1])
    assert said[-1].reason.code.startswith("risk_")
    assert said[-1].weight is Weight.NOTE
    assert all(has_words(one.reason.code) for one in said)


def test_the_weightiest_comes_first_and_a_repetition_before_all() -> None:
    facts = Facts(
        improves_operations=False,
        concern=Concern.YOURS,
        scope=Scope.VERTICAL,
        instrument=Instrument.MARKET_INTERVENTION,
        repeats=True,
    )
    assert codes(facts, POLICIES[0]) == [
        "repeats_another",
        "intervention_barred",
        "firms_own",
        "merely_declaratory",
        "name_the_inefficiency",
        "risk_vertical_intervention",
    ]
    assert all(has_words(code) for policy in POLICIES for code in codes(facts, policy))
