//! The examples of `examples/adapters`, each against a server that checks tokens: a token goes out, is requested once, and is refreshed when
//! it has expired.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::extract::{Request as Incoming, State};
use axum::middleware::{Next, from_fn_with_state};
use azure_core::http::headers::{AUTHORIZATION, Headers};
use azure_core::http::policies::auth::BearerTokenAuthorizationPolicy;
use azure_core::http::{
    AsyncRawResponse, ClientOptions, Context, HttpClient, Method, Pipeline, Request, StatusCode, Transport,
};
use bytes::Bytes;
use google_cloud_auth::credentials::CacheableResource;
use grantkit_adapter_tests::Fixture;
use grantkit_example_adapters as examples;
use grantkit_testkit::AuthorizationServer;
use http_body_util::Full;
use object_store::client::{
    HttpClient as ObjectHttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::{ObjectStore, ObjectStoreExt as _};
use rmcp::ServerHandler;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tonic_health::pb::HealthCheckRequest;
use tower::ServiceExt as _;

/// No example is long: what a program writes for a library is at most this many lines, those of the documentation and `use` left out.
const MAX_LINES: usize = 12;

fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/adapters/src");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(".rs").filter(|name| *name != "lib").map(str::to_owned)).collect()
}

#[test]
fn what_a_program_writes_is_short() {
    assert!(names().len() >= 8, "{:?}", names());
    for name in names() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/adapters/src/{name}.rs"));
        let text = fs::read_to_string(path).unwrap();
        let (_, yours) = text.split_once("// yours\n").unwrap_or_else(|| panic!("{name} marks what is the program's"));
        let (yours, rest) = yours.split_once("// up to here").unwrap_or_else(|| panic!("{name} says how far"));
        assert_eq!(rest.trim(), "", "{name}: something stands behind it");
        let code = yours.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
        let lines = code.count();
        assert!((1..=MAX_LINES).contains(&lines), "{name}: {lines} lines");
    }
}

/// The example of each module of `integrations`, in `examples`.
const EXAMPLES: [(&str, &str); 10] = [
    ("axum", "web_login/app.rs"),
    ("azure_core", "adapters/src/azure_core.rs"),
    ("blocking", "blocking.rs"),
    ("google_cloud_auth", "adapters/src/google_cloud_auth.rs"),
    ("object_store", "adapters/src/object_store.rs"),
    ("reqsign", "adapters/src/opendal.rs"),
    ("reqwest_middleware", "adapters/src/reqwest_middleware.rs"),
    ("rmcp", "adapters/src/rmcp.rs"),
    ("tonic", "adapters/src/tonic.rs"),
    ("tower", "adapters/src/tower.rs"),
];

#[test]
fn every_adapter_has_its_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let integrations = fs::read_to_string(root.join("sdk/src/integrations.rs")).unwrap();
    let modules = integrations.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    assert_eq!(modules.collect::<Vec<_>>(), EXAMPLES.map(|(module, _)| module), "each module has its row");
    for (module, example) in EXAMPLES {
        let program = fs::read_to_string(root.join("examples").join(example)).unwrap();
        assert!(program.contains(&format!("integrations::{module}")), "examples/{example} does not use `{module}`");
    }
}

#[tokio::test]
async fn a_client_of_hyper() {
    let fixture = Fixture::start().await;
    let client = examples::tower::client(&fixture.api.url("v1"), &fixture.credentials).unwrap();
    let get = async || {
        let request = http::Request::get(fixture.api.url("v1/invoices/42")).body(Full::<Bytes>::default()).unwrap();
        client.clone().oneshot(request).await.unwrap().status()
    };
    assert_eq!([get().await, get().await], [200, 200]);
    fixture.expire();
    assert_eq!(get().await, 200);
    fixture.server.revoke_all_access_tokens();
    assert_eq!((get().await.as_u16(), fixture.token_requests()), (200, 3));
}

#[tokio::test]
async fn a_client_of_reqwest() {
    let fixture = Fixture::start().await;
    let client = examples::reqwest_middleware::client(&fixture.api.url("v1"), &fixture.credentials).unwrap();
    let get = async || client.get(fixture.api.url("v1/invoices/42")).send().await.unwrap().status();
    assert_eq!([get().await, get().await], [200, 200]);
    fixture.expire();
    assert_eq!(get().await, 200);
    fixture.server.revoke_all_access_tokens();
    assert_eq!((get().await.as_u16(), fixture.token_requests()), (200, 3));
}

#[tokio::test]
async fn a_client_of_tonic() {
    let fixture = Fixture::start().await;
    let server = fixture.server.clone();
    let guard = move |request: tonic::Request<()>| {
        let token =
            request.metadata().get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        if token.is_some_and(|token| server.is_active(token)) {
            Ok(request)
        } else {
            Err(tonic::Status::unauthenticated("no good token"))
        }
    };
    let incoming = tonic::transport::server::TcpIncoming::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", incoming.local_addr().unwrap());
    let health = tonic_health::server::health_reporter().1;
    let health = tonic::service::interceptor::InterceptedService::new(health, guard);
    tokio::spawn(tonic::transport::Server::builder().add_service(health).serve_with_incoming(incoming));

    let mut client = examples::tonic::client(&url, &fixture.credentials).unwrap();
    let mut check = async || client.check(HealthCheckRequest::default()).await.unwrap().into_inner().status;
    assert_eq!([check().await, check().await], [1, 1]);
    fixture.expire();
    assert_eq!(check().await, 1);
    fixture.server.revoke_all_access_tokens();
    assert_eq!((check().await, fixture.token_requests()), (1, 3));

    let mut client = examples::tonic_interceptor::client(&url, &fixture.credentials).await.unwrap();
    assert_eq!(client.check(HealthCheckRequest::default()).await.unwrap().into_inner().status, 1);
    fixture.expire();
    fixture.credentials.token().await.unwrap();
    assert_eq!(client.check(HealthCheckRequest::default()).await.unwrap().into_inner().status, 1);
    assert_eq!(fixture.token_requests(), 4);
}

/// A service without a network: Azure's clients send tokens over TLS alone.
#[derive(Debug)]
struct Azure(AuthorizationServer);

#[async_trait]
impl HttpClient for Azure {
    async fn execute_request(&self, request: &Request) -> azure_core::Result<AsyncRawResponse> {
        let token = request.headers().get_str(&AUTHORIZATION)?.strip_prefix("Bearer ").unwrap_or_default();
        let status = if self.0.is_active(token) { StatusCode::Ok } else { StatusCode::Unauthorized };
        Ok(AsyncRawResponse::from_bytes(status, Headers::new(), "{}"))
    }
}

#[tokio::test]
async fn a_client_of_azure() {
    let fixture = Fixture::start().await;
    let credential = examples::azure_core::credential(&fixture.credentials);
    let policy = Arc::new(BearerTokenAuthorizationPolicy::new(credential, ["https://vault.azure.net/.default"]));
    let transport = Some(Transport::new(Arc::new(Azure(fixture.server.clone())) as Arc<dyn HttpClient>));
    let options = ClientOptions { transport, ..ClientOptions::default() };
    let pipeline = Pipeline::new(Some("grantkit"), Some("0.1"), options, Vec::new(), vec![policy], None);
    let get = async || {
        let mut request = Request::new("https://vault.example/secrets".parse().unwrap(), Method::Get);
        pipeline.send(&Context::new(), &mut request, None).await.unwrap().status()
    };
    assert_eq!([get().await, get().await], [StatusCode::Ok; 2]);
    assert_eq!(fixture.token_requests(), 1);
    assert_eq!(fixture.server.requests()[0].form_value("scope").as_deref(), Some("https://vault.azure.net/.default"));
}

#[tokio::test]
async fn a_client_of_google() {
    let fixture = Fixture::start().await;
    let credentials = examples::google_cloud_auth::google_credentials(&fixture.credentials);
    let get = async || {
        let headers = match credentials.headers(http::Extensions::new()).await.unwrap() {
            CacheableResource::New { data, .. } => data,
            CacheableResource::NotModified => panic!("nothing was known before"),
        };
        let http = reqwest::Client::new();
        http.get(fixture.api.url("v1/invoices/42")).headers(headers).send().await.unwrap().status()
    };
    assert_eq!([get().await, get().await], [200, 200]);
    fixture.expire();
    assert_eq!((get().await.as_u16(), fixture.token_requests()), (200, 2));
}

/// Keeps what each request has in `authorization`, and knows no object.
#[derive(Clone, Debug, Default)]
struct NoObjects(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl HttpService for NoObjects {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let authorization = request.headers()[http::header::AUTHORIZATION].to_str().unwrap().to_owned();
        self.0.lock().unwrap().push(authorization);
        let mut response = HttpResponse::new(HttpResponseBody::from(Bytes::new()));
        *response.status_mut() = http::StatusCode::NOT_FOUND;
        Ok(response)
    }
}

impl HttpConnector for NoObjects {
    fn connect(&self, _: &object_store::ClientOptions) -> object_store::Result<ObjectHttpClient> {
        Ok(ObjectHttpClient::new(self.clone()))
    }
}

#[tokio::test]
async fn stores_of_objects() {
    let (fixture, seen) = (Fixture::start().await, NoObjects::default());
    let google = examples::object_store::at_google(&fixture.credentials).with_http_connector(seen.clone());
    let azure = examples::object_store::at_azure(&fixture.credentials).with_http_connector(seen.clone());
    let stores: [Box<dyn ObjectStore>; 2] = [Box::new(google.build().unwrap()), Box::new(azure.build().unwrap())];
    let own = format!("Bearer {}", fixture.credentials.token().await.unwrap().access_token().secret());
    for store in &stores {
        store.get(&"42.pdf".into()).await.unwrap_err();
    }
    assert_eq!(*seen.0.lock().unwrap(), [own.clone(), own]);
    fixture.expire();
    stores[0].get(&"42.pdf".into()).await.unwrap_err();
    assert_eq!((seen.0.lock().unwrap().len(), fixture.token_requests()), (3, 2));
}

#[tokio::test]
async fn a_store_of_opendal() {
    let fixture = Fixture::start().await;
    opendal::install_default();
    let bucket = examples::opendal::bucket(&fixture.credentials).endpoint(&fixture.api.base_url());
    let store = opendal::Operator::new(bucket).unwrap();
    // The API has no such objects: it says so to those whose token it takes.
    for _ in 0..2 {
        assert_eq!(store.stat("42.pdf").await.unwrap_err().kind(), opendal::ErrorKind::NotFound);
    }
    assert_eq!((fixture.token_requests(), fixture.api.counters().rejected), (1, 0));
}

#[derive(Clone)]
struct Tools;

impl ServerHandler for Tools {}

async fn guard(State(server): State<AuthorizationServer>, request: Incoming, next: Next) -> axum::response::Response {
    let token = request.headers().get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    if server.is_active(token) {
        return next.run(request).await;
    }
    axum::response::IntoResponse::into_response(http::StatusCode::UNAUTHORIZED)
}

#[tokio::test]
async fn a_client_of_mcp() {
    let fixture = Fixture::start().await;
    let service: StreamableHttpService<Tools, LocalSessionManager> =
        StreamableHttpService::new(|| Ok(Tools), Arc::default(), StreamableHttpServerConfig::default());
    let router = axum::Router::new().nest_service("/mcp", service);
    let router = router.layer(from_fn_with_state(fixture.server.clone(), guard));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });

    let tools = examples::rmcp::connect(&url, &fixture.credentials).await.unwrap();
    assert!(tools.peer_info().is_some());
    assert_eq!(fixture.token_requests(), 1);
}
