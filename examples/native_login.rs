//! The login of a program on a person's machine, with their browser.
//!
//! `cargo run -p grantkit-examples --example native_login -- https://as.example my-client-id openid email`
//!
//! The client has to be registered there with `http://127.0.0.1/callback`, whose port may vary. Without an issuer, the embedded
//! server takes its place, and a few lines of code the browser's.

use std::env::args;

use anyhow::Context;
use grantkit::prelude::*;
use grantkit_testkit::AuthorizationServer;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = args().skip(1).collect();
    match arguments.as_slice() {
        [] => rehearse().await,
        [issuer, client_id, scopes @ ..] => log_in(issuer, client_id, scopes).await,
        [_] => anyhow::bail!("which client? native_login <issuer> <client ID> <scope>.."),
    }
}

/// For people.
async fn log_in(issuer: &str, client_id: &str, scopes: &[String]) -> anyhow::Result<()> {
    let client = Client::builder().client_id(client_id).public().discover(issuer).await?;
    let listener = LoopbackListener::bind().await?;
    let login = client
        .authorization_code(listener.redirect_uri()?)?
        .scopes(scopes)
        .native(listener)
        .show(|url| println!("If no browser opens, go to {url}"))
        .await?;
    show(&login);
    // From here on as with any other client: `ApiClient::new("https://api.example", credentials)`.
    let credentials = login.credentials("native_login").await?;
    let token = credentials.token().await;
    // Before `main` returns, also after an error: a refresh that is under way may bring the only successor of the refresh token.
    credentials.settle().await?;
    println!("a token is there: {:?}", token?.access_token());
    Ok(())
}

/// For machines without a person and a browser.
async fn rehearse() -> anyhow::Result<()> {
    let server = AuthorizationServer::builder().public_client("cli", ["http://127.0.0.1/callback"]).start().await?;
    let client = Client::builder().client_id("cli").public().discover(&server.issuer()).await?;
    let listener = LoopbackListener::bind().await?;
    let login = client
        .authorization_code(listener.redirect_uri()?)?
        .scopes(["openid", "email"])
        .native(listener)
        .open_with(|_| Err(Error::unsupported("this is a rehearsal")))
        .or_show(|url| {
            println!(
                "no browser opens, so the program shows where to go: {}{}",
                url.origin().ascii_serialization(),
                url.path()
            );
            tokio::spawn(browse(url.to_string()));
        })
        .await?;
    show(&login);
    Ok(())
}

fn show(login: &grantkit::grant::Login) {
    match login.claims() {
        Some(claims) => println!("{} logged in, by a verified ID token", claims.subject()),
        None => println!("logged in; who it is, the scope `openid` tells"),
    }
}

/// Follows the redirect back to this program.
async fn browse(url: String) -> anyhow::Result<()> {
    // On loopback only, so that it also works where there are no certificates.
    let browser = reqwest::Client::builder().tls_certs_only([]).build()?;
    let page = browser.get(url).send().await?.error_for_status()?.text().await?;
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
    println!("the browser shows “{}”", title.context("a page with a title")?);
    Ok(())
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn native_login_runs() -> anyhow::Result<()> {
        super::rehearse().await
    }
}
