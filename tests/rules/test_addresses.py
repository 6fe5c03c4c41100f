"""Addresses, numbers and profiles as they are compared, and what an address says of itself."""

import pytest

from pipelines.rules.addresses import box, firm, normal, phone, profile, region


@pytest.mark.parametrize(
    ("spelling", "compared"),
    [
        (" <Ann.Lee@Example.ORG> ", "ann.lee@example.org"),
        ("mailto:ann@example.org?subject=Hi", "ann@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@example.org.", "ann@example.org"),
        ("Ann Lee ann@example.org", "ann@example.org"),
        ("ann@example.org@localhost", "ann@example.org"),
        ("Ann Lee", ""),
        ("@example.org", ""),
        ("", ""),
    ],
)
def test_the_form_in_which_addresses_are_compared(spelling: str, compared: str) -> None:
    """Lower case, IDNA, without what programs put around an address."""
    assert normal(spelling) == compared


def test_spellings_of_one_box() -> None:
    """Tags lead to the same box everywhere, dots only where the provider ignores them."""
    assert box("ann+news@example.org").key == box("ann@example.org").key
    assert box("a.n.n@gmail.com").key == box("ann+x@googlemail.com").key
    assert box("a.nn@example.org").key != box("ann@example.org").key
    assert box("+ann@example.org").key != box("@example.org").key


@pytest.mark.parametrize(
    ("address", "login"),
    [
        ("1234+AnnLee@users.noreply.github.com", "AnnLee"),
        ("annlee@users.noreply.github.com", "annlee"),
        ("1234-annlee@users.noreply.gitlab.com", "annlee"),
        ("noreply@github.com", ""),
        ("annlee@example.org", ""),
    ],
)
def test_a_forges_address_names_its_user(address: str, login: str) -> None:
    """It is a person's, though nobody reads it."""
    found = box(address)
    assert (found.login, found.machine is None) == (login, address != "noreply@github.com")


@pytest.mark.parametrize(
    "address", ["info@example.org", "support-berlin@example.org", "vertrieb@example.de", "office@example.org"]
)
def test_an_office_is_no_person(address: str) -> None:
    """In several languages, with a place behind it."""
    assert box(address).role


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.org",
        "dev.patel@example.org",
        "maria.office@example.org",
        "marketa@example.org",
        "marketing.maria@example.org",
        "sales_john@example.org",
    ],
)
def test_a_person_is_no_office(address: str) -> None:
    """A word list blocks nobody whose name holds such a word."""
    assert not box(address).role


@pytest.mark.parametrize("address", ["none@none", "root@localhost", "", "@", "devnull@localhost", "unknown@unknown"])
def test_an_address_that_leads_nowhere(address: str) -> None:
    """Programs write it because they must write something."""
    assert box(address).dummy


def test_numbers_are_e164() -> None:
    """Read as in the owner's country where they have none; what is no number is nothing."""
    assert [phone(one, "US") for one in ("(617) 555-0142", "tel:+1-617-555-0142", "+49 30 901820", "12", "none")] == [
        "+16175550142",
        "+16175550142",
        "+4930901820",
        "",
        "",
    ]
    assert (region("America/New_York"), region("Europe/Berlin"), region("UTC")) == ("US", "DE", None)


@pytest.mark.parametrize(
    ("spelling", "compared"),
    [
        ("https://www.linkedin.com/in/Ann-Lee/?trk=x", "linkedin.com/in/ann-lee"),
        ("http://de.linkedin.com/in/ann-lee/en", "linkedin.com/in/ann-lee"),
        ("https://twitter.com/annlee", "x.com/annlee"),
        ("https://www.facebook.com/profile.php?id=7&x=1", "facebook.com/profile.php?id=7"),
        ("skype:ann.lee?chat", "skype:ann.lee"),
        ("https://www.linkedin.com/company/alpha", ""),
        ("https://ann.example/blog", ""),
        ("https://[broken", ""),
    ],
)
def test_profiles(spelling: str, compared: str) -> None:
    """One form for all spellings of a page; a firm's page and any other site are no profile."""
    assert profile(spelling) == compared


def test_the_firm_of_a_domain() -> None:
    """The label that was registered; a mail provider's is none."""
    assert [firm(one) for one in ("mail.alpha.co.uk", "alpha.example", "gmail.com")] == ["alpha", "alpha", ""]
