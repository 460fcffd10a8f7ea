use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;

pub(super) type Page = Response<Full<Bytes>>;

/// The field of the form by which the page hands on the fragment.
pub(super) const FRAGMENT: &str = "fragment";

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;\
                     color-scheme:light dark}";

/// A browser sends no fragment to any server: the page takes it out of the address, and so out of the history, and posts it.
const SCRIPT: &str = "const answer=location.hash.slice(1);\
history.replaceState(null,'',location.pathname);\
if(answer){document.forms[0].elements.fragment.value=answer;document.forms[0].submit()}\
else{document.querySelector('p').textContent='This address is for logging in only.'}";

/// A page for the person who logged in: our own words only, nothing from the request.
pub(super) fn page(status: StatusCode, title: &'static str, text: &'static str) -> Page {
    respond(status, title, &format!("<h1>{title}</h1><p>{text}</p>"), "form-action 'none'")
}

/// The page that an answer in the fragment comes to first.
pub(super) fn hands_on_the_fragment() -> Page {
    let body = format!(
        "<h1>One moment</h1><p>The answer is handed to the program.</p>\
         <noscript><p>For that, this page needs JavaScript.</p></noscript>\
         <form method=post><input type=hidden name={FRAGMENT}></form><script>{SCRIPT}</script>"
    );
    let hash = STANDARD.encode(digest(&SHA256, SCRIPT.as_bytes()));
    respond(StatusCode::OK, "One moment", &body, &format!("script-src 'sha256-{hash}'; form-action 'self'"))
}

/// No page, but the way to the one of the authorization server.
pub(super) fn leads_to(location: &HeaderValue, cookie: &str) -> Page {
    let mut response = page(StatusCode::SEE_OTHER, "One moment", "The login is elsewhere.");
    response.headers_mut().insert(LOCATION, location.clone());
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

pub(super) fn wrong_method() -> Page {
    let text = "This address is for logging in only.";
    let mut response = page(StatusCode::METHOD_NOT_ALLOWED, "Nothing here", text);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
    response
}

fn respond(status: StatusCode, title: &str, body: &str, policy: &str) -> Page {
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>{title}</title><style>{STYLE}</style>{body}</html>"
    );
    let mut response = Response::new(Full::new(Bytes::from(html)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The address holds the code: it is not to be kept, passed on, framed or read by a script of others.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy =
        format!("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; {policy}");
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
