"""The outbox of the demo: what would have been sent, to be read by anybody who is signed in."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from destraba.actions.mesas import start_following_up
from destraba.models import Outbox
from destraba.notifications.delivery import deliver_due
from tests.factories import NOW, Cast
from tests.notifications.writing import write
from tests.web.visits import Visitor

pytestmark = pytest.mark.usefixtures("that_thursday")

Visit = Callable[..., Visitor]
OUTBOX = "/outbox/"
ADDRESSES = "import destraba.urls as u; print([p.name for p in u.urlpatterns if 'outbox' in str(p.pattern)])"


@pytest.fixture
def followed(cast: Cast) -> Cast:
    start_following_up(actor=cast.ana.actor, mesa=cast.forestal, now=NOW)
    return cast


def test_an_empty_outbox_says_what_would_fill_it(cast: Cast, visit: Visit) -> None:
    assert "No mail yet" in visit(cast.marco).get(OUTBOX).text


def test_whoever_is_signed_in_reads_it_and_nobody_else(followed: Cast, visit: Visit) -> None:
    mail = write(followed)
    for path in (OUTBOX, f"{OUTBOX}{mail.pk}/"):
        assert visit().client.get(path).status_code == 302
        assert visit(followed.antes).get(path).status == 200
        assert visit(followed.marco).client.post(path).status_code == 405
    assert visit(followed.marco).get(f"{OUTBOX}{mail.pk}/html/").status == 404
    assert visit(followed.marco).get(f"{OUTBOX}01890000-0000-7000-8000-000000000000/").status == 404


def test_the_list_tells_the_newest_first_with_its_state_and_moment(followed: Cast, visit: Visit) -> None:
    old = write(followed, subject="Vence C-1")
    write(followed, subject="Vence C-2", now=NOW + timedelta(hours=1), mesa=None)
    write(followed, subject="", to_name="", now=NOW + timedelta(hours=2), not_before=NOW + timedelta(days=1))
    deliver_due(now=NOW, worker="one")
    page = visit(followed.marco).get(OUTBOX)
    words = page.text
    assert words.index("(no subject)") < words.index("Vence C-2") < words.index("Vence C-1")
    assert (
        "Vence C-1 Mesa Ejecutiva Forestal Lucía Farfán <lucia@example.pe> Sent 15 Jun 2017, 09:00" in words
    )
    assert (
        "(no subject) Mesa Ejecutiva Forestal lucia@example.pe Waits to be sent 16 Jun 2017, 09:00" in words
    )
    assert f"{OUTBOX}{old.pk}/" in page.links


def test_a_mail_is_read_with_its_headers_and_its_link_is_followed(followed: Cast, visit: Visit) -> None:
    link = "https://destraba.example/u#abc"
    mail = write(
        followed,
        text=f"Estimada Lucía:\n\nResponda en {link}.\n<script>alert(1)</script>",
        html="<p>Estimada <b>Lucía</b></p>",
        calendar="BEGIN:VCALENDAR",
        calendar_method="REQUEST",
    )
    page = visit(followed.lucia).get(f"{OUTBOX}{mail.pk}/")
    assert link in page.links
    assert f"Responda en {link}. <script>alert(1)</script>" in page.text
    content = page.response.content.decode()
    assert "<script>alert" not in content
    assert "&lt;p&gt;Estimada &lt;b&gt;" in content
    for said in (
        '"Ana P., Mesa Forestal" <destraba@localhost>',
        "Lucía Farfán <lucia@example.pe>",
        "ana@example.pe, mesa.forestal@example.pe",
        mail.message_id,
        mail.references,
        "BEGIN:VCALENDAR",
        "Waits to be sent",
    ):
        assert said in page.text


def test_a_mail_that_was_given_up_or_dropped_says_why(followed: Cast, visit: Visit) -> None:
    mail = write(followed)
    for state, word in (("failed", "Given up"), ("dropped", "Dropped: no longer true")):
        Outbox.objects.update(state=state, error="550 no such user", attempts=3)
        page = visit(followed.ana).get(f"{OUTBOX}{mail.pk}/")
        assert "550 no such user" in page.text
        assert word in page.text
        assert "3 attempts" in page.text


def test_only_web_addresses_become_links(followed: Cast, visit: Visit) -> None:
    mail = write(
        followed, text="javascript:alert(1) data:text/html,x ftp://x http://a.example/b, (http://c.example)"
    )
    links = visit(followed.ana).get(f"{OUTBOX}{mail.pk}/").links
    assert [link for link in links if ":" in link] == ["http://a.example/b", "http://c.example"]


def test_a_long_outbox_has_pages_and_costs_the_same_at_one_mail_and_at_many(
    followed: Cast, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader = visit(followed.marco)
    for count in (1, 51):
        while Outbox.objects.count() < count:
            write(followed, subject=f"Aviso {Outbox.objects.count()}.")
        with django_assert_num_queries(6):
            reader.get(OUTBOX)
    assert f"{OUTBOX}?page=2" in reader.get(OUTBOX).links
    assert "Aviso 0." in reader.get(f"{OUTBOX}?page=2").text
    assert reader.get(f"{OUTBOX}?page=nonsense").status == 200


@pytest.mark.parametrize(
    ("environment", "names"), [("production", "[]"), ("demo", "['outbox', 'outbox_mail']")]
)
def test_only_the_demo_has_it(environment: str, names: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {ADDRESSES}"],
        env={
            "DJANGO_SETTINGS_MODULE": "destraba.settings",
            "DESTRABA_ENV": environment,
            "DESTRABA_HOME": str(settings.HOME),
            "DESTRABA_SECRET_KEY": "x" * 50,
            "PYTHONPATH": ":".join(sys.path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == names
