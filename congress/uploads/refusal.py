"""The one way in which a file is turned away."""


class UploadRefused(Exception):
    """A file is not taken. `code` is for programs and tests, `message` tells the person what to do about it."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message
