"""The parameters of the step."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class SegmentParams(BaseModel):
    """Parameters of segmentation; lengths in code points."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_title_length: int = Field(default=60, gt=0, description="a longer line is no title line")
    max_title_lines: int = Field(default=2, ge=1, description="title lines a report may have")
    max_quote_length: int = Field(default=100, ge=0, description="a longer quotation is cut at its 。")
    max_report_length: int = Field(default=200_000, gt=0, description="a longer report is refused")
    unknown_words: bool = Field(default=False, description="let jieba's HMM propose words, 7 times slower")
