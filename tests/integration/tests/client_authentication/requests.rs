//! What goes over the wire with each method, in the form of the RFCs.

use std::time::Duration;

use grantkit::Client;
use grantkit::client::Endpoints;
use grantkit::client_auth::AssertionAudience;
use grantkit::keys::{HmacAlgorithm, SigningAlgorithm, SigningKey};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};

use super::assertion::{assertion, form, parameter, parameter_of, parts, read};
use crate::support::{Answer, Asked, Scripted, all_said, verdict};

const LONG_SECRET: &str = "a-secret-of-sixty-four-bytes-which-is-what-HS512-needs-at-least!";

/// All that a client needs but its authentication.
macro_rules! builder {
    ($server:expr) => {
        Client::builder().client_id("billing").token_endpoint(&$server.url("/token")).unwrap()
    };
}

async fn server() -> Scripted {
    Scripted::start([Answer::token("t")]).await
}

async fn sent(server: &Scripted, client: Client<Endpoints>) -> Asked {
    client.client_credentials().scope("read").get_token().await.unwrap();
    server.only()
}

/// The parameters' names in their order.
fn names(asked: &Asked) -> Vec<String> {
    form(asked).into_iter().map(|(name, _)| name).collect()
}

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn assert_has_assertion(asked: &Asked) {
    assert_eq!(names(asked), ["grant_type", "scope", "client_id", "client_assertion", "client_assertion_type"]);
    assert_eq!(parameter(asked, "client_id").as_deref(), Some("billing"));
    assert_eq!(parameter(asked, "client_assertion_type").as_deref(), Some(ASSERTION_TYPE));
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert!(!asked.body().contains("client_secret"));
}

#[tokio::test]
async fn client_secret_jwt_signs_with_the_secret_and_does_not_send_it() {
    for (algorithm, name) in
        [(HmacAlgorithm::Hs256, "HS256"), (HmacAlgorithm::Hs384, "HS384"), (HmacAlgorithm::Hs512, "HS512")]
    {
        let server = server().await;
        let client = builder!(server).client_secret_jwt_with(algorithm, LONG_SECRET).build();
        let asked = sent(&server, client).await;
        assert_has_assertion(&asked);
        assert!(!asked.body().contains("sixty-four"));
        let token = assertion(&asked);
        let [header, _] = parts(&token);
        assert_eq!(header, format!(r#"{{"alg":"{name}","typ":"JWT"}}"#));
        let mut validation = Validation::new(name.parse().unwrap());
        validation.set_audience(&[server.url("/token")]);
        validation.set_issuer(&["billing"]);
        validation.sub = Some("billing".to_owned());
        let key = DecodingKey::from_secret(LONG_SECRET.as_bytes());
        jsonwebtoken::decode::<serde_json::Value>(&token, &key, &validation).unwrap();
    }
    let server = server().await;
    let asked = sent(&server, builder!(server).client_secret_jwt(LONG_SECRET).build()).await;
    assert_eq!(read(&assertion(&asked))[0]["alg"], "HS256");
}

#[tokio::test]
async fn private_key_jwt_signs_with_the_key_and_names_it() {
    let server = server().await;
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let asked = sent(&server, builder!(server).private_key_jwt(key.clone()).build()).await;
    assert_has_assertion(&asked);
    let token = assertion(&asked);
    let [header, claims] = parts(&token);
    assert_eq!(header, r#"{"alg":"ES256","typ":"JWT","kid":"k1"}"#);
    let start = format!(r#"{{"iss":"billing","sub":"billing","aud":"{}","iat":"#, server.url("/token"));
    assert!(claims.starts_with(&start), "{claims}");
    let [_, claims] = read(&token);
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 60);
    assert_eq!(claims["jti"].as_str().unwrap().len(), 43, "256 bits");
    assert_eq!(claims.as_object().unwrap().len(), 6, "{claims}");

    let jwk = serde_json::from_value(key.public_jwk()).unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&[server.url("/token")]);
    jsonwebtoken::decode::<serde_json::Value>(&token, &DecodingKey::from_jwk(&jwk).unwrap(), &validation).unwrap();
}

#[tokio::test]
async fn an_assertion_is_good_for_as_long_as_it_is_told() {
    let server = server().await;
    let client = builder!(server).client_secret_jwt(LONG_SECRET).assertion_lifetime(Duration::from_mins(4)).build();
    let [_, claims] = read(&assertion(&sent(&server, client).await));
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 240);
}

#[tokio::test]
async fn a_key_without_an_id_is_not_named() {
    let server = server().await;
    let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    let asked = sent(&server, builder!(server).signing_key(key).build()).await;
    assert_eq!(parts(&assertion(&asked))[0], r#"{"alg":"EdDSA","typ":"JWT"}"#);
}

#[tokio::test]
async fn the_assertion_is_for_the_issuer_where_that_is_known() {
    let (issuer, explicit) = ("https://as.example", "client-authentication+jwt");
    let with_issuer = |server: &Scripted| builder!(server).client_secret_jwt(LONG_SECRET).issuer(issuer).unwrap();
    let audience_and_typ = async |server: &Scripted, grant: grantkit::grant::ClientCredentials| {
        grant.get_token().await.unwrap();
        let [header, claims] = read(&assertion(server.asked().last().unwrap()));
        (claims["aud"].as_str().unwrap().to_owned(), header["typ"].as_str().unwrap().to_owned())
    };
    let said = |audience: &str, typ: &str| (audience.to_owned(), typ.to_owned());
    let server = server().await;
    let endpoint = server.url("/token");

    let client = with_issuer(&server).build().client_credentials();
    assert_eq!(audience_and_typ(&server, client).await, said(issuer, explicit));
    let client = with_issuer(&server).assertion_typ("JWT").build().client_credentials();
    assert_eq!(audience_and_typ(&server, client).await, said(issuer, "JWT"));
    let client = with_issuer(&server).assertion_audience(AssertionAudience::TokenEndpoint).build().client_credentials();
    assert_eq!(audience_and_typ(&server, client).await, said(&endpoint, "JWT"));
    let client = with_issuer(&server).assertion_audience(AssertionAudience::Endpoint).build().client_credentials();
    assert_eq!(audience_and_typ(&server, client).await, said(&endpoint, "JWT"));
    let exactly = AssertionAudience::Exactly("urn:as".to_owned());
    let client = with_issuer(&server).assertion_audience(exactly).build().client_credentials();
    assert_eq!(audience_and_typ(&server, client).await, said("urn:as", "JWT"));
    let client = builder!(server).client_secret_jwt(LONG_SECRET).build().client_credentials();
    assert_eq!(audience_and_typ(&server, client).await, said(&endpoint, "JWT"));
}

#[tokio::test]
async fn assertion_at_another_endpoint_has_the_same_audience_and_a_new_jti() {
    let server = Scripted::start([Answer::token("t"), Answer::status(200)]).await;
    let client =
        builder!(server).client_secret_jwt(LONG_SECRET).revocation_endpoint(&server.url("/revoke")).unwrap().build();
    let token = client.client_credentials().get_token().await.unwrap();
    client.revocation().access_token(token.access_token()).await.unwrap();
    let [one, other] = [0, 1].map(|index: usize| read(&assertion(&server.asked()[index]))[1].clone());
    assert_eq!((&one["aud"], &other["aud"]), (&server.url("/token").into(), &server.url("/token").into()));
    assert_ne!(one["jti"], other["jti"]);
}

/// For a server that takes it at the endpoint that it names alone, as Okta.
#[tokio::test]
async fn at_another_endpoint_the_assertion_is_for_that_where_it_is_to_be() {
    let server = Scripted::start([Answer::token("t"), Answer::status(200)]).await;
    let client = builder!(server)
        .issuer("https://as.example")
        .unwrap()
        .client_secret_jwt(LONG_SECRET)
        .assertion_audience(AssertionAudience::Endpoint)
        .revocation_endpoint(&server.url("/revoke"))
        .unwrap()
        .build();
    let token = client.client_credentials().get_token().await.unwrap();
    client.revocation().access_token(token.access_token()).await.unwrap();
    let [one, other] = [0, 1].map(|index: usize| read(&assertion(&server.asked()[index]))[1].clone());
    assert_eq!((&one["aud"], &other["aud"]), (&server.url("/token").into(), &server.url("/revoke").into()));
}

#[tokio::test]
async fn a_certificate_leaves_only_the_client_id_in_the_request() {
    for self_signed in [false, true] {
        let server = server().await;
        let builder = builder!(server);
        let client =
            if self_signed { builder.self_signed_tls_client_auth().build() } else { builder.tls_client_auth().build() };
        let asked = sent(&server, client).await;
        assert_eq!(asked.body(), "grant_type=client_credentials&scope=read&client_id=billing");
        assert_eq!(asked.header("authorization"), None);
    }
}

#[tokio::test]
async fn client_secret_is_basic_where_nothing_is_known_of_the_server() {
    let server = server().await;
    let asked = sent(&server, builder!(server).client_secret("s3cret").build()).await;
    assert_eq!(asked.header("authorization"), Some("Basic YmlsbGluZzpzM2NyZXQ="));
    assert_eq!(names(&asked), ["grant_type", "scope"]);
}

#[tokio::test]
async fn secret_too_short_to_sign_with_is_refused_before_sending() {
    let server = server().await;
    let cases = [(HmacAlgorithm::Hs256, 31, "32"), (HmacAlgorithm::Hs384, 47, "48"), (HmacAlgorithm::Hs512, 63, "64")];
    for (algorithm, length, wanted) in cases {
        let client = builder!(server).client_secret_jwt_with(algorithm, &LONG_SECRET[..length]).build();
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        assert!(error.to_string().contains(&format!("{wanted} bytes or more")), "{error}");
        assert!(!all_said(&error).contains("a-secret"), "{error}");
        let client = builder!(server).client_secret_jwt_with(algorithm, &LONG_SECRET[..=length]).build();
        client.client_credentials().get_token().await.unwrap();
    }
    assert_eq!(server.count(), 3);
    let error = builder!(server).client_secret_jwt("").build().client_credentials().get_token().await.unwrap_err();
    assert!(error.to_string().contains("client secret is empty"), "{error}");
}

#[tokio::test]
async fn an_assertion_that_the_server_quotes_is_struck_out_of_the_error() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let quotes = |when: httpmock::When, then: httpmock::Then| {
        when.any_request();
        then.respond_with(|request| {
            let quoted = parameter_of(&request.body_vec(), "client_assertion").unwrap();
            let body = serde_json::json!({ "error": "invalid_client", "error_description": format!("no: {quoted}") });
            httpmock::HttpMockResponse::builder().status(401).body(body.to_string()).build()
        });
    };
    server.mock_async(quotes).await;
    let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    let builder = || Client::builder().client_id("billing").token_endpoint(&server.url("/token")).unwrap();
    for client in [builder().client_secret_jwt(LONG_SECRET).build(), builder().private_key_jwt(key).build()] {
        let error = client.client_credentials().get_token().await.unwrap_err();
        assert_eq!((error.oauth_code(), verdict(&error)), (Some("invalid_client"), vec!["configuration"]));
        assert_eq!(error.error_description(), Some("no: [redacted]"));
        assert!(!all_said(&error).contains("eyJ"), "{error:?}");
    }
}

#[tokio::test]
async fn the_method_is_part_of_the_cache_key_so_that_a_corrected_one_is_tried() {
    let server = server().await;
    let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    let clients = [
        builder!(server).client_secret_jwt(LONG_SECRET).build(),
        builder!(server).client_secret_basic(LONG_SECRET).build(),
        builder!(server).client_secret_post(LONG_SECRET).build(),
        builder!(server).private_key_jwt(key.clone()).build(),
        builder!(server).signing_key(key).build(),
    ];
    for client in clients {
        client.client_credentials().scope("read").credentials("authenticated-in-many-ways").token().await.unwrap();
    }
    assert_eq!(server.count(), 4, "one for each way to send the secret, one for the key");
}

/// Everyone may know a client ID: who has another secret, or a key that is only called the same, gets what the server gives.
#[tokio::test]
async fn a_client_is_not_served_the_token_of_another_secret_or_key() {
    let server = server().await;
    let key = || SigningKey::generate(SigningAlgorithm::EdDsa).unwrap().with_key_id("same");
    let clients = [
        builder!(server).client_secret_basic("s3cret").build(),
        builder!(server).client_secret_basic("guessed").build(),
        builder!(server).private_key_jwt(key()).build(),
        builder!(server).private_key_jwt(key()).build(),
    ];
    for client in &clients {
        client.client_credentials().scope("read").credentials("of-one-name").token().await.unwrap();
    }
    assert_eq!(server.count(), clients.len());
}
