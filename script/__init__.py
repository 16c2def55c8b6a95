"""Commands of an installation; standard library only, because they run before the virtual environment exists."""
