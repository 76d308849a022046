"""What can be chosen, as values. Does no I/O."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

DEFAULT_BASE_URL = "https://api.giga.chat/v1"
DEFAULT_AUTH_URL = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth"
OLD_BASE_URL = "https://gigachat.devices.sberbank.ru/api/v1"

MAX_ACCOUNTS = 50
MAX_LANES = 100
MAX_TEMPERATURE = 2.0  # the service takes more, and calls the outcome excessively random
MAX_TOKENS = 2**31 - 1  # an int32 on the wire
MAX_REPETITION_PENALTY = 10.0
MAX_UPDATE_INTERVAL_S = 10.0
MIN_FONT_SIZE_PT = 6
MAX_FONT_SIZE_PT = 40
MIN_ZOOM_PERCENT = 50
MAX_TRASH_DAYS = 3650
MAX_ZOOM_PERCENT = 300


class Scope(StrEnum):
    """The kind of account a key belongs to."""

    PERS = "GIGACHAT_API_PERS"
    B2B = "GIGACHAT_API_B2B"
    CORP = "GIGACHAT_API_CORP"


class SignIn(StrEnum):
    """How an account shows who it is."""

    KEY = "key"
    """With an authorization key, which buys access tokens at the authorization host."""
    TOKEN = "token"  # noqa: S105 - a kind, not a secret
    """With an access token that the user fetched; good for half an hour."""
    PASSWORD = "password"  # noqa: S105
    """With user name and password, at the service itself."""
    CERTIFICATE = "certificate"
    """With a client certificate and nothing else."""


class ApiChoice(StrEnum):
    """Which of the two chat contracts of the service to use."""

    AUTO = "auto"
    """The second one where a tool needs it, else the first."""
    V1 = "v1"
    V2 = "v2"


class Theme(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """Which language the window speaks."""

    SYSTEM = "system"
    RUSSIAN = "ru"
    ENGLISH = "en"


class FollowMode(StrEnum):
    """What the transcript does while an answer grows."""

    END = "end"
    FIRST_LINE = "first_line"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom to ask. Empty means: as the environment says (for the default account), else the default."""

    id: str = "GigaChat"
    """Never changes: the name under which its secrets are kept in the keyring, and by which chats refer to it."""
    name: str = "GigaChat"
    """What the user calls it."""
    sign_in: SignIn = SignIn.KEY
    scope: Scope | None = None
    base_url: str = ""
    auth_url: str = ""
    proxy: str = ""
    """`http://`, `https://` or `socks5://`; empty follows the system's proxy, `none` uses none."""
    ca_file: str = ""
    """Path of a further certificate authority (PEM or DER)."""
    lanes: int = 0
    """How many answers may be written at once; 0 follows the scope (1 for individuals, 10 for companies)."""
    user: str = ""
    """For `SignIn.PASSWORD`."""
    certificate_file: str = ""
    """Path of the client certificate (PEM), for `SignIn.CERTIFICATE`."""
    certificate_key_file: str = ""
    """Path of its key; empty when the certificate's file holds it."""
    api: ApiChoice = ApiChoice.AUTO


@dataclass(frozen=True, slots=True)
class Generation:
    """How answers are made. `None` leaves the choice to the model."""

    model: str = ""
    """Empty: the first chat model that the service lists."""
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    repetition_penalty: float | None = None
    system_prompt: str = ""
    update_interval_s: float = 0.0
    """Sent to the service as `update_interval`, and the least time between two repaints of a live answer."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """How the window looks."""

    theme: Theme = Theme.SYSTEM
    font_size_pt: int = 0
    """0 is the system's size."""
    language: Language = Language.SYSTEM
    follow_mode: FollowMode = FollowMode.END
    zoom_percent: int = 100
    """Size of the conversation; the rest of the window is not zoomed."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long what is deleted is kept."""

    trash_days: int = 30
    """0: until the user empties the trash."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `Settings()` is what a new user has. There is always an account."""

    accounts: tuple[Account, ...] = (Account(),)
    default_account: str = Account().id
    """Id of the account of chats that have none of their own; an unknown one means the first."""
    generation: Generation = field(default_factory=Generation)
    appearance: Appearance = field(default_factory=Appearance)
    keeping: Keeping = field(default_factory=Keeping)

    @property
    def account(self) -> Account:
        """The default account."""
        return self.account_of(self.default_account)

    def account_of(self, account_id: str) -> Account:
        """The account with this id; an unknown id means the default one."""
        known = {account.id: account for account in self.accounts}
        return known.get(account_id) or known.get(self.default_account) or self.accounts[0]

    def with_account(self, account: Account) -> "Settings":
        """With this account in the place of the one with its id, or at the end."""
        if all(each.id != account.id for each in self.accounts):
            return replace(self, accounts=(*self.accounts, account))
        return replace(self, accounts=tuple(account if each.id == account.id else each for each in self.accounts))
