//! What a client does that is told its credentials alone, by the server's metadata (RFC 8414 §2).

use grantkit::authorize::RedirectUri;
use grantkit::client::state::AlreadyGiven;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::transport::Transport;
use grantkit::{Client, Result};
use serde_json::{Value, json};

use super::assertion::{assertion, form, read};
use crate::support::{Answer, Asked, Scripted, verdict};

const LONG_SECRET: &str = "a-secret-of-sixty-four-bytes-which-is-what-HS512-needs-at-least!";
const SHORT_SECRET: &str = "a-secret-of-thirty-two-bytes-now";

/// A server whose metadata has these members beside the usual ones.
async fn server(members: Value) -> (Scripted, String) {
    let server = Scripted::start([]).await;
    let issuer = server.url("");
    let mut document = json!({ "issuer": issuer, "token_endpoint": format!("{issuer}/token") });
    document.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    server.now_answer([Answer::json(200, &document), Answer::token("t")]);
    (server, issuer)
}

/// All that a client needs but its authentication; on the shared transport there may be another test's metadata.
macro_rules! billing {
    () => {
        Client::builder().client_id("billing").transport(Transport::builder().build().unwrap())
    };
}

async fn discovered(issuer: &str, secret: &str) -> Result<Client> {
    billing!().client_secret(secret).discover(issuer).await
}

/// The token request of the client.
async fn asked_by(server: &Scripted, client: &Client) -> Asked {
    client.client_credentials().get_token().await.unwrap();
    server.asked().last().unwrap().clone()
}

/// The method by what was sent, with the algorithm of an assertion.
fn seen(asked: &Asked) -> String {
    let has = |name: &str| form(asked).iter().any(|(given, _)| given == name);
    if asked.header("authorization").is_some_and(|header| header.starts_with("Basic ")) {
        "basic".to_owned()
    } else if has("client_secret") {
        "post".to_owned()
    } else {
        read(&assertion(asked))[0]["alg"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_secret_is_used_in_the_first_way_that_the_server_knows() {
    let methods = |methods: &[&str]| json!({ "token_endpoint_auth_methods_supported": methods });
    let with_algorithms = |algorithms: &[&str]| {
        json!({
            "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": algorithms,
        })
    };
    let cases = [
        (json!({}), LONG_SECRET, "basic"),
        (methods(&[]), LONG_SECRET, "basic"),
        (methods(&["client_secret_post", "client_secret_basic"]), LONG_SECRET, "basic"),
        (methods(&["none", "client_secret_jwt", "client_secret_post"]), LONG_SECRET, "post"),
        (methods(&["client_secret_jwt"]), LONG_SECRET, "HS512"),
        (methods(&["client_secret_jwt"]), SHORT_SECRET, "HS256"),
        (with_algorithms(&["RS256", "HS256"]), LONG_SECRET, "HS256"),
        (with_algorithms(&["HS256", "HS384", "ES256"]), LONG_SECRET, "HS384"),
        (with_algorithms(&["HS256", "HS384", "HS512"]), SHORT_SECRET, "HS256"),
    ];
    for (members, secret, expected) in cases {
        let (server, issuer) = server(members.clone()).await;
        let client = discovered(&issuer, secret).await.unwrap();
        assert_eq!(seen(&asked_by(&server, &client).await), expected, "{members}");
    }
}

#[tokio::test]
async fn a_secret_that_the_server_has_no_use_for_is_unsupported() {
    let methods = |methods: &[&str]| json!({ "token_endpoint_auth_methods_supported": methods });
    let cases = [
        (methods(&["private_key_jwt", "none"]), LONG_SECRET, "private_key_jwt, none"),
        (
            json!({
                "token_endpoint_auth_methods_supported": ["client_secret_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            }),
            LONG_SECRET,
            "RS256",
        ),
    ];
    for (members, secret, said) in cases {
        let (_server, issuer) = server(members).await;
        let error = discovered(&issuer, secret).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration", "unsupported"]);
        assert!(error.to_string().contains(said) && !error.to_string().contains("a-secret"), "{error}");
    }
    // What is said in so many words is done.
    let (server, issuer) = server(methods(&["private_key_jwt"])).await;
    let client = billing!().client_secret_post("s3cret").discover(&issuer).await.unwrap();
    assert_eq!(seen(&asked_by(&server, &client).await), "post");
}

#[tokio::test]
async fn a_secret_that_is_too_short_for_each_algorithm_says_which_asks_least() {
    let (_server, issuer) = server(json!({ "token_endpoint_auth_methods_supported": ["client_secret_jwt"] })).await;
    let client = discovered(&issuer, "s3cret").await.unwrap();
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("HS256"), "{error}");
}

#[tokio::test]
async fn a_key_signs_by_an_algorithm_that_the_server_knows() {
    let algorithms = |names: &[&str]| json!({ "token_endpoint_auth_signing_alg_values_supported": names });
    let rsa = SigningKey::generate(SigningAlgorithm::Rs256).unwrap();
    let pss = rsa.clone().with_algorithm(SigningAlgorithm::Ps256).unwrap();
    let ec = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let ed = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    let cases = [
        (json!({}), &rsa, "RS256"),
        (json!({}), &pss, "PS256"),
        (json!({ "token_endpoint_auth_methods_supported": ["private_key_jwt"] }), &ec, "ES256"),
        (algorithms(&["ES256", "PS384", "PS256"]), &rsa, "PS256"),
        (algorithms(&["RS256", "PS256"]), &pss, "PS256"),
        (algorithms(&["RS256", "RS512"]), &pss, "RS256"),
        (algorithms(&["RS256", "ES256"]), &ec, "ES256"),
        (json!({}), &ed, "EdDSA"),
        (algorithms(&["ES256", "Ed25519"]), &ed, "Ed25519"),
        (algorithms(&["Ed25519", "EdDSA"]), &ed, "EdDSA"),
    ];
    for (members, key, expected) in cases {
        let (server, issuer) = server(members.clone()).await;
        let client = billing!().signing_key(key.clone()).discover(&issuer).await.unwrap();
        let asked = asked_by(&server, &client).await;
        assert_eq!(seen(&asked), expected, "{members}");
        let [header, claims] = read(&assertion(&asked));
        assert_eq!((&header["typ"], &claims["aud"]), (&"client-authentication+jwt".into(), &issuer.into()));
    }
    let refused = [
        (algorithms(&["PS256", "RS256"]), "PS256, RS256"),
        (json!({ "token_endpoint_auth_methods_supported": ["client_secret_basic"] }), "client_secret_basic"),
    ];
    for (members, said) in refused {
        let (_server, issuer) = server(members).await;
        let error = billing!().signing_key(ec.clone()).discover(&issuer).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration", "unsupported"]);
        assert!(error.to_string().contains(said), "{error}");
    }
    // What is said in so many words is done.
    let (server, issuer) = server(algorithms(&["PS256"])).await;
    let client = billing!().private_key_jwt(ec).discover(&issuer).await.unwrap();
    assert_eq!(seen(&asked_by(&server, &client).await), "ES256");
}

/// RFC 8414 §2: each endpoint says for itself how clients authenticate there.
#[tokio::test]
async fn revocation_and_introspection_negotiate_methods_of_their_own() {
    let secret = |token: &[&str], revocation: &[&str], introspection: &[&str]| {
        json!({
            "token_endpoint_auth_methods_supported": token,
            "revocation_endpoint_auth_methods_supported": revocation,
            "introspection_endpoint_auth_methods_supported": introspection,
        })
    };
    let (basic, post, jwt) = ("client_secret_basic", "client_secret_post", "client_secret_jwt");
    let with_algorithms = json!({
        "token_endpoint_auth_methods_supported": [jwt],
        "token_endpoint_auth_signing_alg_values_supported": ["HS512"],
        "revocation_endpoint_auth_signing_alg_values_supported": ["HS256"],
        "introspection_endpoint_auth_methods_supported": [jwt],
        "introspection_endpoint_auth_signing_alg_values_supported": ["HS384", "HS512"],
    });
    let cases = [
        (secret(&[basic], &[post], &[jwt, "private_key_jwt"]), ["basic", "post", "HS512"]),
        // As at the token endpoint wherever that is known.
        (secret(&[post], &[basic, post], &["Bearer", post]), ["post", "post", "post"]),
        // What is not said is as there, too.
        (secret(&[post], &[], &[basic]), ["post", "post", "basic"]),
        (json!({ "token_endpoint_auth_methods_supported": [post] }), ["post", "post", "post"]),
        (with_algorithms, ["HS512", "HS256", "HS512"]),
    ];
    for (members, expected) in cases {
        assert_eq!(seen_at_all_three(&members, billing!().client_secret(LONG_SECRET)).await, expected, "{members}");
    }
    let rsa = SigningKey::generate(SigningAlgorithm::Rs256).unwrap();
    let members = json!({
        "revocation_endpoint_auth_methods_supported": ["private_key_jwt"],
        "revocation_endpoint_auth_signing_alg_values_supported": ["PS512"],
        "introspection_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
    });
    assert_eq!(seen_at_all_three(&members, billing!().signing_key(rsa)).await, ["RS256", "PS512", "RS256"]);
    // What is said in so many words is done.
    let named = billing!().client_secret_post("s3cret");
    assert_eq!(seen_at_all_three(&secret(&[basic], &[basic], &[jwt]), named).await, ["post", "post", "post"]);
}

async fn seen_at_all_three(
    members: &Value,
    builder: grantkit::client::ClientBuilder<AlreadyGiven, AlreadyGiven>,
) -> [String; 3] {
    let (server, issuer) = server_with_endpoints(members).await;
    let client = builder.discover(&issuer).await.unwrap();
    let token = client.client_credentials().get_token().await.unwrap();
    client.revocation().unwrap().access_token(token.access_token()).await.unwrap();
    client.introspection().unwrap().access_token("t").await.unwrap();
    let asked = server.asked();
    assert_eq!(
        asked.iter().map(|asked| asked.path.as_str()).collect::<Vec<_>>()[1..],
        ["/token", "/revoke", "/introspect"]
    );
    [seen(&asked[1]), seen(&asked[2]), seen(&asked[3])]
}

async fn server_with_endpoints(members: &Value) -> (Scripted, String) {
    let (server, issuer) = server(json!({})).await;
    let mut document = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/token"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "introspection_endpoint": format!("{issuer}/introspect"),
    });
    document.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    let inactive = Answer::json(200, &json!({ "active": false }));
    server.now_answer([Answer::json(200, &document), Answer::token("t"), Answer::status(200), inactive]);
    (server, issuer)
}

#[tokio::test]
async fn endpoint_that_takes_no_secret_is_unsupported_and_others_are_not() {
    let (server, issuer) =
        server_with_endpoints(&json!({ "revocation_endpoint_auth_methods_supported": ["private_key_jwt"] })).await;
    let client = discovered(&issuer, LONG_SECRET).await.unwrap();
    let error = client.revocation().unwrap_err();
    assert_eq!(verdict(&error), ["configuration", "unsupported"]);
    assert!(error.to_string().contains("private_key_jwt"), "{error}");
    client.client_credentials().get_token().await.unwrap();
    assert!(client.introspection().is_ok());
    assert_eq!(server.count(), 2);
}

/// RFC 8705 §5.
#[tokio::test]
async fn a_client_with_a_certificate_goes_to_the_aliases() {
    let members = json!({
        "revocation_endpoint": "http://127.0.0.1:1/revoke",
        "introspection_endpoint": "http://127.0.0.1:1/introspect",
        "authorization_endpoint": "https://as.example/authorize",
        "end_session_endpoint": "https://as.example/logout",
        "mtls_endpoint_aliases": { "token_endpoint": "TOKEN", "revocation_endpoint": "REVOKE", "unknown": "nonsense",
            "authorization_endpoint": "https://as.example/mtls/authorize",
            "end_session_endpoint": "https://as.example/mtls/logout",
        },
    });
    let start = async || {
        let (server, issuer) = server(json!({})).await;
        let mut document = members.clone();
        document["issuer"] = issuer.clone().into();
        document["token_endpoint"] = format!("{issuer}/token").into();
        document["mtls_endpoint_aliases"]["token_endpoint"] = format!("{issuer}/mtls/token").into();
        document["mtls_endpoint_aliases"]["revocation_endpoint"] = format!("{issuer}/mtls/revoke").into();
        server.now_answer([Answer::json(200, &document), Answer::token("t"), Answer::status(200)]);
        (server, issuer)
    };
    let paths = async |server: &Scripted, client: &Client| {
        let token = client.client_credentials().get_token().await.unwrap();
        // Only the alias of this endpoint is reachable.
        let _ = client.revocation().unwrap().access_token(token.access_token()).await;
        server.asked().iter().skip(1).map(|asked| asked.path.clone()).collect::<Vec<_>>()
    };
    for self_signed in [false, true] {
        let (server, issuer) = start().await;
        let builder = billing!();
        let client = if self_signed {
            builder.self_signed_tls_client_auth().discover(&issuer).await
        } else {
            builder.tls_client_auth().discover(&issuer).await
        };
        let client = client.unwrap();
        assert_eq!(paths(&server, &client).await, ["/mtls/token", "/mtls/revoke"]);
        assert_eq!(form(&server.asked()[1])[1], ("client_id".to_owned(), "billing".to_owned()));
        // For what has no alias, the usual address is the one; the browser has no certificate.
        assert!(client.introspection().is_ok());
        let login = client.authorization_code(RedirectUri::new("https://app.example/callback").unwrap()).unwrap();
        assert!(login.start().unwrap().0.as_str().starts_with("https://as.example/authorize?"));
        let (logout, _) = client.logout_request().unwrap().start().unwrap();
        assert!(logout.as_str().starts_with("https://as.example/logout?"), "{logout}");
    }
    // Another method over a connection with a certificate: for tokens that are bound to it.
    let (server, issuer) = start().await;
    let pem = crate::certificate::client_certificate();
    let transport = Transport::builder().client_certificate(pem).build().unwrap();
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let client = billing!().signing_key(key).transport(transport).discover(&issuer).await.unwrap();
    assert_eq!(paths(&server, &client).await, ["/mtls/token", "/mtls/revoke"]);
    // The assertion is for the issuer all the same.
    assert_eq!(read(&assertion(&server.asked()[1]))[1]["aud"], issuer);

    let (server, issuer) = start().await;
    let client = discovered(&issuer, LONG_SECRET).await.unwrap();
    assert_eq!(paths(&server, &client).await, ["/token"]);
}

#[tokio::test]
async fn an_audience_by_hand_holds_for_a_discovered_client_too() {
    let (server, issuer) = server(json!({})).await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let client = billing!()
        .signing_key(key)
        .assertion_audience(grantkit::client_auth::AssertionAudience::TokenEndpoint)
        .discover(&issuer)
        .await
        .unwrap();
    let [header, claims] = read(&assertion(&asked_by(&server, &client).await));
    assert_eq!((&header["typ"], &claims["aud"]), (&"JWT".into(), &format!("{issuer}/token").into()));
}
