"""A name server that says what a test wants said, on port 53 of a namespace."""

import ipaddress
import socket
import struct
import threading
import time

A, AAAA = 1, 28
NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME = 0, 2, 3


class Names:
    """Answers every question with the same addresses or failure, after so many seconds."""

    def __init__(self, enter, addresses=(), code=NO_ERROR, after=0.0):
        self.addresses, self.code, self.after = [ipaddress.ip_address(one) for one in addresses], code, after
        self.socket, is_open = None, threading.Event()
        threading.Thread(target=self._run, args=[enter, is_open], daemon=True).start()
        is_open.wait()

    def _run(self, enter, is_open):
        enter()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        is_open.set()
        while True:
            try:
                question, who = self.socket.recvfrom(512)
            except OSError:
                return
            time.sleep(self.after)
            self.socket.sendto(self._answer(question), who)

    def _answer(self, question):
        end = question.index(b"\0", 12) + 5
        kind = struct.unpack("!H", question[end - 4 : end - 2])[0]
        found = [one for one in self.addresses if (AAAA if one.version == 6 else A) == kind]
        head = question[:2] + struct.pack("!HHHHH", 0x8180 | self.code, 1, len(found), 0, 0)
        records = [struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(one.packed)) + one.packed for one in found]
        return head + question[12:end] + b"".join(records)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
