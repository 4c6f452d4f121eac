"""`setup`: an empty desk without the window."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.exits import DONE, REFUSED, Stop
from app.cli.terminal import folder_of, say, secret, tell
from app.desk.failures import store_sentence
from app.desk.folder import path_text
from app.desk.setup import SetupDone, SetupError, make_office
from app.vault.problems import StoreError, StoreProblem
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Makes the desk and prints its number and, this once, the recovery code."""
    folder = folder_of(arguments)
    password = secret(arguments, "MIZ_PIN", _("Password of {name}:").format(name=arguments.admin), twice=True)
    try:
        done = make_office(
            folder,
            office=arguments.office,
            desk_name=arguments.desk_name,
            admin=arguments.admin,
            password=password,
            desk_number=arguments.desk_number,
            services=arguments.services,
            tracking_url=arguments.tracking_url,
            emblem=arguments.emblem or "",
        )
    except SetupError as error:
        raise Stop(setup_sentence(error), REFUSED) from None
    except StoreError as error:
        if error.problem is not StoreProblem.exists:
            raise
        raise Stop(store_sentence(error), REFUSED) from None
    sheet = _write_sheet(done, arguments.recovery_sheet) if arguments.recovery_sheet else DONE
    done.desk.close()
    say({"data": path_text(folder), "desk": f"{done.desk.number:04}", "recovery_code": done.recovery_code})
    tell(_("Put the recovery code into the office's safe: with it and a backup this desk opens on any machine."))
    return sheet


def _write_sheet(done: SetupDone, file: str) -> int:
    from app.desk.other_papers import recovery_sheet, write_secret

    try:
        write_secret(Path(file), recovery_sheet(done.desk, done.recovery_code))
    except OSError:
        tell(_("The sheet could not be written there. The desk is made; write the recovery code down from here."))
        return REFUSED
    return DONE


def setup_sentence(error: SetupError) -> str:
    """What cannot be used, where it stands, and what would do."""
    if error.field == "services" and error.code == "not_found":
        return _("The services file cannot be read.")
    if error.field == "emblem":
        return _("The emblem must be a file with a picture: a line drawing, PNG or JPEG.")
    if error.field == "services":
        return _("Line {n} of the services file is not a service; correct it.").format(n=error.line)
    sentences = {
        "required": _("This is missing: {field}."),
        "too_short": _("A password has at least four characters."),
        "too_long": _("This is too long: {field}."),
        "bad_format": _("This is not written the way it should be: {field}."),
    }
    return sentences[error.code].format(field=error.field.replace("_", "-"))
