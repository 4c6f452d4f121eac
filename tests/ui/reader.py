"""What a screen reader hears of the program: the tree of the accessibility bus."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import MessageType

ACCESSIBLE, TEXT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Text"
EDITABLE, FOCUSABLE, FOCUSED, SHOWING, CHECKED = 7, 11, 12, 25, 4


@dataclass
class Node:
    """One thing that is on the screen, with what is in it."""

    role: str
    name: str
    description: str
    states: int
    text: str = ""
    children: "list[Node]" = field(default_factory=list)

    def has(self, state: int) -> bool:
        return bool(self.states >> state & 1)

    def all(self) -> "Iterator[Node]":
        yield self
        for child in self.children:
            yield from child.all()


class Gone(Exception):
    """What was asked about is not there any more."""


class Reader:
    """A screen reader on a session bus. Reads what is showing, anew each time it is asked."""

    def __init__(self, session: str) -> None:
        with open_dbus_connection(session) as bus:
            place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = bus.send_and_get_reply(new_method_call(place, "GetAddress")).body[0]
        self._bus: DBusConnection = open_dbus_connection(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bus.close()

    def tree(self) -> Node | None:
        """The window's tree; None while no program has come to the bus, or while it is changing."""
        try:
            programs = self._call("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", "GetChildren")
            windows = [window for name, path in programs for window in self._call(name, path, "GetChildren")]
            return self._node(*windows[0]) if windows else None
        except Gone:
            return None

    def focused(self) -> Node | None:
        tree = self.tree()
        # The innermost: a field's frame says that it has the focus as well.
        return next((node for node in reversed(list(tree.all())) if node.has(FOCUSED)), None) if tree else None

    def _node(self, name: str, path: str) -> Node:
        states = self._call(name, path, "GetState")
        node = Node(
            role=self._call(name, path, "GetRoleName"),
            name=self._property(name, path, "Name"),
            description=self._property(name, path, "Description"),
            states=states[0] | states[1] << 32,
        )
        if node.role in ("text", "password text"):
            node.text = self._call(name, path, "GetText", (0, -1), "ii", interface=TEXT)
        for child_name, child_path in self._call(name, path, "GetChildren"):
            if child_path != "/org/a11y/atspi/null":
                child = self._node(child_name, child_path)
                if child.has(SHOWING):
                    node.children.append(child)
        return node

    def _call(
        self, name: str, path: str, method: str, body: tuple[object, ...] = (), signature: str = "", *,
        interface: str = ACCESSIBLE,
    ) -> Any:  # fmt: skip
        message = new_method_call(DBusAddress(path, name, interface), method, signature or None, body)
        return self._answer(message)

    def _property(self, name: str, path: str, which: str) -> str:
        return str(self._answer(Properties(DBusAddress(path, name, ACCESSIBLE)).get(which))[1])

    def _answer(self, message: Any) -> Any:
        answer = self._bus.send_and_get_reply(message, timeout=10)
        if answer.header.message_type is not MessageType.method_return:
            raise Gone
        return answer.body[0] if answer.body else None
