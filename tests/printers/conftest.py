from tests.cli.program import office, program
from tests.printers.machines import cups, one_cups, one_printer, printer

__all__ = ["cups", "office", "one_cups", "one_printer", "printer", "program"]
