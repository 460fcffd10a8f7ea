//! The login of a web application: the browser goes to the authorization server, comes back, and has a session.
//!
//! `cargo run -p grantkit-examples --example web_login`, and open the address that it prints.
//!
//! The embedded server takes the real one's place: it logs every visitor in as Alice, and its tokens live for 30 seconds. The application is in
//! `app.rs`, its pages are in `pages.rs`.

mod app;
mod pages;

use std::time::Duration;

use grantkit::credentials::CredentialCache;
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let own = format!("http://{}", listener.local_addr()?);
    let (server, api) = services(&own).await?;
    let app = app::router(&server.issuer(), &own, &api.url("/v1")).await?;
    println!("open {own}, and stop with Ctrl-C");
    axum::serve(listener, app).with_graceful_shutdown(stop()).await?;
    // A refresh that is under way may bring the only successor of a person's refresh token.
    Ok(CredentialCache::global().settle(Duration::from_secs(10)).await?)
}

/// A service manager's SIGTERM is one of `tokio::signal::unix`.
async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without a handler the signal ends the program by itself.
        std::future::pending::<()>().await;
    }
}

/// What would be elsewhere.
async fn services(own: &str) -> anyhow::Result<(AuthorizationServer, ProtectedApi)> {
    let server = AuthorizationServer::builder()
        .confidential_client("web", "s3cret")
        .redirect_uri("web", format!("{own}/auth/callback"))
        .post_logout_redirect_uri("web", format!("{own}/"))
        .access_token_lifetime(Duration::from_secs(30))
        .start()
        .await?;
    let api = ProtectedApi::start(&server).await?;
    Ok((server, api))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{ACCEPT, COOKIE, HeaderMap, LOCATION, SET_COOKIE};

    use super::*;

    /// As a browser does it; a real one drives it in `tests/integration/tests/real_browser`.
    #[tokio::test]
    async fn web_login_runs() -> anyhow::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let own = format!("http://{}", listener.local_addr()?);
        let (server, api) = services(&own).await?;
        let app = app::router(&server.issuer(), &own, &api.url("/v1")).await?;
        tokio::spawn(axum::serve(listener, app).into_future());
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let (mut url, mut cookies) = (format!("{own}/invoices/42"), Vec::<String>::new());
        for _ in 0..6 {
            let answer = http.get(&url).header(ACCEPT, "text/html").header(COOKIE, cookies.join("; ")).send().await?;
            cookies.extend(set(answer.headers()));
            let Some(next) = answer.headers().get(LOCATION) else {
                let page = answer.text().await?;
                assert!(page.contains("Alice Example") && page.contains("19.99 EUR"), "{page}");
                return Ok(());
            };
            url = url::Url::parse(&url)?.join(next.to_str()?)?.into();
        }
        anyhow::bail!("too many redirects")
    }

    fn set(headers: &HeaderMap) -> Vec<String> {
        let set = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
        let kept = set.filter(|cookie| !cookie.contains("Max-Age=0")).filter_map(|cookie| cookie.split(';').next());
        kept.map(str::to_owned).collect()
    }
}
