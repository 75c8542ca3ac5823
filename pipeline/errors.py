"""The errors this package raises on purpose, one small family."""


class PipelineError(Exception):
    """Anything this package refuses; its text is one line fit for a user."""


class ConfigError(PipelineError):
    """A parameter or a lexicon is wrong: unknown key, wrong type, impossible value."""


class InputError(PipelineError):
    """An input or one record of it cannot be used.

    Attributes:
        code: short machine-readable reason, such as `not-utf8` or `empty`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class SchemaError(PipelineError):
    """A record or a table does not have the shape that `pipeline.schema` states."""
