"""The paper that a picture is for: its sizes, and which way it lies."""

from enum import StrEnum

MARGIN = 12.0  # mm, at every side


class Paper(StrEnum):
    """A size of paper (ISO 216)."""

    A4 = "a4"
    A3 = "a3"

    def size(self, *, lying: bool) -> tuple[float, float]:
        """Return width and height in mm.

        >>> Paper.A4.size(lying=True), Paper.A3.size(lying=False)
        ((297.0, 210.0), (297.0, 420.0))
        """
        short, long = (210.0, 297.0) if self is Paper.A4 else (297.0, 420.0)
        return (long, short) if lying else (short, long)
