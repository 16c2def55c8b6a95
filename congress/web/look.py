"""Size of letters and contrast of a reader: the user's own size, else what the cookie of this browser says."""

from dataclasses import dataclass, replace

COOKIE = "look"
SIZES = ("normal", "large", "huge")
CONTRASTS = ("normal", "high")


@dataclass(frozen=True)
class Look:
    """Written in the cookie as "large.high"; anything else in it is ignored."""

    size: str = "normal"
    contrast: str = "normal"

    @classmethod
    def of(cls, request) -> "Look":
        """The look of a request; a user who is logged in has the size kept with the account."""
        size, _, contrast = request.COOKIES.get(COOKIE, "").partition(".")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            size = user.font_size
        return cls().changed(size, contrast)

    def changed(self, size: str, contrast: str) -> "Look":
        """The look with a new size or contrast; words that are neither leave it as it is."""
        return replace(
            self,
            size=size if size in SIZES else self.size,
            contrast=contrast if contrast in CONTRASTS else self.contrast,
        )

    @property
    def text(self) -> str:
        """As the cookie holds it."""
        return f"{self.size}.{self.contrast}"

    @property
    def classes(self) -> str:
        """Classes of the root element."""
        return f"font-{self.size}" + (" contrast-high" if self.contrast == "high" else "")
