"""The command line's grammar: every command with its words and an example."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from app.desk.folder import system_path
from models.text import compact
from resources.words import LANGUAGES, N_, _

_ARGPARSE_SAYS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
)
"""The library's own words that a person can meet; named here so that the catalogue holds them."""


def language_of(arguments: Sequence[str]) -> str | None:
    """The language asked for by `--lang`, wherever it stands; looked up before anything can be said."""
    for n, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[n + 1] if n + 1 < len(arguments) else "")
            return value if value in LANGUAGES else None
    return None


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The grammar for these arguments: of the commands only the one they name, or all where they name none (most time
    of a small command would go into the grammar of the others). Wrong use ends in exit code 2 with a sentence on
    standard error.
    """
    argparse._ = _  # type: ignore[attr-defined]  # its own words ("usage:", "options:") come from our catalogue
    top = argparse.ArgumentParser(
        prog="main.py",
        description=_("The service desk: registers visits, keeps them safe, prints receipts."),
        allow_abbrev=False,
    )
    _common(top, at_top=True)
    subparsers = top.add_subparsers(dest="command", metavar=_("COMMAND"))
    top.set_defaults(command=_WINDOW)
    named = _command_named(arguments)
    for add in [_COMMANDS[named]] if named in _COMMANDS else _COMMANDS.values():
        add(subparsers)
    return top


_WINDOW = "desk"


def _command_named(arguments: Sequence[str]) -> str:
    """The first word behind the options that stand before every command; the window's where there is none."""
    words = iter(arguments)
    for word in words:
        if word in ("--data", "--lang"):
            next(words, None)
        elif not word.startswith(("--data=", "--lang=")):
            return word
    return _WINDOW


def _common(parser: argparse.ArgumentParser, *, at_top: bool = False) -> None:
    # The same options before and after the command; the later one wins.
    default: Any = None if at_top else argparse.SUPPRESS
    parser.add_argument(
        "--data", type=system_path, metavar="DIR", default=default, help=_("the data folder (or MIZ_DATA)")
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default, help=_("language of words for people (or MIZ_LANG)")
    )


def _command(commands: Any, name: str, words: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=words,
        description=words,
        epilog=_("Example:") + "\n  " + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _common(parser)
    return parser


def _signed(parser: argparse.ArgumentParser, *, approve: bool = False) -> None:
    parser.add_argument("--as", dest="as_", metavar="USER", required=True, help=_("who does this (password: MIZ_PIN)"))
    parser.add_argument("--pin-file", type=system_path, metavar="FILE", help=_("a file that holds the password"))
    if approve:
        parser.add_argument("--approve", metavar="USER", help=_("the second person (password: MIZ_APPROVER_PIN)"))


def _number(least: int, most: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        digits = compact(text)
        if not (digits.isdecimal() and len(digits) < 12 and least <= int(digits) <= most):
            raise argparse.ArgumentTypeError(_("a whole number from {least} to {most}").format(least=least, most=most))
        return int(digits)

    return whole


def _desk(commands: Any) -> None:
    _command(commands, "desk", _("opens the window"), "main.py --data ./office desk")


def _demo(commands: Any) -> None:
    words = _("makes a made-up office with people and some weeks of visits, and opens its window")
    parser = _command(commands, "demo", words, "main.py --data ./demo demo --no-window")
    parser.add_argument("--no-window", action="store_true", help=_("only prepares it and prints who is there"))


def _setup(commands: Any) -> None:
    words = _("makes an empty desk; its first administrator's password comes from MIZ_PIN, --pin-file or a prompt")
    example = (
        "MIZ_PIN=… main.py --data ./office setup --office 'سازمان نمونه' --desk-name 'میز ۱' --admin 'نسرین رستمی'"
    )
    parser = _command(commands, "setup", words, example)
    parser.add_argument("--office", required=True, metavar="NAME", help=_("the office's name"))
    parser.add_argument("--desk-name", required=True, metavar="NAME", help=_("the desk's name"))
    parser.add_argument("--admin", required=True, metavar="USER", help=_("the first administrator's name"))
    parser.add_argument("--desk-number", type=_number(1, 9_999), metavar="N", help=_("the desk's number"))
    parser.add_argument(
        "--services",
        type=system_path,
        default="sample",
        metavar="sample|FILE",
        help=_("the sample office's, or JSON lines"),
    )
    parser.add_argument(
        "--tracking-url", default="", metavar="URL", help=_("the public tracking address, if there is one")
    )
    parser.add_argument("--emblem", type=system_path, metavar="FILE", help=_("a picture for the head of papers"))
    parser.add_argument(
        "--recovery-sheet",
        type=system_path,
        metavar="FILE.pdf",
        help=_("also writes the recovery code as a sheet for the safe"),
    )
    parser.add_argument("--pin-file", type=system_path, metavar="FILE", help=_("a file that holds the password"))


def _user(commands: Any) -> None:
    words = _("admits, changes or retires a person; a new password comes from MIZ_NEW_PIN or a prompt")
    example = "main.py user --as 'نسرین رستمی' --add 'زهرا نوری' --role clerk"
    parser = _command(commands, "user", words, example)
    _signed(parser)
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--add", metavar="NAME", help=_("a new person"))
    who.add_argument("--change", metavar="NAME", help=_("a person whose roles, unit or password change"))
    who.add_argument("--retire", metavar="NAME", help=_("a person who leaves"))
    roles = ("clerk", "supervisor", "unit_officer", "administrator")
    parser.add_argument("--role", action="append", choices=roles, help=_("may be given several times"))
    parser.add_argument("--unit", metavar="UNIT", help=_("a unit officer's unit"))


def _accept_clock(commands: Any) -> None:
    words = _("accepts this computer's clock after it was set back more than ten minutes; takes two people")
    parser = _command(commands, "accept-clock", words, "main.py accept-clock --as 'زهرا نوری' --approve 'بهروز ملکی'")
    _signed(parser)
    parser.add_argument(
        "--approve", metavar="USER", required=True, help=_("the second person (password: MIZ_APPROVER_PIN)")
    )


def _services(commands: Any) -> None:
    _command(commands, "services", _("lists the services as JSON lines"), "main.py services")


def _register(commands: Any) -> None:
    words = _("registers visits: JSON lines from standard input, a JSON line of answer each")
    example = "main.py register --as 'زهرا نوری' < visits.jsonl > answers.jsonl"
    _signed(_command(commands, "register", words, example), approve=True)


def _show(commands: Any) -> None:
    words = _("shows requests with client and history, a JSON line each")
    parser = _command(commands, "show", words, "main.py show 1234-1234-5671")
    parser.add_argument("codes", nargs="+", metavar="CODE", help=_("a tracking code, in any digits"))
    parser.add_argument("--full", action="store_true", help=_("whole identity numbers; said in the book, needs --as"))
    parser.add_argument("--as", dest="as_", metavar="USER", help=_("who does this (password: MIZ_PIN)"))
    parser.add_argument("--pin-file", type=system_path, metavar="FILE", help=_("a file that holds the password"))


def _find(commands: Any) -> None:
    words = _("finds clients and requests as the window's find field does, as JSON lines, best first")
    parser = _command(commands, "find", words, "main.py find 'قلی‌زاده حسین'")
    parser.add_argument(
        "text", metavar="TEXT", help=_("name, number, mobile or code; - reads queries from standard input")
    )
    parser.add_argument("--limit", type=_number(1, 1_000), default=20, metavar="N", help=_("how many at most"))


def _receipt(commands: Any) -> None:
    words = _("brings a receipt out, as PDF or on paper; what came out is a copy, and the next one is a duplicate")
    parser = _command(commands, "receipt", words, "main.py receipt 1234-1234-5671 --out receipt.pdf")
    parser.add_argument("code", metavar="CODE", help=_("a tracking code, in any digits"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--out", type=system_path, metavar="FILE.pdf", help=_("where the PDF is written"))
    where.add_argument(
        "--print", metavar="QUEUE", help=_("a printer's name or address; waits until it is known what became of it")
    )
    parser.add_argument("--paper", choices=("a5", "a4", "roll80"), help=_("the paper's size"))
    parser.add_argument(
        "--wait",
        type=_number(1, 86_400),
        default=60,
        metavar="SECONDS",
        help=_("how long a paper may stand still in the printer before it is asked back"),
    )
    parser.add_argument(
        "--slip",
        action="store_true",
        help=_("with --out: the slip of the papers that are lacking instead, which is no copy of the receipt"),
    )
    parser.add_argument(
        "--came-out", choices=("yes", "no"), help=_("whether the last paper came out, of which nobody else knows")
    )


def _printers(commands: Any) -> None:
    words = _("lists the printers and what they can, as JSON lines; an administrator names them")
    example = (
        "main.py printers --as 'نسرین رستمی' --add Desk=ipp://192.0.2.7/ipp/print --default a5=Desk\n"
        "  # ipp://HOST/PATH · cups:NAME · roll://HOST:9100 · folder:/PATH · windows:NAME"
    )
    parser = _command(commands, "printers", words, example)
    parser.add_argument("--add", metavar="NAME=URI", help=_("calls the printer at this address by this name"))
    parser.add_argument("--remove", metavar="NAME", help=_("forgets the name"))
    parser.add_argument(
        "--default", metavar="PAPER=NAME", help=_("where this paper goes unless somebody says otherwise")
    )
    parser.add_argument(
        "--test",
        metavar="NAME",
        help=_("prints a test page on the printer and says what is known of it after a minute"),
    )
    parser.add_argument("--paper", choices=("a5", "a4", "roll80"), help=_("the paper's size"))
    parser.add_argument("--usual", choices=("a5", "a4", "roll80"), help=_("the paper that receipts are made for"))
    parser.add_argument("--as", dest="as_", metavar="USER", help=_("who does this (password: MIZ_PIN)"))
    parser.add_argument("--pin-file", type=system_path, metavar="FILE", help=_("a file that holds the password"))


def _verify(commands: Any) -> None:
    words = _("tells whether a receipt is genuine, and prints its signed values to compare; needs no network")
    parser = _command(commands, "verify", words, "main.py verify scan.pdf")
    parser.add_argument("payload", metavar="PAYLOAD", help=_("the QR code's text, or a PDF or PNG file"))


def _log(commands: Any) -> None:
    words = _("prints a day's register")
    parser = _command(commands, "log", words, "main.py log --day 1405-09-03 --format csv --out log.csv")
    parser.add_argument("--day", metavar="DAY", help=_("a Jalali day; today if absent"))
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help=_("the form of the output"))
    parser.add_argument("--out", type=system_path, metavar="FILE", help=_("a file instead of standard output"))


def _check(commands: Any) -> None:
    _command(commands, "check", _("proves the store; prints a JSON line per finding"), "main.py check")


def _sync(commands: Any) -> None:
    words = _("sends what the centre lacks and reads what is new there")
    parser = _command(commands, "sync", words, "main.py sync")
    parser.add_argument("--watch", action="store_true", help=_("goes on until it is stopped"))


def _enrol(commands: Any) -> None:
    words = _("joins a centre")
    example = "main.py enrol --centre https://centre.example.ir:8443 --code 00171234567890123456 --ca office.pem"
    parser = _command(commands, "enrol", words, example)
    parser.add_argument("--centre", required=True, metavar="URL", help=_("the centre's address"))
    parser.add_argument("--code", required=True, metavar="CODE", help=_("the one-time code, in any digits"))
    parser.add_argument(
        "--ca", type=system_path, metavar="FILE", help=_("the certificate that signs the centre's; no other is trusted")
    )


def _central(commands: Any) -> None:
    words = _("the centre that the desks send to")
    parser = _command(commands, "central", words, "main.py central serve --tls-cert centre.pem --tls-key centre.key")
    acts = parser.add_subparsers(dest="act", required=True, metavar=_("ACT"))
    serve = _command(acts, "serve", _("listens to the desks"), "main.py central serve --port 8443")
    serve.add_argument("--host", default="127.0.0.1", metavar="HOST", help=_("the address to listen on"))
    serve.add_argument("--port", type=_number(1, 65_535), default=8443, metavar="N", help=_("the port to listen on"))
    serve.add_argument("--tls-cert", type=system_path, metavar="FILE", help=_("the centre's certificate"))
    serve.add_argument("--tls-key", type=system_path, metavar="FILE", help=_("the key of the certificate"))
    serve.add_argument(
        "--public-port",
        type=_number(1, 65_535),
        metavar="N",
        help=_("the port of the public pages, if they have their own"),
    )
    serve.add_argument(
        "--ca",
        type=system_path,
        metavar="FILE",
        help=_("whom desks trust here, if not the last of the certificates: the codes carry its mark"),
    )
    serve.add_argument("--public-tls-cert", type=system_path, metavar="FILE", help=_("the public pages' certificate"))
    serve.add_argument("--public-tls-key", type=system_path, metavar="FILE", help=_("the key of that certificate"))
    serve.add_argument("--behind-proxy", metavar="ADDRESS", help=_("the proxy that is believed about who asks"))
    admin = _command(acts, "admin", _("admits the first administrator"), "MIZ_PIN=… main.py central admin --user …")
    admin.add_argument("--user", required=True, metavar="NAME", help=_("the administrator's name"))
    admin.add_argument("--pin-file", type=system_path, metavar="FILE", help=_("a file that holds the password"))
    desk = _command(acts, "desk", _("makes a place for a desk, with its one-time code"), "main.py central desk …")
    desk.add_argument("--office", required=True, metavar="NAME", help=_("the office's name"))
    desk.add_argument("--name", required=True, metavar="NAME", help=_("the desk's name"))
    check = _command(acts, "check", _("proves the centre's copy of all books"), "main.py central check")
    for act in (serve, admin, desk, check):
        act.add_argument("--database", metavar="URL", help=_("postgresql://… (or MIZ_DATABASE); else a file in --data"))


def _bench(commands: Any) -> None:
    words = _("measures the program's figures in one run")
    parser = _command(commands, "bench", words, "main.py bench --clients 100000 --json figures.json register find")
    parser.add_argument("names", nargs="*", metavar="NAME", help=_("which figures; all if absent"))
    parser.add_argument(
        "--clients", type=_number(100, 10_000_000), default=1_000_000, metavar="N", help=_("how many clients")
    )
    parser.add_argument("--requests", type=_number(100, 10_000_000), metavar="N", help=_("how many requests"))
    parser.add_argument("--json", type=system_path, metavar="FILE", help=_("also writes the figures to this file"))


_COMMANDS: dict[str, Callable[[Any], None]] = {
    "desk": _desk,
    "demo": _demo,
    "setup": _setup,
    "user": _user,
    "accept-clock": _accept_clock,
    "services": _services,
    "register": _register,
    "show": _show,
    "find": _find,
    "receipt": _receipt,
    "printers": _printers,
    "verify": _verify,
    "log": _log,
    "check": _check,
    "sync": _sync,
    "enrol": _enrol,
    "central": _central,
    "bench": _bench,
}
"""Every command, in the order in which help lists them."""
