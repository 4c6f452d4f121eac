"""The program's figures: how fast, how small, each beside what it is measured against, in one run on one machine."""
