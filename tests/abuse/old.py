"""An origin of HTTP/1.1 that keeps each head it gets."""

import origin


class Old(origin.Origin):
    def __init__(self, certificates, abuse=None):
        self.heads = []
        super().__init__(certificates, self.note)

    async def note(self, reader, writer, head):
        self.heads.append(head)
        writer.write(origin.ANSWER)
