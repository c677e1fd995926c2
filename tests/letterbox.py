"""A small mail server on this machine: it notes what it is told, and keeps the letters."""

import socketserver
from contextlib import contextmanager, suppress
from io import BytesIO
from threading import Event, Thread


class Letterbox(socketserver.TCPServer):
    """What it offers, whom it refuses, what it was told, and the letters it kept."""

    def __init__(self, *, offers=(), refused=(), tls=None, implicit=False, stalls_after=None):
        super().__init__(("127.0.0.1", 0), Visit)
        self.offers, self.refused = offers, refused
        self.tls, self.implicit, self.stalls_after = tls, implicit, stalls_after
        self.stalled, self.released = Event(), Event()
        self.told, self.letters = [], []

    @property
    def host(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Visit(socketserver.StreamRequestHandler):
    """One visit of a sender."""

    ANSWERS = {
        "STARTTLS": "454 Not now",
        "AUTH": "235 Welcome",
        "DATA": "354 Go on",
        "QUIT": "221 Bye",
    }

    def handle(self):
        with suppress(OSError):  # the sender may leave at any moment, and refuse a certificate
            self.answer()
        self.finish_with(self.rfile, self.wfile, self.request)

    def finish_with(self, *files):
        for file in files:
            with suppress(OSError):
                file.close()
        self.rfile, self.wfile = BytesIO(), BytesIO()  # closed again by the server

    def under_tls(self):
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)

    def answer(self):
        if self.server.implicit:
            self.under_tls()
        self.say("220 ready")
        while line := self.rfile.readline().decode():
            self.server.told.append(line.strip())
            word = line.split()[0].upper()
            if word == "EHLO":
                self.say("\r\n".join(f"250-{name}" for name in ("here", *self.server.offers)))
                self.say("250 8BITMIME")
            elif word == "STARTTLS" and self.server.tls:
                self.say("220 Go on")
                self.under_tls()
            elif word == "RCPT" and any(name in line for name in self.server.refused):
                self.say("550 No such person")
            else:
                self.say(self.ANSWERS.get(word, "250 Well"))
            if word == "DATA":
                if len(self.server.letters) == self.server.stalls_after:
                    self.server.stalled.set()
                    self.server.released.wait()
                    return
                self.keep()
            elif word == "QUIT":
                return

    def keep(self):
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.append(b"".join(lines).decode())
        self.say("250 Kept")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def letterbox(**facts):
    """Serve a letterbox during a block."""
    with Letterbox(**facts) as box:
        thread = Thread(target=box.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield box
        finally:
            box.released.set()
            box.shutdown()
            thread.join()
