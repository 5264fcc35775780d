"""Templates carry no style and no script of their own, so that the Content-Security-Policy can be strict."""

import re
from pathlib import Path

from tests.architecture.conftest import Plant
from tests.architecture.tree import SOURCE

COMMENTS = re.compile(r"\{#.*?#\}|\{% ?comment.*?endcomment ?%\}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "something fetched from another site": re.compile(
        r"<(?:script|link|img|iframe|source|use)\b[^>]*\b(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
        re.IGNORECASE,
    ),
    # Help texts are the programmer's own markup, and Django renders them so itself.
    "a value marked safe": re.compile(r"(?<!\.help_text)\|\s*safe\b"),
}
# Mail programs read no stylesheet, and a mail is under nobody's policy.
IN_MAILS = FORBIDDEN.keys() - {"a style attribute"}


def loose_markup(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{text.count(chr(10), 0, found.start()) + 1}: {what}"
        for path in sorted(root.rglob("*.html"))
        for text in [COMMENTS.sub(_same_lines, path.read_text(encoding="utf-8"))]
        for what in (IN_MAILS if path.parent.name == "mails" else FORBIDDEN)
        for found in FORBIDDEN[what].finditer(text)
    ]


def _same_lines(comment: re.Match[str]) -> str:
    return "\n" * comment.group().count("\n")


def test_templates_carry_no_style_and_no_script() -> None:
    assert loose_markup(SOURCE) == []


def test_loose_markup_is_caught(plant: Plant) -> None:
    root = plant(
        {
            "mails/letter.html": '<p style="color: red" onclick="go()">',
            "page.html": """\
                <style>p {}</style>
                <p style="color: red">
                <script>alert(1)</script>
                <button
                    onclick="go()">
                <a href="javascript:go()">
                <link rel="stylesheet" href="https://elsewhere.example/a.css">
                {{ note | safe }}
                """,
        }
    )
    assert loose_markup(root) == [
        "mails/letter.html:1: an event attribute",
        "page.html:1: a style element",
        "page.html:2: a style attribute",
        "page.html:3: a script in the page",
        "page.html:4: an event attribute",
        "page.html:6: a javascript: address",
        "page.html:7: something fetched from another site",
        "page.html:8: a value marked safe",
    ]


def test_scripts_by_address_comments_and_links_to_elsewhere_are_fine(plant: Plant) -> None:
    root = plant(
        {
            "page.html": """\
                {# no <style> here #}
                <!-- <p style=""> -->
                <script type="module" src="{{ static('js/grid.js') }}"></script>
                <a href="https://www.gob.pe/">gob.pe</a> <p data-style="x" class="on">once = twice</p>
                {{ field.help_text|safe }}
                """
        }
    )
    assert loose_markup(root) == []
