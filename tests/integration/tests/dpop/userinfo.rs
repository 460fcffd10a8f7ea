use grantkit::keys::DpopKey;
use grantkit::token::TokenType;
use grantkit::{Client, OAuthToken};
use serde_json::json;

use crate::support::{Answer, ID, Scripted, verdict};
use crate::{challenge, nonces, proof};

#[tokio::test]
async fn userinfo_is_asked_for_with_a_proof() {
    let server = Scripted::start([challenge("n-1"), Answer::json(200, &json!({ "sub": "alice" }))]).await;
    let start = || {
        let builder = Client::builder().client_id(ID).public().token_endpoint(&server.url("/token")).unwrap();
        builder.userinfo_endpoint(&server.url("/me?x=y")).unwrap()
    };
    let client = start().dpop(DpopKey::generate().unwrap()).build();
    let token = OAuthToken::with_type("token", TokenType::DPoP).unwrap();
    client.userinfo().fetch(&token, "alice").await.unwrap();
    let asked = server.asked();
    assert_eq!(nonces(&asked), [None, Some("n-1".to_owned())]);
    for asked in &asked {
        assert_eq!(asked.header("authorization"), Some("DPoP token"));
        assert_eq!(proof::of(asked).htu, server.url("/me"));
        assert_eq!(proof::of(asked).ath.as_deref(), Some("PEaenWxYddN6Q_NT1PiOYfz4EsZu7jRXRlpAsNpBU-A"));
    }

    server.now_answer([challenge("n-2"), challenge("n-3")]);
    let error = client.userinfo().fetch(&token, "alice").await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), server.count()), (Some(401), 4));

    let error = start().build().userinfo().fetch(&token, "alice").await.unwrap_err();
    assert_eq!((verdict(&error), server.count()), (vec!["configuration"], 4));
}
