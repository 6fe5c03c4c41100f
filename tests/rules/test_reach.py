"""Two places that can't both be reached."""

import pytest

from pipelines.rules import reach, towns


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("Leopoldstr. 12, 80802 München", "münchen"),
        ("Café Eiles, Josefstädter Str. 2, 1080 Wien", "wien"),
        ("Maximilianstr. 1 86150 Augsburg", "augsburg"),
        ("100 Main St, Worcester, MA 01608", "worcester"),
        ("12 rue de la Paix, 75002 Paris", "paris"),
        ("Calle Mayor 3, 28013 Madrid, España", "madrid"),
        ("Dam 1, 1012 JS Amsterdam", "amsterdam"),
        ("ul. Długa 5, 00-238 Warszawa", "warszawa"),
        ("10 High St, London SW1A 2AA", "london"),
        ("東京都渋谷区1-2-3", "tokyo"),
    ],
)
def test_an_address_names_its_town(location: str, name: str) -> None:
    """The town is read where addresses have it, in many countries' shapes."""
    found = towns.town(location)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "location",
    [
        "Raum Berlin",
        "Berlin",
        "Berlin, 3. OG",
        "Hamburger Str. 5",
        "Manchester, NH 03101",
        "100 Main St, Paris, TX",
        "Worcester",
        "",
    ],
)
def test_a_name_alone_is_no_town(location: str) -> None:
    """Rooms, streets and small towns elsewhere bear the names of towns: then nothing is claimed."""
    assert towns.town(location) is None


def test_a_journey_takes_its_time() -> None:
    """As long as by the fastest means that there are: an hour's drive is a quarter of an hour, an ocean is a working day."""
    munich, augsburg = towns.town("Tal 1, 80331 München"), towns.town("Dom 1, 86150 Augsburg")
    york = towns.town("1 Main St, New York, NY")
    assert munich
    assert augsburg
    assert york
    assert 10 < reach.minutes(munich, augsburg) < 25
    assert 8 < reach.minutes(munich, york) / 60 < 11


def test_regions_are_where_people_travel_to_and_no_address_ends() -> None:
    """Some days of nothing but a region's name are a journey; no meeting lies in one."""
    assert all(towns.is_town(name) for name in ("Engadin", "Martha’s Vineyard", "沖縄", "Búzios", "Vienna"))
    assert towns.town("Hotel Alpha, Toskana") is None
    assert not towns.is_town("Monday")
