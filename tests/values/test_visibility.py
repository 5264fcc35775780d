from itertools import permutations

import pytest

from destraba.values.visibility import Visibility, strictest

TEAM, MESA, PUBLIC = Visibility


@pytest.mark.parametrize(
    ("levels", "counts"),
    [
        ((PUBLIC,), PUBLIC),
        ((PUBLIC, PUBLIC), PUBLIC),
        ((PUBLIC, MESA), MESA),
        ((MESA, TEAM), TEAM),
        ((PUBLIC, MESA, TEAM), TEAM),
    ],
)
def test_what_counts_is_the_strictest_of_a_record_and_its_parents(
    levels: tuple[Visibility, ...], counts: Visibility
) -> None:
    assert {strictest(*order) for order in permutations(levels)} == {counts}
