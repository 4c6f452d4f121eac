"""Which folder holds the desk, where nobody names one."""

import os
from pathlib import Path


def data_folder(named: str | None) -> Path:
    """The folder that was named, else that of `MIZ_DATA`, else the user's data folder of the operating system."""
    chosen = named or os.environ.get("MIZ_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("miz", appauthor=False)
