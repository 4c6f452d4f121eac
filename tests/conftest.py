"""What every test stands on."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.guards import no_surprising_log
from tests.postgres import postgres, postgres_url

__all__ = ["data_dir", "no_surprising_log", "postgres", "postgres_url"]

# Read when the first window is made, also by the programs that tests start.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No test may meet the desk, the key store or the settings of whoever runs it.
for _name in [name for name in os.environ if name.startswith("MIZ_")]:
    del os.environ[_name]
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(Path(tempfile.gettempdir(), "no-home-of-miz"))

# A slow machine is no failure: nothing here is measured by the clock.
# The usual run draws the same examples every time, so that a green tree stays green; looking for new ones is a run of
# its own: ./run test --hypothesis-profile=wide
_always = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", _always, derandomize=True)
settings.register_profile("wide", _always, max_examples=500)
settings.load_profile("desk")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that does not exist yet; its key will lie beside the store, not in a key store."""
    monkeypatch.setenv("MIZ_KEYSTORE", "file")
    return tmp_path / "data"
