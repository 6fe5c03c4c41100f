"""Say what an address is by its look: its normal form, the box that it leads to, whether one person may sit behind it."""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote, urlsplit

import phonenumbers
import pytz

from pipelines.rules import names
from pipelines.rules.exclusions import machine_sender

_WORDS = tomllib.loads(files("pipelines.rules").joinpath("words/addresses.toml").read_text(encoding="utf-8"))
_ROLES = frozenset(word for words in _WORDS["roles"].values() for word in words)
_OFFICES = frozenset(_WORDS["offices"])
_DUMMIES = frozenset(_WORDS["dummies"])
_MACHINE_USERS = frozenset(_WORDS["machine_users"])
_FREEMAIL = frozenset(_WORDS["freemail"])
_SAME_DOMAIN: dict[str, str] = _WORDS["same_domain"]
_DOTLESS = frozenset(_WORDS["dotless"])
_SECOND_LEVEL = frozenset(_WORDS["second_level"])
_NOWHERE = re.compile(
    r"^(?:localhost|\(?none\)?|null|unknown|invalid|nowhere|nobody|no|\?)?$|\.(?:local|localdomain|lan|internal|invalid|home|\(none\))$|^localhost\."
)
_FORGE = re.compile(
    r"^(?:\d+\+|\d+-(?=[^@]*@users\.noreply\.gitlab))?([^+@]+)@(?:users\.)?noreply\.(?:github\.com|gitlab\.com|codeberg\.org|[a-z0-9.-]*gitea[a-z0-9.-]*)$|"
    r"^(?:\d+-)?([^+@-][^+@]*)@users\.noreply\.[a-z0-9.-]+$"
)
_NETWORKS = frozenset(_WORDS["networks"])
_MESSENGER = re.compile(
    r"^(skype|xmpp|matrix|aim|icq|gg|ymsgr|msnim|sip|sgnl|tg):(?://)?(?:u/)?([^/?]+)", re.IGNORECASE
)
_COUNTRY = re.compile(r"^[a-z]{2}$")


Normal: TypeAlias = Callable[[str], str]


class Box(NamedTuple):
    """What is known of an address by its look alone.

    `key` is equal for all spellings that lead to one box. `local` is without tag. `login` is the user that a forge's
    no-reply address names. `machine` is why nobody sits behind it, None for a person; `role` tells an address of an
    office (info@) and `dummy` one that many programs write because they must write something (root@localhost).
    """

    address: str
    key: str
    local: str
    domain: str
    login: str
    machine: str | None
    role: bool
    dummy: bool
    freemail: bool


def normal(spelling: str) -> str:
    """The address as it is compared: lower case, the domain in A-labels (RFC 5890); "" if it is no address.

    Of "Ann Lee ann@example.org", a name in the place of an address, the last word is taken."""
    text = spelling.strip().strip("<>'\" ").removeprefix("mailto:").removeprefix("MAILTO:")
    if "%" in text:
        text = unquote(text).strip()
    if " " in text and "@" in (last := text.rsplit(None, 1)[-1]):
        text = last.strip("<>'\"")
    local, at, domain = text.partition("?")[0].lower().rpartition("@")
    if re.fullmatch(r"[^@\"]+@[^@\"]+\.[^@\"]+", local):  # programs that write user@host append it to whole addresses
        local, at, domain = local.rpartition("@")
    if not at or not local or " " in text:
        return ""
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return f"{local}@{domain}"
    return f"{local}@{domain.rstrip('.')}"


def unswapped(name: str, address: str) -> tuple[str, str]:
    """A name and an address in their right places: programs write an address for a name, or one for the other."""
    if "@" not in address and re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", name.strip()):
        return address, name.strip()
    return name, address


@lru_cache(maxsize=400_000)
def box(address: str) -> Box:
    """What a normal address says of itself."""
    local, _, domain = address.rpartition("@")
    if not local:
        local, domain = address, ""
    forge = _FORGE.match(address)
    login = (forge[1] or forge[2] or "") if forge else ""
    domain = _SAME_DOMAIN.get(domain, domain)
    bare = local if "+" not in local[1:] or login else local[: local.index("+", 1)]
    plain = bare.replace(".", "") if domain in _DOTLESS else bare
    key = f"{login.lower()}@forge:{domain}" if login else f"{plain}@{domain}"
    machine = None if login else machine_sender(address)
    return Box(
        address=address,
        key=key,
        local=bare,
        domain=domain,
        login=login,
        machine=machine,
        role=_is_role(bare),
        dummy=_is_dummy(bare, domain) if not login else False,
        freemail=domain in _FREEMAIL,
    )


def _is_role(local: str) -> bool:
    words = [word for word in re.split(r"[._+-]+", local) if word]
    if not words or any(names.is_given(word) for word in words[1:]):
        return False  # "marketing.maria" is a person, as is "dev.patel"; "support-berlin" is an office
    return words[0] in _OFFICES or "".join(words) in _ROLES or all(word in _ROLES for word in words)


def _is_dummy(local: str, domain: str) -> bool:
    return (
        not domain
        or not re.search(r"[^\W_]", local)
        or (local in _DUMMIES and (bool(_NOWHERE.search(domain)) or local in _MACHINE_USERS))
    )


def nowhere(domain: str) -> bool:
    """Whether a domain names no place on the net, only somebody's machine: its local part is a login there."""
    return "." not in domain or bool(_NOWHERE.search(domain))


@lru_cache(maxsize=100_000)
def firm(domain: str) -> str:
    """The label that a firm registered: `lumenhealth` of mail.lumenhealth.co.uk; "" for a free-mail domain."""
    if domain in _FREEMAIL:
        return ""
    labels = domain.split(".")
    if len(labels) >= 3 and (labels[-2] in _SECOND_LEVEL and _COUNTRY.match(labels[-1])):
        return labels[-3]
    return labels[-2] if len(labels) >= 2 else ""


def phone(spelling: str, region: str | None) -> str:
    """A telephone number in E.164 (`+16175550142`), read as in `region` where it has no country; "" if it is none."""
    try:
        number = phonenumbers.parse(spelling.removeprefix("tel:").strip(), region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def profile(spelling: str) -> str:
    """A profile on a known network as it is compared: `linkedin.com/in/ann`, `skype:ann`; "" for any other page."""
    text = spelling.strip()
    messenger = _MESSENGER.match(text)
    if messenger:
        return f"{messenger[1].lower()}:{messenger[2].lower()}"
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host = (parts.hostname or "").lower()
    except ValueError:  # an address in brackets that is none
        return ""
    host = re.sub(r"^(?:www|m|mobile|[a-z]{2})\.", "", host)
    host = {"twitter.com": "x.com", "fb.com": "facebook.com"}.get(host, host)
    path = re.sub(r"^(/(?:in|pub|profile)/[^/]+)/.*$", r"\1", unquote(parts.path).rstrip("/").lower())
    if host == "facebook.com" and path == "/profile.php":
        path += f"?{parts.query.partition('&')[0]}"
    if host not in _NETWORKS or not path.strip("/") or re.match(r"/(?:company|school|groups?|pages?|jobs)/", path):
        return ""
    return host + path


def network(profile_key: str) -> str:
    """The network of a profile: `linkedin.com`."""
    return re.split(r"[/:]", profile_key, maxsplit=1)[0]


@lru_cache(maxsize=256)
def region(zone: str) -> str | None:
    """The country (ISO 3166) in which most of an IANA time zone lies; None for UTC and the like."""
    return next((country for country, zones in sorted(pytz.country_timezones.items()) if zone in zones), None)
