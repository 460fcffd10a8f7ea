//! The pages, in plain HTML.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::response::{Html, IntoResponse, Response};
use grantkit::integrations::axum::Session;

use crate::app::Invoice;

/// What stands on it.
pub(crate) struct Page {
    title: String,
    session: Option<Session>,
    body: String,
}

pub(crate) fn home(session: Option<&Session>, login: &str) -> Page {
    let (title, body) = match session {
        Some(session) => {
            let text = "<p>Your invoices are below. The API is called with a token of yours, which this application keeps fresh.</p>";
            let link = "<p><a class=button href='/invoices/42'>Invoice 42</a></p>";
            (format!("Hello, {}", name(session)), format!("{text}{link}"))
        }
        None => (
            "Your invoices, in one place".to_owned(),
            format!(
                "<p>Log in to see what you owe, and to whom.</p><p><a class=button href='{}'>Log in</a></p>",
                text(login)
            ),
        ),
    };
    Page { title, session: session.cloned(), body }
}

pub(crate) fn invoice(session: &Session, invoice: &Invoice) -> Page {
    let Invoice { id, amount_cents, currency, customer } = invoice;
    let amount = format!("{}.{:02} {currency}", amount_cents / 100, amount_cents % 100);
    let rows = [("Number", id.as_str()), ("Customer", customer), ("Amount", &amount)];
    let rows = rows.map(|(name, value)| format!("<div><dt>{name}</dt><dd>{}</dd></div>", text(value))).concat();
    let body = format!("<dl>{rows}</dl><p><a href='/'>All invoices</a></p>");
    Page { title: format!("Invoice {id}"), session: Some(session.clone()), body }
}

pub(crate) fn notice(title: &str, sentence: &str) -> Page {
    leads_on(title, sentence, ("/", "Go on"))
}

pub(crate) fn log_in_again() -> Page {
    let sentence = "Your login has expired, or was ended elsewhere.";
    leads_on("You are logged in no longer", sentence, ("/auth/login", "Log in"))
}

fn leads_on(title: &str, sentence: &str, (path, word): (&str, &str)) -> Page {
    let body = format!("<p>{}</p><p><a class=button href='{path}'>{word}</a></p>", text(sentence));
    Page { title: title.to_owned(), session: None, body }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let Self { title, session, body } = self;
        let title = text(&title);
        let menu = session.as_ref().map(menu).unwrap_or_default();
        let html = format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>{title} \u{b7} Acme</title><style>{}</style></head><body>\
             <header><a class=brand href='/'>Acme</a>{menu}</header><main><h1>{title}</h1>{body}</main></body></html>",
            include_str!("style.css")
        );
        // No `form-action`: the form that logs out leads on to the authorization server.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        ([(CONTENT_SECURITY_POLICY, policy), (CACHE_CONTROL, "no-store")], Html(html)).into_response()
    }
}

fn menu(session: &Session) -> String {
    format!(
        "<form method=post action='{}'><span class=name>{}</span><input type=hidden name=csrf_token value='{}'>\
         <button id=log-out>Log out</button></form>",
        text(&session.logout_path()),
        text(name(session)),
        session.csrf_token()
    )
}

fn name(session: &Session) -> &str {
    session.person().name().unwrap_or(session.person().id())
}

/// As text in HTML.
fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
