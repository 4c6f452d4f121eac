"""Strips down a page: what a paper is made of, and where it goes on to the next page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from printing.page import Sheet


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of paper as wide as the page that is never cut: its height in points and how it is drawn at a top.

    `keep` holds it to the strip that follows, as a heading to its first line; one that is only `between` others, as a
    rule, is left out at the top of a page.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    keep: bool = False
    between: bool = False


def pages(strips: Sequence[Strip], first: float, others: float, foot: float) -> list[list[Strip]]:
    """The strips of each page, given the room of the first page, that of all others, and the foot that the last page
    must have room for below its strips."""
    groups = _groups(strips)
    filled: list[list[Strip]] = [[]]
    room = first
    for number, group in enumerate(groups):
        height = sum(strip.height for strip in group)
        last = number == len(groups) - 1
        if filled[-1] and height + (foot if last else 0.0) > room:
            filled.append([])
            room = others
        if len(filled) > 1 and not filled[-1]:
            group = list(dropwhile(lambda strip: strip.between, group))
        filled[-1] += group
        room -= sum(strip.height for strip in group)
    return filled


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        groups[-1].append(strip)
        if not strip.keep:
            groups.append([])
    return [group for group in groups if group]
