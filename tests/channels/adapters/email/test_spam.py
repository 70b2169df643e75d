import pytest

from goodword.channels.adapters.email.mime.structure import read_entity
from goodword.channels.adapters.email.spam import looks_like_spam


def says(*headers: str) -> bool:
    return looks_like_spam(read_entity("\n".join([*headers, "Subject: Kettle", "", "Hello"]).encode()))


@pytest.mark.parametrize(
    "header",
    [
        "X-Spam-Flag: YES",
        "X-Spam-Status: Yes, score=9.1 required=5.0",
        "X-Spam-Level: ******",
        "X-Spamd-Result: default: True [15.10 / 15.00]",
        "X-Rspamd-Action: add header",
        "X-MS-Exchange-Organization-SCL: 6",
        "X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:SPM;SCL:5",
        "X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;dest:J;OFR:SpamFilterFailed",
        "X-Proofpoint-Spam-Details: rule=inbound_policy_spam policy=inbound score=99",
        "X-Barracuda-Spam-Status: Yes, SCORE=9",
        "X-VR-SPAMSTATE: SPAM",
        "X-GMX-Antispam: 6 (nemesis text profile)",
        "X-Bogosity: Spam, tests=bogofilter",
        "X-Fennel-MailScanner-SpamCheck: spam, SpamAssassin (score=9)",
        "X-SES-Spam-Verdict: FAIL",
        "X-Mailgun-Sflag: Yes",
    ],
)
def test_every_filter_is_heard(header: str) -> None:
    assert says(header)


@pytest.mark.parametrize(
    "header",
    [
        "X-Spam-Flag: NO",
        "X-Spam-Status: No, score=4.9 required=5.0",
        "X-Spam-Level: ****",
        "X-Spamd-Result: default: False [1.20 / 15.00]",
        "X-Rspamd-Action: no action",
        "X-MS-Exchange-Organization-SCL: -1",
        "X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:NSPM;SCL:1;CAT:NONE",
        "X-Proofpoint-Spam-Details: rule=inbound_notspam policy=inbound score=0",
        "X-Barracuda-Spam-Status: No, SCORE=0",
        "X-VR-SPAMSTATE: OK",
        "X-GMX-Antispam: 0 (Mail was not recognized as spam)",
        "X-Fennel-MailScanner-SpamCheck: not spam, SpamAssassin (score=0)",
        "X-SES-Spam-Verdict: PASS",
    ],
)
def test_an_acquittal_is_no_verdict(header: str) -> None:
    assert not says(header)


def test_a_filter_with_a_measure_of_its_own_overrules_the_stars() -> None:
    assert not says("X-Spam-Level: *******", "X-Spam-Status: No, score=7.2 required=15.0")
