"""Bytes that are kept: stored once, fingerprinted, served to those who may see the record they belong to."""

import hashlib
from urllib.parse import quote

from django.http import HttpResponse

from congress.crypto.sm3 import sm3
from congress.models import StoredFile, Township

INLINE = ("image/png", "image/jpeg", "image/webp", "application/pdf")


def store(township: Township, content: bytes, *, name: str, content_type: str) -> StoredFile:
    """Keep bytes with both fingerprints. Call inside an action."""
    return StoredFile.objects.create(
        township=township,
        content=content,
        content_type=content_type,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sm3=sm3(content).hex(),
    )


def download(content: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """A response that downloads (or shows) bytes under a Chinese file name."""
    response = HttpResponse(bytes(content), content_type=content_type)
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response.taken_along = name
    return response


def serve(file: StoredFile, *, inline: bool = False) -> HttpResponse:
    """The stored bytes, as they were stored."""
    response = download(file.content, name=file.name, content_type=file.content_type, inline=inline)
    response.taken_along = f"文件 SHA-256 {file.sha256}"  # its name may tell of a person
    return response


def serve_upload(file: StoredFile) -> HttpResponse:
    """The bytes of a file that somebody handed in: pictures and PDF are shown in the browser, where they can do nothing."""
    response = serve(file, inline=file.content_type in INLINE)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
