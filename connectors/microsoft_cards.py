"""Turn what Graph says of a contact into a Card."""

from connectors.mail_addresses import normalize_address
from connectors.microsoft_graph import Item, objects, text, texts
from connectors.records import Card, Reject

SELECT = (
    "displayName,givenName,middleName,surname,nickName,companyName,jobTitle,emailAddresses,businessPhones,homePhones,"
    "mobilePhone,businessHomePage,categories"
)


def is_whole(item: Item) -> bool:
    """Whether the item says all of the contact: changes may tell no more than what has changed."""
    return "displayName" in item and "emailAddresses" in item


def read(item: Item, place: str) -> Card | Reject:
    """The record of one contact."""
    key = text(item, "id")
    given = " ".join(filter(None, (text(item, "givenName").strip(), text(item, "middleName").strip())))
    family = text(item, "surname").strip()
    emails = [text(one, "address").strip() for one in objects(item, "emailAddresses")]
    phones = (text(item, "mobilePhone"), *texts(item, "businessPhones"), *texts(item, "homePhones"))
    card = Card(
        place=place,
        key=key,
        name=" ".join(text(item, "displayName").split()) or f"{given} {family}".strip(),
        given=given,
        family=family,
        nicknames=tuple(filter(None, (text(item, "nickName").strip(),))),
        organization=text(item, "companyName").strip(),
        title=text(item, "jobTitle").strip(),
        emails=tuple(dict.fromkeys(one for one in emails if normalize_address(one))),
        phones=tuple(dict.fromkeys(phone.strip() for phone in phones if phone.strip())),
        profiles=tuple(filter(None, (text(item, "businessHomePage").strip(),))),
        kind="individual",
        members=(),
        tags=texts(item, "categories"),
        connected_at=None,
        died_on=None,
        form="microsoft",
    )
    if not (card.name or card.organization or card.emails or card.phones or card.profiles):
        return Reject(place, key, "This contact has no name, address, number or site.")
    return card
