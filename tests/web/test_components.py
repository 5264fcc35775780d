"""The parts that every page is made of: what they say, what they tie together, what they weigh."""

import gzip
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import Client
from django.utils import translation
from markupsafe import Markup
from tools import icons

from destraba.rules.lights import Light
from destraba.rules.solutions import SolutionStage
from destraba.web.marks import stage_word
from destraba.web.static import lean

SOURCE = Path(icons.SPRITE).parent.parent
STATIC, TEMPLATES = SOURCE / "static", SOURCE / "templates"
KIB = 1024

Component = Callable[..., str]


@pytest.fixture
def component() -> Iterator[Callable[[str, str], Component]]:
    """A macro by the file and name it has under templates/components/, in English."""

    def find(file: str, name: str) -> Component:
        template = engines["jinja2"].env.get_template(f"components/{file}.html")  # type: ignore[attr-defined]
        macro: Component = getattr(template.make_module({}), name)
        return macro

    with translation.override("en"):
        yield find


def compressed(*paths: Path) -> int:
    """As it travels: styles without their comments and indents."""
    return sum(len(gzip.compress(_travels(path))) for path in paths)


def _travels(path: Path) -> bytes:
    return lean(path.read_bytes()) if path.suffix == ".css" else path.read_bytes()


def words(html: str) -> str:
    """What a person reads, white space evened out."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# ---------- lights and ladder ----------


@pytest.mark.parametrize("light", Light)
def test_every_light_has_its_shape_and_its_word(component: Any, light: Light) -> None:
    shown = component("lights", "light")(light, "14 days late")
    assert f'class="light {light.value}"' in shown
    assert f".light.{light.value}::before" in (STATIC / "css" / "marks.css").read_text()
    assert words(shown) not in ("", "14 days late")


def test_a_count_of_lights_leaves_out_what_there_is_none_of(component: Any) -> None:
    shown = component("lights", "lights")((("red", 2), ("green", 0)))
    assert words(shown) == "Red: 2"


def test_a_verdict_says_when_the_owner_declared_otherwise(component: Any) -> None:
    verdict = component("lights", "verdict")
    assert "do not agree" in words(verdict("amber", "Moved twice.", "green"))
    assert "do not agree" not in words(verdict("amber", "Moved twice."))
    assert "set by the team" in words(verdict("green", "A draft came.", mark="overridden"))


def label_of_ladder(component: Any, *given: Any, **named: Any) -> str:
    return re.search(r'aria-label="([^"]*)"', component("ladder", "ladder")(*given, **named)).group(1)  # type: ignore[union-attr]


def test_a_norm_alone_never_counts_as_ground(component: Any) -> None:
    assert label_of_ladder(component, "enacted") == "Norm: enacted. Ground: not yet. Effect: not yet."


def test_places_are_counted_and_the_bar_is_filled_in_their_share(component: Any) -> None:
    assert "Ground: 1 of 3 places" in label_of_ladder(component, "enacted", (1, 3))
    shares = [
        re.findall(r'<i class="(p\d|yes)">', component("ladder", "ladder")("agreed", (n, 6), False))
        for n in range(7)
    ]
    assert shares == [[], ["p1"], ["p1"], ["p2"], ["p3"], ["p3"], ["yes"]]


def test_applied_without_effect_is_told_apart(component: Any) -> None:
    assert label_of_ladder(component, "applied", failed=True).endswith("Effect: none seen.")


@pytest.mark.parametrize("stage", SolutionStage)
def test_every_stage_has_a_word_and_a_ladder(component: Any, stage: SolutionStage) -> None:
    assert stage_word(stage)
    assert label_of_ladder(component, stage).count(":") == 3


def test_the_first_date_stays_beside_how_often_it_moved(component: Any) -> None:
    assert words(component("dates", "slip")(2, "31 March 2017")) == "2 slips first date: 31 March 2017"
    assert words(component("dates", "slip")(1)) == "1 slip"


@pytest.mark.parametrize(
    ("name", "letters"), [("Ana Paredes", "AP"), ("luis quispe huamán", "LH"), ("Óscar", "Ó"), ("", "?")]
)
def test_initials(component: Any, name: str, letters: str) -> None:
    assert component("people", "initials")(name) == letters


# ---------- forms ----------


class Raise(forms.Form):
    title = forms.CharField(label="Problem", help_text="In one sentence")
    detail = forms.CharField(label="Detail", required=False)
    importance = forms.ChoiceField(choices=[("high", "High"), ("low", "Low")], widget=forms.RadioSelect)


def test_hint_and_error_are_tied_to_their_field(component: Any) -> None:
    shown = component("forms", "field")(Raise({"title": ""})["title"])
    described = re.search(r'<input[^>]*aria-describedby="([^"]*)"', shown).group(1).split()  # type: ignore[union-attr]
    assert described == ["id_title_hint", "id_title_error"]
    assert all(f'id="{one}"' in shown for one in described)
    assert 'aria-invalid="true"' in shown


def test_only_what_may_stay_blank_is_called_optional(component: Any) -> None:
    field = component("forms", "field")
    assert "(optional)" in field(Raise()["detail"])
    assert "(optional)" not in field(Raise()["title"])


def test_what_was_typed_comes_back_as_text(component: Any) -> None:
    shown = component("forms", "field")(Raise({"title": '"><script>x</script>'})["title"])
    assert "<script>" not in shown


def test_a_card_shows_its_line_and_keeps_its_choice(component: Any) -> None:
    shown = component("forms", "radio_cards")(
        Raise({"importance": "low"})["importance"], {"low": "A nuisance"}
    )
    assert "A nuisance" in shown
    assert re.search(r'value="low"[^>]*checked', shown)


# ---------- the Matrix ----------


def commitment(**given: Any) -> SimpleNamespace:
    plain = {
        "kind": "commitment", "id": "c12", "version": 3, "number": "C-12", "href": "/c/12", "level": 3,
        "title": "Improve the regional offices", "children": None, "light": "red", "why": "14 days late",
        "owner": "GORE Ucayali", "due": "30 May", "due_iso": "2017-05-30", "edits": {},
    }  # fmt: skip
    return SimpleNamespace(**plain | given)


def test_a_row_has_nine_cells_with_their_roles(component: Any) -> None:
    shown = component("grid", "row")(commitment())
    assert len(re.findall(r'role="(?:gridcell|rowheader)"', shown)) == 9
    assert 'aria-level="3"' in shown


def test_only_cells_that_the_reader_may_edit_can_be_edited(component: Any) -> None:
    row = component("grid", "row")
    assert "data-editor" not in row(commitment())
    shown = row(
        commitment(edits={"due": ("date", "30/05/2017", "Why does it move?"), "owner": ("owner", "X")})
    )
    assert re.findall(r'data-field="(\w+)" data-editor="(\w+)"', shown) == [
        ("owner", "owner"),
        ("due", "date"),
    ]
    assert shown.count("data-ask=") == 1


def test_a_title_cannot_break_out_of_its_cell(component: Any) -> None:
    evil = '"><img src=x onerror=alert(1)>'
    shown = component("grid", "row")(commitment(title=evil, edits={"title": ("text", evil)}))
    assert "<img" not in shown


def test_a_problem_opens_by_a_link_so_that_no_script_is_needed(component: Any) -> None:
    opens = {"open_href": "?open=p6", "open_label": "Open P-6"}
    problem = commitment(kind="problem", number="P-6", level=1, children=False, **opens)
    shown = component("grid", "row")(problem)
    assert 'href="?open=p6" aria-label="Open P-6"' in shown
    assert 'aria-expanded="false"' in shown
    leaf = component("grid", "row")(commitment(kind="problem", level=1))
    assert "aria-expanded" not in leaf


def test_a_new_row_is_a_form_that_posts_without_a_script(component: Any) -> None:
    shown = component("grid", "new_row")("commitment", 3, "Write", "/rows/", "token", parent="s6")
    assert 'method="post" action="/rows/"' in shown
    assert re.findall(r'name="(\w+)"', shown) == [
        "csrfmiddlewaretoken",
        "object",
        "level",
        "parent",
        "after",
        "title",
    ]


def test_a_conflict_shows_both_values_and_sends_the_version_of_now(component: Any) -> None:
    edit = {
        "object": "commitment",
        "id": "c12",
        "field": "due",
        "value": "07/07/2017",
        "label": "Due",
        "number": "C-12",
    }
    shown = component("conflict", "conflict")(edit, "15 Jul", "7 Jul", "Marta", "2 minutes ago", 6, "/cells/")
    assert "15 Jul" in shown
    assert "7 Jul" in shown
    assert 'name="version" value="6"' in shown
    assert re.findall(r'name="choice" value="(\w+)"', shown) == ["theirs", "mine"]


def test_a_hundred_rows_stay_light(component: Any) -> None:
    row = component("grid", "row")
    edits = {"title": ("long", "x"), "owner": ("owner", "GORE"), "due": ("date", "30/05/2017")}
    rows = "".join(
        row(
            commitment(
                id=f"0197{n:028x}", number=f"C-{n}", title=f"Improve office {n} of {n * 7919}", edits=edits
            )
        )
        for n in range(100)
    )
    assert len(gzip.compress(rows.encode())) < 40 * KIB


# ---------- icons, weights ----------


def test_the_sprite_is_what_its_script_writes() -> None:
    assert icons.sprite() == icons.SPRITE.read_text(encoding="utf-8"), "run: python tools/icons.py"


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.html")]
    named = {
        name for text in texts for name in re.findall(r'icon\("([\w-]+)"|icons\.svg" %}#([\w-]+)"', text)
    }
    known = set(re.findall(r'<symbol id="([\w-]+)"', icons.SPRITE.read_text(encoding="utf-8")))
    assert {name for pair in named for name in pair if name} <= known


def test_styles_and_scripts_keep_to_their_weight() -> None:
    assert compressed(*(STATIC / "css").rglob("*.css")) < 30 * KIB
    assert compressed(*(STATIC / "js").rglob("*.js")) < 60 * KIB


def test_a_style_sheet_travels_without_its_comments_and_says_the_same() -> None:
    written = b"/* Why. */\n@layer a {\n  .grid :is(th, td) { color: red } /* here */\n}\n"
    assert lean(written) == b"@layer a {\n.grid :is(th, td) { color: red } \n}\n"
    for path in (STATIC / "css").rglob("*.css"):
        assert not re.search(r"\"[^\"\n]*(/\*|\*/)", path.read_text()), path.name


# ---------- pages ----------


class Outline(HTMLParser):
    """Ids, their references, and forms, of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.forms: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        for name in ("for", "aria-describedby", "aria-labelledby", "list"):
            self.references |= set((given.get(name) or "").split())
        if tag == "form":
            self.forms.append(given)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_style_page_holds_together(client: Client, language: str) -> None:
    answer = client.get("/style/", headers={"accept-language": language})
    page = Outline(answer.content.decode())
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()
    assert len(page.ids) == len(set(page.ids))
    assert page.references - {"owners"} <= set(page.ids)


@pytest.mark.django_db
def test_a_chosen_appearance_is_drawn_at_once_and_nothing_else_gets_in(client: Client) -> None:
    client.cookies.load({"theme": "dark", "density": "compact", "keys": "off"})
    assert (
        '<html lang="es" data-theme="dark" data-density="compact" data-keys="off">'
        in client.get("/style/").content.decode()
    )
    client.cookies.load({"theme": 'dark"><script>', "density": "x", "keys": "x"})
    assert '<html lang="es">' in client.get("/style/").content.decode()


ERRORS = ["400.html", "403.html", "404.html", "500.html", "refused.html"]


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_says_what_happened_what_was_kept_what_to_do_even_without_a_request(name: str) -> None:
    with translation.override("en"):
        said = words(engines["jinja2"].get_template(name).render({"sentence": Markup("No.")}))
    assert all(part in said for part in ("What happened", "What was kept", "What to do"))


@pytest.mark.django_db
def test_the_sign_in_page_names_every_field_and_offers_demo_accounts_only_where_there_are_some(
    client: Client,
) -> None:
    html = client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()
    page = Outline(html)
    assert {"id_login", "id_password"} <= page.references
    assert 'class="demo"' not in html


# ---------- downloads ----------


def test_every_file_of_a_view_follows_the_view(component: Any) -> None:
    shown = component("downloads", "downloads")("forestal", "light=red&sort=due")
    assert re.findall(r'<a href="([^"]+)"', shown) == [
        "/mesas/forestal/matrix.xlsx?light=red&amp;sort=due",
        "/mesas/forestal/matrix.pdf?light=red&amp;sort=due&amp;paper=a3",
        "/mesas/forestal/matrix.pdf?light=red&amp;sort=due&amp;paper=a4",
        "/mesas/forestal/matrix.csv?light=red&amp;sort=due&amp;delimiter=semicolon",
        "/mesas/forestal/matrix.csv?light=red&amp;sort=due",
        "/mesas/forestal/matrix.json?light=red&amp;sort=due",
    ]
    assert "The rows that you see now" in words(shown)


def test_without_a_view_it_is_the_whole_matrix(component: Any) -> None:
    shown = component("downloads", "downloads")("forestal")
    assert 'href="/mesas/forestal/matrix.xlsx"' in shown
    assert 'href="/mesas/forestal/matrix.pdf?paper=a4"' in shown
    assert "The whole Matrix, as far as you may see it" in words(shown)
