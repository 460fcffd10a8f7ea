use std::time::Duration;

use grantkit::prelude::*;
use grantkit_providers::google::MetadataServer;
use serde_json::json;

use crate::google_service_account::base64_url;
use crate::own_cache;
use crate::token_service::{TokenService, headers};

const TOKEN: &str = r#"{ "access_token": "ya29.m", "expires_in": 3599, "token_type": "Bearer" }"#;

fn server(service: &TokenService) -> MetadataServer {
    MetadataServer::new().host(service.url("").trim_start_matches("http://"))
}

/// What was asked after the question whether it is there.
fn asked(service: &TokenService) -> Vec<String> {
    let received = service.received();
    assert_eq!(received[0].path_and_query, "/");
    for request in &received {
        assert_eq!(request.method, "GET");
        assert_eq!(request.headers, headers([("accept", "application/json"), ("metadata-flavor", "Google")]));
    }
    received.into_iter().skip(1).map(|request| request.path_and_query).collect()
}

#[tokio::test]
async fn exact_requests_of_tokens() {
    let service = TokenService::metadata([(200, ""), (200, TOKEN)]).await;
    let server = server(&service).quota_project_id("billing");
    let token = server.get_token().await.unwrap();
    assert_eq!((token.access_token().secret(), token.scope()), ("ya29.m", None));
    assert_eq!(token.expires_in(), Some(Duration::from_secs(3599)));
    let [(_, credential_type), (_, project)] = token.request_headers() else { panic!("{:?}", token.request_headers()) };
    assert_eq!((credential_type.to_str().unwrap(), project.to_str().unwrap()), ("cred-type/mds", "billing"));
    // It is there: that is not asked again.
    let token = server.scopes(["a", "b"]).account("x@acme.example").get_token().await.unwrap();
    assert_eq!(token.scope(), Some("a b"));
    assert_eq!(
        asked(&service),
        [
            "/computeMetadata/v1/instance/service-accounts/default/token",
            "/computeMetadata/v1/instance/service-accounts/x%40acme.example/token?scopes=a%2Cb",
        ]
    );
}

/// As google-auth's `with_scopes`: of credentials that are there, others for another scope.
#[tokio::test]
async fn credentials_with_other_scopes_ask_for_those() {
    let service = TokenService::metadata([(200, ""), (200, TOKEN), (200, TOKEN), (200, TOKEN)]).await;
    let credentials = own_cache(server(&service).scopes("a"));
    credentials.token().await.unwrap();
    let other = credentials.with_scopes(["b", "c"]).unwrap();
    assert_eq!(other.token().await.unwrap().scope(), Some("b c"));
    assert_eq!(credentials.token().await.unwrap().scope(), Some("a"), "two tokens, each for what it was got for");
    let path = "/computeMetadata/v1/instance/service-accounts/default/token";
    assert_eq!(asked(&service), [format!("{path}?scopes=a"), format!("{path}?scopes=b%2Cc")]);
}

#[tokio::test]
async fn project_account_and_universe() {
    let service = TokenService::metadata([
        (200, ""),
        (200, "acme\n"),
        (200, "app@acme.example"),
        (404, ""),
        (200, "example.goog"),
    ])
    .await;
    let server = server(&service);
    assert_eq!(server.project_id().await.unwrap(), "acme");
    assert_eq!(server.email().await.unwrap(), "app@acme.example");
    assert_eq!(server.fetch_universe_domain().await.unwrap(), "googleapis.com");
    assert_eq!(server.fetch_universe_domain().await.unwrap(), "example.goog");
    assert_eq!(
        asked(&service),
        [
            "/computeMetadata/v1/project/project-id",
            "/computeMetadata/v1/instance/service-accounts/default/email",
            "/computeMetadata/v1/universe/universe-domain",
            "/computeMetadata/v1/universe/universe-domain",
        ]
    );
}

#[tokio::test]
async fn id_token_for_an_audience() {
    let id_token = format!("e30.{}.c2ln", base64_url(&json!({ "exp": 4_000_000_000_u64 })));
    let service = TokenService::metadata([(200, String::new()), (200, id_token.clone())]).await;
    let token = server(&service).id_token("https://run.example").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), id_token);
    assert_eq!(
        asked(&service),
        [
            "/computeMetadata/v1/instance/service-accounts/default/identity?audience=https%3A%2F%2Frun.example&format=full"
        ]
    );
}

#[tokio::test]
async fn machine_without_a_service_account_says_so() {
    let service = TokenService::metadata([(200, ""), (404, "")]).await;
    let error = server(&service).get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("attach a service account"), "{error}");
}

#[tokio::test]
async fn other_server_at_that_address_is_none() {
    let service = TokenService::answering_text([(200, "")]).await;
    let server = server(&service);
    assert!(!server.is_present().await);
    let error = server.get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("Metadata-Flavor: Google"), "{error}");
}

/// An address that swallows packets, as that of the metadata server does elsewhere.
#[tokio::test]
async fn absent_server_is_known_within_a_second() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = MetadataServer::new().host(listener.local_addr().unwrap().to_string());
    let error = server.get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("gcloud auth application-default login"), "{error}");
    assert!(error.to_string().contains("within 1s"), "{error}");
}

/// In whichever order they are set.
#[tokio::test]
async fn another_host_is_looked_for_as_long_as_was_said() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let limit = Duration::from_millis(7);
    for server in [
        MetadataServer::new().detection_timeout(limit).host(&host),
        MetadataServer::new().host(&host).detection_timeout(limit),
    ] {
        let error = server.get_token().await.unwrap_err();
        assert!(error.to_string().contains("within 7ms"), "{error}");
    }
}

#[tokio::test]
async fn by_name() {
    let service = TokenService::metadata([(200, ""), (200, TOKEN)]).await;
    let host = service.url("");
    let settings =
        ProviderSettings::new().with("metadata_host", host.trim_start_matches("http://")).with("scopes", vec!["a"]);
    crate::google::client(settings).get_token().await.unwrap();
    assert_eq!(asked(&service), ["/computeMetadata/v1/instance/service-accounts/default/token?scopes=a"]);
}

#[test]
fn hosts_accounts_and_scopes_share_no_token() {
    let one = MetadataServer::new().host("a").fingerprint();
    for other in [
        MetadataServer::new().host("b"),
        MetadataServer::new().host("a").account("x"),
        MetadataServer::new().host("a").scopes("s"),
    ] {
        assert_ne!(one, other.fingerprint());
    }
}
