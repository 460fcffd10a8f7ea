//! `#[part]` and `#[multipart]`: forms with files, as a server reads them.
#![allow(clippy::too_many_arguments, reason = "a form has as many as it has parts")]

use grantkit::api::{Multipart, Part};
use grantkit::prelude::*;
use httpmock::prelude::*;

use crate::credentials;

#[api(base = "https://api.acme.dev/v1")]
trait Documents {
    #[post("/documents/{id}")]
    async fn upload(
        &self,
        #[part] title: &str,
        id: u64,
        #[part("pages[count]")] pages: u32,
        #[part] r#type: Option<String>,
        #[part] tags: &[&str],
        #[part] scan: Part,
        #[part] form: bool,
    ) -> Result<()>;
    #[put("/documents")]
    async fn replace(&self, #[multipart] form: Option<Multipart>) -> Result<()>;
}

/// The form of a request, without its boundary.
fn form(request: &HttpMockRequest) -> String {
    let headers = request.headers();
    let content_type = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(request.body_ref()).replace("\r\n", "\n");
    match content_type.strip_prefix("multipart/form-data; boundary=") {
        Some(boundary) => text.replace(boundary, "BOUNDARY"),
        None => text,
    }
}

async fn client(is_expected: fn(&str) -> bool) -> (&'static MockServer, DocumentsClient) {
    let server = grantkit_integration_tests::support::mock_server().await;
    server
        .mock_async(|when, then| {
            when.path_includes("/v1/documents").is_true(move |request: &HttpMockRequest| is_expected(&form(request)));
            then.status(200);
        })
        .await;
    let client = DocumentsClient::with_base(&server.url("/v1"), credentials()).unwrap();
    (server, client)
}

#[tokio::test]
async fn arguments_are_parts_of_one_form() {
    let (_server, api) = client(|form| {
        let part = |name: &str, text: &str| {
            format!("--BOUNDARY\nContent-Disposition: form-data; name=\"{name}\"\n\n{text}\n")
        };
        form == [
            part("title", "Invoice 42"),
            part("pages[count]", "3"),
            part("tags", "eu"),
            part("tags", "b2b"),
            "--BOUNDARY\nContent-Disposition: form-data; name=\"scan\"; filename=\"scan.pdf\"\nContent-Type: application/pdf\n\n%PDF\n"
                .to_owned(),
            part("form", "true"),
            "--BOUNDARY--\n".to_owned(),
        ]
        .concat()
    })
    .await;
    let scan = Part::bytes(&b"%PDF"[..]).file_name("scan.pdf").content_type("application/pdf");
    api.upload("Invoice 42", 42, 3, None, &["eu", "b2b"], scan, true).await.unwrap();
}

#[tokio::test]
async fn a_form_is_the_body() {
    let (_server, api) = client(|form| form.contains("name=\"note\"\n\nread me\n")).await;
    api.replace(Some(Multipart::new().text("note", "read me"))).await.unwrap();
    let (_server, api) = client(str::is_empty).await;
    api.replace(None).await.unwrap();
}
