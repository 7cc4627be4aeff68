"""The manual: each mistake with a real client, what why401 says to it, and the call that works.

A command is what a person would type, with the proxy's variables set as README.md says. `$API_TOKEN` and the like are
credentials that the sandbox has minted, with every scope of their kind (`$API_TOKEN_EXPIRED`: minted expired;
`$API_TOKEN_READS_ONLY`: with those scopes); `$USERNAME` and `$EMAIL` are those of the account that they belong to. git asks for user name and password; they stand behind the command.
"""

from dataclasses import dataclass
from typing import Optional, Union

from clients import curl, git, httpx, requests, urllib

REST = "https://api.bitbucket.org/2.0"
WEBSITE = f"{REST}/repositories/acme/website"
GIT = "https://bitbucket.org/acme/website.git"


def push(url):
    """A clone, a change and its push."""
    return f"git clone -q {url} work && cd work && git commit -q --allow-empty -m Change && git push -q origin HEAD:change"


@dataclass(frozen=True)
class Story:
    """One mistake, told from its first call to the repaired one."""

    mistake: str
    told: str
    wrong: Union[curl, git, requests, httpx, urllib]
    # Of the refusal.
    status: int
    certainty: str
    # What the fix has to say; the repaired call does just that.
    fix: str
    right: Union[curl, git, requests, httpx, urllib]
    # Where this mistake is one of several that fit: the one that is named before it.
    after: Optional[str] = None
    # The date that the sandbox lives in.
    at: Optional[str] = None

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
        fix="Create a new API token that also has read:pullrequest:bitbucket",
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
        fix="to push also write:repository",
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
        fix="Create a new access token that also has pullrequest",
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
        "rate-limited",
        "More than sixty anonymous calls within an hour.",
        wrong=curl(f'curl "{REST}/repositories/acme/handbook?call=[1-61]"'),
        status=429,
        certainty="proven",
        fix="Send credentials",
        right=curl(f'curl -u "$EMAIL:$API_TOKEN" {REST}/repositories/acme/handbook'),
    ),
]
