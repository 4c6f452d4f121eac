"""The files: a request opened by code, name or number, with its history, papers, promise and receipts."""
