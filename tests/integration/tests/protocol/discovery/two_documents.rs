//! The documents of OpenID Connect and of RFC 8414 of one server.

use grantkit::Client;
use grantkit::discovery::ServerMetadata;
use grantkit::transport::Transport;
use serde_json::{Value, json};

use super::{discover, oauth_document, serving};
use crate::support::{Answer, ID, SECRET};

/// What an OpenID provider's own document must have (OpenID Connect Discovery 1.0 §3), in django-oauth-toolkit's selection.
fn openid_document(issuer: &str) -> Value {
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/logout"),
        "scopes_supported": ["openid"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })
}

#[tokio::test]
async fn two_documents_of_one_server_complete_each_other() {
    for oauth_first in [false, true] {
        let (server, issuer) = serving("", |issuer| {
            let mut both = [openid_document(issuer), oauth_document(issuer)];
            if oauth_first {
                both.reverse();
            }
            both.iter().map(|document| Answer::json(200, document)).collect()
        })
        .await;
        let discovery = ServerMetadata::discover(&issuer);
        let discovery = if oauth_first { discovery.oauth_document_first() } else { discovery };
        let metadata = discovery.transport(Transport::builder().build().unwrap()).await.unwrap();
        let client = Client::builder().client_id(ID).client_secret(SECRET).build_with_metadata(&metadata).unwrap();
        assert!(client.revocation().is_ok() && client.introspection().is_ok() && client.registration().is_ok());
        assert!(client.userinfo().is_ok() && client.logout_request().is_ok());
        let token_endpoint = metadata.token_endpoint.as_deref().unwrap();
        assert_eq!(token_endpoint.ends_with("/o/token"), oauth_first, "what both say is the first one's");
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn the_second_document_counts_only_where_it_is_of_the_same_issuer() {
    let (_server, issuer) = serving("", |issuer| {
        let mut foreign = oauth_document(issuer);
        foreign["issuer"] = "https://evil.example".into();
        vec![Answer::json(200, &openid_document(issuer)), Answer::json(200, &foreign)]
    })
    .await;
    let client = discover(&issuer).await.unwrap();
    assert!(client.revocation().is_err() && client.userinfo().is_ok());
    // And one that cannot be had does no harm.
    let (_server, issuer) =
        serving("", |issuer| vec![Answer::json(200, &openid_document(issuer)), Answer::status(503)]).await;
    assert!(discover(&issuer).await.unwrap().userinfo().is_ok());
}

#[tokio::test]
async fn complete_document_costs_one_request_and_an_incomplete_one_two() {
    let members = ["revocation_endpoint", "introspection_endpoint", "registration_endpoint"];
    for missing in members.into_iter().map(Some).chain([None]) {
        let (server, issuer) = serving("", |issuer| {
            let mut document = openid_document(issuer);
            for member in members.into_iter().filter(|member| Some(*member) != missing) {
                document[member] = format!("{issuer}/x").into();
            }
            vec![Answer::json(200, &document), Answer::json(200, &oauth_document(issuer))]
        })
        .await;
        let client = discover(&issuer).await.unwrap();
        assert!(client.revocation().is_ok() && client.introspection().is_ok() && client.registration().is_ok());
        assert_eq!(server.count(), if missing.is_some() { 2 } else { 1 }, "{missing:?}");
    }
}

#[tokio::test]
async fn one_document_can_be_chosen_and_is_not_mixed_with_another() {
    let (server, issuer) = serving("/t", |issuer| vec![Answer::json(200, &oauth_document(issuer))]).await;
    let transport = Transport::builder().build().unwrap();
    let only = ServerMetadata::discover(&issuer).oauth_document_only().transport(transport.clone()).await.unwrap();
    assert!(only.userinfo_endpoint.is_none() && only.revocation_endpoint.is_some());
    assert_eq!(server.only().path, "/.well-known/oauth-authorization-server/t");

    // The other is not answered from what this one found.
    server.now_answer([Answer::json(200, &openid_document(&issuer))]);
    let only = ServerMetadata::discover(&issuer).openid_document_only().transport(transport).await.unwrap();
    assert!(only.userinfo_endpoint.is_some() && only.revocation_endpoint.is_none());
    assert_eq!(server.asked().last().unwrap().path, "/t/.well-known/openid-configuration");
    assert_eq!(server.count(), 2);
}
