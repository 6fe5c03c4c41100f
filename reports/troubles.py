"""Say the errors and notes of sources, which are written down in English, in the report's language.

An error is one sentence: what happened, and after a colon or semicolon what to do. What a server itself has said stays as
it is, and so does a sentence that has no form here.
"""

import re

from reports.languages import Language, later
from reports.phrases import Phrases

HAPPENED = (
    later("There is no folder {path}"),
    later("The path {path} begins with a user who is not known here"),
    later("The folder {path} can't be read{said}"),
    later("There is no file {path}"),
    later("The file {path} holds no certificates"),
    later("The certificate of {server} is not valid for this host{said}"),
    later("The host {server} is not known"),
    later("The server {server} did not answer in time"),
    later("The server {server} refused the connection"),
    later("The server {server} dropped the connection{said}"),
    later("The server ended the connection{said}"),
    later("The server closed the connection before it was done"),
    later("The server {server} gave an answer that can't be read{said}"),
    later("The server {server} gave an answer that can't be unpacked"),
    later("The server sent a response of more than 64 MB, which can't be a mail's headers"),
    later("The server {server} does not speak TLS as it should"),
    later("The server {server} offers no STARTTLS"),
    later("The server {server} takes no password without encryption"),
    later("The server {server} refused the user {user} or the password{said}"),
    later("The server {server} refused the user {user} or the access token{said}"),
    later("The server {server} wants a user and a password"),
    later("The server {server} takes Digest sign-ins only, which we can't do"),
    later("The server {server} takes no logins just now{said}"),
    later("The server {server} takes no more requests just now"),
    later("The server {server} failed (HTTP {status})"),
    later("The server {server} sends us in a circle"),
    later("The server {server} sends us on to where no safe connection leads"),
    later("The server {server} sends us on to another host, which gets no token"),
    later("The server {server} answered with a web page instead of {what}"),
    later("The server {server} answered with something else than a calendar"),
    later("The server {server} answered with something else than data"),
    later("The server {server} answered with something else than {what}"),
    later("The server {server} gives no changes"),
    later("The proxy on the way to {server} does not let us through"),
    later("The address of the server {server} is no web address"),
    later("What `url` leads to is no web address such as https://… or webcal://…"),
    later("The server {server} has no calendar at this address (any more)"),
    later("The server {server} does not give the calendar (HTTP {status})"),
    later("The calendar from {server} breaks off before its end"),
    later("The server {server} does not give {what} (HTTP {status})"),
    later("The server {server} does not let this user read {what}"),
    later("The server {server} has nothing where {what} should be"),
    later("The server {server} shows no {what} at this address"),
    later("The server {server} shows no {what} of this user"),
    later("No {what} is left to read"),
    later("The server lists the changes of “{name}” without end"),
    later("The server does not list all of “{name}”"),
    later("There is no calendar “{name}” in this Google account"),
    later("What {path} leads to is no OAuth client"),
    later("{service} refused to be read with status {status}{said}"),
    later("{service} is not switched on for your OAuth client"),
    later("{server} refused or dropped the connection"),
    later("{server} did not answer in time"),
    later("Google gave an answer that can't be read"),
    later("Google answered only a part of what it was asked"),
    later("Google could not answer (status {status})"),
    later("Google no longer accepts the sign-in"),
    later("Google has ended the sign-in, or refuses your OAuth client"),
    later("There is no sign-in with Google yet"),
    later("The sign-in does not include {service} (or set {key} = false in settings.toml)"),
    later("There is no sign-in service at {server}"),
    later("Microsoft's sign-in service gave no token{said}"),
    later("Microsoft's sign-in service is out of order{said}"),
    later("Microsoft's sign-in of this source has ended or was withdrawn{said}"),
    later("Microsoft does not accept this client{said}"),
    later("Microsoft does not show this to the sign-in of this source{said}"),
    later("The sign-in server failed (HTTP {status})"),
    later("The sign-in server {server} does not know this client"),
    later("The server {server} refused the sign-in of this source"),
    later("The sign-in that is kept for this source is of another client"),
    later("The sign-in that is kept for this source does not reach for this"),
    later("The sign-in that is kept for this source can't be read"),
    later("Nobody has signed in for this source yet"),
    later("{cause}, fresh as it is (IMAP may be switched off for this account)"),
    later("Microsoft lists this and finds nothing there"),
    later("The process that reads this source ended by itself"),
    later("A secret is given as env:NAME, file:PATH, keyring:SERVICE/USER or command:PROGRAM ARGUMENTS"),
    later("A secret in the keyring is given as keyring:SERVICE/USER"),
    later("The environment variable {name} is not set"),
    later("The file {path} holds a secret and others may read it"),
    later("The file {path} for a secret is empty"),
    later("The file {path} for a secret can't be read"),
    later("The keyring holds no secret for {name}"),
    later("The keyring did not give the secret of {name}"),
    later("The keyring {name} can't be used on this machine"),
    later("This machine has no keyring"),
    later("This machine's only keyring is {name}, which protects nothing"),
    later("The command for a secret can't be run ({name})"),
    later("The command for a secret ({name}) failed or printed nothing"),
    later("The command for a secret ({name}) gave nothing in {number} seconds"),
)
ADVICE = (
    later("the next pull tries again"),
    later("the next pull goes on where it stopped"),
    later("look for it in Outlook"),
    later("try again in some minutes"),
    later("create it, or correct its path in settings.toml"),
    later("permit it to be read"),
    later("check `url`"),
    later("check `url` in settings.toml"),
    later("check `user` and `url`"),
    later("check `user` and the secret that settings.toml names"),
    later("check `host` in settings.toml and the network connection"),
    later("check its spelling in settings.toml and the network"),
    later("check the network connection"),
    later("check the network's settings"),
    later("check the network that you are in, a login page may be in between"),
    later("check `host`, or name the authority's certificate in `ca_file`"),
    later("check the host in settings.toml, or name the authority's certificate in `ca_file`"),
    later("check `port` and `security` in settings.toml"),
    later("check the address"),
    later("check the address in settings.toml"),
    later("check the address in settings.toml, or sign in to this network first"),
    later("copy the address anew from the calendar's settings there"),
    later("correct it"),
    later("correct it in settings.toml"),
    later("correct `ca_file` in settings.toml"),
    later('try `security = "tls"` in settings.toml'),
    later('set `security` to "tls" or "starttls" in settings.toml'),
    later("name them in settings.toml"),
    later("switch it to Basic there"),
    later("there are {names}; correct `include` and `exclude`"),
    later("correct “calendars” in settings.toml; there are {names}"),
    later("download its JSON file from Google's console, and let “client” in settings.toml lead to it"),
    later("check that this account may use it, or set {key} = false for the source {source} in settings.toml"),
    later("enable it at {link}, or set {key} = false for the source {source} in settings.toml"),
    later("check `tenant` and `authority` in settings.toml"),
    later("check `client_id` and `tenant` in settings.toml"),
    later("check `client_id` in settings.toml"),
    later("do it with “coldcoffee check --sign-in {source}”"),
    later("sign in again with “coldcoffee check --sign-in {source}”"),
    later("set it to the password, then run this again"),
    later("run chmod 600 on it"),
    later("write the password into it"),
    later("create it, readable by you alone"),
    later("store it with “keyring set {service}”"),
    later("unlock it, then run this again"),
    later("run it by hand"),
    later("check it in settings.toml"),
    later("use file:PATH or command:… instead"),
)
NOTES = (
    later("Chats of more than two people were passed over: what is said to many counts for nobody."),
    later("Microsoft gave no headers of some mails: newsletters and automatic mail among them can't all be told."),
    later(
        "Gmail was read with the scope gmail.metadata, which shows no calendar parts of invitation mails: what they say counts only where your calendar says it, too."
    ),
)
BROKEN_OFF = (
    later("The {what} “{name}” could not be read to its end: {error}"),
    later("The {what} “{name}” and {number} more could not be read to its end: {error}"),
)  # with the error that ended it
WHATS = (
    later("calendar"),
    later("calendars"),
    later("the calendars"),
    later("address book"),
    later("address books"),
    later("the address books"),
    later("data"),
)

_HAPPENED, _ADVICE = Phrases(HAPPENED, WHATS), Phrases(ADVICE)
_NOTES, _BROKEN_OFF = Phrases(NOTES), Phrases(BROKEN_OFF, WHATS)
_SEAM = re.compile("[;:] ")


def said(sentence: str, spoken: Language) -> str:
    """The error or note in this language."""
    return sentence if spoken.code == "en" else _said(sentence, spoken) or sentence


def _said(sentence: str, spoken: Language) -> str | None:
    broken = re.fullmatch(r"(The .+? could not be read to its end: )(.+)", sentence, re.DOTALL)
    if broken is not None:
        return _BROKEN_OFF.said(broken[1] + said(broken[2], spoken), spoken)
    whole = sentence.removesuffix(".")
    partly = None
    for seam in _SEAM.finditer(whole):
        happened = _HAPPENED.said(whole[: seam.start()], spoken)
        advice = _ADVICE.said(whole[seam.end() :], spoken)
        if happened and advice:
            return f"{happened}{seam[0]}{advice}."
        if advice:
            partly = f"{whole[: seam.end()]}{advice}."
    if partly:  # what to do is known, what happened was said by others
        return partly
    happened = _HAPPENED.said(whole, spoken)
    return f"{happened}." if happened else _NOTES.said(sentence, spoken)
