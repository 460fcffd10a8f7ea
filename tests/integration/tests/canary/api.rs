//! Calls of an API: the token is in every one of them, and in nothing that is shown.

use grantkit::{ApiClient, Client};
use grantkit_testkit::{Fault, ProtectedApi};
use serde_json::{Value, json};

use crate::flows::{SECRET, server};
use crate::watch::{Watch, encodings};

#[tokio::test]
async fn api_calls_show_no_token() {
    let (mut watch, server) = (Watch::start(), server().await);
    watch.secret(SECRET);
    let protected = ProtectedApi::start(&server).await.unwrap();
    let client = Client::builder()
        .client_id("billing")
        .client_secret_basic(SECRET)
        .token_endpoint(&server.token_endpoint())
        .unwrap()
        .build();
    let credentials = client.client_credentials().scope("read").credentials("api");
    let api = ApiClient::new(&protected.url("/v1"), credentials.clone()).unwrap();
    watch.show(&api);
    watch.show(&api.get("whoami"));
    let answer: Value = api.get("whoami").fetch().await.unwrap();
    assert!(answer.is_object());
    watch.token(&credentials.token().await.unwrap());
    watch.show(&api.get("whoami").send().await.unwrap());

    // Refused, renewed, accepted.
    server.revoke_all_access_tokens();
    let _: Value = api.get("whoami").fetch().await.unwrap();
    let token = credentials.token().await.unwrap();
    watch.token(&token);

    // Answers that quote the request.
    let quoted = token.access_token().secret().to_owned();
    for status in [400, 401, 403, 404, 429, 500] {
        let fault = Fault::respond(status, json!({ "detail": format!("no: Bearer {quoted}") }));
        protected
            .faults()
            .always("/v1/whoami", fault.header("www-authenticate", &format!("Bearer error=\"{quoted}\"")));
        let error = api.get("whoami").fetch::<Value>().await.unwrap_err();
        watch.error(&error);
        protected.faults().clear();
    }
    // What else went with the request, in every encoding.
    let (header, query) = ("CANARY-of-a/header", "CANARY of a+query&");
    watch.secret(header);
    watch.secret(query);
    let kinds = encodings(&quoted).into_iter().zip(encodings(header)).zip(encodings(query));
    for ((token, header_text), query_text) in kinds {
        let text = format!("no: {header_text} | {query_text} | {token}");
        protected.faults().always("/v1/whoami", Fault::respond(400, text));
        let request = api.get("whoami").header("x-api-key", header).query(&[("key", query)]);
        let error = request.fetch::<Value>().await.unwrap_err();
        assert!(error.to_string().contains("no: [redacted]"), "{error}");
        watch.error(&error);
        protected.faults().clear();
    }
    // And no connection at all.
    protected.shutdown().await;
    watch.error(&api.get("whoami").send().await.unwrap_err());
    watch.secrets_sent_to(&server);
    watch.finish();
}
