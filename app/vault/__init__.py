"""The desk's encrypted file: keys and recovery, opening, find, drafts."""
