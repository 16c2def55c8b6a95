"""Pictures are drawn anew: what is not picture (position, camera, comments, hidden files) does not survive.

Runs in the sandbox.
"""

import io
import warnings

from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, UnidentifiedImageError, WebPImagePlugin

from .refusal import UploadRefused

MAX_PIXELS = 80_000_000  # the largest phone cameras have 50 to 64 million; 200 million is refused before decoding
MAX_SIDE = 2000
QUALITY = 85
# Pillow loads these when a picture asks for them; in the sandbox nothing can be loaded any more.
Image.preinit()
LOADED = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def reencode(data: bytes, extension: str) -> tuple[dict, bytes]:
    """Return ({"width", "height"}, bytes) of the picture turned upright, at most 2000 px a side, without metadata.

    Raises UploadRefused for damaged pictures and for more than 80 million pixels.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _redraw(data, FORMATS[extension])
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise UploadRefused("too_many_pixels", "图片尺寸过大，请缩小到 8000 万像素以内再上传") from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
            raise UploadRefused("damaged", "图片已损坏，打不开。请重新拍摄或另存后再上传") from None


def _redraw(data: bytes, target: str) -> tuple[dict, bytes]:
    with Image.open(io.BytesIO(data), formats=[target]) as opened:
        opened.draft("RGB", (MAX_SIDE, MAX_SIDE))  # lets the JPEG decoder skip what would be thrown away
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    transparent = target != "JPEG" and ("A" in upright.getbands() or "transparency" in upright.info)
    picture = upright.convert("RGBA" if transparent else "RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    # A fresh canvas carries none of the old picture's info: no EXIF, no colour profile, no comments.
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    out = io.BytesIO()
    options = {"optimize": True} if target == "PNG" else {"quality": QUALITY}
    fresh.save(out, target, **options)
    return {"width": fresh.width, "height": fresh.height}, out.getvalue()
