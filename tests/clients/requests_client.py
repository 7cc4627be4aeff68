"""What requests sends and gets: a GET, a POST of a form, and a streamed upload in one session."""

import sys

import requests

user, token = sys.argv[1:]
url = "https://api.bitbucket.org/2.0/user"


def pieces():
    for number in range(3):
        yield b"piece %d\n" % number


with requests.Session() as session:
    session.auth = (user, token)
    for answer in (
        session.get(url, params={"q": 'name="a>b"'}),
        session.post(url, data={"a": "b c"}),
        session.put(url, data=pieces(), headers={"X-oDD": "a"}),
    ):
        print(answer.status_code, answer.reason)
        for name, value in answer.headers.items():
            print(f"{name}: {value}")
        print(answer.text)
