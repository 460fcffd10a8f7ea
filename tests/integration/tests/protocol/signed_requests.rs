//! A server that takes signed authorization requests alone (RFC 9101 §10.5): no other is sent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::grant::BackchannelHint;
use grantkit::keys::{DecryptionKey, KeyManagementAlgorithm, SigningAlgorithm, SigningKey};
use grantkit::registration::RegisteredClient;
use grantkit::transport::Transport;
use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::support::{Answer, CALLBACK, Scripted, verdict};

#[tokio::test]
async fn an_unsigned_request_is_refused_before_anything_is_sent() {
    let server = Scripted::start([]).await;
    let issuer = server.url("");
    let document = |members: serde_json::Value| {
        let mut document = json!({
            "issuer": issuer,
            "token_endpoint": format!("{issuer}/token"),
            "authorization_endpoint": format!("{issuer}/authorize"),
            "pushed_authorization_request_endpoint": format!("{issuer}/par"),
        });
        document.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        Answer::json(200, &document)
    };
    let registered = |members: serde_json::Value| {
        let mut answer = json!({ "client_id": "app", "token_endpoint_auth_method": "none" });
        answer.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        RegisteredClient::from_json(&answer.to_string()).unwrap()
    };
    let required = json!({ "require_signed_request_object": true });
    // Said by the server for all of its clients, or at the registration for this one.
    for (of_server, of_client, is_required) in
        [(&required, &json!({}), true), (&json!({}), &required, true), (&json!({}), &json!({}), false)]
    {
        let pushed = Answer::json(201, &json!({ "request_uri": "urn:x", "expires_in": 60 }));
        server.now_answer([document(of_server.clone()), pushed]);
        let client = Client::builder()
            .registered(&registered(of_client.clone()))
            .unwrap()
            .transport(Transport::builder().build().unwrap())
            .discover(&issuer)
            .await
            .unwrap();
        let before = server.count();
        let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
        if is_required {
            for error in [login.start().unwrap_err(), login.push().await.unwrap_err()] {
                assert_eq!(verdict(&error), ["configuration"]);
                assert!(error.to_string().contains("request_signer"), "{error}");
            }
            assert_eq!(server.count(), before);
        } else {
            let _ = login.start().unwrap();
        }
        let login = login.request_signer(SigningKey::generate(SigningAlgorithm::Es256).unwrap());
        let (url, _) = login.clone().request_lifetime(std::time::Duration::from_mins(1)).start_signed().await.unwrap();
        let request = crate::support::query(&url, "request").unwrap();
        let claims = URL_SAFE_NO_PAD.decode(request.split('.').nth(1).unwrap()).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 60);
        let _ = login.push().await.unwrap();
        assert_eq!(server.count(), before + 1);
    }
}

#[tokio::test]
async fn a_request_is_signed_under_the_name_that_the_server_knows() {
    let signed_by = async |member: &str, names: &[&str]| {
        let server = Scripted::start([]).await;
        let mut document = json!({
            "issuer": server.url(""),
            "token_endpoint": server.url("/token"),
            "authorization_endpoint": server.url("/authorize"),
            "backchannel_authentication_endpoint": server.url("/bc"),
            "jwks_uri": server.url("/jwks"),
        });
        document[member] = json!(names);
        server.now_answer([
            Answer::json(200, &document),
            Answer::json(200, &json!({ "auth_req_id": "r", "expires_in": 60 })),
        ]);
        let client =
            Client::builder().client_id("app").client_secret("s").transport(Transport::builder().build().unwrap());
        let client = client.discover(&server.url("")).await.unwrap();
        let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
        let request = if member.starts_with("backchannel") {
            let grant = client.backchannel_authentication(BackchannelHint::login_hint("alice")).unwrap();
            let _ = grant.signed_by(key).start().await?;
            let body = server.asked()[1].body().to_owned();
            let request = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "request");
            request.unwrap().1.into_owned()
        } else {
            let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap();
            let (url, _) = login.request_signer(key).start_signed().await?;
            crate::support::query(&url, "request").unwrap()
        };
        let header = URL_SAFE_NO_PAD.decode(request.split('.').next().unwrap()).unwrap();
        let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
        grantkit::Result::Ok(header["alg"].as_str().unwrap().to_owned())
    };
    for member in [
        "request_object_signing_alg_values_supported",
        "backchannel_authentication_request_signing_alg_values_supported",
    ] {
        assert_eq!(signed_by(member, &["RS256", "Ed25519"]).await.unwrap(), "Ed25519");
        assert_eq!(signed_by(member, &["EdDSA", "Ed25519"]).await.unwrap(), "EdDSA");
        assert_eq!(signed_by(member, &[]).await.unwrap(), "EdDSA");
        let error = signed_by(member, &["RS256", "ES256"]).await.unwrap_err();
        assert_eq!(verdict(&error), ["configuration"]);
        for told in [member, "RS256, ES256", "EdDSA or Ed25519", "give a key"] {
            assert!(error.to_string().contains(told), "{error}");
        }
    }
}

fn read(part: &str) -> serde_json::Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn login_at(server: &Scripted) -> grantkit::AuthorizationCode {
    let client = Client::builder()
        .client_id("app")
        .client_secret_basic("s3cret")
        .token_endpoint("https://as.example/token")
        .unwrap()
        .authorization_endpoint("https://as.example/authorize")
        .unwrap()
        .pushed_authorization_request_endpoint(&server.url("/par"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .transport(Transport::builder().build().unwrap())
        .build();
    let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap().with_key_id("k1");
    let login = client.authorization_code(CALLBACK).scope("openid").request_signer(key).acr_values(["gold", "silver"]);
    let login =
        login.max_age(std::time::Duration::from_mins(1)).resource("https://a.example").resource("https://b.example");
    login.authorization_details(&json!({ "type": "payment" })).unwrap()
}

/// RFC 9101 §4, §5: all parameters within, as JSON has them, and nothing of them outside but what OpenID Connect Core §6.1 wants there.
#[tokio::test]
async fn a_signed_request_has_all_of_it_within_and_names_its_server() {
    let server = Scripted::start([Answer::json(201, &json!({ "request_uri": "urn:x", "expires_in": 60 }))]).await;
    let login = login_at(&server);
    let (url, pending) = login.start_signed().await.unwrap();
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["response_type", "client_id", "scope", "request"]);
    let request = crate::support::query(&url, "request").unwrap();
    let parts: Vec<_> = request.split('.').collect();
    assert_eq!(read(parts[0]), json!({ "alg": "ES256", "typ": "oauth-authz-req+jwt", "kid": "k1" }));
    let mut claims = read(parts[1]);
    let mut take = |name: &str| claims.as_object_mut().unwrap().remove(name).unwrap();
    let (issued, begins, ends) = (take("iat"), take("nbf"), take("exp"));
    assert_eq!(issued, begins);
    assert_eq!(ends.as_u64().unwrap() - issued.as_u64().unwrap(), 300);
    for unguessable in ["jti", "nonce", "code_challenge"] {
        assert_eq!(take(unguessable).as_str().unwrap().len(), 43, "{unguessable}");
    }
    assert_eq!(take("state"), pending.state());
    assert_eq!(
        claims,
        json!({
            "iss": "app",
            "aud": "https://as.example",
            "response_type": "code",
            "client_id": "app",
            "redirect_uri": CALLBACK,
            "scope": "openid",
            "code_challenge_method": "S256",
            "acr_values": "gold silver",
            "max_age": 60,
            "resource": ["https://a.example", "https://b.example"],
            "authorization_details": [{ "type": "payment" }],
        })
    );
    // Pushed, it goes to the server, and its name alone to the browser (RFC 9126 §3).
    let (url, _) = login.push().await.unwrap();
    let names: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["client_id", "request_uri"]);
    let asked = server.only();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("POST", "/par"));
    let body: Vec<_> = form_urlencoded::parse(&asked.body).map(|(name, _)| name.into_owned()).collect();
    assert_eq!(body, ["response_type", "client_id", "scope", "request"]);
}

/// RFC 9101 §6.1: signed first, and then encrypted to a key of the server.
#[tokio::test]
async fn an_encrypted_request_holds_the_signed_one() {
    let own = DecryptionKey::generate(KeyManagementAlgorithm::RsaOaep256).unwrap().with_key_id("the-servers");
    let mut public = own.public_jwk().unwrap();
    public["use"] = json!("enc");
    let server = Scripted::start([Answer::json(200, &json!({ "keys": [public] }))]).await;
    let encryption = "A128CBC-HS256".parse().unwrap();
    let login = login_at(&server).encrypt_request_with(KeyManagementAlgorithm::RsaOaep256, encryption);
    let (url, _) = login.start_signed().await.unwrap();
    let request = crate::support::query(&url, "request").unwrap();
    assert_eq!(request.split('.').count(), 5);
    let expected = json!({ "alg": "RSA-OAEP-256", "enc": "A128CBC-HS256", "cty": "JWT", "kid": "the-servers" });
    assert_eq!(read(request.split('.').next().unwrap()), expected);
    let within = own.decrypt(&request).unwrap();
    let parts: Vec<_> = within.expose_secret().split('.').collect();
    assert_eq!(read(parts[0])["typ"], "oauth-authz-req+jwt");
    assert_eq!(read(parts[1])["aud"], "https://as.example");
}
