"""Server-Sent Events as a client reads them (WHATWG HTML, 9.2): pieces of bytes → whole messages. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """One message of the feed; `id` is None where the sender gave none."""

    event: str
    data: str
    id: str | None = None


class SseParser:
    """Collects bytes until messages are whole."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes) -> list[Message]:
        """The messages completed by `piece`, in order. Comments and empty messages give none."""
        *whole, self._rest = (self._rest + piece).replace(b"\r\n", b"\n").split(b"\n\n")
        messages = [_message(block.decode()) for block in whole]
        return [message for message in messages if message is not None]


def _message(block: str) -> Message | None:
    event, identity = "message", None
    data: list[str] = []
    for line in block.split("\n"):
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match field:
            case "event":
                event = value
            case "id":
                identity = value
            case "data":
                data.append(value)
            case _:
                pass  # a comment, or a field the standard says to ignore
    return Message(event, "\n".join(data), identity) if data else None
