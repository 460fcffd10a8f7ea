//! A server that takes signed authorization requests alone (RFC 9101 §10.5): no other is sent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::Client;
use grantkit::authorize::RedirectUri;
use grantkit::grant::BackchannelHint;
use grantkit::keys::{SigningAlgorithm, SigningKey};
use grantkit::registration::RegisteredClient;
use grantkit::transport::Transport;
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
