"""Who plays: the staff and the customers of Fennel & Oak, the same in tests, in the demo and in every picture."""

from dataclasses import dataclass, field
from typing import Final

from goodword.staff.model import Role

SKILLS: Final = ("refunds", "repairs")

COMPANY: Final = "Fennel & Oak"
ASSISTANT: Final = "Sage"
PASSWORD: Final = "thyme-and-oak"
"""Opens every account of the demo; worth nothing anywhere else."""


@dataclass(frozen=True, slots=True)
class CastAgent:
    """Somebody of the staff. ``language`` he reads the workspace in; ``called`` is how he signs, by language."""

    key: str
    name: str
    role: Role
    languages: tuple[str, ...]
    teams: tuple[str, ...]
    called: dict[str, str] = field(default_factory=dict)
    skills: tuple[str, ...] = ()
    timezone: str = "Europe/Paris"

    @property
    def email(self) -> str:
        return f"{self.key}@fennel-oak.example"

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def answers(self) -> bool:
        """Whether customers get to hear from him."""
        return self.role != "editor"

    def signature(self, language: str) -> str:
        return self.called.get(language) or self.called["en"]


@dataclass(frozen=True, slots=True)
class CastCustomer:
    """Somebody who buys. ``user_id`` is what the shop calls him when it signs him in."""

    key: str
    name: str
    language: str
    city: str

    @property
    def email(self) -> str:
        return f"{self.key}@customers.example"

    @property
    def user_id(self) -> str:
        return f"fo-{self.key}"


@dataclass(frozen=True, slots=True)
class CastChannel:
    kind: str
    key: str
    name: str
    settings: dict[str, object] = field(default_factory=dict)


EUROPE: Final = "Care Europe"
ASIA: Final = "Care Asia"
WRITERS: Final = "Knowledge"
TEAMS: Final = (EUROPE, ASIA, WRITERS)

ADA: Final = CastAgent("ada", "Ada Silva", "admin", ("en", "fr"), (EUROPE,), {"en": "Ada"}, ("refunds",))
LI_NA: Final = CastAgent(
    "li",
    "Li Na",
    "agent",
    ("zh-Hans", "zh-Hant", "en"),
    (ASIA,),
    {"en": "Li Na", "zh-Hans": "李娜", "zh-Hant": "李娜"},
    ("refunds",),
    "Asia/Shanghai",
)
JUN: Final = CastAgent(
    "jun",
    "Jun Park",
    "agent",
    ("ko", "en"),
    (ASIA,),
    {"en": "Jun", "ko": "박준"},
    timezone="Asia/Seoul",
    skills=("repairs",),
)
NOOR: Final = CastAgent("noor", "Noor Haddad", "supervisor", ("en", "fr"), (EUROPE, WRITERS), {"en": "Noor"})
THEO: Final = CastAgent("theo", "Théo Martin", "agent", ("fr", "en"), (EUROPE,), {"en": "Théo"}, ("refunds", "repairs"))
MEI_LING: Final = CastAgent(
    "mei-ling", "Mei-ling Chen", "editor", ("zh-Hant", "en"), (WRITERS,), {"en": "Mei-ling", "zh-Hant": "陳美玲"}
)
AGENTS: Final = (ADA, LI_NA, JUN, NOOR, THEO, MEI_LING)

DANA: Final = CastCustomer("dana", "Dana Evans", "en", "Leeds")
CAMILLE: Final = CastCustomer("camille", "Camille Roy", "fr", "Lyon")
MIN_JUN: Final = CastCustomer("min-jun", "김민준", "ko", "서울")
WEI: Final = CastCustomer("wei", "张伟", "zh-Hans", "杭州")
YI_CHEN: Final = CastCustomer("yi-chen", "林怡君", "zh-Hant", "台北")
OMAR: Final = CastCustomer("omar", "Omar Diallo", "fr", "Dakar")
YUNA: Final = CastCustomer("yuna", "박유나", "ko", "부산")
GUS: Final = CastCustomer("gus", "Gus Brandt", "en", "Hamburg")
CUSTOMERS: Final = (DANA, CAMILLE, MIN_JUN, WEI, YI_CHEN, OMAR, YUNA, GUS)

CHAT: Final = CastChannel(
    "webchat",
    "fennel-oak",
    "Shop chat",
    {
        "color": "#2f5d3a",
        "hours": {
            "en": "Monday to Saturday, 8 to 20 (Paris)",
            "fr": "Du lundi au samedi, de 8 h à 20 h",
            "ko": "월~토 15시~다음 날 3시(한국 시간)",
            "zh-Hans": "周一至周六 14:00–次日 2:00（北京时间）",
            "zh-Hant": "週一至週六 14:00–隔日 2:00（台北時間）",
        },
        "greetings": [
            {
                "id": "welcome_back",
                "text": {
                    "en": "Welcome back! Shall we help you choose?",
                    "fr": "Heureux de vous revoir ! Un conseil pour choisir ?",
                    "ko": "다시 찾아 주셔서 감사합니다! 고르는 데 도움이 필요하신가요?",
                    "zh-Hans": "欢迎回来！需要帮您挑选吗？",
                    "zh-Hant": "歡迎回來！需要幫您挑選嗎？",
                },
                "pages": ["/shop/*"],
                "seconds": 15,
                "visits": 2,
            }
        ],
    },
)
POST: Final = CastChannel("api", "fennel-oak-post", "Contact form")
MAIL: Final = CastChannel(
    "email",
    "fennel-oak-mail",
    "Care",
    {
        "address": "care@fennel-oak.example",
        "sender_name": "{agent} ({company})",
        "inbound": "none",
        "outbound": "none",
        # Nothing leaves the demo, so it must not promise to.
        "continues_chats": False,
        "trusted_servers": ["mx.fennel-oak.example"],
        "signature": {
            "en": "{agent}\nFennel & Oak · Things for the kitchen",
            "fr": "{agent}\nFennel & Oak · Tout pour la cuisine",
            "ko": "{agent}\nFennel & Oak · 부엌의 좋은 물건",
            "zh-Hans": "{agent}\nFennel & Oak · 厨房好物",
            "zh-Hant": "{agent}\nFennel & Oak · 廚房好物",
        },
    },
)
CHANNELS: Final = (CHAT, POST, MAIL)
