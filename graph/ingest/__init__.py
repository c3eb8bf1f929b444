"""Ingest: records into a store. Loading, removing, judging; written once, over the store's primitives."""

from graph.ingest.judging import judge, suppress, take_back
from graph.ingest.loading import Policy, replace
from graph.ingest.refolding import refold
from graph.ingest.removing import remove
from graph.ingest.report import JudgementReport, Report

__all__ = ["JudgementReport", "Policy", "Report", "judge", "refold", "remove", "replace", "suppress", "take_back"]
