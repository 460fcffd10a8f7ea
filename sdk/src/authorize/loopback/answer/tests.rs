mod pages;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, COOKIE, HeaderName, SET_COOKIE};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

const STATE: &str = "af0ifjsldkj";
const FORM: (HeaderName, &str) = (CONTENT_TYPE, "application/x-www-form-urlencoded");

fn wait_for(response_mode: &str) -> Wait {
    let pending = json!({
        "state": STATE,
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "redirect_uri": "http://127.0.0.1:4180/callback",
        "response_mode": response_mode,
        "asked_at": 1_700_000_000,
    });
    Wait::new(&serde_json::from_value(pending).unwrap(), 4180, "/callback".to_owned(), None, Pages::default())
}

fn request(method: Method, target: &str, headers: &[(HeaderName, &str)], body: &[u8]) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(target);
    if !headers.iter().any(|(name, _)| name == HOST) {
        request = request.header(HOST, "127.0.0.1:4180");
    }
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.body(Full::new(Bytes::copy_from_slice(body))).unwrap()
}

/// The answer to the login, where it is one.
async fn answered(request: Request<Full<Bytes>>, wait: &Wait) -> (Page, Option<String>) {
    match answer(request, wait).await {
        (page, Some(Ending::Callback(callback))) => (page, Some(callback)),
        (page, None) => (page, None),
        (_, Some(other)) => panic!("{other:?}"),
    }
}

async fn get(wait: &Wait, target: &str) -> (u16, Option<String>) {
    let (page, callback) = answered(request(Method::GET, target, &[], b""), wait).await;
    (page.status().as_u16(), callback)
}

async fn post(wait: &Wait, body: &[u8]) -> (u16, Option<String>) {
    let (page, callback) = answered(request(Method::POST, "/callback", &[FORM], body), wait).await;
    (page.status().as_u16(), callback)
}

async fn text(page: Page) -> String {
    String::from_utf8(page.into_body().collect().await.unwrap().to_bytes().into()).unwrap()
}

/// As a JARM answer has them, without a signature.
fn jwt(claims: &Value) -> String {
    format!("e30.{}.AA", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

#[tokio::test]
async fn only_this_machine_by_its_own_names_is_answered() {
    let wait = wait_for("query");
    let target = format!("/callback?code=c&state={STATE}");
    for host in [
        "rebound.example:4180",
        "rebound.example",
        "127.0.0.1",
        "127.0.0.1:4181",
        "127.0.0.1:4180.evil.example",
        "127.0.0.2:4180",
        "[::1]",
        "",
        "0.0.0.0:4180",
    ] {
        let (page, callback) = answered(request(Method::GET, &target, &[(HOST, host)], b""), &wait).await;
        assert_eq!((page.status().as_u16(), callback), (421, None), "{host}");
    }
    let two = [(HOST, "127.0.0.1:4180"), (HOST, "rebound.example")];
    assert_eq!(answer(request(Method::GET, &target, &two, b""), &wait).await.0.status(), 421);
    let absolute = format!("http://rebound.example{target}");
    assert_eq!(get(&wait, &absolute).await.0, 421);
    let none = Request::get(&target).body(Full::<Bytes>::default()).unwrap();
    assert_eq!(answer(none, &wait).await.0.status(), 421);

    for host in ["127.0.0.1:4180", "[::1]:4180", "localhost:4180", "LOCALHOST:4180"] {
        let (page, callback) = answered(request(Method::GET, &target, &[(HOST, host)], b""), &wait_for("query")).await;
        assert_eq!(page.status(), 200, "{host}");
        assert!(callback.is_some());
    }
    let on_80 = Wait {
        hosts: Wait::new(&pending_on_80(), 80, String::new(), None, Pages::default()).hosts,
        ..wait_for("query")
    };
    assert_eq!(answer(request(Method::GET, &target, &[(HOST, "127.0.0.1")], b""), &on_80).await.0.status(), 200);
}

fn pending_on_80() -> PendingLogin {
    let redirect_uri = "http://127.0.0.1/callback";
    let pending =
        json!({ "state": STATE, "code_verifier": "v", "redirect_uri": redirect_uri, "asked_at": 1_700_000_000 });
    serde_json::from_value(pending).unwrap()
}

fn started(mode: &str, answers_by_form: bool) -> (Wait, Arc<Start>) {
    let location = HeaderValue::from_static("https://as.example/authorize?state=af0ifjsldkj");
    let start = Arc::new(Start::new(location, answers_by_form));
    assert!(!format!("{start:?}").contains(STATE));
    (Wait { start: Some(start.clone()), ..wait_for(mode) }, start)
}

/// Opens the address and gives the cookie that comes with it, as it is sent back.
async fn open(wait: &Wait, start: &Start, cookie: Option<&str>) -> (u16, Option<String>) {
    let headers: Vec<_> = cookie.map(|cookie| (COOKIE, cookie)).into_iter().collect();
    let (page, callback) = answered(request(Method::GET, start.path(), &headers, b""), wait).await;
    assert_eq!(callback, None);
    let set = page.headers().get(SET_COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
    if let Some(set) = &set {
        assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{set}");
        assert_eq!(page.headers()["location"], "https://as.example/authorize?state=af0ifjsldkj");
        assert_eq!(page.headers()["referrer-policy"], "no-referrer");
    }
    (page.status().as_u16(), set.map(|set| set.split(';').next().unwrap().to_owned()))
}

#[tokio::test]
async fn start_address_leads_one_browser_to_the_login() {
    let (wait, start) = started("query", false);
    let rebound = request(Method::GET, start.path(), &[(HOST, "rebound.example")], b"");
    assert_eq!(answer(rebound, &wait).await.0.status(), 421);
    let (status, cookie) = open(&wait, &start, None).await;
    let cookie = cookie.unwrap();
    assert_eq!(status, 303);
    // A browser may ask twice, and has its cookie by then; another browser, or another user who has read the address, has none.
    assert_eq!(open(&wait, &start, Some(&cookie)).await, (303, Some(cookie.clone())));
    assert_eq!(get(&wait, "/start/other").await, (404, None));
    assert_eq!(get(&wait_for("query"), start.path()).await, (404, None));
}

/// Another user of the machine has read the address, and would log in with an account of their own.
#[tokio::test]
async fn second_opener_of_the_start_address_ends_the_wait() {
    let opened = async |wait: &Wait, start: &Start, headers: &[(HeaderName, &str)]| {
        let (page, ending) = answer(request(Method::GET, start.path(), headers, b""), wait).await;
        (page.status().as_u16(), ending)
    };
    let target = format!("/callback?code=c&state={STATE}");
    for second in [&[][..], &[(COOKIE, "grantkit-login=guess")]] {
        let (wait, start) = started("query", false);
        let cookie = open(&wait, &start, None).await.1.unwrap();
        assert_eq!(opened(&wait, &start, second).await, (409, Some(Ending::OpenedTwice)));
        // Once; and the answer that comes all the same is of no use to the thief.
        assert_eq!(opened(&wait, &start, second).await, (409, None));
        let late = request(Method::GET, &target, &[(COOKIE, cookie.as_str())], b"");
        assert_eq!(answer(late, &wait).await.1, None);
    }
    // A browser that looks ahead has opened nothing, whether it is the first or has its cookie already.
    let ahead = (HeaderName::from_static("sec-purpose"), "prefetch;prerender");
    let (wait, start) = started("query", false);
    assert_eq!(opened(&wait, &start, std::slice::from_ref(&ahead)).await, (503, None));
    let (status, cookie) = open(&wait, &start, None).await;
    let cookie = cookie.as_deref().unwrap();
    assert_eq!(status, 303);
    assert_eq!(opened(&wait, &start, std::slice::from_ref(&ahead)).await, (503, None));
    assert_eq!(opened(&wait, &start, &[ahead, (COOKIE, cookie)]).await, (303, None));
    assert_eq!(opened(&wait, &start, &[(COOKIE, cookie)]).await, (303, None));
    // After the answer there is nothing to give up.
    let (_, ending) = answer(request(Method::GET, &target, &[(COOKIE, cookie)], b""), &wait).await;
    assert!(matches!(ending, Some(Ending::Callback(_))));
    assert_eq!(opened(&wait, &start, &[]).await, (409, None));
}

#[tokio::test]
async fn wait_for_an_address_that_was_opened_twice_is_a_security_error() {
    let mut listener = crate::authorize::LoopbackListener::bind().await.unwrap();
    let uri = listener.redirect_uri().unwrap();
    let pending = json!({ "state": STATE, "code_verifier": "v", "redirect_uri": uri.as_str(), "asked_at": 1 });
    let pending: PendingLogin = serde_json::from_value(pending).unwrap();
    let address = listener.lead_to(&"https://as.example/authorize".parse().unwrap(), &pending).unwrap();
    let (at, path) = (address.socket_addrs(|| None).unwrap()[0], address.path().to_owned());
    let open_twice = async {
        for _ in 0..2 {
            let mut connection = TcpStream::connect(at).await.unwrap();
            let request = format!("GET {path} HTTP/1.1\r\nhost: {at}\r\n\r\n");
            connection.write_all(request.as_bytes()).await.unwrap();
            let _ = connection.read_to_end(&mut Vec::new()).await;
        }
    };
    let limit = std::time::Duration::from_mins(1);
    let (outcome, ()) = tokio::join!(listener.receive_with(None, &pending, limit), open_twice);
    let error = outcome.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("opened twice"), "{error}");
}

/// Where each issuer has a redirect URI of its own, `finish` is told which one the answer came to.
#[tokio::test]
async fn path_is_passed_on_where_it_says_whose_answer_it_is() {
    let pending = |mode: &str| {
        let uri = "http://127.0.0.1:4180/callback/issuer";
        let pending = json!({
            "state": STATE, "code_verifier": "v", "redirect_uri": uri, "redirect_uri_of_issuer": true, "asked_at": 1, "response_mode": mode,
        });
        let path = "/callback/issuer".to_owned();
        Wait::new(&serde_json::from_value(pending).unwrap(), 4180, path, None, Pages::default())
    };
    let query = format!("code=c&state={STATE}");
    assert_eq!(get(&pending("query"), &format!("/callback?{query}")).await, (404, None));
    let expected = Some(format!("/callback/issuer?{query}"));
    assert_eq!(get(&pending("query"), &format!("/callback/issuer?{query}")).await, (200, expected.clone()));
    let posted = request(Method::POST, "/callback/issuer", &[FORM], query.as_bytes());
    assert_eq!(answered(posted, &pending("form_post")).await.1, expected);
    let fragment = format!("fragment={}", query.replace('&', "%26").replace('=', "%3D"));
    let posted = request(Method::POST, "/callback/issuer", &[FORM], fragment.as_bytes());
    assert_eq!(answered(posted, &pending("fragment")).await.1, Some(format!("/callback/issuer#{query}")));
}

#[tokio::test]
async fn the_answer_is_taken_from_the_browser_that_the_login_began_with() {
    let target = format!("/callback?code=c&state={STATE}");
    let with = async |wait: &Wait, cookie: &str| {
        answer(request(Method::GET, &target, &[(COOKIE, cookie)], b""), wait).await.0.status().as_u16()
    };
    let (wait, start) = started("query", false);
    let cookie = open(&wait, &start, None).await.1.unwrap();
    assert_eq!(get(&wait, &target).await, (403, None));
    for wrong in [
        "grantkit-login=",
        "grantkit-login=guess",
        "other=x",
        &cookie.to_uppercase(),
        &format!("x{cookie}"),
        &format!("\u{2000}{cookie}"),
    ] {
        assert_eq!(with(&wait, wrong).await, 403, "{wrong}");
    }
    assert_eq!(with(&wait, &format!("a=\u{e9}; {cookie}; c")).await, 200);

    // If the address was not opened, another browser was shown the server's; and so if it was shown beside it.
    assert_eq!(get(&started("query", false).0, &target).await.0, 200);
    let (wait, start) = started("query", false);
    open(&wait, &start, None).await;
    start.bypass();
    assert_eq!(get(&wait, &target).await.0, 200);

    // The server's page posts a form: browsers send no cookie along that is `Lax`.
    let body = format!("code=c&state={STATE}");
    for (answers_by_form, status) in [(true, 200), (false, 403)] {
        let (wait, start) = started("form_post", answers_by_form);
        open(&wait, &start, None).await;
        assert_eq!(get(&wait, &target).await.0, 403);
        assert_eq!(post(&wait, body.as_bytes()).await.0, status);
    }
}

/// Any page can have its pictures and frames ask for this address: only the browser's own window ends the wait.
#[tokio::test]
async fn error_without_state_ends_the_wait_of_the_window_that_was_sent() {
    let metadata =
        |mode, dest| [("sec-fetch-mode", mode), ("sec-fetch-dest", dest)].map(|(n, v)| (HeaderName::from_static(n), v));
    let target = "/callback?error=invalid_request&error_description=no+redirect";
    let text = target.split_once('?').unwrap().1.to_owned();
    let wait = wait_for("query");
    for (mode, dest) in
        [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "document"), ("", "")]
    {
        let (page, callback) = answered(request(Method::GET, target, &metadata(mode, dest), b""), &wait).await;
        assert_eq!((page.status().as_u16(), callback), (400, None), "{mode} {dest}");
    }
    let (page, callback) = answered(request(Method::GET, target, &metadata("navigate", "document"), b""), &wait).await;
    assert_eq!((page.status().as_u16(), callback), (200, Some(text.clone())));
    let html = String::from_utf8(page.into_body().collect().await.unwrap().to_bytes().into()).unwrap();
    assert!(html.contains("Not logged in") && !html.contains("redirect"), "{html}");
    // What came before is not lost where nothing better comes: the program is told at the end.
    assert_eq!(wait.unauthenticated(), Some(text));
    // A window that comes with another login's answer ends nothing.
    let foreign = request(Method::GET, "/callback?error=x&state=other", &metadata("navigate", "document"), b"");
    assert_eq!(answered(foreign, &wait_for("query")).await.1, None);
    let ours = format!("/callback?error=x&state={STATE}");
    assert_eq!(get(&wait_for("query"), &ours).await.0, 200);
}

#[tokio::test]
async fn a_second_answer_is_refused() {
    let wait = wait_for("query");
    let target = format!("/callback?code=c&state={STATE}");
    assert_eq!(get(&wait, "/callback?code=c&state=other").await, (400, None));
    assert_eq!(get(&wait, &target).await, (200, Some(format!("code=c&state={STATE}"))));
    assert_eq!(get(&wait, &target).await, (409, None));
    assert_eq!(post(&wait, format!("code=d&state={STATE}").as_bytes()).await, (409, None));
}

#[tokio::test]
async fn a_form_is_bounded_and_is_one() {
    let body = format!("code=c%2Fd&state={STATE}");
    assert_eq!(post(&wait_for("form_post"), body.as_bytes()).await, (200, Some(body.clone())));

    let wait = wait_for("form_post");
    let padded = |length: usize| format!("{body}&x={}", "y".repeat(length - body.len() - 3));
    assert_eq!(post(&wait, padded(MAX_BODY + 1).as_bytes()).await, (413, None));
    assert_eq!(post(&wait, b"state=\xff").await, (400, None));
    assert_eq!(post(&wait, b"").await, (400, None));
    for kind in ["application/json", "multipart/form-data; boundary=x", "text/plain", ""] {
        let json = request(Method::POST, "/callback", &[(CONTENT_TYPE, kind)], body.as_bytes());
        assert_eq!(answer(json, &wait).await.0.status(), 415, "{kind}");
    }
    let elsewhere = request(Method::POST, "/other", &[FORM], body.as_bytes());
    assert_eq!(answer(elsewhere, &wait).await.0.status(), 404);
    for method in [Method::HEAD, Method::PUT, Method::OPTIONS] {
        let (page, callback) = answered(request(method, &format!("/callback?{body}"), &[], b""), &wait).await;
        assert_eq!((page.status().as_u16(), callback), (405, None));
    }
    let with_charset = [(CONTENT_TYPE, "Application/X-WWW-Form-Urlencoded; charset=UTF-8")];
    let padded = padded(MAX_BODY);
    let (page, callback) = answered(request(Method::POST, "/callback", &with_charset, padded.as_bytes()), &wait).await;
    assert_eq!((page.status().as_u16(), callback), (200, Some(padded)));
}

#[tokio::test]
async fn a_fragment_is_handed_on_by_a_page() {
    let wait = wait_for("fragment");
    // Any page can have put there what stands in the query.
    let (page, callback) =
        answered(request(Method::GET, &format!("/callback?code=x&state={STATE}"), &[], b""), &wait).await;
    assert_eq!((page.status().as_u16(), callback), (200, None));
    let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && policy.contains("form-action 'self'"), "{policy}");
    assert!(policy.contains("script-src 'sha256-") && !policy.contains("script-src 'unsafe"), "{policy}");
    let html = text(page).await;
    assert!(html.contains("location.hash") && !html.contains(STATE) && !html.contains("code=x"), "{html}");

    assert_eq!(post(&wait, format!("code=c&state={STATE}").as_bytes()).await, (400, None));
    assert_eq!(post(&wait, b"fragment=code%3Dc%26state%3Dother").await, (400, None));
    let handed_on = format!("fragment=code%3Dc%252Fd%26state%3D{STATE}");
    let expected = format!("code=c%2Fd&state={STATE}");
    assert_eq!(post(&wait, handed_on.as_bytes()).await, (200, Some(expected)));
}

#[tokio::test]
async fn a_signed_answer_is_told_by_the_state_in_it() {
    for mode in ["jwt", "query.jwt", "form_post.jwt", "fragment.jwt"] {
        let send = async |wait: &Wait, parameters: &str| match mode {
            "form_post.jwt" => post(wait, parameters.as_bytes()).await,
            "fragment.jwt" => {
                post(wait, format!("fragment={}", parameters.replace('=', "%3D").replace('&', "%26")).as_bytes()).await
            }
            _ => get(wait, &format!("/callback?{parameters}")).await,
        };
        let wait = wait_for(mode);
        for foreign in [
            format!("response={}", jwt(&json!({ "state": "other", "code": "c" }))),
            format!("response={}", jwt(&json!({ "code": "c" }))),
            format!("response={}&state={STATE}", jwt(&json!({ "state": "other" }))),
            "response=garbage".to_owned(),
            "response=e30.!.AA".to_owned(),
            "response=".to_owned(),
        ] {
            assert_eq!(send(&wait, &foreign).await, (400, None), "{mode}: {foreign}");
        }
        let ours = format!("response={}", jwt(&json!({ "state": STATE, "code": "c" })));
        assert_eq!(send(&wait, &ours).await, (200, Some(ours)), "{mode}");
        let sealed = "response=a.b.c.d.e".to_owned();
        assert_eq!(send(&wait_for(mode), &sealed).await, (200, Some(sealed)), "{mode}");
    }
    // Where none was asked for, it is nothing.
    let unasked = format!("/callback?response={}", jwt(&json!({ "state": STATE })));
    assert_eq!(get(&wait_for("query"), &unasked).await, (400, None));
}

#[tokio::test]
async fn what_cannot_be_looked_into_does_not_come_from_a_part_of_a_page() {
    let send = async |wait: &Wait, mode: &str, dest: &str| {
        let headers = [("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
        let headers = headers.map(|(name, value)| (HeaderName::from_static(name), value));
        answered(request(Method::GET, "/callback?response=a.b.c.d.e", &headers, b""), wait).await.1
    };
    let wait = wait_for("query.jwt");
    for (mode, dest) in [("no-cors", "image"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe")] {
        assert_eq!(send(&wait, mode, dest).await, None, "{mode} {dest}");
    }
    assert_eq!(send(&wait, "navigate", "document").await.as_deref(), Some("response=a.b.c.d.e"));
}
