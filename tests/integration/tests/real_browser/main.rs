//! A real browser: what logins need of one (redirects, forms that are posted, cookies, scripts under a content security policy), no
//! stand-in can show.
//!
//! With `GRANTKIT_SCREENSHOTS=folder`, the pages are left there as pictures, to be looked at.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod form_post;
mod loopback_page;
mod native_login;
mod tls;
mod web_login;

// The application of the example; its modules name each other.
#[path = "../../../../examples/web_login/app.rs"]
mod app;
#[path = "../../../../examples/web_login/pages.rs"]
mod pages;
