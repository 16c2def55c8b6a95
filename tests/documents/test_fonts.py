"""Every character has a font or a clear refusal; an office's own font comes first."""

import shutil

import pytest

from congress.documents import fonts
from congress.documents.fonts import MissingGlyph, Typeface
from congress.names import characters

RARE = "喆堃昇犇祎旻昉玥㛃䶮𬭎"


@pytest.mark.parametrize("typeface", list(Typeface))
def test_every_typeface_sets_rare_names(typeface):
    for character in RARE:
        assert fonts.pick(typeface, character).advance(character) == pytest.approx(1.0)


def test_body_face_has_half_width_digits_and_full_width_quotes():
    face = fonts.stack(Typeface.FANGSONG)[0]
    assert {face.advance(digit) for digit in "0123456789"} == {0.5}
    assert {face.advance(mark) for mark in "“”‘’—…，。"} == {1.0}


def test_page_number_face_has_half_width_digits():
    face = fonts.stack(Typeface.SONGTI)[0]
    assert {face.advance(digit) for digit in "0123456789"} == {0.5}


def test_whole_sets_a_name_in_one_face():
    assert fonts.whole(Typeface.FANGSONG, "张建国").family == "GWFangSong"
    assert fonts.whole(Typeface.FANGSONG, "张喆").family == "GWSerifSC"


@pytest.mark.parametrize(
    ("private", "character"), [("\ue863", "䶮"), ("\ue81e", "龴"), ("\ue816", "𠂇"), ("\ue864", "龻"), ("\ue7c7", "ḿ")]
)
def test_standard_maps_the_private_codes_of_gb18030(private, character):
    assert characters.standard(f"赵{private}") == f"赵{character}"


def test_no_private_code_point_is_left_in_the_map():
    assert not any(characters.is_private(chr(code)) for code in characters.PRIVATE.values())
    assert all(characters.is_private(chr(code)) for code in characters.PRIVATE)


def test_pick_refuses_an_unknown_private_character_by_name():
    with pytest.raises(MissingGlyph, match=r"U\+E5E5.*王某的名字") as caught:
        fonts.pick(Typeface.FANGSONG, "\ue5e5", "王某的名字")
    assert caught.value.missing == [("\ue5e5", "王某的名字")]


def test_the_office_font_comes_first(tmp_path, monkeypatch):
    base = fonts.folder()
    copy = tmp_path / "fonts"
    (copy / "office").mkdir(parents=True)
    for name in ("FandolFang-Regular.otf", "NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"):
        (copy / name).symlink_to(base / name)
    shutil.copy(base / "FandolKai-Regular.otf", copy / "office" / "仿宋_GB2312.otf")
    monkeypatch.setenv("CONGRESS_FONTS_DIR", str(copy))
    families = [face.family for face in fonts.stack(Typeface.FANGSONG)]
    assert families == ["GWFangSongOffice", "GWFangSong", "GWSerifSC", "GWSansSC"]


def test_an_incomplete_font_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("CONGRESS_FONTS_DIR", str(tmp_path))
    with pytest.raises(fonts.FontsMissing, match="FandolFang-Regular"):
        fonts.stack(Typeface.FANGSONG)
