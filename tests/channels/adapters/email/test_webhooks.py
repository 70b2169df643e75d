"""Mail that providers post: kept before it is acknowledged, once however often they try, and from nobody else."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import Raw

from goodword.channels.adapters.email import api
from goodword.channels.adapters.email.webhooks.sns import Amazon, canonical
from tests.channels.adapters.email.mailroom import Mailroom, mail
from tests.channels.adapters.email.test_webhook_shapes import IN_PARTS, multipart, ses

pytestmark = pytest.mark.anyio
SECRET = "agreed-with-the-provider"


async def post(room: Mailroom, shape: str, body: bytes, token: str | None = "", query: str = "", **headers: str):
    """``token``: empty for the right one, None for none."""
    given = {} if token is None else {"Authorization": f"Bearer {token or room.token}"}
    url = f"/api/v1/channels/email/help/inbound/{shape}{query}"
    return await room.house.http.post(url, content=body, headers={**given, **headers})


async def agree(room: Mailroom) -> None:
    ada = await room.house.signed_in("ada")
    changed = await ada.patch(f"/api/v1/channels/{room.box.id}", json={"settings": {"webhook_secret": SECRET}})
    assert changed.json()["settings"]["webhook_secret"] is True


async def texts(room: Mailroom) -> list[str]:
    await room.house.settle()

    async def deed(tx):
        return [
            row["text"]
            for row in await tx.rows("SELECT text FROM messages WHERE author_kind = 'customer' ORDER BY seq")
        ]

    return await room.house.desk.services.database.read(deed)


Fields = dict[str, bytes | str]


def signed(room: Mailroom, fields: Fields, at: int | None = None, secret: str = SECRET) -> bytes:
    """As Mailgun does it."""
    timestamp, token = str((room.house.clock.now() if at is None else at) // 1_000), "c1a5"
    signature = hmac.new(secret.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return multipart({**fields, "timestamp": timestamp, "token": token, "signature": signature})


async def test_a_raw_mail_is_kept_before_it_is_acknowledged_and_comes_once(room: Mailroom):
    raw = mail("The lid is cracked.\xe9")
    first, again = await post(room, "raw", raw), await post(room, "raw", raw)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (first.json()["fresh"], again.json()["fresh"]) == (True, False)
    assert first.json()["id"] == again.json()["id"]
    ada = await room.house.signed_in("ada")
    assert (await ada.get(f"/api/v1/arrivals/{first.json()['id']}/raw")).content == raw
    assert await texts(room) == ["The lid is cracked.\xe9"]


@pytest.mark.parametrize("shape", ["mailgun", "sendgrid", "postmark"])
async def test_mail_in_parts_becomes_a_message_with_its_files_once(room: Mailroom, shape):
    for _ in range(2):
        answer = await post(room, shape, IN_PARTS[shape])
        assert answer.status_code == 200, answer.text
    assert await texts(room) == ["Le couvercle est fêlé."]
    ada = await room.house.signed_in("ada")
    found = (await ada.get("/api/v1/conversations")).json()["conversations"][0]
    message = (await room.messages(found["id"]))[0]
    assert [(one["name"], one["content_type"]) for one in message["attachments"]] == [("fêlé.png", "image/png")]
    assert (message["author"]["name"], found["subject"]) == ("Camille Roy", "Théière")


async def test_the_same_mail_by_two_ways_is_one_message(room: Mailroom):
    raw = mail("Hello")
    await post(room, "raw", raw)
    await post(room, "mailgun", multipart({"recipient": "help@fennel-oak.example", "body-mime": raw}))
    await post(room, "postmark", json.dumps({"RawEmail": raw.decode(), "OriginalRecipient": "x@y"}).encode())
    assert await texts(room) == ["Hello"]
    assert await room.count("arrivals") == 3


@pytest.mark.parametrize("shape", ["raw", "mailgun", "postmark", "ses", "sendgrid"])
@pytest.mark.parametrize("token", [None, "gwc_wrong", "help", "\xe9"])
async def test_who_has_no_token_brings_nothing_in(room: Mailroom, shape, token):
    headers = [] if token is None else [(b"Authorization", f"Bearer {token}".encode("latin-1"))]
    answer = await room.house.http.post(
        f"/api/v1/channels/email/help/inbound/{shape}?token=", content=mail(), headers=headers
    )
    assert answer.status_code == 401
    assert await room.count("arrivals") == 0


async def test_the_token_may_come_in_the_ways_that_providers_know(room: Mailroom):
    await agree(room)
    basic = base64.b64encode(f"provider:{SECRET}".encode()).decode()
    answers = [
        await post(room, "raw", mail("1"), token=SECRET),
        await post(room, "raw", mail("2"), token=None, Authorization=f"Basic {basic}"),
        await post(room, "raw", mail("3"), token=None, query=f"?token={SECRET}"),
        await post(room, "raw", mail("4"), token=None, query=f"?token={room.token}"),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted(await texts(room)) == ["1", "2", "3", "4"]


async def test_a_channel_that_is_another_or_switched_off_takes_nothing(room: Mailroom):
    till = {"Authorization": f"Bearer {room.house.till_token}"}
    for key, headers in (("till", till), ("nowhere", till)):
        answer = await room.house.http.post(
            f"/api/v1/channels/email/{key}/inbound/raw", content=mail(), headers=headers
        )
        assert answer.status_code == 404
    assert (await post(room, "telegram", mail())).status_code in (400, 404)
    ada = await room.house.signed_in("ada")
    await ada.patch(f"/api/v1/channels/{room.box.id}", json={"disabled": True})
    assert (await post(room, "raw", mail())).status_code == 404


async def test_mailgun_needs_no_token_where_its_signature_is_right(room: Mailroom):
    await agree(room)
    fields: Fields = {"recipient": "help@fennel-oak.example", "body-mime": mail("Hello")}
    answer = await post(room, "mailgun", signed(room, fields), token=None)
    assert answer.status_code == 200, answer.text
    now = room.house.clock.now()
    forged = [
        signed(room, fields, secret="guessed"),
        signed(room, fields, at=now - 3 * 86_400_000),
        signed(room, fields).replace(b"c1a5", b"c1a6"),
        multipart(fields),
        b"",
    ]
    for body in forged:
        assert (await post(room, "mailgun", body, token=None)).status_code == 401
    assert await texts(room) == ["Hello"]


async def test_without_an_agreed_secret_no_signature_is_right(room: Mailroom):
    fields: Fields = {"recipient": "help@fennel-oak.example", "body-mime": mail("Hello")}
    assert (await post(room, "mailgun", signed(room, fields, secret=""), token=None)).status_code == 401


async def test_while_nothing_can_be_stored_the_provider_is_told_to_try_again(room: Mailroom, monkeypatch):
    def no_room(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", no_room)
        refused = await post(room, "raw", mail("Hello"))
    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert (await post(room, "raw", mail("Hello"))).json()["fresh"]
    assert await texts(room) == ["Hello"]


async def test_what_makes_no_sense_is_kept_and_waits_for_a_person(room: Mailroom):
    answer = await post(room, "postmark", b'{"RawEmail": 7}')
    assert answer.status_code == 200
    await room.house.settle()
    ada = await room.house.signed_in("ada")
    row = (await ada.get("/api/v1/arrivals")).json()["arrivals"][0]
    assert (row["reason"], row["shape"], row["source"]) == ("no_mail_inside", "postmark", "postmark")
    mended = json.dumps({"RawEmail": mail("Hello").decode()})
    assert (await ada.post(f"/api/v1/arrivals/{row['id']}/mend", json={"raw_text": mended})).status_code == 200
    assert await texts(room) == ["Hello"]


async def test_news_of_other_things_is_set_aside(room: Mailroom):
    await post(room, "postmark", b'{"RecordType": "Open"}')
    await room.house.settle()
    ada = await room.house.signed_in("ada")
    aside = (await ada.get("/api/v1/arrivals", params={"state": "aside"})).json()["arrivals"]
    assert [one["reason"] for one in aside] == ["no_mail"]


class Sns:
    """Amazon's notification service, with a key of the test's own where Amazon's certificates are."""

    CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.asked: list[str] = []

    def signed(self, body: bytes, version: str = "1", certificate: str = CERTIFICATE, **more: str) -> bytes:
        fields = {
            "MessageId": "m-1",
            "Timestamp": "2026-09-29T07:00:00Z",
            "TopicArn": "arn:aws:sns:x",
            **json.loads(body),
        }
        fields |= {"SignatureVersion": version, "SigningCertURL": certificate, **more}
        raw = {name: Raw(json.dumps(value).encode()) for name, value in fields.items()}
        algorithm = SHA256() if version == "2" else SHA1()
        signature = self.key.sign(canonical(fields["Type"], raw), padding.PKCS1v15(), algorithm)
        return json.dumps({**fields, "Signature": base64.b64encode(signature).decode()}).encode()

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        return httpx.Response(200, content=self._pem() if request.url.path.endswith(".pem") else b"<ok/>")

    def _pem(self) -> bytes:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])
        builder = x509.CertificateBuilder(name, name, self.key.public_key(), 1)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        dated = builder.not_valid_before(now).not_valid_after(now + timedelta(days=900))
        return dated.sign(self.key, SHA256()).public_bytes(Encoding.PEM)


@pytest.fixture
def sns(room: Mailroom, monkeypatch) -> Sns:
    service = Sns()
    monkeypatch.setattr(api, "amazon", Amazon())
    client = httpx.AsyncClient(transport=httpx.MockTransport(service.answer))
    monkeypatch.setattr(room.house.desk.services.outgoing, "_client", client)
    return service


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("encoding", ["BASE64", "UTF8"])
async def test_what_amazon_has_signed_comes_in_once(room: Mailroom, sns: Sns, version, encoding):
    body = sns.signed(ses(mail("Hello"), encoding), version)
    for _ in range(2):
        assert (await post(room, "ses", body)).status_code == 200
    assert await texts(room) == ["Hello"]
    assert sns.asked == [Sns.CERTIFICATE]


async def test_what_amazon_has_not_signed_does_not(room: Mailroom, sns: Sns):
    right = sns.signed(ses(mail("Hello"), "UTF8"))
    forged = [
        right.replace(b"Hello", b"Hallo"),
        sns.signed(
            ses(mail("Hello"), "UTF8"), certificate="https://sns.eu-west-1.amazonaws.com.attacker.example/x.pem"
        ),
        sns.signed(ses(mail("Hello"), "UTF8"), certificate="http://sns.eu-west-1.amazonaws.com/x.pem"),
        sns.signed(
            ses(mail("Hello"), "UTF8"), certificate="https://attacker.example/sns.eu-west-1.amazonaws.com/x.pem"
        ),
        ses(mail("Hello"), "UTF8"),
        b"[]",
    ]
    for body in forged:
        assert (await post(room, "ses", body)).status_code == 401, body
    assert (await post(room, "ses", right, token=None)).status_code == 401
    assert await room.count("arrivals") == 0


async def test_a_subscription_is_confirmed_at_amazon_and_nowhere_else(room: Mailroom, sns: Sns):
    asked = {"Type": "SubscriptionConfirmation", "Message": "You have chosen", "Token": "t"}
    url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
    good = sns.signed(json.dumps({**asked, "SubscribeURL": url}).encode())
    assert (await post(room, "ses", good)).json() == {"id": None, "fresh": False}
    assert sns.asked[-1] == url
    before = list(sns.asked)
    for elsewhere in ("https://attacker.example/", "http://169.254.169.254/latest", "https://sns.amazonaws.com@evil/"):
        bad = sns.signed(json.dumps({**asked, "SubscribeURL": elsewhere}).encode())
        assert (await post(room, "ses", bad)).status_code == 401
    assert sns.asked == before
