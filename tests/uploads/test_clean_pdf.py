"""PDF attachments: kept byte for byte, or turned away when they do or open something."""

import pikepdf
import pytest

from congress.documents import render, text
from congress.uploads.clean import clean_upload
from tests.uploads.samples import pdf, refused


def test_pdf_is_kept_byte_for_byte():
    data = pdf()
    clean = clean_upload(data, "决定.pdf")
    assert clean.content == data
    assert clean.content_type == "application/pdf"


def script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def hidden_script(document):
    annotation = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x"))
    document.pages[0].Annots = pikepdf.Array([annotation])


def named_script(document):
    tree = pikepdf.Dictionary(Names=pikepdf.Array(["a", pikepdf.Dictionary(JS=document.make_stream(b"x"))]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=tree)


def launch(document):
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))


def embedded(document):
    document.attachments["a.exe"] = b"MZ"


def rich(document):
    document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia)])


def submit(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://a.example")


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (script, "script"), (hidden_script, "script"), (named_script, "script"), (launch, "launch"),
        (embedded, "embedded"), (rich, "active"), (submit, "submit"),
    ],
)  # fmt: skip
def test_active_pdf_is_refused(edit, code):
    assert refused(pdf(edit), "决定.pdf") == code
    assert refused(pdf(edit, object_stream_mode=pikepdf.ObjectStreamMode.generate), "决定.pdf") == code


def action(kind: str, **more) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def linked(made):
    """A page with a link that does this."""

    def edit(document):
        document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=made)])

    return edit


def opening(made):
    """A file that does this by itself when it is opened."""

    def edit(document):
        document.Root.OpenAction = document.make_indirect(made)

    return edit


def chained(document):
    document.Root.OpenAction = action("GoTo", D="a", Next=pikepdf.Array([action("GoToR", F=r"\\\\a.example\\x")]))


def content_elsewhere(document):
    document.pages[0].Thumb = document.make_stream(b"", F=r"\\\\a.example\\x")


@pytest.mark.parametrize(
    "edit",
    [
        opening(action("URI", URI="https://a.example")),
        opening(action("GoToR", F=r"\\\\a.example\\x")),
        opening(action("Rendition")),
        opening(action("Whatever")),
        linked(action("GoToR", F="other.pdf")),
        linked(action("GoToE", F=r"\\\\a.example\\x")),
        linked(action("URI", URI=r"\\\\a.example\\x")),
        linked(action("URI", URI="file://a.example/x")),
        linked(action("URI", URI="javascript:alert(1)")),
        linked(action("Hide")),
        chained,
        content_elsewhere,
    ],
)
def test_pdf_that_opens_something_else_is_refused(edit):
    assert refused(pdf(edit), "决定.pdf") == "outside"


@pytest.mark.parametrize(
    "edit",
    [
        linked(action("URI", URI="https://example.org")),
        linked(action("URI", URI="mailto:a@example.org")),
        linked(action("URI", URI="www.example.org")),
        linked(action("GoTo", D="chapter")),
        opening(action("GoTo", D="chapter")),
        opening(pikepdf.Array([0, pikepdf.Name.Fit])),
        opening(action("Named", N=pikepdf.Name.FirstPage)),
    ],
)
def test_pdf_with_ordinary_links_is_taken(edit):
    assert clean_upload(pdf(edit), "a.pdf").extension == "pdf"


def test_pdf_of_the_product_itself_is_taken():
    made = render.render([text.Title(("标题",)), text.Paragraph.of("正文。")], title="报告")
    assert clean_upload(made, "报告.pdf").content == made


def test_encrypted_and_damaged_pdf_is_refused():
    assert refused(pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf") == "encrypted"
    assert refused(pdf(encryption=pikepdf.Encryption(owner="a", user="")), "a.pdf") == "encrypted"
    assert refused(b"%PDF-1.7\nnothing\n%%EOF", "a.pdf") == "damaged"
    assert refused(pdf()[:200], "a.pdf") == "polyglot"
