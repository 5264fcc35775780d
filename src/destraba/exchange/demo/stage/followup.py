"""Acts on commitments: asked, dated, answered, settled."""

from destraba.actions.followup.answers import move_commitment, override_light, report_progress
from destraba.actions.followup.commitments import ask_commitment, date_commitment, edit_commitment
from destraba.actions.followup.fanning import fan_out
from destraba.actions.followup.replies import decline_by_name, give_answer
from destraba.actions.mesas import start_following_up
from destraba.exchange.demo.stage.scene import Scene
from destraba.rules.answers import AnswerKind
from destraba.rules.commitments import CommitmentMove, DeclineReason
from destraba.rules.lights import Light


def follow_up(scene: Scene) -> None:
    start_following_up(actor=scene.actor, mesa=scene.mesa, now=scene.now)


def ask(scene: Scene, *, problem: int, title: str, owner: str, due: int | None = None) -> None:
    ask_commitment(
        actor=scene.actor,
        problem=scene.problem(problem),
        solution=None,
        title=title,
        owner=scene.organization(owner),
        due=scene.due(due),
        now=scene.now,
    )


def date(scene: Scene, *, commitment: int, due: int, reason: str = "") -> None:
    date_commitment(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        due=scene.due(due),
        reason=reason,
        now=scene.now,
    )


def start(scene: Scene, *, commitment: int, day: int) -> None:
    """It begins later than today."""
    edit_commitment(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        starts_on=scene.clock.day(day),
        declared=None,
        now=scene.now,
    )


def wait(scene: Scene, *, commitment: int, for_commitment: int) -> None:
    edit_commitment(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        waits_for_commitment=scene.commitment(for_commitment),
        declared=None,
        now=scene.now,
    )


def move(scene: Scene, *, commitment: int, to: str, reason: str = "", by_commitment: int = 0) -> None:
    """Agree, report done, confirm, cancel, replace ..."""
    move_commitment(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        move=CommitmentMove(to),
        reason=reason,
        replaced_by=scene.commitment(by_commitment) if by_commitment else None,
        now=scene.now,
    )


def share_out(scene: Scene, *, commitment: int, among: list[str]) -> None:
    """Each of those for whom a group stands is asked for its part."""
    fan_out(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        organizations=[scene.troupe.organizations[name] for name in among],
        now=scene.now,
    )


def decline(scene: Scene, *, commitment: int, why: str, reason: str) -> None:
    decline_by_name(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        decline_reason=DeclineReason(why),
        reason=reason,
        now=scene.now,
    )


def progress(scene: Scene, *, commitment: int, note: str) -> None:
    report_progress(actor=scene.actor, commitment=scene.commitment(commitment), note=note, now=scene.now)


def answer(
    scene: Scene,
    *,
    commitment: int,
    kind: str,
    note: str = "",
    remedy: str = "",
    due: int | None = None,
    names: str = "",
    heard_from: str = "",
    head_consulted: bool | None = None,
) -> None:
    """One of the six answers; `heard_from` is the organization that the team heard by telephone."""
    give_answer(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        kind=AnswerKind(kind),
        note=note,
        remedy=remedy,
        proposed_due=scene.due(due),
        names=scene.organization(names),
        head_consulted=head_consulted,
        on_behalf_of=scene.seat(heard_from) if heard_from else None,
        now=scene.now,
    )


def override(scene: Scene, *, commitment: int, light: str, reason: str, until: int) -> None:
    override_light(
        actor=scene.actor,
        commitment=scene.commitment(commitment),
        light=Light(light),
        reason=reason,
        until=scene.clock.day(until),
        now=scene.now,
    )
