"""The book on a database, at desk and centre alike: append, project, histories, rebuild, check, migrations."""
