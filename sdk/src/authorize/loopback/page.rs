mod style;

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;

use super::language::{self, Texts};
use super::message::{Mark, Message};
use super::own_page::{Content, LoopbackOutcome, LoopbackPage};
use style::{SCRIPT, STYLE};

pub(super) type Page = Response<Full<Bytes>>;

/// The field of the form by which the page hands on the fragment.
pub(super) const FRAGMENT: &str = "fragment";

/// What the pages of a listener have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    pub(super) program: Option<String>,
    pub(super) own: Vec<(LoopbackOutcome, LoopbackPage)>,
}

/// Writes the pages for one browser, in its language.
pub(super) struct PageWriter<'a> {
    pages: &'a Pages,
    texts: &'static Texts,
}

impl Pages {
    pub(super) fn for_browser(&self, headers: &HeaderMap) -> PageWriter<'_> {
        PageWriter { pages: self, texts: language::of_browser(headers) }
    }

    fn own(&self, message: Message) -> Option<&Content> {
        let outcome = match message {
            Message::LoggedIn => LoopbackOutcome::LoggedIn,
            Message::Refused => LoopbackOutcome::Refused,
            Message::Failed => LoopbackOutcome::Failed,
            Message::Answered => LoopbackOutcome::Answered,
            _ => return None,
        };
        self.own.iter().rev().find(|(of, _)| *of == outcome).map(|(_, LoopbackPage(content))| content)
    }
}

/// What stands on a page; nothing of it is from the request.
struct Words<'a> {
    /// The language and its direction; of words of the program's the browser finds out.
    language: Option<&'a Texts>,
    mark: Mark,
    title: &'a str,
    sentences: [&'a str; 2],
}

impl PageWriter<'_> {
    /// The page for the person, the program's own where it has one.
    pub(super) fn page(&self, status: StatusCode, message: Message) -> Page {
        match self.pages.own(message) {
            Some(Content::Redirect(location)) => {
                let mut response = self.usual(StatusCode::SEE_OTHER, message);
                response.headers_mut().insert(LOCATION, location.clone());
                response
            }
            Some(Content::Html(html)) => {
                let mut response =
                    respond(status, html.clone(), "style-src 'unsafe-inline'; img-src data:; form-action 'none'");
                response.headers_mut().remove(CONTENT_LANGUAGE);
                response
            }
            Some(Content::Text { title, text }) => {
                let words = Words { language: None, mark: message.mark(), title, sentences: [text, ""] };
                self.write(status, &words, "", "form-action 'none'")
            }
            None => self.usual(status, message),
        }
    }

    fn usual(&self, status: StatusCode, message: Message) -> Page {
        self.write(status, &self.words(message), "", "form-action 'none'")
    }

    /// The page that an answer in the fragment comes to first.
    pub(super) fn hands_on_the_fragment(&self) -> Page {
        let body = format!(
            "<p id=nothing hidden>{}</p><noscript><p>{}</p></noscript>\
             <form method=post><input type=hidden name={FRAGMENT}></form><script>{SCRIPT}</script>",
            self.texts.login_only, self.texts.needs_script
        );
        let policy = format!("script-src 'sha256-{}'; form-action 'self'", hash(SCRIPT));
        self.write(StatusCode::OK, &self.words(Message::OneMoment), &body, &policy)
    }

    /// No page, but the way to the one of the authorization server.
    pub(super) fn leads_to(&self, location: &HeaderValue, cookie: &str) -> Page {
        let mut response = self.page(StatusCode::SEE_OTHER, Message::Elsewhere);
        response.headers_mut().insert(LOCATION, location.clone());
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }

    pub(super) fn wrong_method(&self) -> Page {
        let mut response = self.page(StatusCode::METHOD_NOT_ALLOWED, Message::LoginOnly);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, POST"));
        response
    }

    fn words(&self, message: Message) -> Words<'static> {
        let (title, sentences) = message.words(self.texts);
        Words { language: Some(self.texts), mark: message.mark(), title, sentences }
    }

    fn write(&self, status: StatusCode, words: &Words<'_>, more: &str, policy: &str) -> Page {
        let mut html = String::from("<!doctype html><html");
        if let Some(texts) = words.language {
            let _ = write!(html, " lang={} dir={}", texts.code, texts.direction());
        } else {
            html.push_str(" dir=auto");
        }
        let program = self.pages.program.as_deref().map(escaped);
        let title = escaped(words.title);
        html.push_str("><meta charset=utf-8><meta name=viewport content='width=device-width'><title>");
        html.push_str(&title);
        if let Some(program) = &program {
            let _ = write!(html, " \u{b7} {program}");
        }
        let _ = write!(html, "</title><style>{STYLE}</style><main>{}", style::mark(words.mark));
        if let Some(program) = &program {
            let _ = write!(html, "<p class=program dir=auto>{program}</p>");
        }
        let sentences = words.sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(escaped);
        let _ = write!(html, "<h1>{title}</h1><p>{}</p>", sentences.collect::<Vec<_>>().join(" "));
        html.push_str(more);
        html.push_str("</main></html>");
        let mut response = respond(status, html, &format!("style-src 'sha256-{}'; {policy}", hash(STYLE)));
        if let Some(texts) = words.language {
            response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(texts.code));
        }
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
        response
    }
}

fn respond(status: StatusCode, html: String, policy: &str) -> Page {
    let mut response = Response::new(Full::new(Bytes::from(html)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The address holds the code: it is not to be kept, passed on, framed or read by a script of others.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let policy = format!("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; {policy}");
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// By which a policy names a script or a style of the page.
fn hash(text: &str) -> String {
    STANDARD.encode(digest(&SHA256, text.as_bytes()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
