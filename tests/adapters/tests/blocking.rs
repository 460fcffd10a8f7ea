//! The blocking façade: programs without a runtime, and calls within one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::io::{BufRead as _, Read as _};
use std::thread;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use grantkit::api::{Multipart, Pagination, Part};
use grantkit::authorize::ReceivedCode;
use grantkit::error::StepUp;
use grantkit::integrations::blocking::{self, AuthorizationCode, DeviceAuthorization, native_login, wait};
use grantkit::prelude::*;
use grantkit_providers as _;
use grantkit_testkit::{AuthorizationServer, Fault, ProtectedApi};
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::Runtime;

const CALLBACK: &str = "https://app.example/callback";

/// An authorization server and an API on a runtime of their own, as on another machine.
struct BlockingFixture {
    server: AuthorizationServer,
    api: ProtectedApi,
    _runtime: Runtime,
}

impl BlockingFixture {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let (server, api) = runtime.block_on(async {
            let builder = AuthorizationServer::builder().confidential_client("billing", "s3cret");
            let server = builder.public_client("tool", ["http://127.0.0.1/callback", CALLBACK]).start().await.unwrap();
            let api = ProtectedApi::start(&server).await.unwrap();
            (server, api)
        });
        Self { server, api, _runtime: runtime }
    }

    fn client(&self) -> Client {
        wait(Client::builder().client_id("billing").client_secret("s3cret").discover(&self.server.issuer())).unwrap()
    }

    /// For people.
    fn tool(&self) -> Client {
        wait(Client::builder().client_id("tool").public().discover(&self.server.issuer())).unwrap()
    }

    fn credentials(&self) -> blocking::Credentials {
        blocking::Credentials::new(self.client().client_credentials().credentials("billing"))
    }

    fn api(&self) -> blocking::ApiClient {
        blocking::ApiClient::new(&self.api.url("v1"), self.credentials()).unwrap()
    }
}

#[derive(Debug, Deserialize)]
struct Invoice {
    id: String,
}

/// A browser that follows no redirect; where it is sent.
fn browse(url: &str) -> Option<String> {
    let browser = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none());
    let browser = browser.build().unwrap();
    let answer = wait(async { browser.get(url).send().await.map_err(|_| Error::temporary("the page is not there")) });
    Some(answer.unwrap().headers().get("location")?.to_str().unwrap().to_owned())
}

fn secret(token: &OAuthToken) -> String {
    token.access_token().secret().to_owned()
}

#[test]
fn a_token_is_requested_once_refreshed_and_forgotten() {
    let fixture = BlockingFixture::new();
    let credentials = fixture.credentials();
    let first = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| secret(&credentials.token().unwrap()))).collect();
        let tokens: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(tokens.iter().all(|token| *token == tokens[0]));
        tokens[0].clone()
    });
    assert_eq!(fixture.server.counters().client_credentials, 1);
    assert_eq!(credentials.headers().unwrap().authorization(), &format!("Bearer {first}"));
    assert_eq!(credentials.authorization_header().unwrap(), format!("Bearer {first}").as_str());

    let second = secret(&credentials.refresh().unwrap());
    assert_ne!(second, first);
    credentials.clear().unwrap();
    assert_ne!(secret(&credentials.token().unwrap()), second);
    credentials.settle().unwrap();
    assert_eq!(fixture.server.counters().client_credentials, 3);
    assert!(!format!("{credentials:?} {:?}", fixture.api()).contains(&second));
}

#[test]
fn a_login_is_logged_out_at_the_server() {
    let fixture = BlockingFixture::new();
    let client = fixture.tool();
    let login = client.authorization_code(CALLBACK).unwrap().scopes(["openid", "offline_access"]);
    let login = AuthorizationCode::from(login);
    let (url, pending) = login.start().unwrap();
    let login = login.finish(pending, browse(url.as_str()).unwrap()).unwrap();
    assert!(login.as_async().claims().is_some(), "the ID token is verified");

    let credentials = login.credentials("web").unwrap();
    let token = secret(&credentials.token().unwrap());
    assert!(fixture.server.is_active(&token));
    credentials.log_out(&client.revocation().unwrap()).unwrap();
    assert!(!fixture.server.is_active(&token));
    assert!(credentials.token().unwrap_err().needs_login());
}

#[test]
fn a_code_that_another_program_received_is_taken_and_the_login_narrowed() {
    let fixture = BlockingFixture::new();
    let client = fixture.tool();
    let login = client.authorization_code(CALLBACK).unwrap().scopes(["offline_access", "read:invoices"]);
    let (url, pending) = login.start().unwrap();
    let verifier = serde_json::to_value(&pending).unwrap()["code_verifier"].as_str().unwrap().to_owned();
    let callback = browse(url.as_str()).unwrap();
    let callback = reqwest::Url::parse(&callback).unwrap();
    let code = callback.query_pairs().find_map(|(name, value)| (name == "code").then(|| value.into_owned())).unwrap();
    let received = ReceivedCode::new(code).redirect_uri(CALLBACK).code_verifier(verifier);
    let login = AuthorizationCode::from(login).finish_received(received).unwrap();
    let narrowed = login.downscoped("read:invoices").unwrap();
    assert_eq!(narrowed.token().scope(), Some("read:invoices"));
}

#[test]
fn a_native_login_comes_back_to_its_own_port() {
    let fixture = BlockingFixture::new();
    let client = fixture.tool();
    let login = native_login(
        |callback| Ok(client.authorization_code(callback)?.scope("read:invoices")),
        |url| {
            let url = url.to_string();
            thread::spawn(move || browse(&browse(&url).unwrap()));
        },
    );
    assert!(fixture.server.is_active(&secret(login.unwrap().token())));
}

#[test]
fn a_code_for_another_device_is_shown_before_the_wait() {
    let fixture = BlockingFixture::new();
    let login = DeviceAuthorization::from(fixture.tool().device_authorization().unwrap().scope("read:invoices"));
    let mut shown = String::new();
    let login = login.log_in(|code| {
        code.user_code().clone_into(&mut shown);
        assert!(fixture.server.approve(code.user_code()));
    });
    assert!(fixture.server.is_active(&secret(login.unwrap().token())) && !shown.is_empty());
}

#[test]
fn a_provider_by_name_has_credentials_and_logs_out() {
    let fixture = BlockingFixture::new();
    let settings = ProviderSettings::new()
        .with("issuer", fixture.server.issuer())
        .with("client_id", "billing")
        .with("client_secret", SecretString::from("s3cret"));
    let provider = blocking::ProviderClient::from_env("oauth2", "BLOCKING_TEST", settings).unwrap();
    let credentials = provider.credentials();
    let token = secret(&credentials.token().unwrap());
    assert!(fixture.server.is_active(&token));
    assert!(provider.api(&credentials).unwrap_err().is_unsupported(), "of any server no address is known");
    provider.log_out(&credentials).unwrap();
    assert_ne!(secret(&credentials.token().unwrap()), token);
    let error = blocking::ProviderClient::from_env("oauth2", "BLOCKING_TEST", ProviderSettings::new()).unwrap_err();
    assert!(error.to_string().contains("BLOCKING_TEST_CLIENT_ID"), "{error}");
}

#[test]
fn requests_are_authorised_and_sent_once_more_after_a_401() {
    let fixture = BlockingFixture::new();
    let api = fixture.api();
    let invoice: Invoice = api.get(["invoices", "42"]).fetch().unwrap();
    assert_eq!(invoice.id, "42");
    fixture.server.revoke_all_access_tokens();
    let created: Value = api.post("invoices").json(&serde_json::json!({ "customer": "Acme" })).fetch().unwrap();
    assert_eq!(created["customer"], "Acme");
    assert_eq!(fixture.server.counters().client_credentials, 2);

    let error = api.delete("nothing").send().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let answer = api.get("nothing").error_for_status(false).send().unwrap();
    assert_eq!(answer.status().as_u16(), 404);
    assert_eq!(answer.status_error().unwrap().status(), Some(answer.status()));
    assert!(api.get("../elsewhere").try_clone().unwrap().send().unwrap_err().is_configuration());
}

#[test]
fn a_request_goes_on_after_the_login_that_the_api_wants() {
    let fixture = BlockingFixture::new();
    let client = fixture.client();
    // A login blocks as well, within the call.
    let log_in = |step_up: StepUp| {
        let credentials = client.client_credentials().scope(step_up.scopes().join(" ")).credentials("stronger");
        blocking::Credentials::from(credentials.clone()).token()?;
        Ok(credentials)
    };
    let seen: Value = fixture.api().get("scoped/write:invoices").send_with_step_up(log_in).unwrap().json().unwrap();
    assert_eq!(seen["scope"], "write:invoices");
    let refused = fixture
        .api()
        .get("scoped/write:invoices")
        .send_with_step_up(|_| Err::<Credentials, _>(Error::login_required("no")));
    assert!(refused.unwrap_err().needs_login());
}

#[test]
fn a_form_has_its_file() {
    let fixture = BlockingFixture::new();
    let form = Multipart::new().text("title", "Invoice 42").part("scan", Part::bytes("pdf").file_name("scan.pdf"));
    let echoed: Value = fixture.api().post("echo").multipart(form).fetch().unwrap();
    let body = echoed["body"].as_str().unwrap();
    assert!(body.contains("filename=\"scan.pdf\"") && body.contains("Invoice 42"), "{body}");
}

#[test]
fn a_list_in_pages_is_an_iterator_that_ends_with_an_error() {
    let fixture = BlockingFixture::new();
    let invoices = fixture.api().get("invoices").query(&[("per_page", 2)]).paginate::<Invoice>(Pagination::link());
    assert_eq!(invoices.collect::<Result<Vec<_>>>().unwrap().len(), 5);

    let invoices = fixture.api().get("invoices").query(&[("per_page", 2)]).paginate::<Invoice>(Pagination::link());
    let pages: Vec<_> = invoices.pages().map(|page| page.unwrap().items().len()).collect();
    assert_eq!(pages, [2, 2, 1]);

    fixture.api.faults().next("/v1/invoices", 1, Fault::status(500));
    let mut failing = fixture.api().get("invoices").paginate::<Invoice>(Pagination::link());
    assert_eq!(failing.next().unwrap().unwrap_err().status().map(|status| status.as_u16()), Some(500));
    assert!(failing.next().is_none());
}

#[test]
fn bodies_are_read_and_written_as_they_come() {
    let fixture = BlockingFixture::new();
    let api = fixture.api();
    // Larger than what is read ahead.
    let large = "0123456789abcdef".repeat(40_000);
    let sent = std::io::Cursor::new(large.clone());
    let mut echoed = String::new();
    let answer = api.post("echo").header("content-type", "text/plain").body_from(sent).send().unwrap();
    answer.into_reader().read_to_string(&mut echoed).unwrap();
    let echoed: Value = serde_json::from_str(&echoed).unwrap();
    assert!(echoed["body"] == large, "{} bytes", echoed["body"].as_str().unwrap_or_default().len());

    let mut file = Vec::new();
    let length = api.get(["invoices", "42"]).send().unwrap().copy_to(&mut file).unwrap();
    assert_eq!((length, serde_json::from_slice::<Invoice>(&file).unwrap().id), (file.len() as u64, "42".to_owned()));
    let line = api.get(["invoices", "42"]).send().unwrap().into_reader().lines().next().unwrap().unwrap();
    assert_eq!(line.as_bytes(), file);
}

#[test]
fn a_reader_that_fails_ends_the_request() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let fixture = BlockingFixture::new();
    let error = fixture.api().post("echo").body_from(Failing).send().unwrap_err();
    let chain: Vec<_> = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source())
        .map(ToString::to_string)
        .collect();
    assert!(chain.iter().any(|text| text.contains("the disk is gone")), "{chain:?}");
}

#[test]
fn a_slow_api_ends_at_the_time_out() {
    let fixture = BlockingFixture::new();
    let api = fixture.api();
    api.credentials().token().unwrap();
    fixture.api.faults().next("/v1/echo", 1, Fault::delay(Duration::from_secs(30)));
    let begin = Instant::now();
    let error = api.get("echo").timeout(Duration::from_millis(100)).send().unwrap_err();
    assert!(error.is_timeout() && begin.elapsed() < Duration::from_secs(10), "{error}");
}

#[tokio::test]
async fn within_a_runtime_of_one_thread_it_blocks_and_does_not_panic() {
    let fixture = tokio::task::spawn_blocking(BlockingFixture::new).await.unwrap();
    let invoice: Invoice = fixture.api().get(["invoices", "42"]).fetch().unwrap();
    assert_eq!(invoice.id, "42");
    // A runtime is not dropped within another.
    tokio::task::spawn_blocking(move || drop(fixture)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_async_code_and_blocking_code_hold_is_one_token() {
    let fixture = tokio::task::spawn_blocking(BlockingFixture::new).await.unwrap();
    let credentials = fixture.credentials();
    let of_async = credentials.as_async().token().await.unwrap();
    assert_eq!(secret(&credentials.token().unwrap()), secret(&of_async));
    assert_eq!(fixture.server.counters().client_credentials, 1);
    tokio::task::spawn_blocking(move || drop(fixture)).await.unwrap();
}

/// It would wait for the thread that it blocks.
#[test]
fn a_client_by_hand_that_blocks_within_get_token_is_told_to_await() {
    struct Blocks(Client);
    #[async_trait]
    impl OAuthClient for Blocks {
        fn name(&self) -> &'static str {
            "blocks"
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            blocking::Credentials::new(self.0.client_credentials().credentials("inner")).token()
        }
    }
    let fixture = BlockingFixture::new();
    let error = blocking::Credentials::from(Credentials::new(Blocks(fixture.client()))).token().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("`.await`"), "{error}");
}

#[api(base = "https://api.example/v1", blocking)]
trait InvoiceApi {
    #[get("/invoices/{id}")]
    fn invoice(&self, id: u64) -> Result<Invoice>;

    #[delete("/invoices/{id}")]
    fn delete(&self, id: u64) -> Result<()>;

    #[get("/whoami", scopes("read:invoices"))]
    fn whoami(&self) -> Result<blocking::ApiResponse>;

    #[get("/invoices", paginate = link())]
    fn invoices(&self, #[query] per_page: u32) -> impl Iterator<Item = Result<Invoice>>;
}

#[test]
fn a_typed_client_blocks_where_its_trait_says_so() {
    let fixture = BlockingFixture::new();
    let invoices = InvoiceApiClient::with_base(&fixture.api.url("v1"), fixture.credentials()).unwrap();
    assert_eq!(invoices.invoice(42).unwrap().id, "42");
    assert_eq!(invoices.invoices(2).collect::<Result<Vec<_>>>().unwrap().len(), 5);
    let who: Value = invoices.whoami().unwrap().json().unwrap();
    assert_eq!((&who["client_id"], &who["scope"]), (&"billing".into(), &"read:invoices".into()));
    let error = invoices.delete(42).unwrap_err();
    assert!(error.status().is_some_and(|status| status.is_client_error()), "{error}");
}
