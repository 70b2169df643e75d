"""Mails as the programs of our customers write them, from the first byte to what an agent reads."""

import base64
from email.header import Header

import pytest

from goodword.channels.adapters.email.parsing import parse


def encoded(text: str, charset: str) -> str:
    return Header(text, charset, maxlinelen=70).encode()


# Program, charset as it says and as Python knows it, name, subject, text.
LETTERS = [
    (
        *("Naver", "ks_c_5601-1987", "euc-kr", "김민준", "주문한 주전자가 샙니다"),
        "안녕하세요, 지난주에 주문한 주전자 바닥에서 물이 샙니다. 확인 부탁드립니다.",
    ),
    (
        *("QQ", "gb18030", "gb18030", "张伟", "我的水壶漏水了，怎么办？"),
        "您好，我上周买的水壶底部漏水，请问可以更换吗？谢谢！",
    ),
    (
        *("Yahoo Japan", "iso-2022-jp", "iso-2022-jp", "山田花子", "やかんの水漏れについて"),
        "先週購入したやかんの底から水が漏れています。交換か返金をご検討ください。",
    ),
    (
        *("Outlook in Taiwan", "big5", "big5", "林怡君", "水壺漏水請協助處理"),
        "您好，上週購買的水壺底部漏水，請問可以更換嗎？謝謝您的協助。",
    ),
    (
        *("Mail.ru", "koi8-r", "koi8-r", "Иван Петров", "Чайник протекает"),
        "Здравствуйте, чайник, купленный у вас на прошлой неделе, протекает.",
    ),
    (
        *("Outlook in France", "iso-8859-1", "iso-8859-1", "Camille Roy", "Théière fêlée"),
        "Bonjour, la théière reçue hier est fêlée. Que dois-je faire ?",
    ),
]


@pytest.mark.parametrize("letter", LETTERS, ids=[letter[0] for letter in LETTERS])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_a_letter_is_read_in_the_charset_of_its_country(letter: tuple[str, ...], transfer: str):
    program, charset, codec, name, subject, text = letter
    sent = {"base64": base64.encodebytes, "quoted-printable": _quoted, "8bit": bytes}[transfer](text.encode(codec))
    head = (
        f"From: {encoded(name, codec)} <customer@customers.example>\r\nSubject: {encoded(subject, codec)}\r\n"
        f"X-Mailer: {program}\r\nContent-Type: text/plain; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {transfer}\r\n\r\n"
    )

    mail = parse(head.encode() + sent)

    assert (mail.sender.name, mail.subject, mail.text.strip()) == (name, subject, text)


def _quoted(body: bytes) -> bytes:
    return b"".join(b"=%02X" % byte if byte > 126 or byte == 61 else bytes([byte]) for byte in body)


def test_apple_mail_puts_a_file_between_two_pieces_of_text():
    mail = parse(
        b"Content-Type: multipart/alternative; boundary=A\n\n"
        b"--A\nContent-Type: text/plain; charset=utf-8\n\nAbove.\n\nBelow.\n"
        b"--A\nContent-Type: multipart/mixed; boundary=B\n\n"
        b"--B\nContent-Type: text/html\n\n<div>Above.</div>\n"
        b"--B\nContent-Type: application/pdf\nContent-Disposition: inline; filename=receipt.pdf\n\nPDF\n"
        b"--B\nContent-Type: text/html\n\n<div>Below.</div>\n--B--\n--A--\n"
    )

    assert mail.text == "Above.\n\nBelow."
    assert mail.html == "<div>Above.</div>\n<div>Below.</div>"
    assert [part.name for part in mail.attachments] == ["receipt.pdf"]


def test_exchange_sends_its_own_envelope_along():
    mail = parse(
        b'Content-Type: multipart/mixed; boundary="_000_AM0PR01_"\nX-MS-Has-Attach: yes\n\n'
        b'--_000_AM0PR01_\nContent-Type: text/plain; charset="us-ascii"\n\nPlease see attached.\n'
        b'--_000_AM0PR01_\nContent-Disposition: attachment; filename="winmail.dat"\n'
        b'Content-Type: application/ms-tnef; name="winmail.dat"\n\n\x78\x9f\x3e\x22\n'
        b"--_000_AM0PR01_--\n"
    )

    assert mail.text == "Please see attached."
    assert [(part.name, part.content) for part in mail.attachments] == [("winmail.dat", b"\x78\x9f\x3e\x22")]


def test_notes_leaves_its_boundary_full_of_spaces():
    mail = parse(
        b'Content-Type: multipart/alternative; boundary="=_alternative 0042 C125 7D0A_="\n\n'
        b'--=_alternative 0042 C125 7D0A_=\nContent-Type: text/plain; charset="US-ASCII"\n\nIt leaks.\n'
        b'--=_alternative 0042 C125 7D0A_=\nContent-Type: text/html; charset="US-ASCII"\n\n'
        b"<br><font size=2>It leaks.</font>\n"
        b"--=_alternative 0042 C125 7D0A_=--\n"
    )

    assert mail.text == "It leaks."
    assert "It leaks." in mail.html


def test_a_digest_of_a_list_shows_its_contents_and_keeps_each_mail():
    mail = parse(
        b"Subject: Tea Digest, Vol 1\nList-Id: Friends of tea <tea.lists.example>\n"
        b'Content-Type: multipart/mixed; boundary="==1=="\n\n'
        b"--==1==\nContent-Type: text/plain\nContent-Description: Tea Digest, Vol 1\n\n"
        b"Today's Topics:\n\n   1. Kettles\n"
        b'--==1==\nContent-Type: multipart/digest; boundary="==2=="\n\n'
        b"--==2==\nContent-Type: message/rfc822\n\nFrom: dana@customers.example\nSubject: Kettles\n\nMine leaks.\n"
        b"--==2==--\n"
        b"--==1==\nContent-Type: text/plain\n\n_______\nTea mailing list\n--==1==--\n"
    )

    assert mail.text == "Today's Topics:\n\n   1. Kettles\n\n_______\nTea mailing list"
    assert [part.name for part in mail.attachments] == ["Kettles.eml"]
    assert mail.list_id == "Friends of tea <tea.lists.example>"


def test_outlook_splits_a_long_name_over_encoded_words():
    name = "영수증과 배송 확인서 그리고 사용 설명서 최종본.pdf"
    words = encoded(name, "utf-8").replace("\n", "\r\n")

    mail = parse(f'Content-Type: application/pdf;\r\n\tname="{words}"\r\n\r\nPDF'.encode())

    assert [part.name for part in mail.attachments] == [name]
