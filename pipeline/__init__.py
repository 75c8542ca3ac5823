"""Read Chinese news reports and write a table of donation events.

Every step is a callable over frozen records (see `pipeline.schema`); the command is
`donations` (see `pipeline.cli`).
"""

__version__ = "0.1.0"
