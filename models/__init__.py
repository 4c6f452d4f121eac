"""The language of the desk: entries, records, folds, rules and tables. Pure; no I/O."""
