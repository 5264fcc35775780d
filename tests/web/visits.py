"""Somebody at a browser without scripts: reads pages, fills in the forms that they offer, sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from destraba.models import Head
from tests.factories import Player

WRITES = ("INSERT", "UPDATE", "DELETE")
OF_THE_SESSION = ("django_session", "usersession", "account_usersession")


@dataclass
class Form:
    """A form as it stands on the page, with what its fields begin with."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    is_open: bool = False

    @property
    def act(self) -> str:
        return self.fields.get("act", "")


class Page(HTMLParser):
    """What came back: status, words, links and forms."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response
        self.status = response.status_code
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._select = self._textarea = ""
        self._details: list[bool] = []
        self._form: Form | None = None
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self.feed(response.content.decode())

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split()).replace(" .", ".").replace(" ,", ",")

    @property
    def acts(self) -> set[str]:
        """What can be done here."""
        return {form.act for form in self.forms if form.act}

    def form(self, act: str, at: int = 0) -> Form:
        return [form for form in self.forms if form.act == act][at]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "a":
                self.links.append(given.get("href", ""))
            case "details":
                self._details.append("open" in given)
            case "form":
                self._form = Form(given.get("action", ""), given.get("method", "get"))
                self._form.is_open = bool(self._details and self._details[-1])
                self.forms.append(self._form)
            case "input" if self._form:
                self._take_input(self._form, given)
            case "select":
                self._select = given.get("name", "")
            case "option" if self._form and self._select:
                self._form.choices.setdefault(self._select, []).append(given.get("value", ""))
                if "selected" in given or self._select not in self._form.fields:
                    self._form.fields[self._select] = given.get("value", "")
            case "textarea" if self._form:
                self._textarea = given.get("name", "")
                self._form.fields[self._textarea] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "details" and self._details:
            self._details.pop()

    def handle_data(self, data: str) -> None:
        if self._form and self._textarea:
            self._form.fields[self._textarea] += data.removeprefix("\n")
        self.words.append(data)

    @staticmethod
    def _take_input(form: Form, given: Mapping[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if kind in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields[name] = given.get("value", "on")
        elif name:
            form.fields[name] = given.get("value", "")


class Visitor:
    """One person, signed in, or nobody."""

    def __init__(self, player: Player | None = None) -> None:
        self.client = Client()
        if player:
            self.client.force_login(player.account)

    def get(self, path: str, **headers: str) -> Page:
        return Page(self.client.get(path, headers=headers))

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> Page:
        return Page(self.client.post(path, fields, follow=True))

    def fill_in(self, path: str, act: str, at: int = 0, **typed: str | list[str]) -> Page:
        """Open the page, fill in one of its forms, send it, and follow where it leads."""
        return self.send(path, self.get(path).form(act, at), **typed)

    def send(self, path: str, form: Form, **typed: str | list[str]) -> Page:
        """Send a form that was read before, perhaps long before."""
        return self.post(path, {**form.fields, **typed})


def heads() -> dict[str, int]:
    """How far every chain has come."""
    return {str(head.stream): head.seq for head in Head.objects.all()}


def writes(queries: list[dict[str, str]]) -> list[str]:
    """What was written, but for the session itself."""
    return [
        query["sql"]
        for query in queries
        if query["sql"].startswith(WRITES) and not any(table in query["sql"] for table in OF_THE_SESSION)
    ]
