"""Minutes as PDF: what `minutes.typ` reads, and how it is set."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from destraba.documents.minutes.content import MinutesContent
from destraba.documents.minutes.plain import cleaned, lines
from destraba.documents.minutes.words import present_of, words_of
from destraba.documents.typesetting import typeset

LAYOUT = Path(__file__).with_name("minutes.typ")


def minutes_pdf(content: MinutesContent) -> bytes:
    """The minutes as a tagged PDF/UA; the same content gives the same bytes."""
    return typeset(LAYOUT, _page_data(cleaned(content)), made_at=content.made_at)


def _page_data(content: MinutesContent) -> Mapping[str, Any]:
    """The content as plain values; what may have several lines as a list of them."""
    data = dataclasses.asdict(content)
    del data["made_at"]
    for item in data["items"]:
        item["decisions"] = [lines(text) for text in item["decisions"]]
        item["notes"] = [line for text in item["notes"] for line in lines(text)]
    for group, shown in zip(content.attendance, data["attendance"], strict=True):
        shown["present"] = present_of(group, content.language)
    return {
        **data,
        "general_notes": [line for text in content.general_notes for line in lines(text)],
        "commitments": [dataclasses.asdict(each) for each in content.commitments],
        "words": words_of(content),
    }
