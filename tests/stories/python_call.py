"""Makes one call with a Python library and prints the head of its answer: python_call.py LIBRARY EXPRESSION."""

import base64
import os
import sys
import urllib.error
import urllib.request


def main(library, expression):
    names = dict(os.environ, b64=lambda text: base64.b64encode(text.encode()).decode())
    if library == "urllib":
        names["Request"] = urllib.request.Request
        show(*opened(eval(expression, names)))
    else:
        module = __import__(library)
        answer = eval(f"module.{expression}", dict(names, module=module))
        show(answer.status_code, answer.headers.items())


def opened(request):
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as refusal:
        answer = refusal
    return answer.status, answer.headers.items()


def show(status, fields):
    print(f"HTTP/1.1 {status}")
    for name, value in fields:
        print(f"{name}: {value}")


if __name__ == "__main__":
    main(*sys.argv[1:])
