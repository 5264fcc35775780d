"""Where a rule is applied: kinds of place, national codes, coordinates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from destraba.values import decimals

_CODE = re.compile(r"[A-Z0-9.\-]{1,20}")
_DECIMALS = 6  # a tenth of a metre, the finest that a map shows


class PlaceKind(StrEnum):
    """The levels of the tree; `OFFICE` is a counter where people are served."""

    COUNTRY = "country"
    REGION = "region"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    OFFICE = "office"
    OTHER = "other"


class InvalidPlaceCode(ValueError):
    """Not one to twenty of A-Z, 0-9, full stop and hyphen."""


class InvalidCoordinates(ValueError):
    """Outside the globe, not finite, or finer than six decimals."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Degrees of WGS 84: latitude -90 to 90, longitude -180 to 180, at most six decimals each."""

    latitude: Decimal
    longitude: Decimal

    def __post_init__(self) -> None:
        for degrees, limit in ((self.latitude, 90), (self.longitude, 180)):
            if not degrees.is_finite() or abs(degrees) > limit or degrees != round(degrees, _DECIMALS):
                raise InvalidCoordinates(str(degrees))

    def to_plain(self) -> dict[str, str]:
        return {
            "latitude": decimals.to_plain(self.latitude),
            "longitude": decimals.to_plain(self.longitude),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, str]) -> "Coordinates":
        return cls(Decimal(plain["latitude"]), Decimal(plain["longitude"]))


def check_code(code: str) -> str:
    """Returns a code of the country's own system (ubigeo 250101), unchanged. Raises `InvalidPlaceCode`."""
    if _CODE.fullmatch(code) is None:
        raise InvalidPlaceCode(code)
    return code
