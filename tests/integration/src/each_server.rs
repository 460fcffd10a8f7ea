//! What each real authorization server is asked for alike: one text of a test, run by the program of each server.

use grantkit::authorize::RedirectUri;
use grantkit::grant::Login;
use grantkit::{AuthorizationCode, Client};
use grantkit_testkit::ManualClock;

use crate::real_server::{Browser, CALLBACK, Launch, RealServer, copy, in_another_process, log_in, use_through_lives};

/// A kind of server, with what it wants of a login.
#[derive(Clone, Copy)]
pub struct Kind {
    launch: fn() -> Launch,
    /// Whether a refresh token takes `offline_access`, and a person who is asked for it.
    asks_for_offline_access: bool,
}

pub const OIDC_PROVIDER: Kind = Kind { launch: RealServer::oidc_provider, asks_for_offline_access: true };
pub const AUTHLIB: Kind = Kind { launch: RealServer::authlib, asks_for_offline_access: false };

/// The tests below, for a server of this kind.
#[macro_export]
macro_rules! for_each_server {
    ($kind:ident) => {
        $crate::for_each_server! { $kind:
            a_secret_full_of_special_characters_arrives_in_a_header,
            a_secret_full_of_special_characters_arrives_among_the_parameters,
            a_wrong_secret_is_a_matter_of_configuration,
            a_person_says_no,
            a_callback_that_comes_twice_gives_no_second_token,
            a_code_is_of_no_use_without_its_verifier,
            a_person_refuses_on_another_device,
            a_revoked_access_token_is_no_longer_active,
            a_revoked_refresh_token_takes_its_access_tokens_along,
            a_rotating_refresh_token_is_spent_once_by_concurrent_callers,
            a_login_that_was_revoked_needs_another,
            a_thousand_callers_make_one_token_request,
            the_claims_are_of_the_person_who_logged_in,
        }
    };
    ($kind:ident: $($test:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $test() {
                $crate::each_server::$test($crate::each_server::$kind).await;
            }
        )*
    };
}

impl Kind {
    fn start(self) -> RealServer {
        (self.launch)().start()
    }

    /// A login that has not begun, of the client `basic`.
    async fn login(self, server: &RealServer) -> AuthorizationCode {
        let client = server.confidential("basic").await;
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
        if self.asks_for_offline_access {
            login.scope("read").scope("offline_access").login_parameter("prompt", "consent")
        } else {
            login.scope("read")
        }
    }

    /// A login with a refresh token.
    async fn logged_in(self, server: &RealServer) -> Login {
        log_in(&self.login(server).await).await.unwrap()
    }
}

pub async fn a_secret_full_of_special_characters_arrives_in_a_header(kind: Kind) {
    let server = kind.start();
    let client = server.confidential("basic").await;
    let token = client.client_credentials().scope("read").scope("write").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("read write"));
    assert_eq!(token.expires_in().map(|lifetime| lifetime.as_secs()), Some(3600));
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert_eq!((seen.active, seen.client_id.as_deref()), (true, Some("basic")));
}

pub async fn a_secret_full_of_special_characters_arrives_among_the_parameters(kind: Kind) {
    let server = kind.start();
    let client = Client::builder().client_id("post").client_secret_post(server.secret());
    let client = client.token_endpoint(&server.url("/token")).unwrap().build();
    assert_eq!(client.client_credentials().scope("read").get_token().await.unwrap().scope(), Some("read"));
}

pub async fn a_wrong_secret_is_a_matter_of_configuration(kind: Kind) {
    let server = kind.start();
    let start = |id: &str| Client::builder().client_id(id);
    for client in [
        start("basic").client_secret_basic("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
        start("post").client_secret_post("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
        start("unknown").client_secret_basic("wrong").token_endpoint(&server.url("/token")).unwrap().build(),
    ] {
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(error.oauth_code(), Some("invalid_client"), "{error}");
        assert!(error.is_configuration() && !error.is_retryable() && !error.needs_login());
        assert!(!format!("{error} {error:?}").contains("wrong"));
    }
}

pub async fn a_person_says_no(kind: Kind) {
    let server = kind.start();
    let login = kind.login(&server).await.login_parameter("login_hint", "deny");
    let error = log_in(&login).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("access_denied"));
    assert!(!error.is_configuration() && !error.is_retryable() && !error.is_security());
    assert_eq!(server.stats().await.token_requests("authorization_code"), 0);
}

pub async fn a_callback_that_comes_twice_gives_no_second_token(kind: Kind) {
    let server = kind.start();
    let login = kind.login(&server).await;
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    login.finish(copy(&pending), &callback).await.unwrap();
    let (pending, callback) = in_another_process(&pending, &callback);
    assert_eq!(login.finish(pending, &callback).await.unwrap_err().oauth_code(), Some("invalid_grant"));
}

pub async fn a_code_is_of_no_use_without_its_verifier(kind: Kind) {
    let server = kind.start();
    let login = kind.login(&server).await;
    let (url, pending) = login.start().unwrap();
    let callback = Browser::new().visit(url.as_str()).await;
    let (_, another) = login.start().unwrap();
    // What a thief of the code has: all but the verifier.
    let mut stored = serde_json::to_value(&pending).unwrap();
    stored["code_verifier"] = serde_json::to_value(&another).unwrap()["code_verifier"].take();
    let stolen = serde_json::from_value(stored).unwrap();
    assert_eq!(login.finish(stolen, callback).await.unwrap_err().oauth_code(), Some("invalid_grant"));
}

pub async fn a_person_refuses_on_another_device(kind: Kind) {
    let server = kind.start();
    let device = server.public().await.device_authorization().unwrap();
    // One server asks every client that requests no scope for an ID token, the other wants a scope.
    let device = if kind.asks_for_offline_access { device.scope("openid") } else { device.scope("read") };
    let pending = device.start().await.unwrap();
    server.person_refuses(pending.user_code()).await;
    let error = device.wait(pending).await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("access_denied"));
    assert!(!error.is_retryable() && !error.is_configuration());
}

pub async fn a_revoked_access_token_is_no_longer_active(kind: Kind) {
    let server = kind.start();
    let client = server.confidential("basic").await;
    let (revocation, introspection) = (client.revocation().unwrap(), client.introspection().unwrap());
    let token = client.client_credentials().scope("read").get_token().await.unwrap();
    let secret = token.access_token().secret();
    assert!(introspection.access_token(secret).await.unwrap().active);
    revocation.access_token(token.access_token()).await.unwrap();
    assert!(!introspection.access_token(secret).await.unwrap().active);
}

pub async fn a_revoked_refresh_token_takes_its_access_tokens_along(kind: Kind) {
    let server = kind.start();
    let client = server.confidential("basic").await;
    let introspection = client.introspection().unwrap();
    let login = kind.logged_in(&server).await;
    let (access, refresh) = (login.token().access_token(), login.token().refresh_token().unwrap());
    let seen = introspection.refresh_token(refresh.secret()).await.unwrap();
    assert_eq!((seen.active, seen.sub.as_deref()), (true, Some("alice")));
    client.revocation().unwrap().refresh_token(refresh).await.unwrap();
    assert!(!introspection.refresh_token(refresh.secret()).await.unwrap().active);
    assert!(!introspection.access_token(access.secret()).await.unwrap().active);
}

/// Many tasks use a login over several lives of its access token. Every refresh token that the server gave was spent once, or it would
/// have revoked the login.
pub async fn a_rotating_refresh_token_is_spent_once_by_concurrent_callers(kind: Kind) {
    let (server, clock) = (kind.start(), ManualClock::new());
    let login = kind.logged_in(&server).await;
    let first_refresh_token = login.token().refresh_token().unwrap().clone();
    let credentials = login.credentials_builder("rotating").clock(clock.clone()).await.unwrap();
    use_through_lives(&[credentials], &clock, 20, 4).await;
    let stats = server.stats().await;
    assert!(stats.tokens("refresh_token") >= 3);
    assert_eq!(stats.token_requests("refresh_token"), stats.tokens("refresh_token"), "none was refused");
    assert_eq!(stats.revoked_logins(), 0);

    // The server does watch: the first refresh token, sent again, ends the login.
    let client = server.confidential("basic").await;
    let error = client.refresh_token_grant(first_refresh_token).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_grant"));
    assert!(error.needs_login());
    assert_eq!(server.stats().await.revoked_logins(), 1);
}

pub async fn a_login_that_was_revoked_needs_another(kind: Kind) {
    let server = kind.start();
    let login = kind.logged_in(&server).await;
    let client = server.confidential("basic").await;
    client.revocation().unwrap().refresh_token(login.token().refresh_token().unwrap()).await.unwrap();
    let credentials = login.credentials("revoked").await.unwrap();
    let headers = credentials.headers().await.unwrap();
    let error = credentials.refresh_rejected_token(&headers).await.unwrap_err();
    assert!(error.needs_login(), "{error}");
    assert_eq!(server.stats().await.token_requests("refresh_token"), 1);
}

pub async fn a_thousand_callers_make_one_token_request(kind: Kind) {
    const CALLERS: usize = 1000;

    let server = kind.start();
    let client = server.confidential("basic").await;
    let credentials = client.client_credentials().scope("read").credentials("a thousand callers");
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.headers().await.unwrap().authorization().to_owned() })
        })
        .collect();
    let mut tokens = Vec::with_capacity(CALLERS);
    for caller in callers {
        tokens.push(caller.await.unwrap());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    assert_eq!(server.stats().await.token_requests("client_credentials"), 1);
}

pub async fn the_claims_are_of_the_person_who_logged_in(kind: Kind) {
    let server = kind.start();
    let client = server.confidential("basic").await;
    let userinfo = client.userinfo().unwrap();
    let done = kind.logged_in(&server).await;
    let subject = done.claims().unwrap().subject();
    assert_eq!(userinfo.fetch(done.token(), subject).await.unwrap().subject(), "alice");
    assert!(userinfo.fetch(done.token(), "bob").await.unwrap_err().is_security());

    client.revocation().unwrap().access_token(done.token().access_token()).await.unwrap();
    let error = userinfo.fetch(done.token(), subject).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}
