"""The desk's end of the line to its centre: joining, sending its book, reading the office's feed.

Sending and reading are independent, go on in the background and give up on nothing that a network can do.
"""
