"""The command `donations`: arguments, progress, exit codes; the only place that prints."""

from pipeline.cli.app import main

__all__ = ["main"]
