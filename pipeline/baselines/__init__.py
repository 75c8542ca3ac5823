"""What simpler systems reach on the same reports: a figure means little without one beside it."""

from pipeline.baselines.comparing import Row, compare_systems
from pipeline.baselines.reading import Reading, read_run
from pipeline.baselines.systems import System, gold_names, simpler_systems, system_with_lac

__all__ = [
    "Reading",
    "Row",
    "System",
    "compare_systems",
    "gold_names",
    "read_run",
    "simpler_systems",
    "system_with_lac",
]
