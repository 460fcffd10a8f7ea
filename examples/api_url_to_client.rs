//! From an API's URL alone to a call of it, as an MCP client does it.
//!
//! `cargo run -p grantkit-examples --example api_url_to_client -- https://mcp.example/tools`
//!
//! Without a URL, an API and an authorization server inside the program take its place, and a few lines of code the browser's.

use std::env::args;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use grantkit::credentials::CredentialCache;
use grantkit::prelude::*;
use grantkit::registration::ClientMetadata;
use grantkit::resource_access::ResourceAccess;
use grantkit_testkit::AuthorizationServer;
use serde_json::json;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let outcome = match args().nth(1) {
        Some(url) => call(&url).await,
        None => rehearse().await,
    };
    // Also after an error: a refresh that is under way may bring the only successor of the person's refresh token.
    let settled = CredentialCache::global().settle(Duration::from_secs(10)).await;
    outcome.and_then(|()| Ok(settled?))
}

/// For people.
async fn call(url: &str) -> anyhow::Result<()> {
    let listener = LoopbackListener::bind().await?;
    // Beside it, or instead: `.client(..)` for a server that knows the program already, `.metadata_document(..)` for a
    // program that serves its metadata itself, and `.registered(..)` for what was kept of the last time.
    let access = ResourceAccess::discover(url, listener.redirect_uri()?)
        .register(ClientMetadata::new().client_name("grantkit example"))
        .await?;
    describe(&access);
    let login = access.login()?.native(listener).show(|url| println!("If no browser opens, go to {url}")).await?;
    let api = ApiClient::new(access.url(), login.credentials("api_url_to_client").await?)?;
    match api.get(()).send().await {
        Ok(answer) => println!("the API answers: {}", answer.status()),
        Err(error) => println!("the API says: {error}"),
    }
    Ok(())
}

/// For machines without a person and a browser.
async fn rehearse() -> anyhow::Result<()> {
    let server = AuthorizationServer::builder().public_client("tool", ["http://127.0.0.1/callback"]).start().await?;
    let url = start_api(&server.issuer()).await?;
    let listener = LoopbackListener::bind().await?;
    // This server registers no clients, but it knows the program.
    let client = Client::builder().client_id("tool").public().discover(&server.issuer()).await?;
    let mut access = ResourceAccess::discover(&url, listener.redirect_uri()?).client(client).await?;
    describe(&access);
    let login = access.login()?.native(listener).open_with(|_| Ok(())).show(browse).await?;
    let api = ApiClient::new(access.url(), login.credentials("tool").await?)?;
    println!("reading: {}", api.get(()).send().await?.status());

    let error = api.delete(()).send().await.err().context("the token is not good for that")?;
    println!("deleting: {error}");
    let more = access.step_up(&error)?.context("a login for more")?;
    println!("so the next login asks for {}", access.scopes().join(" "));
    let (_url, _pending) = more.start()?;
    Ok(())
}

fn describe(access: &ResourceAccess) {
    println!("{} takes tokens of {}", access.url(), access.issuer());
    println!("the program is its client {:?}", access.client().client_id());
    println!("the login asks for {}", access.scopes().join(" "));
}

/// An API that says of itself whose tokens it takes (RFC 9728).
async fn start_api(issuer: &str) -> anyhow::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let url = format!("{origin}/tools");
    let metadata = json!({ "resource": url, "authorization_servers": [issuer] }).to_string();
    let well_known = "/.well-known/oauth-protected-resource/tools";
    let challenge = format!(r#"Bearer resource_metadata="{origin}{well_known}", scope="read""#);
    let tools = get(move |headers: HeaderMap| async move {
        // A real one looks at the token, too.
        if headers.contains_key(header::AUTHORIZATION) {
            return "here you are".into_response();
        }
        refuse(StatusCode::UNAUTHORIZED, challenge)
    });
    let tools = tools.delete(async || {
        refuse(StatusCode::FORBIDDEN, r#"Bearer error="insufficient_scope", scope="write""#.to_owned())
    });
    let metadata = get(move || async move { ([(header::CONTENT_TYPE, "application/json")], metadata) });
    let app = Router::new().route("/tools", tools).route(well_known, metadata);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(url)
}

fn refuse(status: StatusCode, challenge: String) -> Response {
    (status, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}

/// Stands in for the browser: follows the redirect back to this program.
fn browse(url: &url::Url) {
    let url = url.to_string();
    tokio::spawn(async move {
        // On loopback only, so that it also works where there are no certificates.
        let browser = reqwest::Client::builder().tls_certs_only([]).build()?;
        browser.get(url).send().await?.error_for_status().map(drop)
    });
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn api_url_to_client_runs() -> anyhow::Result<()> {
        super::rehearse().await
    }
}
