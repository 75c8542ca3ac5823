"""The table of DVC stages: name, inputs, outputs, step.

Paths stand only in `dvc.yaml`: an input or output is found there by its name, which is the path's last part
without suffix. The step of a stage is the `run` of the module of the same name in this folder; it is imported
when the stage runs, so that a stage loads, and depends on, no more than its own code.
"""

from pipeline.stages.running import run_stage, section_kinds
from pipeline.stages.table import STAGES, Stage

__all__ = ["STAGES", "Stage", "run_stage", "section_kinds"]
