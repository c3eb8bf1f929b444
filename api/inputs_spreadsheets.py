"""What staff send to have a spreadsheet looked at, tried and loaded."""

from typing import Annotated, Literal

from fastapi import UploadFile
from pydantic import Field

from api.inputs import MarkedForm


class SheetForm(MarkedForm):
    """A step on the way from a file to a dataset."""

    step: Literal["look", "try", "faulty", "save", "leave"] = "look"
    """`look`: propose a mapping of `file`; `try`: do everything but keep it; `faulty`: give the rows with faults; `save`; `leave`: let go."""
    file: UploadFile | None = None
    """The spreadsheet, in the first step."""
    upload: Annotated[str, Field(max_length=100)] = ""
    """The id of the file that was sent in the first step."""
    mapping: Annotated[str, Field(max_length=50_000)] = ""
    """What the columns mean, as TOML."""
    dataset: Annotated[str, Field(max_length=100)] = ""
    """The dataset's name."""
    audience: Literal["public", "staff"] = "staff"
    """For whom the dataset is."""
    skip: bool = False
    """Whether to load what is good if there are faults."""
