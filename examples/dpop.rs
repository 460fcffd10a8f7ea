//! Sender-constrained tokens: bound to a key, of which each request carries a proof (DPoP, RFC 9449).
//!
//! `cargo run -p grantkit-examples --example dpop`

use anyhow::ensure;
use grantkit::keys::{DpopKey, SigningAlgorithm, SigningKey};
use grantkit::prelude::*;
use grantkit_examples::elsewhere;
use reqwest::{Method, StatusCode, Url};
use serde_json::Value;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (server, protected) = elsewhere().await?;
    // Both want a nonce in each proof, as careful servers do.
    server.renew_dpop_nonce()?;
    protected.renew_dpop_nonce()?;

    // A key of this process; `SigningKey::from_pem`, or a `Signer`, for one that outlasts it.
    let key = DpopKey::from(SigningKey::generate(SigningAlgorithm::Es256)?);
    println!("The key:     {}", key.thumbprint());
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic("s3cret")
        .dpop(key)
        .discover(&server.issuer())
        .await?;
    let credentials = client.client_credentials().scope("read:invoices").credentials("billing");

    // With `ApiClient` there is nothing more to do.
    let api = ApiClient::new(&protected.url("v1"), credentials.clone())?;
    let invoice: Value = api.get("invoices/42").fetch().await?;
    println!("ApiClient:   invoice {} of {}", invoice["id"], invoice["customer"]);
    protected.renew_dpop_nonce()?;
    api.get("invoices/43").send().await?;
    println!("             and again, as the API has changed its nonce");

    // With your own HTTP client: headers for the request, and the answer's headers back.
    let (http, url) = (reqwest::Client::new(), Url::parse(&protected.url("v1/whoami"))?);
    protected.renew_dpop_nonce()?;
    let headers = credentials.headers_for(&Method::GET, &url).await?;
    let mut answer = http.get(url.clone()).headers(headers.clone().into_iter().collect()).send().await?;
    if let Some(again) = headers.on_response(answer.status(), answer.headers()).await? {
        println!("By hand:     {}, the API asks for its new nonce", answer.status());
        answer = http.get(url.clone()).headers(again.into_iter().collect()).send().await?;
    }
    println!("By hand:     {}", answer.status());
    ensure!(answer.status() == StatusCode::OK);

    // What an attacker has of it: the token, without the key.
    let stolen = credentials.token().await?.access_token().secret().to_owned();
    for scheme in ["Bearer", "DPoP"] {
        let answer = http.get(url.clone()).header("authorization", format!("{scheme} {stolen}")).send().await?;
        println!("An attacker: {} for `Authorization: {scheme} ..`", answer.status());
        ensure!(answer.status() == StatusCode::UNAUTHORIZED);
    }
    println!("Token requests: {}, one of them to learn the server's nonce", server.counters().token_requests);
    ensure!(server.counters().token_requests == 2);
    Ok(())
}
