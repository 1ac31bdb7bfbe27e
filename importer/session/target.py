"""Find a target in the settings: it has all that a connection takes, and keeps its key safe."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from msgspec import Struct

from importer.allowed import CONFIG
from importer.errors import UsageError
from importer.invisible import escaped
from importer.settings import SANDBOX, Settings, TargetSettings
from importer.settings_files import own_file
from importer.sign_in import SignIn
from importer.suggest import did_you_mean, nearest
from importer.targets import systems
from importer.targets.connection import normal_url


class GivenTarget(Struct, frozen=True):
    """A target that is given in full, not by its name in the settings; its key is in memory."""

    settings: TargetSettings
    sign_in: SignIn

    def checked(self, name: str, settings: Settings) -> TargetSettings:
        """Return the settings of the target. Raises UsageError where they cannot be used."""
        _refuse_unencrypted(name, self.settings, settings)
        return self.settings


def target_called(name: str, settings: Settings, rate: int | None = None) -> TargetSettings:
    """Return the target of that name, with another rate where one is given. Raises UsageError."""
    target = _known(name, settings)
    if target.system != SANDBOX:
        _refuse_incomplete(name, target)
        _refuse_unencrypted(name, target, settings)
    return target.model_copy(update={"rate": rate} if rate else {})


def _known(name: str, settings: Settings) -> TargetSettings:
    targets = settings.targets
    if name not in targets:
        hint = did_you_mean(nearest(name, targets), f"There are: {', '.join(targets)}.")
        raise UsageError(f"There is no target called {name}{hint}")
    return targets[name]


def _refuse_incomplete(name: str, target: TargetSettings) -> None:
    """Raise UsageError where the target's address or key is missing."""
    if not target.base_url:
        first = f"set {systems()[name].address}, or " if name in systems() else ""
        raise UsageError(
            f"The target {name} has no address: {first}write base_url under [targets.{name}] "
            f"in {CONFIG}."
        )
    if not target.variables:
        raise UsageError(
            f"The target {name} names no variable that holds its key: write api_key_env under "
            f"[targets.{name}] in {CONFIG}."
        )
    if not target.sign_in:
        first, *others = target.variables
        more = "".join(f", or {one}" for one in others)
        raise UsageError(
            f"There is no API key for the target {name}: set the environment variable "
            f"{first}{more}."
        )


def _refuse_unencrypted(name: str, target: TargetSettings, settings: Settings) -> None:
    """Raise UsageError where the key would go over the network for everybody to read."""
    address = urlsplit(normal_url(target.base_url))
    if settings.allow_http or address.scheme != "http" or _is_loopback(address.hostname or ""):
        return
    raise UsageError(
        f"The target {name} has an address without encryption, {escaped(target.base_url)}: its key "
        "could be read on the way. Write https://, or allow it with --allow-http, or with "
        f"`allow_http = true` in {own_file()}."
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
