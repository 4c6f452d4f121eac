"""The find field: what is typed, what was found, which row is marked, and when a number selects by itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from models import identity
from models import text as texts

if TYPE_CHECKING:
    from app.desk.finding import Hit

SECOND_THOUGHT = 0.4
"""Seconds after a selection by the tenth digit in which one more digit takes it back."""

MOST_ROWS = 7


class Find:
    """State of the find field. Rows are the hits, then always one for a new person."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.clear()

    def clear(self) -> None:
        self.text = ""
        self.hits: tuple[Hit, ...] = ()
        self.marked = 0
        self.waits = False  # an answer is on its way
        self.enter_waits = False  # Enter was pressed before that answer came
        self.ahead = ""  # digits typed before the holder of the whole number was there
        self._selected_at = float("-inf")
        self._selected_number = ""

    def done(self) -> None:
        """Somebody was picked: the field is empty for the next one, but a digit too many may still take it back."""
        self.text, self.hits, self.marked = "", (), 0
        self.waits, self.enter_waits, self.ahead = False, False, ""

    @property
    def digits(self) -> str:
        """What is typed if it is nothing but digits and what people put between them, in ASCII; else empty."""
        plain = texts.compact(self.text)
        return plain if plain.isascii() and plain.isdecimal() else ""

    @property
    def rows(self) -> int:
        return len(self.hits) + 1 if self.text.strip() else 0

    @property
    def marked_hit(self) -> "Hit | None":
        return self.hits[self.marked] if self.marked < len(self.hits) else None

    def type(self, text: str) -> None:
        self.text = text
        self.waits = bool(text.strip())
        self.enter_waits, self.ahead = False, ""
        if not self.waits:
            self.hits, self.marked = (), 0

    def found(self, hits: "tuple[Hit, ...]") -> None:
        self.hits, self.marked, self.waits = hits[:MOST_ROWS], 0, False

    def move(self, step: int) -> None:
        if self.rows:
            self.marked = (self.marked + step) % self.rows

    def exact(self) -> "Hit | None":
        """The one stored client whose valid national number stands in the field, if there is exactly one."""
        number = self.digits
        if not _is_national_number(number):
            return None
        holders = [hit for hit in self.hits if hit.kind == "client" and hit.number == number]
        return holders[0] if len(holders) == 1 else None

    def is_nobodys(self) -> bool:
        """A whole valid national number stands in the field, and nothing at all was found for it."""
        return not self.hits and _is_national_number(self.digits)

    def selected_by_itself(self) -> None:
        self._selected_at, self._selected_number = self._now(), self.digits

    @property
    def is_fresh(self) -> bool:
        """A number has just selected somebody; what a scanner or a quick hand sends now still belongs to it."""
        return self._now() - self._selected_at < SECOND_THOUGHT

    def takes_back(self, typed: str) -> str:
        """The longer number if `typed`, coming right after a selection, makes it one; else empty.

        Mobiles and organisations have eleven digits; any other digit belongs to the field it was typed in.
        """
        digit = texts.ascii_digits(typed)
        if not (self.is_fresh and len(digit) == 1 and digit.isascii() and digit.isdecimal()):
            return ""
        longer = self._selected_number + digit
        return longer if _is_longer_number(longer) else ""

    def typed_ahead(self, text: str) -> str:
        """The digits of `text` behind the whole national number in the field: they are meant for what comes after the
        selection. Empty where there is no such number, or where they make it a longer one."""
        number, longer = self.digits, texts.compact(text)
        if not (_is_national_number(number) and longer.startswith(number) and longer.isascii() and longer.isdecimal()):
            return ""
        return "" if _is_longer_number(longer[:11]) else longer[10:]


def _is_national_number(digits: str) -> bool:
    if len(digits) != 10:
        return False
    try:
        return bool(identity.national_number(digits))
    except identity.IdentityError:
        return False


def _is_longer_number(digits: str) -> bool:
    """A mobile or an organisation's number; both have eleven digits."""
    if digits.startswith("09"):
        return True
    try:
        return bool(identity.legal_number(digits))
    except identity.IdentityError:
        return False


def matched(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of `text` stand in a name, as begin and length: at the start of a word rather than within one."""
    letters = [(place, key) for place, letter in enumerate(name) for key in texts.search_key(letter)]
    plain = "".join(key for _place, key in letters)
    begins = {n for n, (place, _key) in enumerate(letters) if not place or not texts.search_key(name[place - 1])}
    found = set()
    for word in texts.words(text):
        places = [n for n in range(len(plain)) if plain.startswith(word, n)]
        start = next((n for n in places if n in begins), places[0] if places else None)
        if start is not None:
            found.add((letters[start][0], letters[start + len(word) - 1][0] - letters[start][0] + 1))
    return tuple(sorted(found))
