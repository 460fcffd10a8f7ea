//! Every flow, when all goes well.

use grantkit::Client;
use grantkit::authorize::{LoopbackListener, RedirectUri};
use grantkit::grant::JsonTokenRequest;
use grantkit_testkit::{AuthorizationServer, Fault};
use serde_json::json;

use crate::support::{Browser, CALLBACK, log_in, query};
use crate::watch::Watch;

/// With characters that are encoded on the wire.
pub(crate) const SECRET: &str = "CANARY-client+secret/%&:ü";

pub(crate) async fn server() -> AuthorizationServer {
    let server = AuthorizationServer::builder()
        .confidential_client("billing", SECRET)
        .redirect_uri("billing", CALLBACK)
        .public_client("cli", ["http://127.0.0.1/callback"])
        .start();
    server.await.unwrap()
}

fn watch() -> Watch {
    let mut watch = Watch::start();
    watch.secret(SECRET);
    watch
}

#[tokio::test]
async fn client_credentials_show_no_secret() {
    let (mut watch, server) = (watch(), server().await);
    let builder = || Client::builder().client_id("billing").token_endpoint(&server.token_endpoint()).unwrap();
    for (name, client) in [
        ("basic", builder().client_secret_basic(SECRET).build()),
        ("post", builder().client_secret_post(SECRET).build()),
        ("either", builder().client_secret(SECRET).build()),
    ] {
        let grant = client.client_credentials().scope("a").parameter("api_key", "not-shown-CANARY");
        let credentials = grant.clone().credentials(name);
        let headers = credentials.headers().await.unwrap();
        watch.token(&credentials.token().await.unwrap());
        watch.show(&client);
        watch.show(&grant);
        watch.show(&credentials);
        watch.show(&headers);
        watch.show(headers.authorization());
    }
    watch.show(&builder().client_secret_basic(SECRET));
    watch.show(&builder().client_secret_post(SECRET));
    watch.secrets_sent_to(&server);
    watch.finish();
}

#[tokio::test]
async fn a_login_and_its_refresh_show_no_secret() {
    let (mut watch, server) = (watch(), server().await);
    let client = Client::builder().client_id("billing").client_secret_basic(SECRET).discover(&server.issuer()).await;
    let client = client.unwrap();
    watch.show(&client);
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid").scope("a");
    let (url, pending) = login.start().unwrap();
    for member in ["state", "code_verifier", "nonce"] {
        watch.secret(serde_json::to_value(&pending).unwrap()[member].as_str().unwrap());
    }
    let back = Browser::new().log_in(&url).await;
    watch.secret(query(&back, "code").unwrap());
    watch.show(&login);
    watch.show(&pending);
    let done = login.finish(pending, &back).await.unwrap();
    watch.show(&done);
    watch.show(&done.claims());
    watch.token(done.token());

    let credentials = done.credentials("a-login").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    let renewed = credentials.refresh_rejected_token(&headers).await.unwrap().unwrap();
    watch.show(&renewed);
    watch.token(&credentials.token().await.unwrap());
    watch.show(&credentials);
    watch.secrets_sent_to(&server);
    watch.finish();
}

#[tokio::test]
async fn the_other_endpoints_show_no_secret() {
    let (mut watch, server) = (watch(), server().await);
    let client = Client::builder().client_id("billing").client_secret_post(SECRET).discover(&server.issuer()).await;
    let client = client.unwrap();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let done = log_in(&login).await.unwrap();
    watch.token(done.token());

    let (revocation, introspection, userinfo) =
        (client.revocation().unwrap(), client.introspection().unwrap(), client.userinfo().unwrap());
    let claims = userinfo.fetch(done.token(), "alice").await.unwrap();
    watch.show(&claims);
    watch.show(&introspection.access_token(done.token().access_token().secret()).await.unwrap());
    let refresh_token = done.token().refresh_token().unwrap();
    watch.show(&introspection.refresh_token(refresh_token.secret()).await.unwrap());
    revocation.access_token(done.token().access_token()).await.unwrap();
    revocation.refresh_token(refresh_token).await.unwrap();
    watch.show(&(revocation, introspection, userinfo));
    watch.secrets_sent_to(&server);
    watch.finish();
}

#[tokio::test]
async fn a_device_login_shows_no_secret() {
    let (mut watch, server) = (watch(), server().await);
    let begun = json!({
        "device_code": "CANARY-device-code",
        "user_code": "CANARY-user",
        "verification_uri": "https://as.example/device",
        "verification_uri_complete": "https://as.example/device?user_code=CANARY-user",
        "expires_in": 600,
    });
    server.faults().next("/device", 1, Fault::respond(200, begun));
    server.faults().next("/token", 1, Fault::respond(400, json!({ "error": "authorization_pending" })));
    let token = json!({ "access_token": "CANARY-access", "token_type": "Bearer", "refresh_token": "CANARY-refresh", "id_token": "CANARY.id.token" });
    server.faults().next("/token", 1, Fault::respond(200, token));
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic(SECRET)
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build();
    let grant = client.device_authorization().scope("a");
    let mut pending = grant.start().await.unwrap();
    watch.show(&pending);
    assert!(grant.poll(&mut pending).await.unwrap().is_none());
    watch.show(&grant);
    watch.show(&pending);
    watch.token(grant.poll(&mut pending).await.unwrap().unwrap().token());
    watch.secrets_sent_to(&server);
    watch.finish();
}

#[tokio::test]
async fn refresh_tokens_and_members_that_were_configured_are_not_shown() {
    let (mut watch, server) = (watch(), server().await);
    for _ in 0..2 {
        let token =
            json!({ "access_token": "CANARY-access", "token_type": "Bearer", "refresh_token": "CANARY-successor" });
        server.faults().next("/token", 1, Fault::respond(200, token));
    }
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic(SECRET)
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build();
    let grant = client.refresh_token_grant("CANARY-long-lived");
    watch.show(&grant);
    watch.token(&grant.get_token().await.unwrap());
    watch.secret("CANARY-long-lived");

    let request = JsonTokenRequest::new(&server.token_endpoint()).unwrap();
    let request = request.member("shown", "yes").secret_member("api_token", "CANARY-api-token");
    watch.show(&request);
    watch.token(&request.get_token().await.unwrap());
    watch.secret("CANARY-api-token");
    watch.secrets_sent_to(&server);
    watch.finish();
}

/// What starts the browser writes into the log what it starts it with.
#[test]
fn a_native_login_shows_no_secret() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let login = async {
        let (mut watch, server) = (watch(), server().await);
        let client = Client::builder().client_id("cli").public().discover(&server.issuer()).await.unwrap();
        let listener = LoopbackListener::bind().await.unwrap();
        watch.show(&listener);
        let hint = "CANARY-id-token-hint";
        watch.secret(hint);
        let login = client.authorization_code(listener.redirect_uri().unwrap()).unwrap().id_token_hint(hint);
        let (address, addresses) = std::sync::mpsc::channel();
        let native = login.native(listener).show(move |url| {
            address.send(url.clone()).unwrap();
            let url = url.clone();
            tokio::spawn(async move {
                let browser = Browser::new();
                let back = browser.log_in(&url).await;
                browser.get(back.as_str()).await;
            });
        });
        watch.show(&native);
        let done = native.await.unwrap();
        watch.secret(query(&addresses.recv().unwrap(), "state").unwrap());
        watch.show(&done);
        watch.token(done.token());
        watch.secrets_sent_to(&server);
        watch.finish();
    };
    // One that starts, and does nothing.
    temp_env::with_var("BROWSER", Some("true"), || runtime.block_on(login));
}
