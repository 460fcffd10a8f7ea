//! The server tells of a logout (OpenID Connect Back-Channel Logout 1.0).

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grantkit_testkit::{AuthorizationServer, ManualClock, User};
use http::StatusCode;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::site::Site;

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Sessions and ends are told apart by milliseconds.
const A_MOMENT: Duration = Duration::from_millis(5);

async fn start() -> (Site, Browser) {
    serving(Site::start().await).await
}

/// With the application's clock, which stands still.
async fn start_with_clock() -> (Site, Browser, ManualClock) {
    let clock = ManualClock::new();
    let (site, browser) = serving(Site::start().await.with_clock(clock.clone()).await).await;
    (site, browser, clock)
}

async fn serving(site: Site) -> (Site, Browser) {
    let browser = site.serve(site.builder().backchannel_logout(site.client.logout_token_verifier().unwrap())).await;
    (site, browser)
}

async fn log_in(site: &Site, fresh: &Browser, user: &str, sid: Option<&str>) -> Browser {
    let mut browser = fresh.clone();
    let user = User::new(user);
    site.server.set_user(match sid {
        Some(sid) => user.claim("sid", sid),
        None => user,
    });
    browser.visit("/me").await;
    assert!(browser.is_logged_in().await);
    browser
}

pub(crate) fn claims(site: &Site, more: &Value) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let mut claims = json!({
        "iss": site.server.issuer(), "aud": "web", "iat": now, "exp": now + 120, "jti": fresh_id(), "events": { EVENT: {} },
    });
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// Each token has its own.
fn fresh_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("id-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

pub(crate) async fn tell(server: &AuthorizationServer, browser: &Browser, claims: &Value) -> Answer {
    let token = server.sign_jwt(claims).unwrap();
    let mut poster = browser.clone();
    poster.cookies.clear();
    poster.post("/backchannel-logout", &[], &format!("logout_token={token}")).await
}

#[tokio::test]
async fn the_session_that_the_server_names_ends_and_no_other() {
    let (site, fresh) = start().await;
    let mut one = log_in(&site, &fresh, "alice", Some("s1")).await;
    let mut other = log_in(&site, &fresh, "alice", Some("s2")).await;
    let answer = tell(&site.server, &fresh, &claims(&site, &json!({ "sid": "s1", "sub": "alice" }))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(!one.is_logged_in().await && other.is_logged_in().await);
}

#[tokio::test]
async fn all_sessions_of_a_user_end_and_the_user_logs_in_again() {
    let (site, fresh, clock) = start_with_clock().await;
    let mut one = log_in(&site, &fresh, "alice", Some("s1")).await;
    let mut other = log_in(&site, &fresh, "alice", None).await;
    let mut bob = log_in(&site, &fresh, "bob", None).await;
    let answer = tell(&site.server, &fresh, &claims(&site, &json!({ "sub": "alice" }))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!one.is_logged_in().await && !other.is_logged_in().await && bob.is_logged_in().await);
    clock.advance(A_MOMENT);
    log_in(&site, &fresh, "alice", Some("s3")).await;
}

/// The server sends it once more where our answer was lost, or an attacker has a copy of it.
#[tokio::test]
async fn a_token_that_comes_again_does_not_end_what_has_begun_since() {
    let (site, fresh, clock) = start_with_clock().await;
    let mut before = log_in(&site, &fresh, "alice", None).await;
    let logout = claims(&site, &json!({ "sub": "alice" }));
    assert_eq!(tell(&site.server, &fresh, &logout).await.status, StatusCode::OK);
    assert!(!before.is_logged_in().await);
    clock.advance(A_MOMENT);
    let mut since = log_in(&site, &fresh, "alice", None).await;
    assert_eq!(tell(&site.server, &fresh, &logout).await.status, StatusCode::OK);
    assert!(since.is_logged_in().await);
    assert_eq!(tell(&site.server, &fresh, &claims(&site, &json!({ "sub": "alice" }))).await.status, StatusCode::OK);
    assert!(!since.is_logged_in().await, "by another token it ends");
}

/// Which session at the server it belongs to is not known: better one too many.
#[tokio::test]
async fn a_session_whose_id_token_names_none_ends_with_its_user() {
    let (site, fresh) = start().await;
    let mut browser = log_in(&site, &fresh, "alice", None).await;
    tell(&site.server, &fresh, &claims(&site, &json!({ "sid": "unknown", "sub": "alice" }))).await;
    assert!(!browser.is_logged_in().await);
}

#[tokio::test]
async fn a_token_that_is_forged_or_no_logout_token_ends_nothing() {
    let (site, fresh) = start().await;
    let mut browser = log_in(&site, &fresh, "alice", Some("s1")).await;
    let good = claims(&site, &json!({ "sid": "s1" }));
    let stranger = AuthorizationServer::builder().start().await.unwrap();
    let forged = stranger.sign_jwt(&good).unwrap();
    let none = format!("eyJhbGciOiJub25lIn0.{}.", forged.split('.').nth(1).unwrap());
    for body in
        [String::new(), "logout_token=".to_owned(), format!("logout_token={forged}"), format!("logout_token={none}")]
    {
        let answer = fresh.clone().post("/backchannel-logout", &[], &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.text.contains("invalid_request"), "{}", answer.text);
        assert!(browser.is_logged_in().await, "{body}");
    }
    for wrong in [
        json!({ "sid": "s1", "aud": "other" }),
        json!({ "sid": "s1", "iss": "https://other.example" }),
        json!({ "sid": "s1", "events": {} }),
        json!({ "sid": "s1", "nonce": "n" }),
        json!({ "sid": "s1", "exp": 1_000_000_000, "iat": 999_999_000 }),
        json!({}),
    ] {
        assert_eq!(tell(&site.server, &fresh, &claims(&site, &wrong)).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert!(browser.is_logged_in().await, "{wrong}");
    }
    assert_eq!(tell(&site.server, &fresh, &good).await.status, StatusCode::OK);
    assert!(!browser.is_logged_in().await);
}

#[tokio::test]
async fn there_is_no_such_route_unless_it_is_asked_for() {
    let site = Site::start().await;
    let mut browser = site.serve(site.builder()).await;
    assert_eq!(browser.post("/backchannel-logout", &[], "").await.status, StatusCode::NOT_FOUND);
}
