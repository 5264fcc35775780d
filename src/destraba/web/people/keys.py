"""What can be done with somebody's account: on the page of a mesa's people, and on the administrator's."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from destraba.actions.accounts import (
    Invitation,
    close_account,
    give_access,
    renew_access,
    reopen_account,
)
from destraba.ledger.wording import moment
from destraba.models import Person
from destraba.queries.accounts import may_do
from destraba.queries.sentences import sentence
from destraba.rules.accounts import Holder, Key, KeyDeed
from destraba.rules.permissions import Deed
from destraba.values.reasons import Reason
from destraba.web.accounts import password_address
from destraba.web.things.acts import Act, Call, Group, Once
from destraba.web.things.scenes import AccountsScene, PeopleScene

KeyScene = PeopleScene | AccountsScene
KeyAct = Act[Any, Any]


def _once(invitation: Invitation, scene: KeyScene) -> Once:
    person = invitation.account.person
    until = moment(invitation.until, scene.zone)
    said = gettext(
        "It is shown only now, holds until %(until)s, and serves once. Whoever opens it chooses the "
        "password: hand it to %(person)s and to nobody else. From then on one signs in with %(email)s."
    )
    words = {"until": until, "person": person, "email": invitation.account.email}
    title = gettext("The link for %(person)s") % {"person": person}
    return Once(title, said % words, password_address(invitation.secret))


def _give(call: Call[Any, Person]) -> Once:
    return _once(give_access(actor=call.scene.actor, person=call.target, now=call.scene.now), call.scene)


def _renew(call: Call[Any, Person]) -> Once:
    return _once(renew_access(actor=call.scene.actor, person=call.target, now=call.scene.now), call.scene)


def _close(call: Call[Any, Person]) -> None:
    close_account(actor=call.scene.actor, person=call.target, now=call.scene.now)


def _reopen(call: Call[Any, Person]) -> None:
    reopen_account(actor=call.scene.actor, person=call.target, now=call.scene.now)


def _sitting(scene: PeopleScene) -> list[Person]:
    return list({one.person_id: one.person for one in scene.directory.tenures if one.mesa_id}.values())


def _everybody(scene: AccountsScene) -> list[Person]:
    return [line.person for line in scene.lines]


def _lacks_address(_scene: KeyScene, person: Person) -> str:
    return "" if person.email else sentence(Reason.of("no_address", person=person.full_name))


def _what_renewing_ends(scene: KeyScene, person: Person) -> str:
    """An earlier link always; and where the account is in use, its password."""
    if scene.holders[person.pk].key is Key.IN_USE:
        return gettext("The password stops working at once, and so does any earlier link.")
    return gettext("Any earlier link stops working at once.")


def _what_closing_ends(_scene: KeyScene, person: Person) -> str:
    return gettext("%(person)s is signed out everywhere and can't sign in any more.") % {"person": person}


def _when(deed: KeyDeed) -> Callable[[Any, Person], bool]:
    def when(scene: KeyScene, person: Person) -> bool:
        return may_do(scene.viewer, deed, scene.holders.get(person.pk, Holder(())))

    return when


def _acts(deed: Deed, people: Callable[[Any], Iterable[Person]]) -> tuple[KeyAct, ...]:
    def act(code: str, does: KeyDeed, words: Any, do: Callable[..., object], **more: Any) -> KeyAct:
        return Act(
            code=code,
            words=words,
            group=Group.KEEP,
            deed=deed,
            targets=people,
            when=_when(does),
            about=lambda person: person.full_name,
            do=do,
            **more,
        )

    return (
        act("access", KeyDeed.GIVE, _("Give access"), _give, warning=_lacks_address),
        act("link", KeyDeed.RENEW, _("Make a new link"), _renew, warning=_what_renewing_ends),
        act("close", KeyDeed.CLOSE, _("Close the account"), _close, warning=_what_closing_ends),
        act("reopen", KeyDeed.REOPEN, _("Open the account again"), _reopen),
    )


_OF_A_MESA = _acts(Deed.MANAGE_SEATS, _sitting)
LINKS_OF_A_MESA, CLOSING_IN_A_MESA = _OF_A_MESA[:2], _OF_A_MESA[2:]
KEYS_OF_ALL = _acts(Deed.MANAGE_ACCOUNTS, _everybody)
