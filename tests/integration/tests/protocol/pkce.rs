//! PKCE by S256 (RFC 7636): what goes to the browser is the digest of what goes to the token endpoint.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::authorize::{PendingLogin, RedirectUri};

use crate::support::{Answer, CALLBACK, Scripted, query};

/// RFC 7636 §4.2, by other means than the SDK's.
fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[tokio::test]
async fn the_challenge_is_that_of_the_verifier_as_in_appendix_b() {
    assert_eq!(s256(VERIFIER), CHALLENGE);
    let server = Scripted::start([Answer::token("t")]).await;
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .build();
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap());
    for _ in 0..8 {
        let (url, pending) = login.start().unwrap();
        assert_eq!(query(&url, "code_challenge_method").as_deref(), Some("S256"));
        let callback = format!("{CALLBACK}?code=c&state={}", pending.state());
        login.finish(pending, callback).await.unwrap();
        let sent = sent_verifier(&server);
        assert_eq!(query(&url, "code_challenge").unwrap(), s256(&sent));
        // RFC 7636 §4.1: 43 to 128 of these.
        assert!((43..=128).contains(&sent.len()), "{sent}");
        assert!(sent.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)), "{sent}");
    }
    // The verifier of the appendix, kept as one of ours, is sent as it is.
    let (_, pending) = login.start().unwrap();
    let mut kept = serde_json::to_value(&pending).unwrap();
    kept["code_verifier"] = VERIFIER.into();
    let pending: PendingLogin = serde_json::from_value(kept).unwrap();
    let callback = format!("{CALLBACK}?code=c&state={}", pending.state());
    login.finish(pending, callback).await.unwrap();
    assert_eq!(sent_verifier(&server), VERIFIER);
}

fn sent_verifier(server: &Scripted) -> String {
    let asked = server.asked().last().unwrap().clone();
    let mut form = form_urlencoded::parse(&asked.body);
    form.find(|(name, _)| name == "code_verifier").unwrap().1.into_owned()
}
