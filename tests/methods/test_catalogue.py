"""The presets that are shipped, and how a mesa adjusts one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from destraba.methods import catalogue
from destraba.methods.catalogue import (
    UnknownMethod,
    apply_override,
    available,
    digest,
    from_plain,
    load,
    to_plain,
)
from destraba.methods.reading import UnreadableMethod
from destraba.methods.schema import (
    Breadth,
    Guard,
    InterventionPolicy,
    Label,
    MeetingKind,
    Method,
    MinutesWeight,
    PlanChange,
    Term,
)

PERU = load("peru-me")
ARGENTINA = load("ar-ms2")
CHILE = load("cl-pe")
TUNISIA = load("tn-cluster")


class TestPeru:
    """What the seed says of it (S1 sections 4 to 7), read back from the preset."""

    def test_meets_weekly_or_every_two_weeks(self) -> None:
        assert set(PERU.cadence.choices_days) == {7, 14}
        assert PERU.cadence.longest_days == 14

    def test_has_three_or_four_problems_in_focus(self) -> None:
        assert (PERU.focus.least, PERU.focus.most) == (3, 4)

    def test_bars_market_interventions_but_not_the_correction_of_named_failures(self) -> None:
        assert PERU.interventions.policy is InterventionPolicy.BARRED
        assert set(PERU.interventions.corrections_allowed) == {"long_term_finance", "innovation_incentives"}

    def test_has_two_levels_moderated_by_the_neutral_team(self) -> None:
        assert set(PERU.bodies) == {"ground", "high"}
        assert {body.moderator for body in PERU.bodies.values()} == {"team"}
        assert set(PERU.bodies["ground"].parties) == {"private", "public", "team"}

    def test_walks_seven_steps_of_which_only_the_launch_is_gated(self) -> None:
        assert len(PERU.path.steps) == 7
        gates = {step.id: step.gates for step in PERU.path.steps if step.gates}
        assert gates == {"launch": ("private_demand", "convener", "team")}
        assert not PERU.path.enforced

    def test_warns_of_what_the_government_of_2016_did(self) -> None:
        assert {Guard.CADENCE_CUT, Guard.TEAM_REMOVED} <= set(PERU.guards)

    def test_sets_the_pace_by_its_periodic_sessions(self) -> None:
        assert PERU.pace is MeetingKind.SESSION
        assert PERU.cadence is PERU.cadences[MeetingKind.SESSION]


class TestArgentina:
    """What the seed says of it (S0, "Mesas sectoriales 2.0" to "Labor issues")."""

    def test_has_a_plenary_every_two_months_which_leaves_an_acta(self) -> None:
        assert ARGENTINA.pace is MeetingKind.PLENARY
        assert (ARGENTINA.cadence.interval_days, ARGENTINA.cadence.longest_days) == (60, 60)
        assert ARGENTINA.meetings[MeetingKind.PLENARY].minutes is MinutesWeight.ACTA

    def test_pushes_back_on_market_interventions_without_barring_them(self) -> None:
        assert ARGENTINA.interventions.policy is InterventionPolicy.PUSH_BACK

    def test_works_on_three_axes_across_all_mesas(self) -> None:
        assert set(ARGENTINA.axes) == {"simplification", "internationalization", "labour"}
        assert all(axis.across_mesas for axis in ARGENTINA.axes.values())

    def test_seats_unions_and_leaves_the_chair_to_the_team(self) -> None:
        assert "unions" in ARGENTINA.bodies["ground"].parties
        assert ARGENTINA.bodies["high"].moderator == "team"
        assert Guard.MODERATOR_RESPONSIBLE in ARGENTINA.guards

    def test_keeps_its_agenda_open(self) -> None:
        assert ARGENTINA.path.plan_change is PlanChange.FREE
        assert not ARGENTINA.path.enforced


class TestChile:
    """What the seed says of it (S0, "Balance between planning and implementation", "Funding")."""

    def test_has_two_stages_in_their_order_and_justifies_a_change_of_plan(self) -> None:
        assert [step.id for step in CHILE.path.steps] == ["roadmap", "implement"]
        assert CHILE.path.enforced
        assert CHILE.path.plan_change is PlanChange.JUSTIFIED

    def test_pays_for_what_is_on_the_roadmap_with_private_money_beside_it(self) -> None:
        assert set(CHILE.funding.conditions) == {"on_roadmap", "private_co_funding", "committee_approval"}

    def test_sets_technology_among_its_axes(self) -> None:
        assert "technology" in CHILE.axes


class TestTunisia:
    """What the seed says of it (S1 Box 1)."""

    def test_draws_its_clusters_narrow(self) -> None:
        assert TUNISIA.breadth is Breadth.NARROW

    def test_is_led_by_the_private_sector_too(self) -> None:
        assert TUNISIA.bodies["ground"].co_lead == "private"
        assert {"champions", "experts"} <= set(TUNISIA.bodies["ground"].parties)

    def test_diagnoses_before_anybody_takes_part(self) -> None:
        assert [step.id for step in TUNISIA.path.steps] == ["diagnose", "plan", "implement"]
        assert TUNISIA.path.enforced

    def test_has_three_to_five_constraints_in_focus(self) -> None:
        assert (TUNISIA.focus.least, TUNISIA.focus.most) == (3, 5)


def labels_of(method: Method) -> Iterator[Label]:
    yield method.title
    for part in (method.parties, method.bodies, method.axes):
        yield from (entry.title for entry in part.values())
    yield from (party.brings for party in method.parties.values())
    yield from (step.title for step in method.path.steps)
    yield from (topic.title for axis in method.axes.values() for topic in axis.topics.values())


@pytest.mark.parametrize("preset_id", available())
class TestEveryPreset:
    def test_is_read_back_from_plain_data_without_loss(self, preset_id: str) -> None:
        method = load(preset_id)
        plain = json.loads(json.dumps(to_plain(method)))
        assert from_plain(plain) == method
        assert digest(from_plain(plain)) == digest(method)

    def test_speaks_spanish_and_english(self, preset_id: str) -> None:
        for label in labels_of(load(preset_id)):
            assert {"es", "en"} <= set(label)
            assert all(text.strip() for text in label.values())


class TestVersions:
    @pytest.fixture
    def two_versions(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """The same method twice: the second moved its focus."""
        shipped = Path(catalogue.__file__).parent / "presets" / "peru-me.toml"
        text = shipped.read_text(encoding="utf-8")
        (tmp_path / "presets").mkdir()
        (tmp_path / "presets" / "peru-me-1.toml").write_text(text, encoding="utf-8")
        newer = text.replace("version = 1", "version = 2").replace("most = 4", "most = 5")
        (tmp_path / "presets" / "peru-me.toml").write_text(newer, encoding="utf-8")
        monkeypatch.setattr(catalogue.resources, "files", lambda package: tmp_path)
        catalogue._presets.cache_clear()
        yield
        catalogue._presets.cache_clear()

    @pytest.mark.usefixtures("two_versions")
    def test_a_mesa_keeps_the_version_that_it_follows_while_a_newer_one_is_offered(self) -> None:
        assert available() == ("peru-me",)
        assert load("peru-me").version == 2
        assert load("peru-me").focus.most == 5
        assert load("peru-me", 1) == PERU
        assert digest(load("peru-me", 1)) != digest(load("peru-me"))

    def test_an_unknown_method_or_version_is_refused_by_its_name(self) -> None:
        with pytest.raises(UnknownMethod, match="chile"):
            load("chile")
        with pytest.raises(UnknownMethod, match="peru-me 9"):
            load("peru-me", 9)


class TestDigest:
    def test_is_the_same_however_the_keys_are_ordered(self) -> None:
        plain = to_plain(PERU)
        assert isinstance(plain, dict)
        turned = dict(reversed(plain.items()))
        assert digest(from_plain(turned)) == digest(PERU)
        assert len(digest(PERU)) == 64

    def test_moves_with_every_change(self) -> None:
        assert digest(apply_override(PERU, {"focus": {"most": 5}})) != digest(PERU)


class TestOverride:
    def test_an_empty_one_changes_nothing(self) -> None:
        assert apply_override(PERU, {}) == PERU

    def test_reaches_one_value_and_leaves_the_rest(self) -> None:
        weekly = apply_override(PERU, {"cadences": {"session": {"interval_days": 7}}, "lights": {"slips": 3}})
        assert weekly.cadence.interval_days == 7
        assert weekly.lights.slips == 3
        assert weekly.lights.lead_days == PERU.lights.lead_days
        assert weekly.focus == PERU.focus

    def test_adds_an_axis_and_takes_one_away(self) -> None:
        cadaster = {"title": {"es": "Catastro", "en": "Cadaster"}, "across_mesas": False, "topics": {}}
        axes = apply_override(PERU, {"axes": {"cadaster": cadaster, "transit": None}}).axes
        assert axes["cadaster"].title["es"] == "Catastro"
        assert "transit" not in axes
        assert set(PERU.axes) - set(axes) == {"transit"}

    def test_calls_things_by_the_words_of_the_mesa(self) -> None:
        method = apply_override(PERU, {"words": {"es": {"problem": "nudo"}}})
        assert method.words["es"] == {**PERU.words["es"], Term.PROBLEM: "nudo"}

    def test_names_a_clause_and_the_party_that_carries_it(self) -> None:
        clause = {"title": {"es": "Ausentismo", "en": "Absenteeism"}, "carried_by": "private"}
        override = {"axes": {"regulation": {"topics": {"absenteeism": clause}}}}
        assert apply_override(PERU, override).axes["regulation"].topics["absenteeism"].carried_by == "private"
        with pytest.raises(UnreadableMethod, match="out_of_bounds"):
            apply_override(PERU, {"axes": {"regulation": {"topics": {"x": {**clause, "carried_by": "y"}}}}})

    def test_replaces_a_list_whole(self) -> None:
        method = apply_override(PERU, {"interventions": {"corrections_allowed": ["training"]}})
        assert method.interventions.corrections_allowed == ("training",)

    @pytest.mark.parametrize(
        ("override", "code", "path"),
        [
            ({"colour": "red"}, "unknown_key", "colour"),
            ({"lights": {"patience": 3}}, "unknown_key", "lights.patience"),
            ({"words": {"es": {"banana": "x"}}}, "unknown_value", "words.es.banana"),
            ({"meetings": {"party": {}}}, "unknown_value", "meetings.party"),
            ({"guards": {"flood": {}}}, "unknown_value", "guards.flood"),
            ({"axes": {"new": {"title": {"es": "Nuevo"}}}}, "missing_key", "axes.new.across_mesas"),
            ({"focus": {"most": None}}, "missing_key", "focus.most"),
            ({"focus": {"most": "four"}}, "wrong_type", "focus.most"),
            ({"focus": {"most": True}}, "wrong_type", "focus.most"),
            ({"focus": {"most": 4.5}}, "wrong_type", "focus.most"),
            ({"focus": 4}, "wrong_type", "focus"),
            ({"reciprocal": 1}, "wrong_type", "reciprocal"),
            ({"pace": "plenary"}, "out_of_bounds", ""),
            ({"cadences": {"session": {"choices_days": "7"}}}, "wrong_type", "cadences.session.choices_days"),
            (
                {"cadences": {"session": {"choices_days": [7, "14"]}}},
                "wrong_type",
                "cadences.session.choices_days.1",
            ),
            ({"interventions": {"policy": "whatever"}}, "unknown_value", "interventions.policy"),
            ({"interventions": {"policy": ["barred"]}}, "unknown_value", "interventions.policy"),
            ({"focus": {"most": 2}}, "out_of_bounds", "focus"),
            ({"focus": {"least": 0}}, "out_of_bounds", "focus"),
            ({"cadences": {"session": {"interval_days": 0}}}, "out_of_bounds", "cadences.session"),
            ({"cadences": {"session": {"interval_days": 30}}}, "out_of_bounds", "cadences.session"),
            ({"lights": {"lead_share": 0}}, "out_of_bounds", "lights"),
            ({"lights": {"silence_red_days": 15}}, "out_of_bounds", "lights"),
            ({"lights": {"slips": -1}}, "out_of_bounds", "lights"),
            ({"meetings": {"session": {"objection_hours": -1}}}, "out_of_bounds", "meetings.session"),
            ({"bodies": {"ground": {"parties": ["martians"]}}}, "out_of_bounds", ""),
            ({"bodies": {"ground": {"moderator": "martians"}}}, "out_of_bounds", ""),
            ({"id": "mine"}, "unknown_key", "id"),
            ({"version": 2}, "unknown_key", "version"),
        ],
        ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
    )
    def test_what_the_format_does_not_know_is_refused_with_its_path(
        self, override: dict[str, object], code: str, path: str
    ) -> None:
        with pytest.raises(UnreadableMethod) as refused:
            apply_override(PERU, override)
        assert (refused.value.code, refused.value.path) == (code, path)

    def test_leaves_the_preset_as_it_was(self) -> None:
        before = digest(PERU)
        apply_override(PERU, {"focus": {"most": 5}, "axes": {"transit": None}})
        assert digest(PERU) == before


def test_a_method_is_read_from_a_table_and_nothing_else() -> None:
    with pytest.raises(UnreadableMethod) as refused:
        from_plain(["peru-me"])
    assert (refused.value.code, refused.value.path) == ("wrong_type", "")
