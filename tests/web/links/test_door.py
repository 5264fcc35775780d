"""The door behind a mailed link: whoever has the secret gets in, and nobody else learns a thing."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.test import Client, override_settings

from destraba.actions.links import redeem, revoke
from destraba.actions.people import end_tenure
from destraba.models import Answer, Link, Mesa, Tenure
from destraba.rules.operations.links import LIFETIME, LinkPurpose
from tests.factories import NOW, TODAY, Cast, command
from tests.values.naughty import SOME
from tests.web.links.stage import DOOR, OPEN, ROWS, Liaison, Owing, address, link_for
from tests.web.visits import Page

SHUT = "This link opens nothing now"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet(db: None) -> None:
    cache.clear()


def shut(page: Page) -> bool:
    """The one courteous page, the same whatever the cause."""
    return page.status == 403 and SHUT in page.text and "sends you a new one" in page.text


def test_the_secret_opens_her_rows_and_nothing_else(cast: Cast, stage: Owing) -> None:
    page = Liaison().open(link_for(cast.lucia.person).secret)
    assert page.status == 200
    assert "Aprobar la directiva" in page.text
    assert "Supervisar en origen" not in page.text
    assert all(link.startswith("#") for link in page.links), page.links


def test_the_code_opens_the_same(cast: Cast, stage: Owing) -> None:
    made = link_for(cast.lucia.person)
    assert "Aprobar la directiva" in Liaison().open(made.code.lower(), "code").text


def test_the_cookie_is_for_the_server_alone(cast: Cast, stage: Owing) -> None:
    visitor = Liaison()
    visitor.open(link_for(cast.lucia.person).secret)
    cookie = visitor.client.cookies["link"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 12 * 60 * 60


@override_settings(SESSION_COOKIE_SECURE=True)
def test_where_the_connection_is_encrypted_no_other_host_can_set_it(cast: Cast, stage: Owing) -> None:
    visitor = Liaison()
    visitor.client.post(OPEN, {"secret": link_for(cast.lucia.person).secret}, secure=True)
    cookie = visitor.client.cookies["__Host-link"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


def test_neither_cookie_nor_page_holds_the_secret(cast: Cast, stage: Owing) -> None:
    made = link_for(cast.lucia.person)
    visitor = Liaison()
    answer = visitor.client.post(OPEN, {"secret": made.secret})
    page = visitor.client.get(ROWS)
    for told in (str(answer.headers), str(answer.cookies), page.content.decode(), str(page.headers)):
        assert made.secret not in told
        assert made.code not in told
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_nothing_is_written_down_about_the_secret(
    cast: Cast, stage: Owing, caplog: pytest.LogCaptureFixture
) -> None:
    made = link_for(cast.lucia.person)
    with caplog.at_level(logging.DEBUG):
        Liaison().open(made.secret)
        Liaison().open(made.secret[:-1])
        Liaison().open(made.code, "code")
    said = " ".join(
        f"{record.getMessage()} {record.args}"
        for record in caplog.records
        if record.name != "django.db.backends"
    )
    assert made.secret not in said
    assert made.code not in said


def test_whatever_the_cause_the_answer_is_the_same(cast: Cast, stage: Owing) -> None:
    revoked, expired = link_for(cast.lucia.person), link_for(cast.lucia.person)
    revoke(link=revoked.link, now=NOW)
    Link.objects.filter(pk=expired.link.pk).update(expires_at=NOW)
    altered, minutes = revoked.secret[:-1] + "~", link_for(cast.lucia.person, LinkPurpose.MINUTES)
    pages = [Liaison().open(given) for given in (revoked.secret, expired.secret, altered, "", minutes.secret)]
    assert all(shut(page) for page in pages)
    assert len({page.text for page in pages}) == 1


def test_an_open_page_shuts_when_the_link_is_revoked_or_ends(cast: Cast, stage: Owing) -> None:
    for ends in ("revoked", "expired"):
        made, visitor = link_for(cast.lucia.person), Liaison()
        visitor.open(made.secret)
        form = visitor.form(stage.late)
        if ends == "revoked":
            revoke(link=made.link, now=NOW)
        else:
            Link.objects.filter(pk=made.link.pk).update(expires_at=NOW)
        assert shut(visitor.send(form, answer="same")), ends
        assert shut(visitor.rows()), ends
    assert not Answer.objects.exists()


def test_after_a_working_day_the_mail_has_to_be_opened_again(cast: Cast, stage: Owing) -> None:
    made, visitor = link_for(cast.lucia.person), Liaison()
    visitor.open(made.secret)
    kept = visitor.client.cookies["link"].value
    with time_machine.travel(NOW + timedelta(hours=13), tick=False):
        # A browser would have dropped it; whoever copied it gains nothing by that.
        visitor.client.cookies["link"] = kept
        assert shut(visitor.rows())
        assert visitor.open(made.secret).status == 200


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "\x00", "ñ" * 5000])
def test_a_cookie_that_nobody_signed_opens_nothing(stage: Owing, forged: str) -> None:
    visitor = Liaison()
    visitor.client.cookies["link"] = forged
    assert shut(visitor.rows())


def test_a_signed_cookie_that_is_no_link_opens_nothing(cast: Cast, stage: Owing) -> None:
    for value in (str(cast.lucia.person.pk), "x", ["x"], None, 7):
        visitor = Liaison()
        visitor.client.cookies["link"] = signing.dumps(value, salt="destraba.links.cookie")
        assert shut(visitor.rows())
    visitor = Liaison()
    visitor.client.cookies["link"] = signing.dumps(str(link_for(cast.lucia.person).link.pk), salt="else")
    assert shut(visitor.rows())


def test_a_link_for_minutes_does_not_open_the_rows(cast: Cast, stage: Owing) -> None:
    minutes = link_for(cast.lucia.person, LinkPurpose.MINUTES)
    visitor = Liaison()
    visitor.client.cookies["link"] = signing.dumps(str(minutes.link.pk), salt="destraba.links.cookie")
    assert shut(visitor.rows())
    assert shut(Page(visitor.client.post(address(stage.late), {"answer": "done"})))


def test_a_session_and_a_link_do_not_mix(cast: Cast, stage: Owing) -> None:
    """Ana runs the mesa; behind Lucía's link she sees what Lucía owes, and a link signs nobody in."""
    client = Client()
    client.force_login(cast.ana.account)
    at_anas_desk = Liaison(client=client)
    assert shut(at_anas_desk.rows())
    page = at_anas_desk.open(link_for(cast.lucia.person).secret)
    assert "Ana Paredes" not in page.text
    assert "Supervisar en origen" not in page.text
    alone = Liaison()
    alone.open(link_for(cast.ana.person).secret)
    assert alone.client.get("/").status_code == 302
    assert alone.client.get("/mesas/forestal/matrix/").status_code == 302


def test_get_and_head_change_nothing(cast: Cast, stage: Owing, liaison: Liaison) -> None:
    before = tables()
    for path in (DOOR, OPEN, ROWS, f"{ROWS}?sent", address(stage.late)):
        for method in (liaison.client.get, liaison.client.head):
            method(path)
            Client().get(path)
    assert tables() == before


def test_opening_changes_no_record(cast: Cast, stage: Owing) -> None:
    made = link_for(cast.lucia.person)
    before = tables(but="destraba_link")
    Liaison().open(made.secret)
    assert tables(but="destraba_link") == before
    assert Link.objects.get().used_count == 1


def tables(but: str = "") -> dict[str, list[tuple[object, ...]]]:
    """Everything that is stored."""
    from django.apps import apps  # heavy: only this test reads all tables

    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.db_table != but
    }


def test_a_form_from_elsewhere_is_refused(cast: Cast, stage: Owing) -> None:
    made = link_for(cast.lucia.person)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(OPEN, {"secret": made.secret}).status_code == 403
    assert "link" not in strict.cookies
    token = Page(strict.get(DOOR)).forms[0].fields["csrfmiddlewaretoken"]
    assert strict.post(OPEN, {"secret": made.secret, "csrfmiddlewaretoken": token}).status_code == 302
    refused = strict.post(address(stage.late), {"answer": "done"})
    assert refused.status_code == 403
    assert not Answer.objects.exists()


def test_codes_are_not_tried_out(cast: Cast, stage: Owing) -> None:
    made = link_for(cast.lucia.person)
    tries = [
        Liaison().open(f"2222-{number:04d}".replace("0", "3").replace("1", "4"), "code")
        for number in range(25)
    ]
    assert [page.status for page in tries[:20]] == [403] * 20
    assert {page.status for page in tries[20:]} == {429}
    assert Liaison().open(made.code, "code").status == 429
    assert "Too many tries" in tries[-1].text
    # The button in the mail works all the same, and so does another address.
    assert Liaison().open(made.secret).status == 200
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert Liaison(client=elsewhere).open(made.code, "code").status == 200
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert Liaison().open(made.code, "code").status == 200


def test_codes_are_not_tried_out_in_place_of_a_secret(cast: Cast, stage: Owing) -> None:
    """Secrets are not counted, so a code is none, and a blank is not taken for one."""
    made = link_for(cast.lucia.person)
    assert shut(Liaison().open(made.code))
    statuses = [
        Liaison().client.post(OPEN, {"secret": blank, "code": "2222-3333"}).status_code
        for blank in ("", " ", "\t", "\u3000", "x" * 201) * 5
    ]
    assert statuses == [403] * 20 + [429] * 5


def test_codes_are_not_tried_out_from_many_addresses(
    cast: Cast, stage: Owing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("destraba.web.links.door._TRIES", {"code": "20/10m/ip,5/1h/key"})
    pages = [
        Liaison(client=Client(REMOTE_ADDR=f"203.0.113.{number}")).open("2222-3333", "code")
        for number in range(7)
    ]
    assert [page.status for page in pages] == [403] * 5 + [429] * 2


@pytest.mark.parametrize("field", ["secret", "code"])
def test_whatever_is_pasted_into_the_door_it_stays_shut(
    stage: Owing, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("destraba.web.links.door.may_try", lambda _request: True)
    client = Client()
    for text in SOME:
        assert client.post(OPEN, {field: text.encode("utf-8", "replace")}).status_code == 403, text[:60]
    assert client.post(OPEN, {field: ["a", "b"]}).status_code == 403
    assert client.post(OPEN, b"\xff\xfe", content_type="application/json").status_code == 403


def test_she_left_her_seat_yesterday(cast: Cast, stage: Owing, liaison: Liaison) -> None:
    end_tenure(
        actor=command(),
        tenure=Tenure.objects.get(person=cast.lucia.person),
        ends_on=TODAY - timedelta(days=1),
        now=NOW,
    )
    page = liaison.rows()
    assert (page.status, "Nothing needs an answer" in page.text) == (200, True)
    assert "Aprobar" not in page.text
    assert liaison.client.post(address(stage.late), {"answer": "done"}).status_code == 404


def test_the_mesa_went_quiet(cast: Cast, stage: Owing, liaison: Liaison) -> None:
    Mesa.objects.filter(pk=cast.forestal.pk).update(following_since=None)
    assert "Aprobar" not in liaison.rows().text
    assert liaison.client.post(address(stage.late), {"answer": "done"}).status_code == 404


def test_a_link_lives_as_long_as_it_says(cast: Cast, stage: Owing) -> None:
    made = link_for(cast.lucia.person)
    assert redeem(given=made.secret, now=NOW + LIFETIME[LinkPurpose.UPDATE]) is None
