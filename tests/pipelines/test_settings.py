"""settings.toml: a mistake is one sentence that names the key, the file and what is allowed."""

from pathlib import Path

import pytest

from pipelines import secrets
from pipelines.settings import SettingsError, load

GOOD = """\
[owner.dana]
name = "Dana Reyes"
addresses = ["dana@example.org"]
timezone = "America/New_York"

[owner.dana.source.work]
kind = "imap"
host = "imap.example.org"
user = "dana@example.org"
secret = "env:WORK_PASSWORD"

[owner.dana.report]
weekday = "friday"
to = ["dana@example.org"]
"""


def written(folder: Path, text: str) -> Path:
    """A settings file with this text."""
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_settings_are_typed(tmp_path: Path) -> None:
    """What is left out has its default."""
    owner = load(written(tmp_path, GOOD)).owner["dana"]
    assert (owner.timezone, owner.report.weekday, owner.report.time, owner.report.deliver) == (
        "America/New_York",
        "friday",
        "07:00",
        "outbox",
    )
    assert owner.source["work"].kind == "imap"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("host =", "hots =", "[owner.dana.source.work] has an unknown key “hots” (did you mean “host”?); allowed are "),
        (
            "weekday",
            "wekday",
            "[owner.dana.report] has an unknown key “wekday” (did you mean “weekday”?); allowed are ",
        ),
        ('kind = "imap"', 'kind = "imapp"', "[owner.dana.source.work] has kind = “imapp”, which is none; allowed are "),
        ('name = "Dana Reyes"\n', "", "[owner.dana] lacks “name”: add it."),
        ("America/New_York", "America/NewYork", "“timezone” in [owner.dana] is no time zone"),
        ("friday", "fryday", "“weekday” in [owner.dana.report] is wrong"),
        ("env:WORK_PASSWORD", "hunter2", "“secret” in [owner.dana.source.work] must not hold the secret itself"),
        ("[owner.dana]", "[owner.Dana]", "the owner's name “Dana” may hold only"),
        ("[owner.dana.report]", "[owner.dana.report]\ndeliver = 'smtp'", "add one"),
        (
            "[owner.dana.report]",
            "[owner.dana.report]\ndeliver = 'gmail'",
            "no table [owner.dana.report.gmail]: add one",
        ),
        ('to = ["dana@example.org"]', 'to = ["dana"]', "“to” (entry 1) in [owner.dana.report] is no e-mail address"),
        ("[owner.dana]", "[owner.dana", "is no valid TOML"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Each mistake is told with its place; a secret in the file is never repeated."""
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(SettingsError) as raised:
        load(path)
    assert said in str(raised.value)
    assert str(path) in str(raised.value)
    assert "hunter2" not in str(raised.value)


def test_missing_settings_say_what_to_run(tmp_path: Path) -> None:
    """The first thing that a new user meets leads on."""
    with pytest.raises(SettingsError, match="coldcoffee init"):
        load(tmp_path / "settings.toml")


def test_a_secret_comes_from_where_the_reference_leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Environment, file and command."""
    monkeypatch.setenv("A_PASSWORD", "from the environment")
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    (tmp_path / "secret").chmod(0o600)
    assert secrets.fetch("env:A_PASSWORD") == "from the environment"
    assert secrets.fetch(f"file:{tmp_path}/secret") == "from the file"
    assert secrets.fetch("command:printf 'from a program'") == "from a program"


def test_a_secret_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """And a file that others may read is refused."""
    with pytest.raises(secrets.SecretMissing, match="NO_SUCH_VARIABLE is not set"):
        secrets.fetch("env:NO_SUCH_VARIABLE")
    (tmp_path / "secret").write_text("open", encoding="utf-8")
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(secrets.SecretMissing, match="chmod 600"):
        secrets.fetch(f"file:{tmp_path}/secret")
    with pytest.raises(secrets.SecretMissing, match="failed or printed nothing"):
        secrets.fetch("command:false")
