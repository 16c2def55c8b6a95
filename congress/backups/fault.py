"""What can go wrong with a backup, in words for the person at the terminal."""


class Fault(Exception):
    """A backup could not be made, opened or restored; the message is a whole Chinese sentence and holds no secret."""
