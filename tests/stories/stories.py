"""The manual: each mistake with a real client, what why401 says to it, and the call that works.

A command is what a person would type, with the proxy's variables set as README.md says. `$API_TOKEN` and the like are
credentials that the sandbox has minted, with every scope of their kind (`$API_TOKEN_EXPIRED`: minted expired;
`$API_TOKEN_READS_ONLY`: with those scopes); `$USERNAME` and `$EMAIL` are those of the account that they belong to,
`$OAUTH_CONSUMER_KEY` goes with `$OAUTH_CONSUMER`. git asks for user name and password; they stand behind the command.
"""

from dataclasses import dataclass
from typing import Optional, Union

from clients import curl, git, httpx, requests, urllib, wget

REST = "https://api.bitbucket.org/2.0"
WEBSITE = f"{REST}/repositories/acme/website"
GIT = "https://bitbucket.org/acme/website.git"


TOKENS = "https://bitbucket.org/site/oauth2/access_token"
CONSUMER = '-u "$OAUTH_CONSUMER_KEY:$OAUTH_CONSUMER"'
# Gets a token for a consumer, as a script would.
TOKEN = (
    f"TOKEN=$(curl -q -sS {CONSUMER} -d grant_type=client_credentials {TOKENS}"
    """ | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')"""
)


def push(url):
    """A clone, a change and its push."""
    return f"git clone -q {url} work && cd work && git commit -q --allow-empty -m Change && git push -q origin HEAD:change"


Client = Union[curl, git, requests, httpx, urllib, wget]


@dataclass(frozen=True)
class Story:
    """One mistake, told from its first call to the repaired one."""

    mistake: str
    told: str
    wrong: Client
    # Of the refusal.
    status: int
    certainty: str
    # What the fix has to say; the repaired call does just that.
    fix: str
    right: Client
    # Where this mistake is one of several that fit: the one that is named before it.
    after: Optional[str] = None
    # The date that the sandbox lives in.
    at: Optional[str] = None
    # A fact that the sandbox reads the other way.
    disputed: Optional[str] = None
    # A host beside Bitbucket's that the proxy opens.
    intercept: Optional[str] = None
    # The event says it, where the field is not sent or may not say so much.
    in_log: bool = False

    @property
    def surface(self):
        return "git" if isinstance(self.wrong, git) else "rest"


STORIES = [
    # How the field is written.
    Story(
        "no-credentials",
        "The variable that the script should have used was never read.",
        wrong=curl(f"curl {REST}/user"),
        status=401,
        certainty="proven",
        fix="Configure credentials for this host",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "empty-credentials",
        "A variable of another name: the password is empty.",
        wrong=curl(f'curl -u "$EMAIL:$BITBUCKET_TOKEN" {REST}/user'),
        status=401,
        certainty="proven",
        fix="Fill in the secret",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "unexpanded-placeholder",
        "Single quotes keep the shell from filling in the variable.",
        wrong=curl(f"""curl -u "$EMAIL:"'$API_TOKEN' {REST}/user"""),
        status=401,
        certainty="proven",
        fix="outside single quotes",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "basic-not-encoded",
        "A header built by hand, without base64.",
        wrong=requests(f'get("{REST}/user", headers={{"Authorization": f"Basic {{EMAIL}}:{{API_TOKEN}}"}})'),
        status=401,
        certainty="proven",
        fix="Encode the pair in base64",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "basic-without-user",
        "base64 of the token alone: there is no user name and no colon in it.",
        wrong=curl(f'curl -H "Authorization: Basic $(printf %s "$API_TOKEN" | base64 -w 0)" {REST}/user'),
        status=401,
        certainty="proven",
        fix="Put the user name and a colon before the token",
        right=curl(f'curl -H "Authorization: Basic $(printf %s "$EMAIL:$API_TOKEN" | base64 -w 0)" {REST}/user'),
    ),
    Story(
        "malformed-basic",
        "base64 of the email alone.",
        wrong=urllib(f'Request("{REST}/user", headers={{"Authorization": "Basic " + b64(EMAIL)}})'),
        status=401,
        certainty="proven",
        fix="Join user name, colon and secret",
        right=urllib(f'Request("{REST}/user", headers={{"Authorization": "Basic " + b64(EMAIL + ":" + API_TOKEN)}})'),
    ),
    Story(
        "trailing-newline",
        "echo adds a line end, and base64 encodes it.",
        wrong=curl(f'curl -H "Authorization: Basic $(echo "$EMAIL:$API_TOKEN" | base64 -w 0)" {REST}/user'),
        status=401,
        certainty="proven",
        fix="printf, not echo",
        right=curl(f'curl -H "Authorization: Basic $(printf %s "$EMAIL:$API_TOKEN" | base64 -w 0)" {REST}/user'),
    ),
    Story(
        "base64-line-wrapped",
        "base64 breaks its output after 76 characters, and the script reads one line of it.",
        wrong=curl(
            'read -r PAIR < <(printf %s "$EMAIL:$API_TOKEN" | base64);'
            f' curl -H "Authorization: Basic $PAIR" {REST}/user'
        ),
        status=401,
        certainty="proven",
        fix="Encode on one line (base64 -w0",
        right=curl(
            'read -r PAIR < <(printf %s "$EMAIL:$API_TOKEN" | base64 -w0; echo);'
            f' curl -H "Authorization: Basic $PAIR" {REST}/user'
        ),
    ),
    Story(
        "double-encoded",
        "The value of a Kubernetes secret, taken as it stands in its YAML.",
        wrong=curl(f'curl -u "$EMAIL:$(printf %s "$API_TOKEN" | base64 -w 0)" {REST}/user'),
        status=401,
        certainty="proven",
        fix="Decode once more before use",
        right=curl(f'curl -u "$EMAIL:$(printf %s "$API_TOKEN" | base64 -w 0 | base64 -d)" {REST}/user'),
    ),
    Story(
        "duplicate-scheme",
        "The variable brings its scheme along, and the client adds one.",
        wrong=httpx(f'get("{WEBSITE}", headers={{"Authorization": f"Bearer Bearer {{REPO_ACCESS_TOKEN}}"}})'),
        status=401,
        certainty="proven",
        fix="Write the scheme once",
        right=httpx(f'get("{WEBSITE}", headers={{"Authorization": f"Bearer {{REPO_ACCESS_TOKEN}}"}})'),
    ),
    Story(
        "escaped-credentials",
        "A token that was escaped for a URL, in an option that takes it as it is.",
        wrong=curl(f'curl -u "$EMAIL:${{API_TOKEN/=/%3D}}" {REST}/user'),
        status=401,
        certainty="proven",
        fix="Undo the escape in the secret",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "escaped-credentials",
        "The same with the email.",
        wrong=curl(f'curl -u "${{EMAIL/@/%40}}:$API_TOKEN" {REST}/user'),
        status=401,
        certainty="likely",
        fix="Write the user name with @, not %40",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "invisible-characters",
        "Copied from a web page, with a blank of no width behind it.",
        wrong=requests(f'get("{REST}/user", auth=(EMAIL.encode(), (API_TOKEN + "\\u200b").encode()))'),
        status=401,
        certainty="proven",
        fix="Remove the characters that nobody sees",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "masked-secret",
        "Copied from the settings page of a CI server, which shows stars.",
        wrong=curl(f'curl -u "$EMAIL:********" {REST}/user'),
        status=401,
        certainty="proven",
        fix="Put the real secret in",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "missing-scheme",
        "The token alone stands in the header.",
        wrong=requests(f'get("{WEBSITE}", headers={{"Authorization": REPO_ACCESS_TOKEN}})'),
        status=401,
        certainty="likely",
        fix="Name the scheme",
        right=requests(f'get("{WEBSITE}", headers={{"Authorization": f"Bearer {{REPO_ACCESS_TOKEN}}"}})'),
    ),
    Story(
        "scheme-case",
        "The scheme in lower case, which not every server takes.",
        wrong=curl(f'curl -H "Authorization: bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
        status=401,
        certainty="possible",
        after="wrong-secret",
        fix="See in the settings",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
    ),
    Story(
        "wrong-scheme",
        "The scheme that another vendor takes.",
        wrong=curl(f'curl -H "Authorization: token $REPO_ACCESS_TOKEN" {WEBSITE}'),
        status=401,
        certainty="likely",
        fix="send Bearer TOKEN",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
    ),
    Story(
        "wrong-scheme",
        "What a Connect app signs, sent like an OAuth token.",
        wrong=curl(f'curl -H "Authorization: Bearer $CONNECT_JWT" {WEBSITE}'),
        status=401,
        certainty="likely",
        fix="as JWT TOKEN",
        right=curl(f'curl -H "Authorization: JWT $CONNECT_JWT" {WEBSITE}'),
    ),
    Story(
        "non-ascii-credentials",
        "A password with umlauts, which Python and curl would encode in two ways.",
        wrong=requests(f'get("{REST}/user", auth=(EMAIL, "Straßenbahn-Füße"))'),
        status=401,
        certainty="possible",
        fix="Use an API token",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
        after="account-password",
    ),
    Story(
        "quoted-credentials",
        "Quotes inside quotes: the inner ones are sent.",
        wrong=curl(f"""curl -u "$EMAIL:'$API_TOKEN'" {REST}/user"""),
        status=401,
        certainty="proven",
        fix="Remove the quotes",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "text-around-token",
        "The whole pair was stored as the secret.",
        wrong=urllib(
            f'Request("{REST}/user", headers={{"Authorization": "Basic "'
            ' + b64(EMAIL + ":" + EMAIL + ":" + API_TOKEN)})'
        ),
        status=401,
        certainty="proven",
        fix="Keep only the token as secret",
        right=urllib(f'Request("{REST}/user", headers={{"Authorization": "Basic " + b64(EMAIL + ":" + API_TOKEN)}})'),
    ),
    Story(
        "repeated-authorization",
        "A header of the script beside that of the team's settings.",
        wrong=curl(
            f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN"'
            f' -H "Authorization: Bearer $WORKSPACE_ACCESS_TOKEN" {WEBSITE}'
        ),
        status=401,
        certainty="likely",
        fix="Send one Authorization field only",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
    ),
    Story(
        "conflicting-credentials",
        "A token in the address, and a pair beside it.",
        wrong=requests(f'get(f"{WEBSITE}?access_token={{OAUTH_ACCESS_TOKEN}}", auth=(USERNAME, API_TOKEN))'),
        status=401,
        certainty="likely",
        fix="Send one credential only",
        right=requests(f'get("{WEBSITE}", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "oauth-token-in-query",
        "A library from before May 2026.",
        wrong=httpx(f'get("{WEBSITE}", params={{"access_token": OAUTH_ACCESS_TOKEN}})'),
        status=401,
        certainty="proven",
        fix="Send it in the Authorization field, Bearer TOKEN",
        right=httpx(f'get("{WEBSITE}", headers={{"Authorization": f"Bearer {{OAUTH_ACCESS_TOKEN}}"}})'),
    ),
    Story(
        "oauth1-signature",
        "A plugin that signs its requests as OAuth 1 had it.",
        wrong=curl(
            """curl -H "Authorization: OAuth oauth_consumer_key=\\"$OAUTH_CONSUMER_KEY\\","""
            f' oauth_nonce=1, oauth_signature=c2lnbmVk" {WEBSITE}'
        ),
        status=401,
        certainty="likely",
        fix="Get an OAuth 2 token with the same consumer and send it as Bearer TOKEN",
        right=curl(f'{TOKEN}; curl -H "Authorization: Bearer $TOKEN" {WEBSITE}'),
    ),
    Story(
        "waits-for-challenge",
        "wget sends a password to those only who ask for it, and a 404 does not.",
        wrong=wget(f'wget -S -O - --user="$EMAIL" --password="$API_TOKEN" {WEBSITE}'),
        status=404,
        certainty="likely",
        fix="wget --auth-no-challenge",
        right=wget(f'wget -S -O - --auth-no-challenge --user="$EMAIL" --password="$API_TOKEN" {WEBSITE}'),
        disputed="B16",
    ),
    # What kind of secret was sent.
    Story(
        "account-password",
        "The password of the account, where only tokens are taken.",
        wrong=git(f"git ls-remote {GIT}", user="$USERNAME", password="$ACCOUNT_PASSWORD"),
        status=401,
        certainty="proven",
        fix="x-bitbucket-api-token-auth:API_TOKEN",
        right=git(f"git ls-remote {GIT}", user="x-bitbucket-api-token-auth", password="$API_TOKEN"),
    ),
    Story(
        "account-password",
        "The same on REST, where the answer says nothing of passwords.",
        wrong=curl(f'curl -u "$EMAIL:$ACCOUNT_PASSWORD" {REST}/user'),
        status=401,
        certainty="likely",
        fix="Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "basic-with-access-token",
        "A repository access token in a tool that has fields for user and password only.",
        wrong=curl(f'curl -u "$EMAIL:$REPO_ACCESS_TOKEN" {WEBSITE}'),
        status=401,
        certainty="likely",
        fix="Send this token as Bearer, without a user name",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
    ),
    Story(
        "bearer-with-api-token",
        "An API token sent the way other vendors take theirs.",
        wrong=httpx(f'get("{REST}/user", headers={{"Authorization": f"Bearer {{API_TOKEN}}"}})'),
        status=401,
        certainty="likely",
        fix="Send Basic with the account email",
        right=httpx(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "bearer-with-api-token",
        "The same on git, by an extra header.",
        wrong=git(f'git -c http.extraHeader="Authorization: Bearer $API_TOKEN" ls-remote {GIT}'),
        status=401,
        certainty="likely",
        fix="For git send Basic with x-bitbucket-api-token-auth",
        right=git(f"git ls-remote {GIT}", user="x-bitbucket-api-token-auth", password="$API_TOKEN"),
    ),
    Story(
        "bearer-with-app-password",
        "2025: an app password, sent the way of tokens.",
        wrong=curl(f'curl -H "Authorization: Bearer $APP_PASSWORD" {REST}/user'),
        status=401,
        certainty="proven",
        fix="Basic",
        right=curl(f'curl -u "$USERNAME:$APP_PASSWORD" {REST}/user'),
        at="2025-06-02T09:00Z",
    ),
    Story(
        "bearer-with-basic-pair",
        "The pair of Basic under the other scheme.",
        wrong=httpx(f'get("{REST}/user", headers={{"Authorization": f"Bearer {{EMAIL}}:{{API_TOKEN}}"}})'),
        status=401,
        certainty="proven",
        fix="Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        right=httpx(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "access-token-on-user-endpoint",
        "A tool that asks who is there, with a token that is nobody's.",
        wrong=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {REST}/user'),
        status=403,
        certainty="proven",
        fix="Call this with Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "auth-method-unsupported-for-endpoint",
        "A page of the website, which is for people, fetched with a token.",
        wrong=curl('curl -u "x-token-auth:$REPO_ACCESS_TOKEN" https://bitbucket.org/acme/website/src/main/README.md'),
        status=403,
        certainty="likely",
        fix="Call https://api.bitbucket.org/2.0 instead of this page",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}/src/main/README.md'),
    ),
    Story(
        "oauth-consumer-as-basic",
        "Key and secret of an OAuth consumer, straight on the API.",
        wrong=curl(f"curl {CONSUMER} {WEBSITE}"),
        status=401,
        certainty="possible",
        fix="https://bitbucket.org/site/oauth2/access_token",
        right=curl(f'{TOKEN}; curl -H "Authorization: Bearer $TOKEN" {WEBSITE}'),
    ),
    Story(
        "pipelines-oidc-token",
        "In a step of Pipelines: the token that is for the cloud provider.",
        wrong=curl(f'curl -H "Authorization: Bearer $PIPELINES_OIDC_TOKEN" {WEBSITE}'),
        status=401,
        certainty="likely",
        fix="Send a repository access token from a secured variable, Bearer TOKEN",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
    ),
    Story(
        "data-center-token",
        "A token of the Bitbucket that the company runs itself.",
        wrong=httpx(f'get("{WEBSITE}", headers={{"Authorization": f"Bearer {{DATA_CENTER_TOKEN}}"}})'),
        status=401,
        certainty="proven",
        fix="Basic base64(ACCOUNT_EMAIL:API_TOKEN)",
        right=httpx(f'get("{WEBSITE}", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "wrong-vendor-token",
        "The token of another forge.",
        wrong=requests(f'get("{WEBSITE}", headers={{"Authorization": "Bearer ghp_" + ACCOUNT_PASSWORD * 3}})'),
        status=401,
        certainty="proven",
        fix="Use a token made for Bitbucket",
        right=requests(f'get("{WEBSITE}", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "wrong-product-token",
        "The API key of the organisation, which looks like an access token.",
        wrong=curl(f'curl -H "Authorization: Bearer $ORGANISATION_API_KEY" {WEBSITE}'),
        status=401,
        certainty="possible",
        fix="this access token is still there",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
        after="wrong-secret",
    ),
    Story(
        "private-key-as-secret",
        "The key that is for SSH.",
        wrong=curl(f"""ssh-keygen -q -t ed25519 -N "" -f key; curl -u "$EMAIL:$(cat key)" {REST}/user"""),
        status=401,
        certainty="proven",
        fix="Use an API token, not a key",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "wrong-host",
        "The address of the API under the name of the website, as it worked until May 2026.",
        wrong=curl('curl -H "Authorization: Bearer $OAUTH_ACCESS_TOKEN" https://bitbucket.org/api/2.0/user'),
        status=401,
        certainty="likely",
        fix="Call https://api.bitbucket.org/",
        right=curl('curl -H "Authorization: Bearer $OAUTH_ACCESS_TOKEN" https://api.bitbucket.org/2.0/user'),
    ),
    # Whose name stands before it.
    Story(
        "api-token-with-username",
        "The user name that is right for git, on REST.",
        wrong=requests(f'get("{REST}/user", auth=(USERNAME, API_TOKEN))'),
        status=401,
        certainty="likely",
        fix="Use the email of the Atlassian account",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "api-token-with-email-on-git",
        "The email that is right for REST, on git.",
        wrong=git(f"git ls-remote {GIT}", user="$EMAIL", password="$API_TOKEN"),
        status=401,
        certainty="likely",
        fix="For git use x-bitbucket-api-token-auth",
        right=git(f"git ls-remote {GIT}", user="x-bitbucket-api-token-auth", password="$API_TOKEN"),
    ),
    Story(
        "access-token-with-wrong-git-user",
        "A repository's access token under a person's name.",
        wrong=git(f"git ls-remote {GIT}", user="$USERNAME", password="$REPO_ACCESS_TOKEN"),
        status=401,
        certainty="likely",
        fix="Use x-token-auth as user name",
        right=git(f"git ls-remote {GIT}", user="x-token-auth", password="$REPO_ACCESS_TOKEN"),
    ),
    Story(
        "access-token-with-wrong-git-user",
        "The user name that another vendor's tokens go with.",
        wrong=git(f"git ls-remote {GIT}", user="x-access-token", password="$REPO_ACCESS_TOKEN"),
        status=401,
        certainty="likely",
        fix="Use x-token-auth, spelt exactly so and not x-access-token",
        right=git(f"git ls-remote {GIT}", user="x-token-auth", password="$REPO_ACCESS_TOKEN"),
    ),
    Story(
        "app-password-with-email",
        "In 2025 app passwords still worked, but under the username only.",
        wrong=curl(f'curl -u "$EMAIL:$APP_PASSWORD" {REST}/user'),
        status=401,
        certainty="likely",
        fix="Use the Bitbucket username, not the email",
        right=curl(f'curl -u "$USERNAME:$APP_PASSWORD" {REST}/user'),
        at="2025-06-02T09:00Z",
    ),
    Story(
        "email-of-another-account",
        "A token that a colleague made, under one's own email: the answer names no cause, so all that fit are listed.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN_OTHER_ACCOUNT" {REST}/user'),
        status=401,
        certainty="possible",
        fix="belongs to this email",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
        after="api-token-without-scopes",
    ),
    Story(
        "token-label-as-user",
        "The form asks for a name, and gets that of the token.",
        wrong=curl(f'curl -u "my ci token:$API_TOKEN" {REST}/user'),
        status=401,
        certainty="possible",
        fix="Use the email of the Atlassian account",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
        after="api-token-with-username",
    ),
    Story(
        "token-label-as-user",
        "2025: the same with an app password.",
        wrong=curl(f'curl -u "my ci token:$APP_PASSWORD" {REST}/user'),
        status=401,
        certainty="possible",
        fix="not the token's own name",
        right=curl(f'curl -u "$USERNAME:$APP_PASSWORD" {REST}/user'),
        at="2025-06-02T09:00Z",
    ),
    Story(
        "x-token-auth-with-api-token",
        "The user name that goes with access tokens.",
        wrong=git(f"git ls-remote {GIT}", user="x-token-auth", password="$API_TOKEN"),
        status=401,
        certainty="likely",
        fix="Use x-bitbucket-api-token-auth",
        right=git(f"git ls-remote {GIT}", user="x-bitbucket-api-token-auth", password="$API_TOKEN"),
    ),
    Story(
        "git-wrong-username",
        "The user name that goes with another vendor's tokens, before an API token.",
        wrong=git(f"git ls-remote {GIT}", user="x-access-token", password="$API_TOKEN"),
        status=401,
        certainty="possible",
        fix="Use x-bitbucket-api-token-auth as user name",
        right=git(f"git ls-remote {GIT}", user="x-bitbucket-api-token-auth", password="$API_TOKEN"),
    ),
    Story(
        "git-user-on-rest",
        "The user name of git's remote, in a script for the API.",
        wrong=curl(f'curl -u "x-bitbucket-api-token-auth:$API_TOKEN" {REST}/user'),
        status=401,
        certainty="likely",
        fix="Use the email of the Atlassian account as user name",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "uuid-as-user",
        "The account's id, as the API shows it.",
        wrong=curl(f'curl -u "{{3b0e6a52-7c1d-4f0e-9a55-0d6f6b1c2e31}}:$API_TOKEN" {REST}/user'),
        status=401,
        certainty="likely",
        fix="Put a name there, not an id",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "workspace-as-user",
        "2025: the workspace's name, which stands in every address.",
        wrong=curl(f'curl -u "acme:$APP_PASSWORD" {WEBSITE}'),
        status=401,
        certainty="possible",
        fix="Put the owner of the secret before it",
        right=curl(f'curl -u "$USERNAME:$APP_PASSWORD" {WEBSITE}'),
        at="2025-06-02T09:00Z",
    ),
    Story(
        "wrong-user",
        "2025: the same app password, but a colleague's name before it.",
        wrong=curl(f'curl -u "$USERNAME:$APP_PASSWORD" {WEBSITE}; curl -u "sroe:$APP_PASSWORD" {WEBSITE}'),
        status=401,
        certainty="possible",
        fix="Use the user name under which this secret worked before",
        right=curl(f'curl -u "$USERNAME:$APP_PASSWORD" {WEBSITE}'),
        at="2025-06-02T09:00Z",
    ),
    Story(
        "swapped-halves",
        "Two variables in the wrong order.",
        wrong=requests(f'get("{REST}/user", auth=(API_TOKEN, EMAIL))'),
        status=401,
        certainty="proven",
        fix="Change the two halves",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    # Whether the credential is alive.
    Story(
        "api-token-without-scopes",
        "A token made on the page for other Atlassian products.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN_UNSCOPED" {REST}/user'),
        status=401,
        certainty="possible",
        fix="Check the token's scopes",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "api-token-without-scopes",
        "A token that is a year old; the answer is the same, so nobody can say which it is.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN_EXPIRED" {REST}/user'),
        status=401,
        certainty="possible",
        fix="Check the token's scopes and expiry",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "legacy-api-token",
        "A token of 24 characters, from before 2023.",
        wrong=curl(f'curl -u "$EMAIL:$LEGACY_API_TOKEN" {REST}/user'),
        status=401,
        certainty="possible",
        fix="Create an API token with scopes",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "token-expired",
        "An OAuth token that was stored: it is good for an hour.",
        wrong=httpx(f'get("{WEBSITE}", headers={{"Authorization": f"Bearer {{OAUTH_ACCESS_TOKEN_EXPIRED}}"}})'),
        status=401,
        certainty="proven",
        fix="Get a new access token",
        right=curl(f'{TOKEN}; curl -H "Authorization: Bearer $TOKEN" {WEBSITE}'),
    ),
    Story(
        "oauth-consumer-misconfigured",
        "A request for a token that does not say for which consumer.",
        wrong=curl(f"curl -d grant_type=client_credentials {TOKENS}"),
        status=400,
        certainty="proven",
        fix="Send key and secret of the consumer",
        right=curl(f"curl {CONSUMER} -d grant_type=client_credentials {TOKENS}"),
    ),
    Story(
        "oauth-consumer-misconfigured",
        "The secret that the consumer had before it was renewed.",
        wrong=curl(f'curl -u "$OAUTH_CONSUMER_KEY:$OAUTH_CONSUMER_REVOKED" -d grant_type=client_credentials {TOKENS}'),
        status=400,
        certainty="likely",
        fix="Compare key and secret",
        right=curl(f"curl {CONSUMER} -d grant_type=client_credentials {TOKENS}"),
    ),
    Story(
        "netrc-overrides",
        "requests prefers what stands in .netrc, unless it is given auth=.",
        wrong=requests(
            f'get("{WEBSITE}", auth=lambda it: it.headers.update(Authorization=f"Bearer {{REPO_ACCESS_TOKEN}}") or it)'
            f' and module.get("{WEBSITE}/commits", headers={{"Authorization": f"Bearer {{REPO_ACCESS_TOKEN}}"}})',
            netrc="machine api.bitbucket.org login $USERNAME password $ACCOUNT_PASSWORD",
        ),
        status=401,
        certainty="possible",
        fix="Use an API token",
        right=requests(f'get("{WEBSITE}/commits", headers={{"Authorization": f"Bearer {{REPO_ACCESS_TOKEN}}"}})'),
        after="account-password",
        in_log=True,
    ),
    Story(
        "token-request-not-form-encoded",
        "A request for a token as JSON, as other vendors take it.",
        wrong=requests(
            f'post("{TOKENS}", json={{"grant_type": "client_credentials"}}, auth=(OAUTH_CONSUMER_KEY, OAUTH_CONSUMER))'
        ),
        status=400,
        certainty="proven",
        fix="application/x-www-form-urlencoded",
        right=requests(
            f'post("{TOKENS}", data={{"grant_type": "client_credentials"}}, auth=(OAUTH_CONSUMER_KEY, OAUTH_CONSUMER))'
        ),
    ),
    Story(
        "spent-refresh-token",
        "A refresh token that was not replaced by the new one that came with its answer.",
        wrong=curl(
            f'for day in Monday Tuesday; do curl {CONSUMER} -d grant_type=refresh_token'
            f' -d "refresh_token=$OAUTH_REFRESH_TOKEN" {TOKENS}; done'
        ),
        status=400,
        certainty="likely",
        fix="Authorize once again",
        right=curl(f'curl {CONSUMER} -d grant_type=authorization_code -d "code=$OAUTH_CODE" {TOKENS}'),
    ),
    Story(
        "app-password-brownout",
        "June 2026: it worked a minute ago.",
        wrong=requests(f'get("{REST}/user", auth=(USERNAME, APP_PASSWORD))'),
        status=401,
        certainty="likely",
        fix="send Basic with the account email",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
        at="2026-06-15T00:05Z",
    ),
    Story(
        "app-password-brownout",
        "The same quarter of an hour on git.",
        wrong=git(f"git ls-remote {GIT}", user="$USERNAME", password="$APP_PASSWORD"),
        status=410,
        certainty="proven",
        fix="git takes it with the Bitbucket username",
        right=git(f"git ls-remote {GIT}", user="$USERNAME", password="$API_TOKEN"),
        at="2026-06-15T00:05Z",
    ),
    Story(
        "app-password-removed",
        "An app password that a script has used for years.",
        wrong=git(f"git ls-remote {GIT}", user="$USERNAME", password="$APP_PASSWORD"),
        status=410,
        certainty="proven",
        fix="git takes it with the Bitbucket username",
        right=git(f"git ls-remote {GIT}", user="$USERNAME", password="$API_TOKEN"),
    ),
    Story(
        "app-password-removed",
        "And the job beside it that asks the API.",
        wrong=requests(f'get("{REST}/user", auth=(USERNAME, APP_PASSWORD))'),
        status=401,
        certainty="likely",
        fix="send Basic with the account email",
        right=requests(f'get("{REST}/user", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "damaged-token",
        "A prompt took the first 128 characters.",
        wrong=curl(f'curl -u "$EMAIL:${{API_TOKEN:0:128}}" {REST}/user'),
        status=401,
        certainty="likely",
        fix="128 characters came",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "wrong-secret",
        "An access token that was revoked: nothing but its absence is wrong with it.",
        wrong=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN_REVOKED" {WEBSITE}'),
        status=401,
        certainty="possible",
        fix="whether this access token is still there",
        right=curl(f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE}'),
    ),
    # What the credential may do.
    Story(
        "scope-missing",
        "An API token for repositories, and a call about pull requests.",
        wrong=requests(f'get("{WEBSITE}/pullrequests", auth=(EMAIL, API_TOKEN_NO_SCOPE_FOR_USERS))'),
        status=403,
        certainty="proven",
        fix="also has read:pullrequest:bitbucket",
        right=requests(f'get("{WEBSITE}/pullrequests", auth=(EMAIL, API_TOKEN))'),
    ),
    Story(
        "scope-missing",
        "A tool that tests the login first, with a token that is right for all the rest.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN_NO_SCOPE_FOR_USERS" {REST}/user'),
        status=403,
        certainty="proven",
        fix="only this login probe lacks read:user:bitbucket",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user'),
    ),
    Story(
        "scope-missing",
        "An API token that may clone, and is to push.",
        wrong=git(push(GIT), user="$USERNAME", password="$API_TOKEN_READS_ONLY"),
        status=403,
        certainty="proven",
        fix="to push also write:repository:bitbucket",
        right=git(push(GIT), user="$USERNAME", password="$API_TOKEN"),
    ),
    Story(
        "scope-missing",
        "An access token that may read repositories, and no pull requests.",
        wrong=httpx(
            f'get("{WEBSITE}/pullrequests",'
            ' headers={"Authorization": f"Bearer {REPO_ACCESS_TOKEN_READS_REPOSITORIES_ONLY}"})'
        ),
        status=403,
        certainty="proven",
        fix="Create a new access token that keeps the old scopes and also has pullrequest",
        right=httpx(f'get("{WEBSITE}/pullrequests", headers={{"Authorization": f"Bearer {{REPO_ACCESS_TOKEN}}"}})'),
    ),
    Story(
        "scope-missing",
        "The same with an OAuth token: its consumer was registered for less.",
        wrong=curl(
            f'curl -X POST -H "Authorization: Bearer $OAUTH_ACCESS_TOKEN_READS_REPOSITORIES_ONLY"'
            f" {WEBSITE}/pullrequests/1/approve"
        ),
        status=403,
        certainty="proven",
        fix="to the OAuth consumer, then get a new token",
        right=curl(f'curl -X POST -H "Authorization: Bearer $OAUTH_ACCESS_TOKEN" {WEBSITE}/pullrequests/1/approve'),
    ),
    Story(
        "scope-missing",
        "Snippets, with a kind of token that can never read them.",
        wrong=curl(f'curl -H "Authorization: Bearer $WORKSPACE_ACCESS_TOKEN" {REST}/snippets/acme'),
        status=403,
        certainty="proven",
        fix="an access token of this kind cannot have snippet",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/snippets/acme'),
    ),
    Story(
        "write-scope-without-read",
        "A token that may write, and was thought to read as well.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN_WRITES_ONLY" {WEBSITE}'),
        status=403,
        certainty="proven",
        fix="write does not include read",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {WEBSITE}'),
    ),
    Story(
        "access-token-outside-its-resource",
        "The token of one repository, for its neighbour.",
        wrong=curl(
            f'curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {WEBSITE};'
            f' curl -H "Authorization: Bearer $REPO_ACCESS_TOKEN" {REST}/repositories/acme/deployment'
        ),
        status=404,
        certainty="likely",
        fix="or one of the project or workspace that holds both; Bearer TOKEN",
        right=curl(f'curl -H "Authorization: Bearer $WORKSPACE_ACCESS_TOKEN" {REST}/repositories/acme/deployment'),
    ),
    Story(
        "no-access",
        "A repository of a workspace that one is no member of, because of a misspelt name.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/repositories/globex/website'),
        status=404,
        certainty="likely",
        fix="check the names in the path; the credential works",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {WEBSITE}'),
    ),
    Story(
        "wrong-path",
        "The name that the page shows, where the address has another.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/repositories/acme/Web%20Site'),
        status=404,
        certainty="possible",
        fix="check the names in the path; the credential works",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {WEBSITE}'),
        after="no-access",
    ),
    Story(
        "workspace-policy",
        "A workspace that lets in listed addresses only.",
        wrong=git(
            "git ls-remote https://bitbucket.org/acme-bank/ledger.git", user="$USERNAME", password="$API_TOKEN"
        ),
        status=403,
        certainty="proven",
        fix="keep the credential",
        right=git(f"git ls-remote {GIT}", user="$USERNAME", password="$API_TOKEN"),
    ),
    Story(
        "branch-restriction",
        "A branch that takes nothing but reviewed changes.",
        wrong=curl(
            f'curl -X POST -u "$EMAIL:$API_TOKEN" {REST}/repositories/acme/deployment/pullrequests/9/merge'
        ),
        status=403,
        certainty="proven",
        fix="Open a pull request",
        right=curl(
            """curl -u "$EMAIL:$API_TOKEN" --json '{"title": "Change", "source": {"branch": {"name": "change"}}}'"""
            f" {REST}/repositories/acme/deployment/pullrequests"
        ),
    ),
    Story(
        "plan-limit",
        "A push to a workspace with more users than its plan allows.",
        wrong=git(push("https://bitbucket.org/acme-labs/prototype.git"), user="$USERNAME", password="$API_TOKEN"),
        status=402,
        certainty="proven",
        fix="remove users or change its plan",
        right=git(push(GIT), user="$USERNAME", password="$API_TOKEN"),
    ),
    # Other causes.
    Story(
        "challenge",
        "git asks without credentials first; nothing is wrong.",
        wrong=git(f"git ls-remote {GIT}", user="$USERNAME", password="$API_TOKEN"),
        status=401,
        certainty="likely",
        fix="Wait for the second try",
        right=git(f"git ls-remote {GIT}", user="$USERNAME", password="$API_TOKEN"),
    ),
    Story(
        "credential-manager-probe",
        "Git Credential Manager tries what it keeps for git on REST, where another user name is right.",
        wrong=curl(
            f'curl -A "Git-Credential-Manager/2.6.1 (Linux; X64) CLR/8.0.11" -u "$USERNAME:$API_TOKEN" {REST}/user'
        ),
        status=401,
        certainty="likely",
        fix="Leave the git credential as it is",
        right=git(f"git ls-remote {GIT}", user="$USERNAME", password="$API_TOKEN"),
    ),
    Story(
        "endpoint-removed",
        "The list of all workspaces is gone, for every credential.",
        wrong=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/workspaces'),
        status=410,
        certainty="proven",
        fix="Call /2.0/user/workspaces instead",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/user/workspaces'),
    ),
    Story(
        "wrong-endpoint",
        "An address without the API's version.",
        wrong=curl('curl -u "$EMAIL:$API_TOKEN" https://api.bitbucket.org/user'),
        status=404,
        certainty="likely",
        fix="https://api.bitbucket.org/2.0",
        right=curl('curl -u "$EMAIL:$API_TOKEN" https://api.bitbucket.org/2.0/user'),
    ),
    Story(
        "wrong-endpoint",
        "Single quotes keep the shell from filling in the name.",
        wrong=curl(f"""curl -u "$EMAIL:$API_TOKEN" {REST}/repositories/'$WORKSPACE'/website"""),
        status=404,
        certainty="proven",
        fix="Put real names into the path",
        right=curl(f"""WORKSPACE=acme; curl -u "$EMAIL:$API_TOKEN" {REST}/repositories/"$WORKSPACE"/website"""),
    ),
    Story(
        "redirect-forwards-authorization",
        "A download: its address is signed, and takes no credentials beside.",
        wrong=curl(f'curl --location-trusted -u "$EMAIL:$API_TOKEN" {WEBSITE}/downloads/app.zip'),
        status=400,
        certainty="likely",
        fix="Let the client drop Authorization",
        right=curl(f'curl --location -u "$EMAIL:$API_TOKEN" {WEBSITE}/downloads/app.zip'),
        intercept="bbuseruploads.s3.amazonaws.com",
        in_log=True,
    ),
    Story(
        "login-page-redirect",
        "An archive of the website, with the credentials that go with git.",
        wrong=curl(
            'curl -D - -o archive -u "x-token-auth:$OAUTH_ACCESS_TOKEN"'
            " https://bitbucket.org/acme/website/get/main.tar.gz"
        ),
        status=302,
        certainty="likely",
        fix="send Bearer TOKEN",
        right=curl(
            'curl -D - -o archive -H "Authorization: Bearer $OAUTH_ACCESS_TOKEN"'
            " https://bitbucket.org/acme/website/get/main.tar.gz"
        ),
    ),
    Story(
        "rate-limited",
        "More than sixty anonymous calls within an hour.",
        wrong=curl(f'curl "{REST}/repositories/acme/handbook?call=[1-61]"'),
        status=429,
        certainty="proven",
        fix="Send credentials",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/repositories/acme/handbook'),
    ),
]
