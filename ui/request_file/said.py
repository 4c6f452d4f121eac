"""What the files page says of what was found, and of what it does not open."""

from typing import TYPE_CHECKING

from models.codes import grouped
from resources import names, words
from resources.words import _, ngettext
from ui.counter.acts import masked, masked_mobile
from ui.request_file.state import Shut
from ui.theme import island
from ui.widgets.result_list import Row

if TYPE_CHECKING:
    from app.desk.finding import Hit


def row_of(hit: "Hit") -> Row:
    """A line of the results."""
    if hit.kind == "request":
        code = island(words.digits(grouped(hit.tracking_code)))
        return Row((hit.name, hit.service, code), names.state(hit.state))
    father = _("child of {name}").format(name=hit.father_name) if hit.father_name else ""
    files = ngettext("{n} file", "{n} files", hit.requests).format(n=words.number(hit.requests))
    columns = (hit.name, father, island(masked(hit.number)), island(masked_mobile(hit.mobile)))
    return Row(columns, files if hit.requests else _("no file yet"))


def why_shut(shut: Shut, here: int) -> tuple[str, str, str]:
    """Icon, what is so, and what to do about it."""
    if shut.why == "role":
        return (
            "lock",
            _("Your role does not open citizens' files."),
            _("A clerk or a supervisor opens them; an administrator who also serves needs that role as well."),
        )
    if shut.why == "unit":
        return (
            "lock",
            _("This file is not with your unit."),
            _("You open the requests that were referred to your unit; ask a clerk about the others."),
        )
    if shut.why == "client":
        return "search-x", _("This client is not in the register of this desk."), ""
    head = _("The file {code} is not at this desk").format(code=island(words.digits(grouped(shut.code))))
    desk = int(shut.code[:4])
    if desk == here:
        return (
            "search-x",
            head,
            _("This desk has no such request; read the code from the receipt again."),
        )
    said = _("The code is right; it was registered at desk {n}. Note what the client says, and ask that desk.")
    return "search-x", head, said.format(n=words.digits(str(desk)))
