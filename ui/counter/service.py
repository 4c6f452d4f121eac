"""The service asked for, and the papers that belong to it."""

from typing import TYPE_CHECKING

from models.text import ascii_digits, search_key, words

if TYPE_CHECKING:
    from models.records import Service

MOST_CHOICES = 6


class ServicePick:
    """State of the second card: the frequent services numbered until something is typed, then what matches it."""

    def __init__(self, services: "tuple[Service, ...]" = (), frequent: "tuple[Service, ...]" = ()) -> None:
        self.services, self.frequent = services, frequent
        self.clear()

    def clear(self) -> None:
        self.text = ""
        self.marked = 0
        self.is_open = True  # the choices are shown
        self.is_reached = False  # the clerk has come this far; until then a new person's form has the room
        self.chosen: Service | None = None
        self.received: set[str] = set()
        self.papers_looked_at = False

    @property
    def number(self) -> int:
        """The lone digit that is typed, in any script; 0 if something else is."""
        typed = ascii_digits(self.text.strip())
        return int(typed) if len(typed) == 1 and typed.isascii() and typed.isdecimal() else 0

    @property
    def choices(self) -> "tuple[Service, ...]":
        if not self.text.strip() or 0 < self.number <= len(self.frequent):
            return self.frequent[:MOST_CHOICES]
        wanted = words(self.text)
        code = ascii_digits(self.text.strip())
        found = [
            service
            for service in self.services
            if service.offered.code == code or all(word in search_key(service.offered.title) for word in wanted)
        ]
        first = wanted[0] if wanted else ""
        found.sort(key=lambda service: not search_key(service.offered.title).startswith(first))
        return tuple(found[:MOST_CHOICES])

    def type(self, text: str) -> None:
        self.text = text
        self.is_open = self.is_reached = True
        self.marked = max(self.number - 1, 0)

    def move(self, step: int) -> None:
        if self.choices:
            self.is_open = True
            self.marked = (self.marked + step) % len(self.choices)

    def choose(self, index: int) -> bool:
        """Takes the choice at `index`; papers already ticked stay where the same paper is asked for again."""
        if not 0 <= index < len(self.choices):
            return False
        self.take(self.choices[index])
        return True

    def take(self, service: "Service") -> None:
        self.chosen = service
        self.received &= set(service.documents)
        self.papers_looked_at = not service.documents
        self.text, self.is_open = "", False

    @property
    def lacking(self) -> tuple[str, ...]:
        papers = self.chosen.documents if self.chosen else ()
        return tuple(title for title in papers if title not in self.received)

    @property
    def has_papers(self) -> bool:
        return self.chosen is not None and bool(self.chosen.documents)

    def toggle(self, index: int) -> None:
        if self.chosen is None or not 0 <= index < len(self.chosen.documents):
            return
        self.received ^= {self.chosen.documents[index]}
        self.papers_looked_at = True

    def receive_all(self) -> None:
        if self.chosen is not None:
            self.received = set(self.chosen.documents)
            self.papers_looked_at = True
