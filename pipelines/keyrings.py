"""Choose the keyring that secrets may be kept in."""

from typing import Protocol

_UNSAFE = ("plaintext", "null")  # classes that keep a secret readable, or keep none


class Unsafe(Exception):
    """This machine's keyring can't be used; `str()` begins the sentence that says why."""


class Keyring(Protocol):
    """What a keyring's class offers. All of it raises what `errors` names."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...


def chosen(name: str = "") -> Keyring:
    """The keyring of the class with this name, whatever it is; without one, the system's, if it is safe. Raises Unsafe.

    The system's is the one that keyring itself prefers. Where it would ask several in a row (keyring's chainer), the
    first of them that is safe is taken.
    """
    import keyring.core  # noqa: PLC0415 - slow to import, and only some settings need it

    if name:
        try:
            named: Keyring = keyring.core.load_keyring(name)
        except Exception as error:
            raise Unsafe(f"The keyring {name} can't be used on this machine") from error
        return named
    system = keyring.core.get_keyring()
    found = list(getattr(system, "backends", ())) or [system]
    safe: list[Keyring] = [one for one in found if not _is_unsafe(type(one))]
    if safe:
        return safe[0]
    if any(_is_missing(type(one)) for one in found):
        raise Unsafe("This machine has no keyring")
    raise Unsafe(f"This machine's only keyring is {_name(type(found[0]))}, which protects nothing")


def safe() -> Keyring | None:
    """The system's keyring; None if there is none that is safe."""
    try:
        return chosen()
    except Unsafe:
        return None


def errors() -> tuple[type[Exception], ...]:
    """What a keyring raises when it is locked, refuses, or does not answer."""
    import keyring.errors  # noqa: PLC0415

    return (keyring.errors.KeyringError, keyring.errors.InitError, OSError, RuntimeError)


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__name__}"


def _is_missing(kind: type) -> bool:
    return any(_name(one).startswith("keyring.backends.fail.") for one in kind.__mro__)


def _is_unsafe(kind: type) -> bool:
    """Whether the class, or one that it is made of, keeps secrets readable for everybody."""
    return _is_missing(kind) or any(word in _name(one).lower() for one in kind.__mro__ for word in _UNSAFE)
