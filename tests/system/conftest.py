from tests.cli.program import nowhere, office, program

__all__ = ["nowhere", "office", "program"]
