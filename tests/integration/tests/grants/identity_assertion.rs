//! The identity assertion grant: a token exchange at the identity provider, a JWT bearer grant at the API's server.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use grantkit::credentials::CredentialCache;
use grantkit::grant::{IdentityAssertionGrant, SecurityToken};
use grantkit::{Client, Credentials};
use serde_json::{Value, json};

use crate::support::{Answer, Scripted, client_at, verdict};

const ISSUER: &str = "https://as.chat.example";
const ID_JAG: &str = "urn:ietf:params:oauth:token-type:id-jag";

fn issued(assertion: &str) -> Answer {
    let answer = json!({
        "issued_token_type": ID_JAG, "access_token": assertion, "token_type": "N_A", "scope": "chat.read", "expires_in": 300,
    });
    Answer::json(200, &answer)
}

/// The client at the API's server.
fn chat(server: &Scripted) -> Client {
    let client = Client::builder().client_id("chat-client").client_secret_post("chat-secret");
    client.token_endpoint(&server.url("/token")).unwrap().issuer(ISSUER).unwrap().build().erased()
}

#[tokio::test]
async fn from_a_login_to_an_apis_credentials() {
    let idp = Scripted::start([issued("jag.one.x"), issued("jag.two.x")]).await;
    let server = Scripted::start([Answer::token("T1"), Answer::token("T2")]).await;
    let grant = chat(&server)
        .identity_assertion(&client_at(&idp.url("/token")), SecurityToken::id_token("id.tok.en"))
        .resource("https://api.chat.example")
        .scope("chat.read");
    let credentials = Credentials::builder(grant.named("chat")).cache(&CredentialCache::new(1, None)).build();
    assert_eq!(credentials.token().await.unwrap().access_token().secret(), "T1");
    assert_eq!(
        idp.only().body(),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=id.tok.en\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token\
         &requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid-jag&scope=chat.read\
         &resource=https%3A%2F%2Fapi.chat.example&audience=https%3A%2F%2Fas.chat.example"
    );
    assert!(idp.only().header("authorization").unwrap().starts_with("Basic "));
    assert_eq!(
        server.only().body(),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=jag.one.x\
         &resource=https%3A%2F%2Fapi.chat.example&client_id=chat-client&client_secret=chat-secret"
    );
    // A token that is refused is replaced by both requests.
    let refused = credentials.headers().await.unwrap();
    credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
    assert_eq!((idp.count(), server.count()), (2, 2));
    assert!(server.asked()[1].body().contains("assertion=jag.two.x"));
}

#[tokio::test]
async fn what_is_no_identity_assertion_goes_nowhere() {
    let other = json!({
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token", "access_token": "canary", "token_type": "Bearer",
    });
    let idp = Scripted::start([Answer::json(200, &other)]).await;
    let server = Scripted::start([Answer::token("T1")]).await;
    let grant = chat(&server).identity_assertion(&client_at(&idp.url("/token")), SecurityToken::id_token("i"));
    let error = grant.get_token().await.unwrap_err();
    assert!(
        error.is_invalid_response() && error.to_string().contains("in place of an identity assertion"),
        "{error:?}"
    );
    assert_eq!(server.count(), 0);
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn a_server_without_an_issuer_is_told_before_anything_is_sent() {
    let idp = Scripted::start([issued("jag")]).await;
    let grant = client_at("https://as.example/token")
        .identity_assertion(&client_at(&idp.url("/token")), SecurityToken::id_token("i"));
    let error = grant.get_token().await.unwrap_err();
    assert_eq!((idp.count(), verdict(&error)), (0, vec!["configuration"]));
    assert!(error.to_string().contains("call `.issuer(..)`"), "{error}");
}

#[tokio::test]
async fn what_the_identity_provider_refuses_is_its_error() {
    let refusals: [(Value, &str); 2] = [
        (json!({ "error": "invalid_grant" }), "invalid_grant"),
        (json!({ "error": "invalid_target", "error_description": "no policy" }), "invalid_target"),
    ];
    for (body, code) in refusals {
        let idp = Scripted::start([Answer::json(400, &body)]).await;
        let server = Scripted::start([Answer::token("T1")]).await;
        let grant = chat(&server).identity_assertion(&client_at(&idp.url("/token")), SecurityToken::id_token("i"));
        let error = grant.get_token().await.unwrap_err();
        assert_eq!((error.oauth_code(), server.count()), (Some(code), 0));
    }
}

const API: &str = "https://api.chat.example";
const JWT_BEARER: &str = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";

fn alone(grant: IdentityAssertionGrant) -> Credentials {
    Credentials::builder(grant.named("chat")).cache(&CredentialCache::new(1, None)).build()
}

/// RFC 8707 §2.2: each request for a token says for which API it is.
#[tokio::test]
async fn the_apis_server_is_told_the_resource_at_each_request() {
    let first = json!({ "access_token": "T1", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "R1" });
    for skips in [false, true] {
        let idp = Scripted::start([issued("jag.one.x")]).await;
        let server = Scripted::start([Answer::json(200, &first), Answer::token("T2")]).await;
        let grant = chat(&server)
            .identity_assertion(&client_at(&idp.url("/token")), SecurityToken::id_token("i"))
            .resource(API)
            .resource("https://files.chat.example")
            .parameter("tenant", "acme")
            .scope("chat.read");
        let credentials = alone(if skips { grant.skip_resource_at_api_server() } else { grant });
        let refused = credentials.headers().await.unwrap();
        credentials.refresh_rejected_token(&refused).await.unwrap().unwrap();
        let resources = "&resource=https%3A%2F%2Fapi.chat.example&resource=https%3A%2F%2Ffiles.chat.example";
        assert!(idp.only().body().contains(resources), "{}", idp.only().body());
        let resources = if skips { "" } else { resources };
        let sent: Vec<_> = server.asked().iter().map(|asked| asked.body().to_owned()).collect();
        let client = "&client_id=chat-client&client_secret=chat-secret";
        assert_eq!(
            sent,
            [
                format!("{JWT_BEARER}&assertion=jag.one.x{resources}{client}"),
                format!("grant_type=refresh_token&refresh_token=R1{resources}{client}"),
            ]
        );
    }
}

/// An assertion with these claims; it is unsigned, as the client does not verify it.
fn saying(claims: &Value) -> String {
    let part = |json: &Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2ln", part(&json!({ "alg": "ES256", "typ": "oauth-id-jag+jwt" })), part(claims))
}

#[tokio::test]
async fn an_assertion_for_another_server_or_api_is_not_sent() {
    let refused = [
        (
            json!({ "aud": "https://as.evil.example" }),
            "is for \"https://as.evil.example\", not for https://as.chat.example",
        ),
        (json!({ "aud": ["https://as.evil.example", 7] }), "not for https://as.chat.example"),
        (json!({ "aud": [] }), "not for https://as.chat.example"),
        (json!({ "aud": ISSUER, "resource": "https://api.evil.example" }), "not for https://api.chat.example"),
        (json!({ "aud": ISSUER, "resource": ["https://api.evil.example"] }), "not for https://api.chat.example"),
    ];
    for (claims, why) in refused {
        let error = sent_with(&saying(&claims)).await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains(why), "{claims}: {error}");
        assert!(error.to_string().contains("`.jwt_bearer(..)`"), "the cure is named: {error}");
    }
    let taken = [
        saying(&json!({ "aud": ISSUER })),
        saying(&json!({ "aud": format!("{ISSUER}/"), "resource": format!("{API}/") })),
        saying(&json!({ "aud": [ISSUER], "resource": ["https://files.chat.example", API] })),
        // What it does not say, or says to others alone, is for the server to judge.
        saying(&json!({ "sub": "alice" })),
        "an.encrypted.assertion.of.five".to_owned(),
        "opaque".to_owned(),
    ];
    for assertion in taken {
        sent_with(&assertion).await.unwrap();
    }
}

/// What comes of this assertion, which the server takes if it gets it.
async fn sent_with(assertion: &str) -> grantkit::Result<grantkit::OAuthToken> {
    let idp = Scripted::start([issued(assertion)]).await;
    let server = Scripted::start([Answer::token("T1")]).await;
    let grant =
        chat(&server).identity_assertion(&client_at(&idp.url("/token")), SecurityToken::id_token("i")).resource(API);
    let token = grant.get_token().await;
    assert_eq!(server.count(), usize::from(token.is_ok()));
    token
}
