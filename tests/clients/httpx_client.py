"""What httpx sends and gets: a GET, a POST of JSON, and a streamed upload over one connection."""

import sys

import httpx

user, token = sys.argv[1:]
url = "https://api.bitbucket.org/2.0/user"


def pieces():
    for number in range(3):
        yield b"piece %d\n" % number


with httpx.Client(auth=(user, token)) as client:
    for answer in (
        client.get(url, params={"q": 'name="a>b"'}),
        client.post(url, json={"a": "b c"}),
        client.put(url, content=pieces(), headers={"X-oDD": "a"}),
    ):
        print(answer.status_code, answer.reason_phrase)
        for name, value in answer.headers.raw:
            print(f"{name.decode()}: {value.decode()}")
        print(answer.text)
