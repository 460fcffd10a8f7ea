//! The exact requests of services that have ways of their own, as their documentation has them: how a login is ended, a token exchanged, a
//! profile asked for.

use std::time::{Duration, SystemTime};

use grantkit::authorize::RedirectUri;
use grantkit::credentials::{CredentialCache, RefreshPolicy};
use grantkit::provider::ProviderSettings;
use grantkit::store::MemoryStore;
use grantkit::{Credentials, OAuthToken, ProviderClient};
use serde_json::{Value, json};

use crate::service::{Service, log_in, sent, stored};

fn token() -> Value {
    json!({ "access_token": "at-1", "token_type": "Bearer", "expires_in": 1800, "refresh_token": "rt-1" })
}

#[tokio::test]
async fn hubspot_revokes_the_refresh_token_alone() {
    let service = Service::answering([token(), json!({})]).await;
    let client = service.client("hubspot");
    let credentials = stored(&client).await;
    service.sent();
    client.log_out(&credentials).await.unwrap();
    let body = "token=rt-1&token_type_hint=refresh_token&client_id=app&client_secret=s3cret";
    assert_eq!(service.sent(), [sent("POST", "/oauth/2026-03/token/revoke", "", body)]);
}

/// Before v1 ends and after it: `HubSpot`, "Token introspection endpoint".
#[tokio::test]
async fn hubspot_says_who_it_is_where_tokens_are_introspected() {
    let who = json!({
        "token_use": "access_token", "active": true, "token": "at-1", "hub_id": 62515, "user_id": 123, "client_id": "app",
        "app_id": 456, "scopes": ["oauth"], "expires_in": 1754, "token_type": "Bearer", "user": "alice@example.com",
        "hub_domain": "example.com",
    });
    let service = Service::answering([token(), who, json!({ "active": false })]).await;
    let client = service.client("hubspot");
    let login = log_in(&client).await.unwrap();
    service.sent();
    let person = client.identity(&login).await.unwrap();
    assert_eq!(
        (person.id(), person.email(), person.is_email_verified()),
        ("123:62515", Some("alice@example.com"), false)
    );
    let body = "token=at-1&token_type_hint=access_token&client_id=app&client_secret=s3cret";
    assert_eq!(service.sent(), [sent("POST", "/oauth/2026-03/token/introspect", "", body)]);
    let error = client.identity(&login).await.unwrap_err();
    assert!(error.is_token_expired() && error.status().is_none(), "the answer was 200: {error:?}");
}

/// Limited sessions: the refresh token is good once the person has authenticated again.
#[tokio::test]
async fn google_asks_for_another_authentication_and_the_login_goes_on() {
    let limited = json!({ "error": "invalid_grant", "error_subtype": "invalid_rapt" });
    let service = Service::answering([limited, token()]).await;
    let client = service.client("google");
    let policy = RefreshPolicy::default().with_backoff(Duration::ZERO, Duration::ZERO);
    let login = Credentials::builder(client.stored_login("alice").unwrap().named());
    let login = login.cache(&CredentialCache::new(1, None)).store(MemoryStore::new()).policy(policy).build();
    let expired = OAuthToken::new("at-0").unwrap().with_refresh_token("rt-0").with_expires_at(SystemTime::UNIX_EPOCH);
    login.put(expired).await.unwrap();
    let error = login.token().await.unwrap_err();
    assert!(error.needs_login() && error.error_member("error_subtype").unwrap() == "invalid_rapt", "{error:?}");
    login.token().await.unwrap();
    let bodies: Vec<_> = service.sent().into_iter().map(|(.., body)| body).collect();
    assert!(bodies.len() == 2 && bodies.iter().all(|body| body.contains("refresh_token=rt-0")), "{bodies:?}");
}

#[tokio::test]
async fn miro_revokes_by_json_and_the_token_itself() {
    let service = Service::answering([token(), json!({})]).await;
    let client = service.client("miro");
    let credentials = stored(&client).await;
    service.sent();
    client.log_out(&credentials).await.unwrap();
    let all = service.sent();
    let [(method, path, authorization, body)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((method.as_str(), path.as_str(), authorization.as_str()), ("POST", "/v2/oauth/revoke", "Bearer at-1"));
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body, json!({ "accessToken": "at-1", "clientId": "app", "clientSecret": "s3cret" }));
}

#[tokio::test]
async fn lichess_deletes_the_token_where_it_came_from() {
    let service = Service::answering([json!({ "access_token": "at-1", "token_type": "Bearer" }), json!({})]).await;
    let client = service.client("lichess");
    let credentials = stored(&client).await;
    service.sent();
    client.log_out(&credentials).await.unwrap();
    assert_eq!(service.sent(), [sent("DELETE", "/api/token", "Bearer at-1", "")]);
}

#[tokio::test]
async fn polar_ends_the_registration_of_the_person() {
    let answer = json!({ "access_token": "at-1", "token_type": "bearer", "x_user_id": 475 });
    let service = Service::answering([answer, json!({})]).await;
    let client = service.client("polar-accesslink");
    let credentials = stored(&client).await;
    service.sent();
    let token = credentials.token().await.unwrap();
    let error = client.revocation().unwrap().access_token(token.access_token()).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`x_user_id`"), "{error}");
    assert_eq!(service.sent(), []);
    client.log_out(&credentials).await.unwrap();
    assert_eq!(service.sent(), [sent("DELETE", "/v3/users/475", "Bearer at-1", "")]);
}

#[tokio::test]
async fn stripe_knows_the_platform_by_its_key() {
    let answer = json!({
        "access_token": "at-1", "token_type": "bearer", "refresh_token": "rt-1", "stripe_user_id": "acct_1", "livemode": false,
    });
    let service = Service::answering([answer, json!({ "stripe_user_id": "acct_1" })]).await;
    let client = service.client("stripe");
    let credentials = stored(&client).await;
    let all = service.sent();
    let [(method, path, authorization, body)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((method.as_str(), path.as_str(), authorization.as_str()), ("POST", "/oauth/token", ""));
    assert!(body.starts_with("grant_type=authorization_code&code=c-1&") && body.contains("&client_secret=s3cret"));
    assert!(!body.contains("client_id"), "{body}");
    client.log_out(&credentials).await.unwrap();
    let body = "client_id=app&stripe_user_id=acct_1";
    assert_eq!(service.sent(), [sent("POST", "/oauth/deauthorize", "Bearer s3cret", body)]);
}

#[tokio::test]
async fn odnoklassniki_has_the_profile_request_signed() {
    let answer = json!({ "access_token": "at-1", "token_type": "Bearer", "expires_in": "1800" });
    let service = Service::answering([answer, json!({ "uid": "42", "name": "Alice" })]).await;
    let client = service.client_with("ok", ProviderSettings::new().with("application_key", "CBAF"));
    let login = log_in(&client).await.unwrap();
    service.sent();
    assert_eq!(client.identity(&login).await.unwrap().id(), "42");
    // md5("application_key=CBAFformat=jsonmethod=users.getCurrentUser" + md5("at-1s3cret"))
    let path = "/fb.do?application_key=CBAF&format=json&method=users.getCurrentUser\
                &sig=26306656da8114c52753ea9612f2cbd7&access_token=at-1";
    assert_eq!(service.sent(), [sent("GET", path, "", "")]);
    assert!(client.api(client.credentials()).unwrap_err().is_unsupported());
}

/// Of Instagram and of Threads: name, prefix of the grant types.
const META: [(&str, &str); 2] = [("instagram", "ig"), ("threads", "th")];

#[tokio::test]
async fn the_token_of_a_login_is_exchanged_at_once_and_then_renewed() {
    for (name, prefix) in META {
        let long = |text: &str| json!({ "access_token": text, "token_type": "bearer", "expires_in": 5_183_944 });
        let first = json!({ "access_token": "short-1", "user_id": 17_841_405_793_187_218_u64 });
        let service = Service::answering([first, long("long-1"), long("long-2"), long("long-3")]).await;
        let client = service.client(name);
        let credentials = stored(&client).await;
        let exchange =
            format!("/access_token?client_secret=s3cret&access_token=short-1&grant_type={prefix}_exchange_token");
        let all = service.sent();
        assert_eq!(all[0].1, "/oauth/access_token", "{name}");
        assert_eq!(all[1..], [sent("GET", &exchange, "", "")], "{name}");
        let token = credentials.token().await.unwrap();
        assert_eq!(token.access_token().secret(), "long-1", "{name}");
        assert_eq!(token.extra()["user_id"], 17_841_405_793_187_218_u64, "{name}");

        assert_eq!(credentials.refresh().await.unwrap().access_token().secret(), "long-2", "{name}");
        let renewal =
            |text: &str| format!("/refresh_access_token?access_token={text}&grant_type={prefix}_refresh_token");
        assert_eq!(service.sent(), [sent("GET", &renewal("long-1"), "", "")], "{name}");
        credentials.refresh().await.unwrap();
        assert_eq!(service.sent(), [sent("GET", &renewal("long-2"), "", "")], "{name}");
    }
}

#[tokio::test]
async fn an_exchange_that_fails_loses_no_login() {
    let first = json!({ "data": [{ "access_token": "short-1", "user_id": "17", "permissions": "a" }] });
    let error = json!({ "error": { "message": "down", "type": "OAuthException", "code": 2 } });
    let long = json!({ "access_token": "long-1", "token_type": "bearer", "expires_in": 5_183_944 });
    let service = Service::answering([first, error, long]).await;
    let client = service.client("instagram");
    let login = log_in(&client).await.unwrap();
    assert_eq!(login.token().access_token().secret(), "short-1");
    assert_eq!(login.token().expires_in().unwrap().as_secs(), 3600);
    let credentials = login.credentials_in(MemoryStore::new(), "alice").await.unwrap();
    service.sent();
    assert_eq!(credentials.refresh().await.unwrap().access_token().secret(), "long-1");
    assert!(service.sent()[0].1.starts_with("/access_token?"));
}

/// Their numbers overlap.
#[tokio::test]
async fn shops_and_their_staff_have_ids_that_cannot_be_taken_for_each_other() {
    let shop = json!({ "shop": { "id": 902_541_635, "name": "Acme" } });
    let of_user = json!({ "access_token": "at-1", "scope": "a", "associated_user": { "id": 902_541_635 } });
    let of_shop = json!({ "access_token": "at-1", "scope": "a" });
    for (answer, id) in [(of_user, "gid://shopify/StaffMember/902541635"), (of_shop, "gid://shopify/Shop/902541635")] {
        let service = Service::answering([answer, shop.clone()]).await;
        let client = service.client_with("shopify", ProviderSettings::new().with("shop", "acme"));
        let code = client.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap();
        let (url, pending) = code.start().unwrap();
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"s3cret");
        let signature = aws_lc_rs::hmac::sign(&key, format!("code=c-1&state={state}").as_bytes());
        let signature = signature.as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let callback = format!("https://app.example/cb?code=c-1&state={state}&hmac={signature}");
        let login = code.finish(pending, &callback).await.unwrap();
        assert_eq!(client.identity(&login).await.unwrap().id(), id);
    }
}

/// AT Protocol, "OAuth", "Identity Authentication".
#[tokio::test]
async fn a_did_is_believed_of_the_server_alone_that_its_document_leads_to() {
    let played = grantkit_testkit::provider("bluesky").start().await.unwrap();
    let did = played.id_of("4711");
    let server =
        |at: &str| json!([{ "id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": at }]);
    let resource = |issuers: Value| json!({ "authorization_servers": issuers });
    let documents = |at: &str| {
        [
            (json!({ "id": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "service": server(at) }), json!({}), "that of another"),
            (json!({ "id": did }), json!({}), "no server of its data"),
            (json!({ "id": did, "service": server("http://pds.example") }), json!({}), "no https URL"),
            (
                json!({ "id": did, "service": server(at) }),
                resource(json!(["https://mallory.example"])),
                "another authorization server",
            ),
            (json!({ "id": did, "service": server(at) }), resource(json!([])), "another authorization server"),
        ]
    };
    for case in 0..5 {
        let directory = grantkit_integration_tests::support::mock_server().await;
        let (document, resource, why) = documents(&directory.base_url())[case].clone();
        directory
            .mock_async(|when, then| {
                when.path(format!("/{did}"));
                then.status(200).json_body(document);
            })
            .await;
        directory
            .mock_async(|when, then| {
                when.path("/.well-known/oauth-protected-resource");
                then.status(200).json_body(resource);
            })
            .await;
        let hosts = json!({ "plc.directory": directory.base_url() });
        let client = ProviderClient::connect("bluesky", played.settings().with("provider_hosts", hosts)).unwrap();
        let entry = grantkit_providers::catalogue::entry("bluesky").unwrap();
        let login = crate::end_to_end::log_in(entry, &client).await.unwrap();
        let error = client.identity(&login).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains(why), "{case}: {error}");
    }
}
