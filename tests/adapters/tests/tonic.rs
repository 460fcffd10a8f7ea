//! The layer and the interceptor of tonic, against a gRPC server that checks tokens.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use grantkit::Credentials;
use grantkit::integrations::tonic::{AuthorizationInterceptor, ReplayRecorded, status_of};
use grantkit::integrations::tower::{Authorization, AuthorizationLayer};
use grantkit_adapter_tests::{Fixture, assert_shows_no_secret, cause};
use grantkit_testkit::AuthorizationServer;
use tonic::service::Interceptor;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tower::Layer;

/// Starts a health service that takes the tokens of the server alone; returns its URL.
fn health_service(server: &AuthorizationServer) -> String {
    let server = server.clone();
    let guard = move |request: Request<()>| {
        let token =
            request.metadata().get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        match token {
            Some(token) if server.is_active(token) => Ok(request),
            _ => Err(Status::unauthenticated("no good token")),
        }
    };
    let incoming = TcpIncoming::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", incoming.local_addr().unwrap());
    let (_, health) = tonic_health::server::health_reporter();
    let guarded = tonic::service::interceptor::InterceptedService::new(health, guard);
    tokio::spawn(Server::builder().add_service(guarded).serve_with_incoming(incoming));
    url
}

fn channel(url: &str) -> Channel {
    Endpoint::from_shared(url.to_owned()).unwrap().connect_lazy()
}

type Authorized = HealthClient<Authorization<Channel, ReplayRecorded>>;

fn client(url: &str, credentials: &Credentials, replay: ReplayRecorded) -> Authorized {
    HealthClient::new(AuthorizationLayer::new(url, credentials).unwrap().replay(replay).layer(channel(url)))
}

fn question() -> HealthCheckRequest {
    HealthCheckRequest { service: String::new() }
}

#[tokio::test]
async fn layer_sends_the_token_and_refreshes_it_when_expired_or_rejected() {
    let fixture = Fixture::start().await;
    let mut client = client(&health_service(&fixture.server), &fixture.credentials, ReplayRecorded::new());
    for _ in 0..3 {
        assert_eq!(client.check(question()).await.unwrap().into_inner().status, 1);
    }
    assert_eq!(fixture.token_requests(), 1);
    fixture.expire();
    client.check(question()).await.unwrap();
    assert_eq!(fixture.token_requests(), 2);
    // `UNAUTHENTICATED`: the recorded call is sent again.
    fixture.server.revoke_all_access_tokens();
    client.check(question()).await.unwrap();
    assert_eq!(fixture.token_requests(), 3);
    // A call that streams its answers, too.
    fixture.expire();
    fixture.server.revoke_all_access_tokens();
    let mut answers = client.watch(question()).await.unwrap().into_inner();
    assert_eq!(answers.message().await.unwrap().unwrap().status, 1);
    assert_eq!(fixture.token_requests(), 4);
}

#[tokio::test]
async fn a_call_that_is_too_large_is_not_sent_again_but_the_token_is_renewed() {
    let fixture = Fixture::start().await;
    let replay = ReplayRecorded::new().with_limit(4);
    let mut client = client(&health_service(&fixture.server), &fixture.credentials, replay);
    client.check(question()).await.unwrap();
    fixture.server.revoke_all_access_tokens();
    assert_eq!(client.check(question()).await.unwrap_err().code(), Code::Unauthenticated);
    client.check(question()).await.unwrap();
    assert_eq!(fixture.token_requests(), 2);
}

#[tokio::test]
async fn the_layer_gives_the_token_to_the_services_of_its_base_alone() {
    let fixture = Fixture::start().await;
    let url = health_service(&fixture.server);
    let layer = AuthorizationLayer::new(&format!("{url}/other.Service"), &fixture.credentials).unwrap();
    let mut elsewhere = HealthClient::new(layer.replay(ReplayRecorded::new()).layer(channel(&url)));
    assert_eq!(elsewhere.check(question()).await.unwrap_err().code(), Code::Unauthenticated);
    let layer = AuthorizationLayer::new(&format!("{url}/grpc.health.v1.Health"), &fixture.credentials).unwrap();
    let mut here = HealthClient::new(layer.replay(ReplayRecorded::new()).layer(channel(&url)));
    here.check(question()).await.unwrap();
    assert_eq!(fixture.token_requests(), 1);
}

#[tokio::test]
async fn a_call_without_a_token_ends_with_the_status_of_its_error() {
    let fixture = Fixture::start().await;
    let url = health_service(&fixture.server);
    let call = async |credentials: Credentials| {
        client(&url, &credentials, ReplayRecorded::new()).check(question()).await.unwrap_err()
    };
    let wrong = call(fixture.wrong_credentials()).await;
    assert_eq!(wrong.code(), Code::FailedPrecondition, "{wrong:?}");
    assert!(cause(&wrong).is_configuration());
    let unreachable = call(fixture.unreachable_credentials()).await;
    assert_eq!(unreachable.code(), Code::Unavailable, "{unreachable:?}");
    assert_eq!(call(fixture.denied_credentials()).await.code(), Code::PermissionDenied);
    assert_eq!(call(fixture.ended_login()).await.code(), Code::Unauthenticated);
    assert_eq!(status_of(grantkit::Error::security("another issuer")).code(), Code::Internal);
}

#[tokio::test]
async fn the_interceptor_sends_the_token_that_is_there() {
    let fixture = Fixture::start().await;
    let url = health_service(&fixture.server);
    let mut client = HealthClient::with_interceptor(channel(&url), AuthorizationInterceptor::new(&fixture.credentials));
    let cold = client.check(question()).await.unwrap_err();
    assert_eq!(cold.code(), Code::Unavailable, "{cold:?}");
    // The call has asked for the token, which comes without it.
    fixture.credentials.token().await.unwrap();
    client.check(question()).await.unwrap();
    assert_eq!(fixture.token_requests(), 1);
    fixture.expire();
    assert_eq!(client.check(question()).await.unwrap_err().code(), Code::Unavailable);
    fixture.credentials.token().await.unwrap();
    client.check(question()).await.unwrap();
    assert_eq!(fixture.token_requests(), 2);
}

#[tokio::test]
async fn the_interceptor_says_why_there_is_no_token() {
    let fixture = Fixture::start().await;
    let wrong = fixture.wrong_credentials();
    wrong.token().await.unwrap_err();
    let status = AuthorizationInterceptor::new(&wrong).call(Request::new(())).unwrap_err();
    assert_eq!(status.code(), Code::FailedPrecondition, "{status:?}");
    assert!(!cause(&status).is_retryable());
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let fixture = Fixture::start().await;
    fixture.credentials.token().await.unwrap();
    let mut interceptor = AuthorizationInterceptor::new(&fixture.credentials);
    let request = interceptor.call(Request::new(())).unwrap();
    assert_shows_no_secret(&format!("{interceptor:?} {request:?}"), &fixture.credentials).await;
}
