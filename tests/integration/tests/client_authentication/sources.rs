//! Assertions from outside: a file that something keeps fresh, a platform that is asked.

use async_trait::async_trait;
use grantkit::client::Endpoints;
use grantkit::client_auth::{AssertionFile, AssertionSource};
use grantkit::credentials::Fingerprint;
use grantkit::{Client, Result, SecretString};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::assertion::{form, parameter};
use crate::support::{Answer, Scripted, all_said, verdict};

fn client(server: &Scripted, source: impl AssertionSource + 'static) -> Client<Endpoints> {
    let builder = Client::builder().client_id("billing").client_assertion(source);
    builder.token_endpoint(&server.url("/token")).unwrap().build()
}

#[tokio::test]
async fn a_file_is_read_for_each_request() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let server =
        Scripted::start([Answer::token("t"), Answer::status(503).header("retry-after", "0"), Answer::token("t")]).await;
    let client = client(&server, AssertionFile::new(&path));
    for content in ["one.two.three\n", "four.five.six"] {
        // As Kubernetes does it: another file in its place.
        std::fs::write(directory.path().join("new"), content).unwrap();
        std::fs::rename(directory.path().join("new"), &path).unwrap();
        client.client_credentials().get_token().await.unwrap();
    }
    let sent: Vec<_> = server.asked().iter().map(|asked| parameter(asked, "client_assertion").unwrap()).collect();
    assert_eq!(sent, ["one.two.three", "four.five.six", "four.five.six"]);
    let expected = [
        ("grant_type", "client_credentials"),
        ("client_id", "billing"),
        ("client_assertion", "one.two.three"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
    ];
    assert_eq!(form(&server.asked()[0]), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_file_that_is_missing_is_a_matter_of_configuration_and_mends_itself() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let server = Scripted::start([Answer::token("t")]).await;
    let client = client(&server, AssertionFile::new(&path));
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!((server.count(), verdict(&error)), (0, vec!["configuration"]));
    assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    std::fs::write(&path, "one.two.three").unwrap();
    client.client_credentials().get_token().await.unwrap();
}

/// A platform that is asked for each request.
#[derive(Debug, Default)]
struct Platform {
    asked: AtomicUsize,
}

#[async_trait]
impl AssertionSource for Platform {
    fn identity(&self) -> Fingerprint {
        Fingerprint::of_type::<Self>()
    }

    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        let count = self.asked.fetch_add(1, Ordering::SeqCst);
        Ok(format!("assertion {count} for {audience}").into())
    }

    fn assertion_type(&self) -> &'static str {
        "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe"
    }
}

#[tokio::test]
async fn a_platform_is_asked_for_each_request_and_told_the_audience() {
    let server = Scripted::start([Answer::token("t")]).await;
    let platform = Arc::new(Platform::default());
    let client = Client::builder()
        .client_id("billing")
        .client_assertion(Arc::clone(&platform))
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .build();
    for _ in 0..2 {
        client.client_credentials().get_token().await.unwrap();
    }
    let sent: Vec<_> = server.asked().iter().map(|asked| parameter(asked, "client_assertion").unwrap()).collect();
    assert_eq!(sent, ["assertion 0 for https://as.example", "assertion 1 for https://as.example"]);
    let kind = parameter(&server.asked()[0], "client_assertion_type").unwrap();
    assert_eq!(kind, "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe");
    assert_eq!(platform.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn kind_of_a_files_assertion_is_set_and_no_error_has_its_content() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("assertion");
    std::fs::write(&path, "CANARY-assertion").unwrap();
    let quoting = serde_json::json!({ "error": "invalid_client", "error_description": "bad CANARY-assertion" });
    let server = Scripted::start([Answer::json(401, &quoting)]).await;
    let saml = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer";
    let client = client(&server, AssertionFile::new(&path).with_type(saml));
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!(parameter(&server.only(), "client_assertion_type").as_deref(), Some(saml));
    let said = all_said(&error);
    assert!(said.contains("bad [redacted]") && !said.contains("CANARY"), "{said}");
}
