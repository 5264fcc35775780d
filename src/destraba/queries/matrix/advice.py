"""What the method says of a problem: the codes of rules.matrix.filtering and of proposed speeds."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADVICE: Mapping[str, str | Promise] = {
    "repeats_another": _("It repeats another problem: it had better be set aside, and the other one kept."),
    "merely_declaratory": _(
        "What would change nobody's day is merely declaratory: it had better be set aside, however well "
        "it reads."
    ),
    "firms_own": _(
        "What firms have to solve for themselves is theirs: it had better be set aside, and the reason "
        "told to whoever raised it."
    ),
    "intervention_barred": _(
        "This mesa's method keeps subsidies, exemptions and protection off the table: the request had "
        "better be set aside, and the inefficiency underneath taken up."
    ),
    "intervention_pushed_back": _(
        "This mesa's method takes such requests and pushes back: ask first what could be mended instead."
    ),
    "intervention_allowed": _(
        "This mesa's method allows such requests. Ask for a second source of the figures that come with it."
    ),
    "intervention_corrects": _(
        "It puts a failure of the market right that the method names, so it compensates nothing."
    ),
    "name_the_inefficiency": _(
        "Name the inefficiency that it would make up for: that is what can be mended."
    ),
    "risk_horizontal_input": _(
        "For all sectors, and a public input: the least risky, though nobody in particular may fight for it."
    ),
    "risk_vertical_input": _(
        "For one sector, and a public input: little risk, since it makes the sector more productive."
    ),
    "risk_horizontal_intervention": _(
        "For all sectors, and an intervention in the market: say which failure of the market it answers, "
        "and as precisely as can be."
    ),
    "risk_vertical_intervention": _(
        "For one sector, and an intervention in the market: the riskiest, since the gain is for few who "
        "then have every reason to ask for it again."
    ),
    "speed_by_bodies": _("bodies that must act: %(bodies)s"),
    "speed_by_rank": _("rank of the norm: %(rank)s"),
    "speed_by_both": _("bodies that must act: %(bodies)s; rank of the norm: %(rank)s"),
}
