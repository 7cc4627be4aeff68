//! Text of every tool, also as people copy it.

use super::*;
use crate::transcript::Assumed;
use std::fmt::Write;
use time::macros::utc_datetime;

const REFUSED: &str = "GET api.bitbucket.org/2.0/user 401 Basic ApiToken";

const CURL: &str = "\
* Connected to api.bitbucket.org (127.0.0.1) port 443 (#0)
* using HTTP/2
* [HTTP/2] [1] [:method: GET]
* [HTTP/2] [1] [authorization: {basic}]
* Server auth using Basic with user 'jane'
} [5 bytes data]
> GET /2.0/user HTTP/2
> Host: api.bitbucket.org
> authorization: {basic}
> User-Agent: curl/7.88.1
> Accept: */*
> 
{ [5 bytes data]
< HTTP/2 401 
< date: Tue, 24 Nov 2026 21:13:53 GMT
* Authentication problem. Ignoring this.
< www-authenticate: Basic realm=\"Bitbucket.org HTTP\"
< 
{ [5 bytes data]
100    20  100    20    0     0    429      0 --:--:-- --:--:-- --:--:--   434
* Connection #0 to host api.bitbucket.org left intact
Bitbucket Cloud recently stopped supporting account passwords for Git authentication.
";

const TRACE: &str = "\
21:13:53.310219 == Info: Connected to api.bitbucket.org (127.0.0.1) port 443 (#0)
21:13:53.312374 => Send SSL data, 5 bytes (0x5)
0000: .....
21:13:53.315328 => Send header, 324 bytes (0x144)
{dump}
21:13:53.356229 <= Recv header, 27 bytes (0x1b)
0000: HTTP/1.1 401 Unauthorized
21:13:53.356286 <= Recv header, 2 bytes (0x2)
0000: 
21:13:53.356312 <= Recv data, 85 bytes (0x55)
0000: Bitbucket Cloud recently stopped supporting account passwords fo
0040: r Git authentication.
";

const GIT: &str = "\
21:13:53.453982 http.c:913              == Info: Connected to bitbucket.org (127.0.0.1) port 443 (#0)
21:13:53.532158 http.c:860              => Send header, 0000000210 bytes (0x000000d2)
21:13:53.532167 http.c:872              => Send header: GET /acme/site.git/info/refs?service=git-upload-pack HTTP/1.1
21:13:53.532170 http.c:872              => Send header: Host: bitbucket.org
21:13:53.532173 http.c:872              => Send header: User-Agent: git/2.47.3
21:13:53.532186 http.c:872              => Send header:
21:13:53.573349 http.c:872              <= Recv header: HTTP/1.1 401 Unauthorized
21:13:53.573373 http.c:872              <= Recv header: WWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"
21:13:53.573404 http.c:872              <= Recv header:
21:13:53.573421 http.c:913              == Info: Ignoring the response-body
21:13:53.573549 http.c:913              == Info: Server auth using Basic with user 'jane'
21:13:53.573616 http.c:872              => Send header: GET /acme/site.git/info/refs?service=git-upload-pack HTTP/1.1
21:13:53.573619 http.c:872              => Send header: Host: bitbucket.org
21:13:53.573622 http.c:872              => Send header: Authorization: {basic}
21:13:53.573668 http.c:872              => Send header:
21:13:53.574338 http.c:872              <= Recv header: HTTP/1.1 401 Unauthorized
21:13:53.574384 http.c:872              <= Recv header:
21:13:53.617357 http.c:913              == Info: Connection #0 to host bitbucket.org left intact
remote: Bitbucket Cloud recently stopped supporting account passwords for Git authentication.
fatal: Authentication failed for 'https://bitbucket.org/acme/site.git/'
";

const WGET: &str = "\
Setting --user (user) to jane
DEBUG output created by Wget 1.21.3 on linux-gnu.

--2026-11-24 21:13:53--  https://api.bitbucket.org/2.0/user
Connecting to api.bitbucket.org|127.0.0.1|:443... connected.

---request begin---
GET /2.0/user HTTP/1.1
Host: api.bitbucket.org
User-Agent: Wget/1.21.3

---request end---
HTTP request sent, awaiting response... 
---response begin---
HTTP/1.1 401 Unauthorized
WWW-Authenticate: Basic realm=\"Bitbucket.org HTTP\"

---response end---
401 Unauthorized
Skipping 20 bytes of body: [Invalid credentials
] done.

---request begin---
GET /2.0/user HTTP/1.1
Host: api.bitbucket.org
Authorization: {basic}

---request end---
HTTP request sent, awaiting response... 
---response begin---
HTTP/1.1 401 Unauthorized

---response end---
401 Unauthorized
";

const PYTHON: &str = r#"send: b'GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nAuthorization: {basic}\r\n\r\n'
reply: 'HTTP/1.1 401 Unauthorized\r\n'
header: Server: x
header: WWW-Authenticate: Basic realm="Bitbucket.org HTTP"
send: b'POST /2.0/repositories HTTP/1.1\r\nHost: api.bitbucket.org\r\nContent-Length: 3\r\n\r\n'
send: b'a=1'
reply: 'HTTP/1.1 403 Forbidden\r\n'
header: Server: x
"#;

/// Every line between these two.
fn each_between(text: &str, before: &str, after: &str) -> String {
    let lines = text.lines().flat_map(|line| [before, line, after, "\n"]);
    lines.collect()
}

/// A dump as curl cuts it: 64 columns, offsets that count the line ends.
fn dump(lines: &[String]) -> String {
    let (mut offset, mut text) = (0, String::new());
    for line in lines {
        let columns = line
            .as_bytes()
            .chunks(64)
            .map(|part| std::str::from_utf8(part).unwrap());
        for part in columns.chain(line.is_empty().then_some("")) {
            let _ = writeln!(text, "{offset:04x}: {part}");
            offset += part.len();
        }
        offset += 2;
    }
    text.trim_end_matches('\n').to_owned()
}

fn trace() -> String {
    let head = [
        "GET /2.0/user HTTP/1.1".to_owned(),
        "Host: api.bitbucket.org".to_owned(),
        format!("Authorization: {}", basic()),
        String::new(),
    ];
    TRACE.replace("{dump}", &dump(&head))
}

#[test]
fn curl_verbose() {
    let records = records(CURL);
    assert_eq!(records.iter().map(shown).collect::<Vec<_>>(), [REFUSED]);
    assert_eq!(
        (records[0].entry, records[0].line, records[0].date),
        (0, 7, None)
    );
    assert_eq!(
        (recorded(&records[0]), words(&records[0])),
        (Recorded::Whole, 1)
    );
}

#[test]
fn a_head_that_is_printed_twice_counts_once() {
    let copy = "HTTP/2 401 \ndate: Tue, 24 Nov 2026 21:13:53 GMT\nwww-authenticate: Basic\n\nInvalid credentials\n";
    assert_eq!(all_shown(&format!("{CURL}{copy}")), [REFUSED]);
    let interleaved = CURL
        .replace("< HTTP/2 401 \n", "< HTTP/2 401 \nHTTP/2 401 \n")
        .replace("< \n", "< \n\n");
    assert_eq!(all_shown(&interleaved), [REFUSED]);
}

#[test]
fn two_exchanges_are_two() {
    assert_eq!(all_shown(&format!("{CURL}{CURL}")), [REFUSED, REFUSED]);
}

#[test]
fn curl_trace_ascii() {
    let records = records(&trace());
    assert_eq!(records.iter().map(shown).collect::<Vec<_>>(), [REFUSED]);
    assert_eq!(words(&records[0]), 1);
}

#[test]
fn libcurl_marks_only_the_first_line_of_a_request() {
    let text = CURL
        .replace("\n> Host", "\nHost")
        .replace("\n> auth", "\nauth")
        .replace("\n> User", "\nUser");
    let text = text.replace("\n> Accept: */*\n> \n", "\nAccept: */*\n\n");
    assert_eq!(all_shown(&text), [REFUSED]);
}

#[test]
fn git_trace_curl() {
    let call = "GET bitbucket.org/acme/site.git/info/refs 401";
    let records = records(GIT);
    assert_eq!(
        records.iter().map(shown).collect::<Vec<_>>(),
        [call.to_owned(), format!("{call} Basic ApiToken")]
    );
    assert_eq!((records[1].entry, words(&records[1])), (1, 1));
}

#[test]
fn wget_debug() {
    let records = records(WGET);
    let shown: Vec<_> = records.iter().map(shown).collect();
    assert_eq!(shown, ["GET api.bitbucket.org/2.0/user 401", REFUSED]);
    assert_eq!(records[0].date, Some(utc_datetime!(2026-11-24 21:13:53)));
}

#[test]
fn python_http_client() {
    assert_eq!(
        all_shown(PYTHON),
        [REFUSED, "POST api.bitbucket.org/2.0/repositories 403"]
    );
}

/// As logs, mails, pages and shells change it.
#[test]
fn the_same_however_it_was_copied() {
    let prefixed = |prefix: &str| each_between(CURL, prefix, "");
    let colours = each_between(CURL, "\x1b[32m", "\x1b[0m");
    let page = CURL.replace('>', "&gt;").replace('<', "&lt;");
    let copies: [String; 11] = [
        prefixed("[2026-11-24T21:13:53.310Z] "),
        prefixed("21:13:53  "),
        prefixed("2026-11-24T21:13:53.3102190Z "),
        prefixed("client-1  | "),
        prefixed("[build] 21:13:53.310219 "),
        prefixed("> "),
        prefixed(">"),
        CURL.replace('\n', "\r\n"),
        colours,
        page,
        format!("+ curl -v -u jane:*** https://api.bitbucket.org/2.0/user\n{CURL}"),
    ];
    for copy in copies {
        assert_eq!(all_shown(&copy), [REFUSED], "{copy}");
    }
    let powershell: Vec<u8> = format!("\u{feff}{}", CURL.replace("{basic}", &basic()))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(shown(&bytes(&powershell).unwrap()[0]), REFUSED);
}

#[test]
fn the_other_tools_survive_prefixes_too() {
    for (text, count) in [
        (GIT.to_owned(), 2),
        (WGET.to_owned(), 2),
        (PYTHON.to_owned(), 2),
        (trace(), 1),
    ] {
        for prefix in ["[2026-11-24T21:13:53.310Z] ", "step-1  | ", "> "] {
            let copy = each_between(&text, prefix, "");
            assert_eq!(records(&copy).len(), count, "{copy}");
        }
    }
}

#[test]
fn a_log_with_dates_is_dated() {
    let text = each_between(CURL, "[2025-12-24T21:13:53.310Z] ", "");
    assert_eq!(
        records(&text)[0].date,
        Some(utc_datetime!(2025-12-24 21:13:53))
    );
}

#[test]
fn a_broken_value_stays_broken() {
    let wrapped = CURL.replace(
        "> authorization: {basic}\n",
        "> authorization: Basic QUFBQUFB\n> QUJDREVG\n",
    );
    let shown = all_shown(&wrapped);
    assert!(shown[0].contains("401 Basic"), "{shown:?}");
    assert_ne!(
        shown,
        all_shown(&CURL.replace("{basic}", "Basic QUFBQUFBQUJDREVG"))
    );
}

#[test]
fn a_tunnel_is_no_exchange() {
    let tunnel = "> CONNECT api.bitbucket.org:443 HTTP/1.1\n> Host: api.bitbucket.org:443\n> \n< HTTP/1.1 200 Connection established\n< \n";
    assert_eq!(all_shown(&format!("{tunnel}{CURL}")), [REFUSED]);
    let refused = tunnel.replace(
        "200 Connection established",
        "407 Proxy Authentication Required",
    );
    assert_eq!(all_shown(&refused), ["CONNECT api.bitbucket.org 407"]);
    assert_eq!(records(&refused)[0].call.path, "/");
    let answers = "HTTP/1.1 200 Connection established\n\nHTTP/2 401 \nserver: x\n\n";
    assert_eq!(records(answers).len(), 1);
}

#[test]
fn an_interim_answer_is_none() {
    let text = CURL.replace("< HTTP/2 401 ", "< HTTP/2 100 \n< \n< HTTP/2 401 ");
    assert_eq!(all_shown(&text), [REFUSED]);
}

#[test]
fn what_clients_print_when_they_give_up() {
    let text = "remote: Bitbucket Cloud recently stopped supporting account passwords for Git authentication.\n\
                fatal: Authentication failed for 'https://bitbucket.org/acme/site.git/'\n";
    let records = records(text);
    assert_eq!(
        shown(&records[0]),
        "GET bitbucket.org/acme/site.git/info/refs 401"
    );
    assert_eq!(
        (recorded(&records[0]), words(&records[0])),
        (Recorded::Doubtful, 1)
    );
    assert_eq!(records[0].assumed, Some(Assumed::Request));
}

#[test]
fn credentials_alone() {
    let field = "GET api.bitbucket.org/2.0/repositories 401 Basic ApiToken";
    for text in [
        "Authorization: {basic}\n",
        "{basic}",
        "-H 'authorization: {basic}'\r\n",
        "> Authorization: {basic}",
    ] {
        let records = records(text);
        assert_eq!(shown(&records[0]), field, "{text}");
        assert_eq!(records[0].assumed, Some(Assumed::RestRefusal));
    }
    let token = STANDARD.encode(format!("x-token-auth:{}", mint::access_token(1)));
    let git = records(&format!("Basic {token}"));
    assert_eq!(git[0].assumed, Some(Assumed::GitRefusal));
    let bare = records(&mint::api_token(1));
    assert!(
        shown(&bare[0]).ends_with("Missing ApiToken"),
        "{}",
        shown(&bare[0])
    );
}

#[test]
fn a_request_alone() {
    let head: Vec<&str> = CURL.lines().take(12).collect();
    let records = records(&head.join("\n"));
    assert_eq!(shown(&records[0]), REFUSED);
    assert_eq!(records[0].assumed, Some(Assumed::Refusal));
}

#[test]
fn an_answer_alone() {
    let records = records(
        "HTTP/2 401 \nwww-authenticate: Basic realm=\"Bitbucket.org HTTP\"\n\nInvalid credentials\n",
    );
    assert_eq!(
        (shown(&records[0]).as_str(), recorded(&records[0])),
        ("GET / 401", Recorded::Doubtful)
    );
}

#[test]
fn other_text_is_nothing() {
    let error = bytes(b"Dear all,\nit does not work.\n")
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("no exchange"), "{error}");
    assert!(bytes(b"").is_err());
}
