"""Text comes out whole, whatever its bytes say about themselves."""

import pytest

from goodword.channels.adapters.email.mime.charsets import decode, known
from goodword.channels.adapters.email.parsing import parse

CHINESE = "您好，我的订单还没有收到，请帮我查询一下快递。谢谢！张伟"
TAIWANESE = "您好，我的訂單還沒有收到，請幫我查詢一下包裹的狀況，謝謝。林怡君"
KOREAN = "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다. 확인 부탁드립니다. 김민준"
JAPANESE = "お世話になっております。注文した商品がまだ届いていません。ご確認をお願いいたします。"
RUSSIAN = "Здравствуйте, мой заказ до сих пор не пришёл. Проверьте, пожалуйста."
FRENCH = "Bonjour, ma théière est arrivée cassée. Pourriez-vous m'aider ? À bientôt, Camille"
POLISH = "Dzień dobry, moje zamówienie jeszcze nie dotarło. Proszę o sprawdzenie, gdzie jest paczka. Dziękuję"


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("x-sjis", "cp932", "①㈱テスト"),
        ("shift_jis", "cp932", JAPANESE),
        ("ISO-2022-JP", "iso2022_jp", JAPANESE),
        ("euc-jp", "euc_jp", JAPANESE),
        ("ks_c_5601-1987", "cp949", "똠방각하 " + KOREAN),
        ("euc-kr", "cp949", KOREAN),
        ("iso-2022-kr", "iso2022_kr", KOREAN),
        ("gb2312", "gb18030", "镕 " + CHINESE),
        ("GBK", "gb18030", CHINESE),
        ("hz-gb-2312", "hz", CHINESE),
        ("big5", "cp950", TAIWANESE),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("windows-1251", "cp1251", RUSSIAN),
        ("iso-8859-1", "cp1252", "“" + FRENCH + "” €"),
        ("iso-8859-2", "iso8859-2", POLISH),
        ("iso-8859-15", "iso8859-15", "10 € œuvre"),
        ("iso-8859-8-i", "iso8859-8", "שלום"),
        ("windows-1256", "cp1256", "مرحبا"),
        ("tis-620", "cp874", "สวัสดี"),
        ("macintosh", "mac_roman", FRENCH),
        ("utf-16", "utf-16", CHINESE),
        ("unicode-1-1-utf-7", "utf-7", CHINESE),
        ('"UTF8"', "utf-8", CHINESE),
        ("utf-8;", "utf-8", CHINESE),
        ("cp-850", "cp850", "Grüße"),
    ],
)
def test_a_charset_goes_by_many_names(declared: str, codec: str, text: str):
    assert decode(text.encode(codec), declared).text == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("utf-8", CHINESE),
        ("gb18030", CHINESE),
        ("cp950", TAIWANESE),
        ("cp949", KOREAN),
        ("cp932", JAPANESE),
        ("euc_jp", JAPANESE),
        ("iso2022_jp", JAPANESE),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp1252", FRENCH),
        ("cp1250", POLISH),
        ("cp1253", "Καλημέρα, η παραγγελία μου δεν έχει φτάσει ακόμη"),
        ("cp1255", "שלום, ההזמנה שלי עדיין לא הגיעה"),
        ("cp874", "สวัสดีครับ สินค้ายังไม่มาถึง"),
    ],
)
@pytest.mark.parametrize("declared", ["", "us-ascii", "utf-8", "x-nobody-knows"])
def test_what_is_not_said_or_said_wrongly_is_seen(declared: str, codec: str, text: str):
    assert decode(text.encode(codec), declared).text == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "gb2312", "euc-kr", "windows-1252", "shift_jis", "big5"])
def test_utf_8_is_believed_before_what_is_said(declared: str):
    assert decode(CHINESE.encode(), declared).text == CHINESE


@pytest.mark.parametrize(("codec", "text"), [("gb18030", CHINESE), ("cp949", KOREAN), ("cp1251", RUSSIAN)])
def test_other_writing_that_is_called_latin_is_seen(codec: str, text: str):
    assert decode(text.encode(codec), "iso-8859-1").text == text


@pytest.mark.parametrize(
    "text", [FRENCH, "«Ça va?»", "Größe 38½", "10 °C – 20 °C", "Ñandú", "“Smart” – quotes…", "ÀÉÎÕÜ"]
)
def test_latin_is_left_alone(text: str):
    assert decode(text.encode("cp1252"), "iso-8859-1").text == text


def test_a_meta_element_says_what_the_header_does_not():
    page = f'<html><head><meta charset="euc-kr"></head><body>{KOREAN}</body></html>'

    assert KOREAN in decode(page.encode("euc-kr"), "", html=True).text


def test_half_width_katakana_and_characters_of_windows_are_read_in_mails_from_japan():
    raw = "㈱テスト".encode("cp932")
    jis = b"\x1b$B-j%F%9%H\x1b(B \x1b(I6E\x1b(B"

    assert decode(raw, "shift_jis").text == "㈱テスト"
    assert decode(jis, "iso-2022-jp").text == "㈱テスト ｶﾅ"


def test_a_damaged_character_costs_no_more_than_itself():
    cut = CHINESE.encode()[:-1]

    assert decode(cut, "utf-8").text.startswith(CHINESE[:-1])
    assert decode(b"\xff" + CHINESE.encode(), "utf-8").text.endswith(CHINESE)


@pytest.mark.parametrize(
    "name", ["base64", "rot13", "punycode", "idna", "unicode_escape", "zlib", "undefined", "../etc", "a" * 500, ""]
)
def test_what_is_no_charset_of_mails_is_none(name: str):
    assert known(name) == ""


def test_neither_lone_surrogates_nor_nul_come_out():
    mail = parse(
        b"From: a@b.example\nSubject: =?utf-7?Q?+2AA-?=\nContent-Type: text/plain; charset=utf-7\n\nA+2AA-B\0C"
    )

    (mail.subject + mail.text).encode()
    assert "\0" not in mail.text


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "hz-gb-2312"])
def test_a_page_cannot_hide_its_tags_behind_a_charset(charset: str):
    page = f'<meta charset="{charset}">+ADw-script+AD4- é'.encode()

    assert "+ADw-script+AD4- é" in decode(page, "", html=True).text
