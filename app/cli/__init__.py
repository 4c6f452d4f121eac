"""The command line: the windowless shell over app.desk, one module a command."""
