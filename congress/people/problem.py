"""What is wrong with a number somebody typed: a code for programs and a plain sentence for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. The message never repeats the number itself, so it may be logged and shown."""

    code: str
    message: str

    def __str__(self) -> str:
        return self.message


class Unacceptable(ValueError):
    """A number cannot be taken as it is; `problem` says why."""

    def __init__(self, code: str, message: str):
        self.problem = Problem(code, message)
        super().__init__(message)
