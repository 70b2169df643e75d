import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.platform.errors import WrongType
from goodword.platform.files import FORBIDDEN_SUFFIXES, safe_name
from goodword.platform.files.model import BY_SUFFIX, content_type


def zipped():
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return bytes_.getvalue()


def riff(kind):
    return b"RIFF" + struct.pack("<I", 1_000) + kind


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(13)
GENUINE = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01",
    "image/gif": b"GIF89a\x01\x00\x01\x00",
    "image/webp": riff(b"WEBPVP8 "),
    "image/avif": b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1miaf",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "text/plain": "Wo ist mein Kessel? 我的水壶在哪里？".encode(),
    "text/csv": b"order,amount\r\nFO-1001,39.90\r\n",
    "audio/mpeg": b"ID3\x03\x00\x00\x00\x00\x00\x21TIT2",
    "audio/ogg": b"OggS\x00\x02" + bytes(20) + b"\x01vorbis",
    "audio/wav": riff(b"WAVEfmt "),
    "video/mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2",
    "video/webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm",
    "application/zip": zipped(),
    "application/msword": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "application/vnd.ms-excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": zipped(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": zipped(),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": zipped(),
}


@pytest.mark.parametrize(("suffix", "kind"), BY_SUFFIX.items())
def test_a_genuine_file_is_taken_for_what_it_is(suffix, kind):
    assert content_type(f"Bon de livraison{suffix.upper()}", GENUINE[kind]) == kind


@pytest.mark.parametrize("suffix", [suffix for suffix, kind in BY_SUFFIX.items() if not kind.startswith("text/")])
@pytest.mark.parametrize("head", [b"MZ\x90\x00\x03", b"<html><script>", b"\x7fELF\x02\x01", b"x", bytes(64)])
def test_a_file_that_is_not_what_it_says_is_refused(suffix, head):
    with pytest.raises(WrongType):
        content_type(f"photo{suffix}", head)


@pytest.mark.parametrize(
    "suffix", [*sorted(FORBIDDEN_SUFFIXES), "", ".", ".py", ".png.exe", ".PDF.js", ".svgz", ". png"]
)
def test_what_is_not_on_the_list_is_refused_whatever_it_holds(suffix):
    with pytest.raises(WrongType):
        content_type(f"invoice{suffix}", PNG)


def test_a_text_that_is_none_is_refused():
    with pytest.raises(WrongType):
        content_type("notes.txt", b"MZ\x90\x00\x03")


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Dana\\kettle.png", "kettle.png"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("kettle\r\nSet-Cookie: a=b.png", "kettle__Set-Cookie_ a=b.png"),
        ("invoice\u202egnp.exe", "invoice_gnp.exe"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("水壶 照片.png", "水壶 照片.png"),
        ("cafe\u0301.jpg", "café.jpg"),
        ("nul\x00byte.png", "nul_byte.png"),
        ("lone\ud800.png", "lone_.png"),
        ('quo"te<b>.png', "quo_te_b_.png"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(given_, kept):
    assert safe_name(given_) == kept


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder_or_breaks_a_header(name):
    safe = safe_name(name)
    assert 1 <= len(safe) <= 120
    assert not set(safe) & set('/\\\r\n\t"<>|:*?\x00')
    assert safe.isprintable()
    assert safe not in (".", "..")
    assert safe.encode()
    assert safe_name(safe) == safe
