use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit_providers::google::{AuthorizedUser, ExternalAccountUser, GcloudUser, ReauthChallenges};
use serde_json::{Value, json};

use crate::token_service::{TokenService, bearer};

fn info(test: &str) -> Value {
    json!({
        "type": "authorized_user",
        "client_id": format!("{test}.apps.example"),
        "client_secret": "s",
        "refresh_token": "r",
        "token": "kept",
        "expiry": "2126-01-02T03:04:05.678901Z",
        "scopes": ["a", "b"],
        "rapt_token": "rapt-1",
        "quota_project_id": "billing",
        "account": "alice@acme.example",
    })
}

#[tokio::test]
async fn token_of_the_file_is_used_until_it_is_refused() {
    let service = TokenService::answering([bearer("new")]).await;
    let user = AuthorizedUser::from_json(&info("kept").to_string()).unwrap().token_uri(service.url("/token")).unwrap();
    assert!(user.is_valid() && !user.is_expired() && !user.requires_scopes() && user.has_scopes(["a"]));
    assert_eq!(user.account(), "alice@acme.example");
    let kept = user.get_token().await.unwrap();
    assert_eq!((kept.access_token().secret(), kept.expires_at()), ("kept", user.expiry()));
    assert_eq!(user.get_token().await.unwrap().access_token().secret(), "new");
    assert_eq!(
        service.only().body,
        "grant_type=refresh_token&refresh_token=r&scope=a+b&client_id=kept.apps.example&client_secret=s&rapt=rapt-1"
    );
}

#[tokio::test]
async fn token_without_an_end_or_near_it_is_refreshed() {
    for expiry in [None, Some(SystemTime::now() + Duration::from_secs(200))] {
        let service = TokenService::answering([bearer("new")]).await;
        let user = AuthorizedUser::new("near.apps.example", "s", "r").token("old", expiry);
        assert!(user.is_expired() && !user.is_valid());
        let token = user.token_uri(service.url("/token")).unwrap().get_token().await.unwrap();
        assert_eq!(token.access_token().secret(), "new");
    }
}

#[test]
fn json_is_that_of_google_auth() {
    let user = AuthorizedUser::from_json(&info("json").to_string()).unwrap();
    let read = |without: &[&str]| serde_json::from_str::<Value>(user.to_json(without).expose_secret()).unwrap();
    let whole = json!({
        "token": "kept",
        "refresh_token": "r",
        "token_uri": "https://oauth2.googleapis.com/token",
        "client_id": "json.apps.example",
        "client_secret": "s",
        "scopes": ["a", "b"],
        "rapt_token": "rapt-1",
        "universe_domain": "googleapis.com",
        "account": "alice@acme.example",
        "expiry": "2126-01-02T03:04:05Z",
    });
    assert_eq!(read(&[]), whole);
    let stripped = read(&["token", "client_secret", "expiry"]);
    assert!(["token", "client_secret", "expiry"].iter().all(|name| stripped.get(name).is_none()));
    // It comes back as it was.
    let again = AuthorizedUser::from_json(user.to_json(&[]).expose_secret()).unwrap();
    assert_eq!(again.expiry(), user.expiry());
}

/// Those of the user's program, or else those of a library.
#[tokio::test]
async fn default_scopes_are_asked_for_where_there_are_no_others() {
    for (user, sent) in [
        (AuthorizedUser::new("default.apps.example", "s", "r").default_scopes("d e"), "&scope=d+e&"),
        (AuthorizedUser::new("default.apps.example", "s", "r").default_scopes("d").scopes("a"), "&scope=a&"),
        // None at all are none, and not those of the library.
        (AuthorizedUser::new("default.apps.example", "s", "r").default_scopes("d").scopes([""; 0]), "&client_id="),
    ] {
        let service = TokenService::answering([bearer("new")]).await;
        user.token_uri(service.url("/token")).unwrap().get_token().await.unwrap();
        let body = service.only().body;
        assert!(body.starts_with(&format!("grant_type=refresh_token&refresh_token=r{sent}")), "{body}");
    }
}

/// It is what the API wants for it, as google-auth has it.
#[tokio::test]
async fn an_empty_password_is_a_space() {
    struct Empty;

    #[async_trait]
    impl ReauthChallenges for Empty {
        fn identity(&self) -> Fingerprint {
            Fingerprint::of_type::<Self>()
        }

        async fn password(&self) -> Result<SecretString> {
            Ok("".into())
        }
    }

    let challenge = json!({
        "status": "CHALLENGE_REQUIRED",
        "sessionId": "s1",
        "challenges": [{ "status": "READY", "challengeId": 1, "challengeType": "PASSWORD" }],
    });
    let done = json!({ "status": "AUTHENTICATED", "sessionId": "s1", "encodedProofOfReauthToken": "rapt-2" });
    let answers = [rapt_required(), bearer("for-reauth"), (200, challenge), (200, done), bearer("ya29.1")];
    let service = TokenService::answering(answers).await;
    user(&service, "empty").reauth(Empty).reauth_url(service.url("")).get_token().await.unwrap();
    let sent: Value = serde_json::from_str(&service.received()[3].body).unwrap();
    assert_eq!(sent["proposalResponse"], json!({ "credential": " " }));
}

#[test]
fn expiry_that_is_none_is_named() {
    let mut info = info("expiry");
    info["expiry"] = json!("tomorrow");
    let error = AuthorizedUser::from_json(&info.to_string()).unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("its `expiry` \"tomorrow\" is no time"), "{error}");
}

#[tokio::test]
async fn handler_gives_the_tokens() {
    let lifetime = Arc::new(AtomicUsize::new(3600));
    let stated = Arc::clone(&lifetime);
    let user = AuthorizedUser::from_handler(Fingerprint::new("user", "alice"), move |scopes| {
        let lifetime = Duration::from_secs(stated.load(Ordering::SeqCst) as u64);
        async move { Ok(OAuthToken::new(format!("for-{}", scopes.join("-")))?.with_expires_in(lifetime)) }
    })
    .scopes("a b");
    assert_eq!(user.get_token().await.unwrap().access_token().secret(), "for-a-b");
    lifetime.store(200, Ordering::SeqCst);
    assert!(user.get_token().await.unwrap_err().is_invalid_response());
}

pub(crate) struct Password;

#[async_trait]
impl ReauthChallenges for Password {
    fn identity(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn password(&self) -> Result<SecretString> {
        Ok("pass-canary".into())
    }
}

pub(crate) fn rapt_required() -> (u16, Value) {
    (
        400,
        json!({ "error": "invalid_grant", "error_subtype": "rapt_required", "error_description": "reauth related error" }),
    )
}

pub(crate) fn user(service: &TokenService, test: &str) -> AuthorizedUser {
    AuthorizedUser::new(format!("{test}.apps.example"), "GOCSPX-1", "1//0g")
        .scopes("a")
        .token_uri(service.url("/token"))
        .unwrap()
}

#[tokio::test]
async fn person_authenticates_again() {
    let service = TokenService::answering([
        rapt_required(),
        bearer("for-reauth"),
        (
            200,
            json!({
                "status": "CHALLENGE_REQUIRED",
                "sessionId": "s/1",
                "challenges": [
                    { "status": "DONE", "challengeId": 1, "challengeType": "SECURITY_KEY" },
                    { "status": "READY", "challengeId": 2, "challengeType": "PASSWORD" },
                ],
            }),
        ),
        (200, json!({ "status": "AUTHENTICATED", "sessionId": "s/1", "encodedProofOfReauthToken": "rapt-2" })),
        bearer("ya29.1"),
    ])
    .await;
    let user = user(&service, "reauth").reauth(Password).reauth_url(service.url(""));
    assert_eq!(user.get_token().await.unwrap().access_token().secret(), "ya29.1");
    assert_eq!(user.rapt().unwrap().expose_secret(), "rapt-2");

    let received = service.received();
    assert!(received[1].body.contains("scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Faccounts.reauth"));
    let body = |index: usize| serde_json::from_str::<Value>(&received[index].body).unwrap();
    assert_eq!((received[2].method.as_str(), received[2].path_and_query.as_str()), ("POST", "/v2/sessions:start"));
    for (request, kind) in [(&received[2], "auth-request-type/re-start"), (&received[3], "auth-request-type/re-cont")] {
        assert!(request.headers.contains(&("x-goog-api-client".to_owned(), kind.to_owned())), "{request:?}");
    }
    // The request for the token of the session is an ordinary one.
    assert!(!received[1].headers.iter().any(|(name, _)| name == "x-goog-api-client"));
    assert!(received[2].headers.contains(&("authorization".to_owned(), "Bearer for-reauth".to_owned())));
    assert_eq!(
        body(2),
        json!({ "supportedChallengeTypes": ["SECURITY_KEY", "PASSWORD", "SAML"], "oauthScopesForDomainPolicyLookup": ["a"] })
    );
    assert_eq!(received[3].path_and_query, "/v2/sessions/s%2F1:continue");
    assert_eq!(
        body(3),
        json!({ "sessionId": "s/1", "challengeId": 2, "action": "RESPOND", "proposalResponse": { "credential": "pass-canary" } })
    );
    assert!(received[4].body.ends_with("&rapt=rapt-2"), "{}", received[4].body);
}

#[tokio::test]
async fn a_user_that_is_given_a_proof_or_challenges_later_is_another_client() {
    let service = TokenService::answering([
        rapt_required(),
        bearer("with-rapt"),
        rapt_required(),
        bearer("for-reauth"),
        (200, json!({ "status": "AUTHENTICATED", "sessionId": "s/1", "encodedProofOfReauthToken": "rapt-2" })),
        bearer("after-reauth"),
    ])
    .await;
    let user = || user(&service, "given-later");
    let text = async |user: AuthorizedUser| {
        let token = user.credentials().token().await?;
        Ok::<_, Error>(token.access_token().secret().to_owned())
    };
    assert!(text(user()).await.is_err());
    assert_eq!(text(user().rapt_token("rapt-1")).await.unwrap(), "with-rapt");
    assert_eq!(text(user().reauth(Password).reauth_url(service.url(""))).await.unwrap(), "after-reauth");
    let fingerprints = [
        user(),
        user().rapt_token("one"),
        user().rapt_token("two"),
        user().reauth(Password),
        user().reauth(Password).reauth_url("https://one.example"),
        user().reauth(Password).reauth_url("https://two.example"),
    ]
    .map(|user| user.fingerprint());
    for (place, one) in fingerprints.iter().enumerate() {
        assert!(!fingerprints[place + 1..].contains(one), "{place}");
    }
    // What a challenge has brought since then is the same user's.
    let user = user().rapt_token("rapt-1");
    assert_eq!(user.fingerprint(), user.clone().fingerprint());
}

#[tokio::test]
async fn challenges_that_cannot_be_answered_need_a_login() {
    for (answer, expected) in [
        (json!({ "status": "CHALLENGE_REQUIRED", "sessionId": "1", "challenges": [] }), "no challenge"),
        (
            json!({ "status": "CHALLENGE_REQUIRED", "sessionId": "1",
                "challenges": [{ "status": "READY", "challengeId": 1, "challengeType": "SAML" }] }),
            "by `gcloud auth application-default login`",
        ),
        (json!({ "status": "FAILED" }), "ended with \"FAILED\""),
        (
            json!({ "status": "CHALLENGE_PENDING", "sessionId": "1",
                "challenges": [{ "status": "READY", "challengeId": 1, "challengeType": "PASSWORD" }] }),
            "after five challenges",
        ),
    ] {
        let service = TokenService::answering([rapt_required(), bearer("for-reauth"), (200, answer)]).await;
        let user = user(&service, expected).reauth(Password).reauth_url(service.url(""));
        let error = user.get_token().await.unwrap_err();
        assert!(error.needs_login() && error.to_string().contains(expected), "{error}");
        assert!(!format!("{error:?}").contains("pass-canary"), "{error:?}");
    }
}

#[tokio::test]
async fn workforce_user_by_basic_authentication() {
    let service = TokenService::answering([bearer("t1")]).await;
    let file = json!({
        "type": "external_account_authorized_user",
        "audience": "//iam.googleapis.com/locations/global/workforcePools/p/providers/q",
        "client_id": "workforce.apps.example",
        "client_secret": "s",
        "refresh_token": "r",
        "token_url": service.url("/v1/oauthtoken"),
        "quota_project_id": "billing",
    });
    let user = ExternalAccountUser::from_json(&file.to_string()).unwrap();
    let token = user.get_token().await.unwrap();
    assert_eq!(token.request_headers()[0].1, "billing");
    let request = service.only();
    assert_eq!(request.body, "grant_type=refresh_token&refresh_token=r");
    assert!(request.headers.iter().any(|(name, value)| name == "authorization" && value.starts_with("Basic ")));
    assert!(user.revocation().unwrap_err().is_unsupported());
}

#[tokio::test]
async fn workforce_user_is_logged_out_where_the_file_says() {
    let service = TokenService::answering([(200, json!({}))]).await;
    let file = json!({
        "type": "external_account_authorized_user",
        "client_id": "workforce.apps.example",
        "client_secret": "s",
        "refresh_token": "r",
        "token_url": service.url("/v1/oauthtoken"),
        "revoke_url": service.url("/v1/revoke"),
    });
    let user = ExternalAccountUser::from_json(&file.to_string()).unwrap();
    user.revocation().unwrap().refresh_token(&RefreshToken::new("r")).await.unwrap();
    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/v1/revoke"));
    assert_eq!(request.body, "token=r&token_type_hint=refresh_token");
    let basic = ("authorization".to_owned(), "Basic d29ya2ZvcmNlLmFwcHMuZXhhbXBsZTpz".to_owned());
    assert!(request.headers.contains(&basic), "{request:?}");
}

/// A `gcloud` that prints what it was called with, or fails.
#[cfg(unix)]
pub(crate) fn with_gcloud<T>(script: &str, run: impl AsyncFnOnce() -> T) -> T {
    let directory = tempfile::tempdir().unwrap();
    grantkit_integration_tests::program::write_program(
        &directory.path().join("gcloud"),
        &format!("#!/bin/sh\n{script}\n"),
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    temp_env::with_var("PATH", Some(directory.path()), || runtime.block_on(run()))
}

#[cfg(unix)]
#[test]
fn user_of_gcloud_by_account() {
    with_gcloud("IFS=_; printf 'ya29.%s\n' \"$*\"", async || {
        let gcloud = GcloudUser::new().quota_project_id("billing");
        let token = gcloud.get_token().await.unwrap();
        assert_eq!(token.access_token().secret(), "ya29.auth_print-access-token");
        assert_eq!(token.request_headers()[0].1, "billing");
        let other = gcloud.clone().account("alice@acme.example");
        assert_eq!(
            other.get_token().await.unwrap().access_token().secret(),
            "ya29.auth_print-access-token_--account=alice@acme.example"
        );
        assert_ne!(gcloud.fingerprint(), other.fingerprint());
        assert_eq!(gcloud.project_id().await.as_deref(), Some("ya29.config_get_project"));
    });
}

#[cfg(unix)]
#[test]
fn gcloud_without_a_login_needs_one() {
    with_gcloud("exit 1", async || {
        let error = GcloudUser::new().get_token().await.unwrap_err();
        assert!(error.needs_login() && error.to_string().contains("gcloud auth login"), "{error}");
        assert_eq!(GcloudUser::new().project_id().await, None);
    });
}
