"""Know the servers of the providers that most people have, by the domain of their address."""

from typing import NamedTuple

APP_PASSWORD = "It wants a password of its own for each program: make one at {}."


class Provider(NamedTuple):
    """Where a provider's mail, calendars and contacts are. `kind` is that of the source for all three (google, microsoft),
    or imap beside `caldav` and `carddav`, which are empty where there are none. `hint` says what else is needed."""

    name: str
    domains: tuple[str, ...]
    kind: str = "imap"
    host: str = ""
    caldav: str = ""
    carddav: str = ""
    hint: str = ""


GOOGLE = Provider("Google", ("gmail.com", "googlemail.com"), "google")
MICROSOFT = Provider(
    "Microsoft",
    ("outlook.*", "hotmail.*", "live.*", "msn.com", "windowslive.com", "passport.com", "onmicrosoft.com"),
    "microsoft",
)
PROVIDERS = (
    GOOGLE,
    MICROSOFT,
    Provider(
        "iCloud",
        ("icloud.com", "me.com", "mac.com"),
        host="imap.mail.me.com",
        caldav="https://caldav.icloud.com/",
        carddav="https://contacts.icloud.com/",
        hint=APP_PASSWORD.format("https://account.apple.com → Sign-In and Security → App-Specific Passwords"),
    ),
    Provider(
        "Fastmail",
        ("fastmail.*", "fastmail.co.uk", "sent.com", "messagingengine.com"),
        host="imap.fastmail.com",
        caldav="https://caldav.fastmail.com/",
        carddav="https://carddav.fastmail.com/",
        hint=APP_PASSWORD.format("Settings → Privacy & Security → App passwords"),
    ),
    Provider(
        "Yahoo",
        ("yahoo.*", "yahoo.co.uk", "yahoo.co.jp", "yahoo.com.br", "ymail.com", "rocketmail.com", "myyahoo.com"),
        host="imap.mail.yahoo.com",
        caldav="https://caldav.calendar.yahoo.com/",
        carddav="https://carddav.address.yahoo.com/",
        hint=APP_PASSWORD.format("https://login.yahoo.com/account/security → app password"),
    ),
    Provider(
        "AOL", ("aol.*", "aim.com"), host="imap.aol.com", hint=APP_PASSWORD.format("Account security → app password")
    ),
    Provider(
        "GMX",
        ("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu", "gmx.org", "gmx.info"),
        host="imap.gmx.net",
        caldav="https://caldav.gmx.net/",
        carddav="https://carddav.gmx.net/",
        hint="Switch on IMAP first: E-Mail → Einstellungen → POP3/IMAP.",
    ),
    Provider("GMX", ("gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es"), host="imap.gmx.com"),
    Provider(
        "WEB.DE",
        ("web.de", "email.de"),
        host="imap.web.de",
        caldav="https://caldav.web.de/",
        carddav="https://carddav.web.de/",
        hint="Switch on IMAP first: E-Mail → Einstellungen → POP3/IMAP.",
    ),
    Provider(
        "Posteo",
        ("posteo.*",),
        host="posteo.de",
        caldav="https://posteo.de:8443/",
        carddav="https://posteo.de:8843/",
    ),
    Provider(
        "mailbox.org",
        ("mailbox.org",),
        host="imap.mailbox.org",
        caldav="https://dav.mailbox.org/",
        carddav="https://dav.mailbox.org/",
    ),
    Provider("T-Online", ("t-online.de", "magenta.de"), host="secureimap.t-online.de"),
    Provider("freenet", ("freenet.de",), host="mx.freenet.de"),
    Provider("1&1", ("online.de", "onlinehome.de"), host="imap.1und1.de"),
    Provider("Zoho", ("zoho.com", "zohomail.com"), host="imap.zoho.com"),
    Provider("Zoho", ("zoho.eu", "zohomail.eu"), host="imap.zoho.eu"),
    Provider("Runbox", ("runbox.com", "runbox.no"), host="mail.runbox.com"),
    Provider("Yandex", ("yandex.*", "ya.ru"), host="imap.yandex.com"),
    Provider("Mail.ru", ("mail.ru", "bk.ru", "inbox.ru", "list.ru"), host="imap.mail.ru"),
    Provider("Orange", ("orange.fr", "wanadoo.fr"), host="imap.orange.fr"),
    Provider("Free", ("free.fr",), host="imap.free.fr"),
    Provider("La Poste", ("laposte.net",), host="imap.laposte.net"),
    Provider("Libero", ("libero.it", "iol.it", "inwind.it"), host="imapmail.libero.it"),
    Provider("Seznam", ("seznam.cz", "email.cz", "post.cz"), host="imap.seznam.cz"),
    Provider("WP", ("wp.pl",), host="imap.wp.pl"),
    Provider("Comcast", ("comcast.net",), host="imap.comcast.net"),
    Provider("Bluewin", ("bluewin.ch",), host="imaps.bluewin.ch"),
)


def provider_of(address: str) -> Provider | None:
    """The provider of an address; None for a domain that is somebody's own, or that nobody here knows.

    `outlook.*` fits one label below it, and two where the last is a country's (`outlook.com.br`).
    """
    domain = address.rpartition("@")[2].strip().lower()
    return next((one for one in PROVIDERS if any(_fits(domain, known) for known in one.domains)), None)


def _fits(domain: str, known: str) -> bool:
    if not known.endswith(".*"):
        return domain == known or domain.endswith(f".{known}")
    name, _, rest = domain.partition(".")
    labels = rest.split(".")
    return name == known[:-2] and bool(rest) and (len(labels) == 1 or (len(labels) == 2 and len(labels[1]) == 2))
