"""One call with the Python library that the first argument names."""

import asyncio
import base64
import os
import sys
import urllib.error
import urllib.request

ADDRESS, NAME, TOKEN = (os.environ.get(name, "") for name in ["ADDRESS", "NAME", "TOKEN"])
FIELD = {"Authorization": "Basic " + base64.b64encode(f"{NAME}:{TOKEN}".encode()).decode()}


def by_urllib():
    urllib.request.urlopen(urllib.request.Request(ADDRESS, headers=FIELD))


def by_urllib3():
    import urllib3

    urllib3.PoolManager().request("GET", ADDRESS, headers=FIELD, retries=False, timeout=5)


def by_requests():
    import requests

    requests.get(ADDRESS, auth=(NAME, TOKEN)).raise_for_status()


def by_requests_untrusting():
    import requests

    session = requests.Session()
    session.trust_env = False
    session.get(ADDRESS, auth=(NAME, TOKEN), timeout=5).raise_for_status()


def by_httpx():
    import httpx

    httpx.get(ADDRESS, auth=(NAME, TOKEN)).raise_for_status()


def by_aiohttp(trust_env=True):
    import aiohttp

    async def call():
        auth = aiohttp.BasicAuth(NAME, TOKEN)
        async with aiohttp.ClientSession(trust_env=trust_env, raise_for_status=True) as session:
            async with session.get(ADDRESS, auth=auth):
                pass

    asyncio.run(call())


def by_aiohttp_untrusting():
    by_aiohttp(trust_env=False)


def by_atlassian():
    from atlassian.bitbucket import Cloud

    Cloud(username=NAME, password=TOKEN).get("user")


def by_pygit2():
    import pygit2

    # libgit2 reads no proxy and no CA variable by itself; pygit2 offers a setting and an argument for them.
    pygit2.settings.set_ssl_cert_locations(os.environ["SSL_CERT_FILE"], None)
    wanted = pygit2.RemoteCallbacks(credentials=pygit2.UserPass(NAME, TOKEN))
    pygit2.clone_repository(ADDRESS, "work", proxy=True, callbacks=wanted)


def by_dulwich():
    from dulwich import porcelain

    porcelain.clone(ADDRESS, "work", username=NAME, password=TOKEN)


if __name__ == "__main__":
    try:
        globals()[f"by_{sys.argv[1]}"]()
    except Exception as error:  # pylint: disable=broad-except
        sys.exit(f"{type(error).__name__}: {error}")
