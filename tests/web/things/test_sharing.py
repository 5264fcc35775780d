"""What "regional governments" owe, from the page on which it is shared out."""

from collections.abc import Callable

import pytest

from destraba.models import Commitment, OrganizationKind
from tests import factories
from tests.factories import Cast
from tests.web.things.stage import Scene
from tests.web.visits import Visitor, heads

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
WHOLE, PART = "/mesas/forestal/commitments/2/", "/mesas/forestal/commitments/3/"


@pytest.fixture
def whole(cast: Cast, scene: Scene) -> Commitment:
    kind = OrganizationKind.REGIONAL_GOVERNMENT
    group = factories.organization("Gobiernos regionales", "Las regiones", kind=kind)
    return factories.commitment(scene.problem, "Reforzar las oficinas", owner=group)


def test_it_is_offered_where_the_owner_stands_for_many_and_to_the_team(
    cast: Cast, whole: Commitment, visit: Visit
) -> None:
    page = visit(cast.ana).get(WHOLE)
    assert page.form("fan_out").choices["chosen"] == [str(cast.ucayali.pk)]
    assert "fan_out" not in visit(cast.ana).get("/mesas/forestal/commitments/1/").acts
    assert "fan_out" not in visit(cast.marco).get(WHOLE).acts


def test_those_ticked_and_those_named_get_their_part(cast: Cast, whole: Commitment, visit: Visit) -> None:
    team = visit(cast.ana)
    page = team.fill_in(WHOLE, "fan_out", chosen=[str(cast.ucayali.pk)], others="osinfor\nOSINFOR")
    assert "It was shared out: 0 of 2 parts are done." in page.text
    assert PART in page.links
    owners = Commitment.objects.filter(part_of=whole).values_list("owner_organization__name", flat=True)
    assert set(owners) == {cast.ucayali.name, cast.osinfor.name}
    part = team.get(PART)
    assert "Part of C-2" in part.text
    assert WHOLE in part.links
    assert visit(cast.marco).get(WHOLE).status == 200
    assert team.get(WHOLE).form("fan_out").choices == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"others": ""}, "Choose at least one"),
        ({"others": "Ministerio de Nadie"}, "Nobody is called “Ministerio de Nadie” here."),
        ({"others": "Gobiernos regionales"}, "stands for many itself"),
        ({"others": "", "chosen": ["no-es-clave"]}, "no-es-clave"),
        ({"others": "\x00" * 20}, "Null characters"),
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_is_written(
    cast: Cast, whole: Commitment, visit: Visit, typed: dict[str, str | list[str]], said: str
) -> None:
    before = heads()
    page = visit(cast.ana).fill_in(WHOLE, "fan_out", **typed)
    assert page.status == 422
    assert said in page.text
    assert page.form("fan_out").is_open
    assert heads() == before


def test_a_region_has_its_part_once(cast: Cast, whole: Commitment, visit: Visit) -> None:
    team = visit(cast.ana)
    team.fill_in(WHOLE, "fan_out", others="GORE Ucayali")
    page = team.fill_in(WHOLE, "fan_out", others=cast.ucayali.name)
    assert page.status == 409
    assert "answers for a part of it already" in page.text
    assert Commitment.objects.filter(part_of=whole).count() == 1
