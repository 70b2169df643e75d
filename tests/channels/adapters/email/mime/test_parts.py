"""Files of a mail have names that are safe, and the ones that their senders gave them."""

import pytest

from goodword.channels.adapters.email.parsing import parse


def names(*fields: bytes) -> list[str]:
    return [part.name for part in parse(b"\n".join(fields) + b"\n\nPNG").attachments]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b'filename="receipt.pdf"', "receipt.pdf"),
        (b"filename=receipt.pdf", "receipt.pdf"),
        (b"filename=my receipt.pdf", "my receipt.pdf"),
        (b'filename="my; receipt.pdf"', "my; receipt.pdf"),
        (b'filename="receipt.pdf', "receipt.pdf"),
        (b"filename='receipt.pdf'", "receipt.pdf"),
        (b'FileName = "receipt.pdf" ; size=12', "receipt.pdf"),
        (b'filename="a \\"receipt\\".pdf"', 'a "receipt".pdf'),
        (b"filename*=utf-8''re%C3%A7u.pdf", "reçu.pdf"),
        (b"filename*=iso-8859-1'fr're%E7u.pdf", "reçu.pdf"),
        (b"filename*=UTF-8''re%C3%A7u.pdf; filename=recu.pdf", "reçu.pdf"),
        (b"filename=recu.pdf; filename*=UTF-8''re%C3%A7u.pdf", "reçu.pdf"),
        (b"filename*0=re; filename*1=ceipt.pdf", "receipt.pdf"),
        (b"filename*1=ceipt.pdf; filename*0=re", "receipt.pdf"),
        (b"filename*0*=utf-8''re%C3; filename*1*=%A7u; filename*2=.pdf", "reçu.pdf"),
        (b"filename*0*=re%C3%A7u; filename*1=.pdf", "reçu.pdf"),
        (b"filename*=re%C3%A7u.pdf", "reçu.pdf"),
        (b"filename*=x-nobody-knows''re%C3%A7u.pdf", "reçu.pdf"),
        (b"filename*=utf-8''re%ZZ.pdf", "re%ZZ.pdf"),
        (b'filename="=?utf-8?Q?re=C3=A7u=2Epdf?="', "reçu.pdf"),
        (b"filename==?utf-8?B?cmXDp3UucGRm?=", "reçu.pdf"),
        (b'filename="=?utf-8?Q?re=C3?= =?utf-8?Q?=A7u=2Epdf?="', "reçu.pdf"),
        ('filename="reçu.pdf"'.encode(), "reçu.pdf"),
        ('filename="reçu.pdf"'.encode("latin-1"), "reçu.pdf"),
        ('filename="영수증.pdf"'.encode("euc-kr"), "영수증.pdf"),
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="/etc/passwd"', "passwd"),
        (b'filename="..\\\\..\\\\boot.ini"', "boot.ini"),
        (b'filename="a\x00b\x07c.pdf"', "abc.pdf"),
        (b'filename="gnp.exe\xe2\x80\xae.pdf"', "gnp.exe_.pdf"),
        (b'filename="."', "file"),
        (b'filename=""; name="receipt.pdf"', "file.pdf"),
    ],
)
def test_a_file_is_called_what_its_sender_calls_it_as_far_as_that_is_safe(disposition: bytes, name: str):
    assert names(b"Content-Type: application/pdf", b"Content-Disposition: attachment; " + disposition) == [name]


def test_the_name_may_stand_in_the_type():
    assert names(b'Content-Type: application/pdf; name="receipt.pdf"') == ["receipt.pdf"]
    assert names(b"Content-Type: application/pdf;", b" name*=utf-8''re%C3%A7u.pdf") == ["reçu.pdf"]


def test_files_without_names_are_told_apart():
    part = b"--tea\nContent-Type: image/jpeg\n\nJPEG\n"

    mail = parse(b"Content-Type: multipart/mixed; boundary=tea\n\n" + part * 2 + b"--tea--")

    assert [file.name for file in mail.attachments] == ["image.jpg", "image-2.jpg"]


def test_a_very_long_name_keeps_its_suffix():
    (name,) = names(b"Content-Disposition: attachment; filename=" + b"a" * 15_000 + b".pdf")

    assert name.endswith(".pdf")
    assert len(name) < 210
