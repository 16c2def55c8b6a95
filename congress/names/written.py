"""May this stand as a name? One answer for form, import, search and paper; names are tidied (`parts.tidy`) before."""

from .characters import is_han, is_letter, is_private, is_radical, named
from .parts import DOT, PLAIN
from .strokes import strokes

LONGEST = 40


def problem(name: str) -> str:
    """What is wrong with a tidy name, as a sentence that names the character; "" when nothing is.

    Letters of every script are names, Chinese characters of the newest extensions too; with dots between the parts.
    Refused are formulas, figures, brackets, marks put for a missing character (□ ？), radicals and private codes.
    """
    if len(name) > LONGEST:
        return f"姓名最多{LONGEST}个字，现在有{len(name)}个字"
    if PLAIN.fullmatch(name):
        return ""
    for char in name:
        if is_private(char):
            return f"姓名中有自造字（{named(char)}），换一台电脑就显示不出来，请用输入法重新输入这个字"
        if is_radical(char):
            return f"姓名中的{named(char)}是偏旁部首，不是完整的字，请重新输入这个字"
    wrong = [char for char in dict.fromkeys(name) if char != DOT and not is_letter(char)]
    if wrong or not name.strip(DOT):
        named_wrong = f"，{'、'.join(map(named, wrong[:3]))}不是文字" if wrong else ""
        return f"姓名只能是文字，少数民族姓名中间可以有“·”{named_wrong}"
    return ""


def unknown(name: str) -> list[str]:
    """The Chinese characters of a tidy name that are newer than every table here: sorted last, perhaps never drawn."""
    return [char for char in dict.fromkeys(name) if is_han(char) and not strokes(char)]
