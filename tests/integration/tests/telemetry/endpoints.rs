//! Which endpoint a request is for is told by its name, so that no path has to be.

use std::collections::BTreeSet;

use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::{Client, OAuthToken};
use grantkit_testkit::AuthorizationServer;

use crate::collected::Collected;
use crate::measured::Measured;

#[tokio::test]
async fn every_endpoint_has_its_name() {
    let (collected, measured) = (Collected::start(), Measured::start());
    let server = AuthorizationServer::builder().confidential_client("billing", "s3cret").start().await.unwrap();
    let client = Client::builder()
        .client_id("billing")
        .client_secret_post("s3cret")
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .pushed_authorization_request_endpoint(&server.url("/par"))
        .unwrap()
        .revocation_endpoint(&server.revocation_endpoint())
        .unwrap()
        .introspection_endpoint(&server.introspection_endpoint())
        .unwrap()
        .userinfo_endpoint(&server.userinfo_endpoint())
        .unwrap()
        .device_authorization_endpoint(&server.url("/device"))
        .unwrap()
        .build();
    // Whether the server does what it is asked for does not matter here.
    let token = OAuthToken::new("unknown").unwrap();
    let _ = client.client_credentials().get_token().await.unwrap();
    let _ = client.authorization_code(RedirectUri::new("http://127.0.0.1/callback").unwrap()).push().await;
    let _ = client.revocation().access_token(token.access_token()).await;
    let _ = client.introspection().access_token("unknown").await;
    let _ = client.userinfo().fetch(&token, "alice").await;
    let _ = client.device_authorization().start().await;
    let _ = ServerMetadata::discover(&server.issuer()).await.unwrap();

    let expected = BTreeSet::from(
        [
            "token",
            "pushed_authorization_request",
            "revocation",
            "introspection",
            "userinfo",
            "device_authorization",
            "metadata",
        ]
        .map(str::to_owned),
    );
    let metrics = measured.take();
    let timed: BTreeSet<_> =
        metrics.0.iter().filter_map(|(_, labels, _)| labels.get("grantkit.endpoint").cloned()).collect();
    let traced: BTreeSet<_> = collected
        .spans("grantkit.request")
        .into_iter()
        .map(|mut span| span.fields.remove("grantkit.endpoint").unwrap())
        .collect();
    assert_eq!(timed, expected);
    assert_eq!(traced, expected);
}
