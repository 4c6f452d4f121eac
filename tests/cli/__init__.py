"""The program from outside: every command as whoever scripts it meets it."""
