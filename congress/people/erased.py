"""What stands where a value was that has been destroyed as the rules demand."""


class Erased(str):
    """The marker; prints （已按规定销毁） and is a str, so that pages and masks need no special case."""

    __slots__ = ()

    def __new__(cls):
        return super().__new__(cls, "（已按规定销毁）")

    def __reduce__(self):
        return (Erased, ())


ERASED = Erased()
