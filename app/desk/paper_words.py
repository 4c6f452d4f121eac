"""What is known of a paper on its way, in sentences for the counter."""

from __future__ import annotations

from app.desk.printers import PrinterError
from printing.printers import Report
from resources.words import N_, _

STATES = {
    "queued": N_("The paper waits to be sent."),
    "sent": N_("The paper was sent to the printer."),
    "printing": N_("The printer is at work."),
    "stuck": N_("The paper waits, and comes out by itself once this is over."),
    "printed": N_("The paper came out."),
    "failed": N_("The paper did not come out."),
    "unknown": N_("Nobody knows whether the paper came out; look, and say so."),
}
REASONS = {
    "media-empty": N_("The printer has no paper."),
    "media-jam": N_("Paper is jammed in the printer."),
    "media-needed": N_("The printer asks for paper of this size."),
    "cover-open": N_("The printer's cover is open."),
    "marker-supply-empty": N_("The printer's ink or toner is used up."),
    "output-area-full": N_("The printer's output tray is full."),
    "paused": N_("The printer is stopped."),
    "held": N_("The paper is held back in the printer's queue."),
    "busy": N_("The printer is busy with another paper."),
    "not-accepting": N_("The printer's queue takes nothing at present."),
    "unreachable": N_("The printer does not answer; see whether it is switched on and connected."),
    "wrong-size": N_("The printer has no paper of this size."),
    "wrong-format": N_(
        "The printer takes no page as it is sent; add it to the computer's own printers and use it from there."
    ),
    "too-large": N_("The paper is too large for the printer."),
    "refused": N_("The printer refused it."),
    "canceled": N_("It was canceled."),
    "aborted": N_("The printer gave it up."),
    "forgotten": N_("The printer does not know of it any more."),
    "delivered": N_("The printer was handed it, and such a printer says no more."),
    "connection-lost": N_("The connection broke while it was being sent."),
    "no-answer": N_("The printer did not answer after it was sent."),
    "no-status": N_("The printer says nothing of itself."),
    "not-confirmed": N_("The printer did not confirm that it was canceled."),
    "not-writable": N_("The folder cannot be written."),
    "not-written": N_("The file was not written."),
    "voided": N_("The visit was voided."),
    "declined": N_("The client wanted no paper."),
}


def paper_sentence(report: Report) -> str:
    """How a paper stands and why, in one or two sentences."""
    why = reason_sentence(report.reason) if report.state != "printed" else ""
    return " ".join(part for part in (why, _(STATES[report.state])) if part)


def reason_sentence(reason: str) -> str:
    """Why a paper does not move, by the reason's token; empty where nothing is known."""
    return _(REASONS[reason]) if reason in REASONS else ""


def printer_sentence(error: PrinterError) -> str:
    """What is wrong with a printer's name, address or paper, and what to do."""
    sentences = {
        "unknown_queue": _("No printer has this name here; “printers” lists them."),
        "bad_address": _("This is not a printer's address; “printers --help” shows how they are written."),
        "unknown_paper": _("There is no such paper; there are a5, a4 and roll80."),
        "required": _("Write the printer's name."),
        "not_allowed": _("Only an administrator changes the desk's printers."),
    }
    return sentences[error.code]
