//! Every kind of failure, with servers that quote whatever they were sent.

use std::time::Duration;

use grantkit::authorize::RedirectUri;
use grantkit::client::Endpoints;
use grantkit::token::RefreshToken;
use grantkit::transport::Transport;
use grantkit::{Client, OAuthToken};
use grantkit_testkit::{AuthorizationServer, Fault};
use serde_json::json;

use crate::flows::{SECRET, server};
use crate::support::{Browser, CALLBACK, HeldTime, log_in, query};
use crate::watch::{Watch, encodings};

/// What can go wrong, quoting these.
fn failures(secrets: &[String]) -> Vec<Fault> {
    let quoted = secrets.join(" / ");
    let form: String =
        secrets.iter().flat_map(|secret| form_urlencoded::byte_serialize(secret.as_bytes()).chain([" "])).collect();
    let in_json = |text: &str| {
        let page = format!("https://as.example/why?{text}");
        json!({ "error": "invalid_request", "error_description": text, "error_uri": page })
    };
    let encoded = (0..encodings("").len()).map(|kind| {
        let all: Vec<_> = secrets.iter().map(|secret| encodings(secret).swap_remove(kind)).collect();
        // Half of them in what is read, half in what is quoted as it stands.
        if kind % 2 == 0 { Fault::respond(400, in_json(&all.join(" "))) } else { Fault::respond(400, all.join(" ")) }
    });
    let plain = vec![
        Fault::respond(400, in_json(&quoted)),
        Fault::respond(400, in_json(&form)),
        Fault::respond(400, json!({ "error": quoted })),
        Fault::respond(400, json!({ "message": quoted })),
        Fault::respond(200, in_json(&quoted)),
        Fault::respond(200, format!("<html>{quoted}")),
        Fault::respond(200, quoted.clone()),
        Fault::respond(200, form.clone()),
        Fault::respond(200, json!([quoted])),
        Fault::respond(200, json!({ "access_token": quoted })),
        Fault::respond(200, json!({ "access_token": quoted, "token_type": quoted, "expires_in": quoted })),
        Fault::respond(200, json!({ "access_token": 1, "refresh_token": [quoted], "sub": [quoted], "active": quoted })),
        Fault::respond(404, quoted.clone()),
        Fault::respond(500, form.clone()),
        Fault::respond(503, quoted.clone()).header("retry-after", "120"),
        Fault::status(302).header("location", &format!("https://as.example/?{}", form.trim())),
        Fault::respond(400, secrets[0].chars().take(14).collect::<String>()),
        Fault::truncate_body(20),
        Fault::drop_connection(),
        Fault::lose_answer(),
        Fault::respond(200, vec![b'x'; 5000]),
        Fault::respond(200, "[".repeat(3000)),
    ];
    plain.into_iter().chain(encoded).collect()
}

/// The same, and whether it ends with the patience of the client.
fn all_failures(secrets: &[String]) -> Vec<(Fault, bool)> {
    let at_once = failures(secrets).into_iter().map(|fault| (fault, false));
    at_once.chain([(Fault::delay(Duration::from_hours(1)), true)]).collect()
}

const LIMIT: Duration = Duration::from_secs(30);

fn transport() -> Transport {
    Transport::builder().timeout(LIMIT).body_limit(4000).build().unwrap()
}

async fn outcome<T>(is_slow: bool, call: impl Future<Output = T>) -> T {
    if is_slow { HeldTime::run_out(LIMIT, call).await } else { call.await }
}

fn client(server: &AuthorizationServer, post: bool) -> Client<Endpoints> {
    let builder = Client::builder().client_id("billing").transport(transport());
    let builder = builder.token_endpoint(&server.token_endpoint()).unwrap();
    if post { builder.client_secret_post(SECRET).build() } else { builder.client_secret_basic(SECRET).build() }
}

fn header() -> String {
    use base64::Engine;
    let secret: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    base64::prelude::BASE64_STANDARD.encode(format!("billing:{secret}"))
}

#[tokio::test]
async fn failing_client_credentials_show_no_secret() {
    let (mut watch, server) = (Watch::start(), server().await);
    watch.secret(SECRET);
    watch.secret(header());
    for post in [false, true] {
        let mut secrets = vec![SECRET.to_owned()];
        secrets.extend((!post).then(header));
        for (fault, is_slow) in all_failures(&secrets) {
            server.faults().clear();
            server.faults().always("/token", fault);
            let credentials = client(&server, post).client_credentials().credentials("failing-canary");
            let grant = client(&server, post).client_credentials();
            watch.error(&outcome(is_slow, grant.get_token()).await.unwrap_err());
            watch.error(&outcome(is_slow, credentials.token()).await.unwrap_err());
            credentials.clear().await.unwrap();
        }
    }
    watch.finish();
}

#[tokio::test]
async fn failing_logins_and_refreshes_show_no_secret() {
    let (mut watch, server) = (Watch::start(), server().await);
    watch.secret(SECRET);
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic(SECRET)
        .transport(transport())
        .discover(&server.issuer())
        .await
        .unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
    let number = all_failures(&["x".to_owned()]).len();
    let mut failed = 0;
    for kind in 0..number {
        server.faults().clear();
        let (url, pending) = login.start().unwrap();
        let back = Browser::new().log_in(&url).await;
        let code = query(&back, "code").unwrap();
        let verifier = serde_json::to_value(&pending).unwrap()["code_verifier"].as_str().unwrap().to_owned();
        watch.secret(&code);
        watch.secret(&verifier);
        // Callbacks that are wrong in themselves.
        for callback in [
            format!("code={code}&state=x"),
            format!("code={code}"),
            format!("state={}&code={code}&code={code}", pending.state()),
        ] {
            watch.error(&login.finish(crate::support::copy(&pending), callback).await.unwrap_err());
        }
        let (fault, is_slow) = all_failures(&[code, verifier, SECRET.to_owned(), header()]).swap_remove(kind);
        server.faults().next("/token", 1, fault);
        watch.error(&outcome(is_slow, Box::pin(login.finish(pending, &back))).await.unwrap_err());

        server.faults().clear();
        let done = log_in(&login).await.unwrap();
        watch.token(done.token());
        let refresh_token = done.token().refresh_token().unwrap().secret().to_owned();
        let credentials = done.credentials(format!("failing-login-{kind}")).await.unwrap();
        let headers = credentials.headers().await.unwrap();
        let (fault, is_slow) = all_failures(&[refresh_token, SECRET.to_owned(), header()]).swap_remove(kind);
        server.faults().next("/token", 1, fault);
        // What may not have arrived is sent once more, and succeeds.
        if let Err(error) = outcome(is_slow, credentials.refresh_rejected_token(&headers)).await {
            watch.error(&error);
            failed += 1;
        }
    }
    assert!(failed > number / 2, "{failed} of {number}");
    watch.finish();
}

#[tokio::test]
async fn failing_endpoints_show_no_secret() {
    let (mut watch, server) = (Watch::start(), server().await);
    watch.secret(SECRET);
    let client = Client::builder()
        .client_id("billing")
        .client_secret_post(SECRET)
        .transport(transport())
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .revocation_endpoint(&server.revocation_endpoint())
        .unwrap()
        .introspection_endpoint(&server.introspection_endpoint())
        .unwrap()
        .userinfo_endpoint(&server.userinfo_endpoint())
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build();
    let (access_token, refresh_token) = ("CANARY-access-token", RefreshToken::new("CANARY-refresh-token"));
    let token = OAuthToken::new(access_token).unwrap();
    let mut failed = 0;
    for (call, path, sent) in [
        (0, "/revoke", vec![access_token, SECRET]),
        (1, "/revoke", vec![refresh_token.secret(), SECRET]),
        (2, "/introspect", vec![access_token, SECRET]),
        (3, "/introspect", vec![refresh_token.secret(), SECRET]),
        (4, "/userinfo", vec![access_token]),
        (5, "/device", vec![SECRET]),
    ] {
        for secret in &sent {
            watch.secret(*secret);
        }
        // A server can quote what it was sent.
        for (fault, is_slow) in all_failures(&sent.iter().map(|&secret| secret.to_owned()).collect::<Vec<_>>()) {
            server.faults().clear();
            server.faults().always(path, fault);
            let asking = async {
                match call {
                    0 => client.revocation().access_token(token.access_token()).await.err(),
                    1 => client.revocation().refresh_token(&refresh_token).await.err(),
                    2 => client.introspection().access_token(access_token).await.err(),
                    3 => client.introspection().refresh_token(refresh_token.secret()).await.err(),
                    4 => client.userinfo().fetch(&token, "alice").await.err(),
                    _ => client.device_authorization().start().await.err(),
                }
            };
            let error = outcome(is_slow, Box::pin(asking)).await;
            // Revocation takes any answer with a good status, and half of a short answer is the whole.
            failed += error.iter().map(|error| watch.error(error)).count();
        }
    }
    assert!(failed > 100, "{failed}");
    watch.finish();
}
