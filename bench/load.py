"""The load: so many clients, each sending its next request when the last one is answered, from one cheap process.

Run as `python -m bench.load`, with one JSON order on standard input and one JSON result on standard output. Only
127.0.0.1 is ever called, and both the number of requests and the time are bounded by the order.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field

from bench.figures import percentile
from bench.posts import REQUESTS

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Order:
    """What to send: an entry of REQUESTS, numbered from `first`, to one port, until `requests` or `seconds` are used up."""

    port: int
    kind: str
    clients: int
    requests: int
    seconds: float
    first: int = 0


@dataclass(frozen=True)
class Result:
    """Times in seconds. `acknowledged` are the numbers of the requests that were answered with 2xx or 3xx."""

    wall: float
    p50: float
    p99: float
    statuses: dict[str, int] = field(default_factory=dict)
    acknowledged: list[int] = field(default_factory=list)


@dataclass
class Line:
    """One connection of one client: the request on its way, since when, and what has come back."""

    plug: socket.socket
    number: int = -1
    since: float = 0.0
    got: bytes = b""


class Load:
    """Runs one order to its end."""

    def __init__(self, order: Order):
        self.order = order
        # Made before the clock starts: on few cores the load must not take the server's time.
        self.waiting = [(n, REQUESTS[order.kind](n)) for n in range(order.first, order.first + order.requests)][::-1]
        self.times: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.acknowledged: list[int] = []
        self.poll = select.epoll()
        self.lines: dict[int, Line] = {}

    def run(self) -> Result:
        """Blocks until everything is answered or the time is up."""
        began = time.perf_counter()
        until = began + self.order.seconds
        for _ in range(min(self.order.clients, self.order.requests)):
            self._send(self._connect())
        while self.lines and (now := time.perf_counter()) < until:
            for handle, _ in self.poll.poll(min(until - now, 1.0)):
                self._receive(self.lines[handle])
        wall = time.perf_counter() - began
        self.statuses["unanswered"] += len(self.lines)
        for line in list(self.lines.values()):
            self._close(line)
        counted = {status: count for status, count in self.statuses.items() if count}
        return Result(wall, percentile(self.times, 0.5), percentile(self.times, 0.99), counted, self.acknowledged)

    def _connect(self) -> Line:
        plug = socket.create_connection((HOST, self.order.port), timeout=10)
        plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(plug)
        self.lines[plug.fileno()] = line
        self.poll.register(plug.fileno(), select.EPOLLIN)
        return line

    def _send(self, line: Line) -> None:
        if not self.waiting:
            self._close(line)
            return
        (line.number, request), line.got = self.waiting.pop(), b""
        line.since = time.perf_counter()
        line.plug.sendall(request)

    def _receive(self, line: Line) -> None:
        part = line.plug.recv(65536)
        line.got += part
        if not part:
            # Hung up: whatever was asked on this line has no answer; the client opens another line.
            self.statuses["hung-up"] += 1
            self._close(line)
            self._send(self._connect())
        elif answered(line.got):
            self.times.append(time.perf_counter() - line.since)
            status = line.got[9:12].decode("latin-1")
            self.statuses[status] += 1
            if status[0] in "23":
                self.acknowledged.append(line.number)
            self._send(line)

    def _close(self, line: Line) -> None:
        self.poll.unregister(line.plug.fileno())
        del self.lines[line.plug.fileno()]
        line.plug.close()


def answered(got: bytes) -> bool:
    """Is this one whole HTTP/1.1 answer?"""
    head, end, body = got.partition(b"\r\n\r\n")
    if not end:
        return False
    lowered = head.lower()
    if b"\r\ntransfer-encoding: chunked" in lowered:
        return body.endswith(b"0\r\n\r\n")
    before, found, after = lowered.partition(b"\r\ncontent-length:")
    return len(body) >= int(after.partition(b"\r\n")[0]) if found else before[9:12] in (b"204", b"304")


def main() -> None:
    """One order in, one result out."""
    print(json.dumps(asdict(Load(Order(**json.load(sys.stdin))).run())))


if __name__ == "__main__":
    main()
