"""What is wrong with a number somebody typed: a code for programs and a plain sentence for people."""

from congress.law.finding import Finding


class Unacceptable(ValueError):
    """A number cannot be taken as it is; `problem` says why. It never repeats the number, so it may be logged and shown."""

    def __init__(self, code: str, message: str):
        self.problem = Finding(code, message)
        super().__init__(message)
