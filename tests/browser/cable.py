"""A cable between a browser and a server that can be pulled: what is sent then is lost, and nobody is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.browser.server import free_port

_CHUNK = 65_536


class Cable:
    """Cable to a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port, self.address_port, self.is_pulled = port, free_port(), False
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", self.address_port))
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Pull the cable."""
        self.is_pulled = True

    def plug(self) -> None:
        """Plug the cable in again; connections from before do not come back."""
        self.is_pulled = False
        self.close_all()

    def close_all(self) -> None:
        """End all connections."""
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        """Put the cable away."""
        self._listener.close()
        self.close_all()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                self._ends.append(near)
                if self.is_pulled:
                    continue
                far = socket.create_connection(("127.0.0.1", self.port))
                self._ends.append(far)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(_CHUNK):
                if not self.is_pulled:
                    other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def cable(port: int) -> Iterator[Cable]:
    """Lay a cable to a port."""
    made = Cable(port)
    try:
        yield made
    finally:
        made.close()
