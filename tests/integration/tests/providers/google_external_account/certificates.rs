//! The subject token that a certificate is (X.509 workload identity federation).

use base64::Engine as _;
use grantkit::prelude::*;
use grantkit_providers::google::ExternalAccount;
use serde_json::json;

use super::{account, exchanged, file, parameter, written};
use crate::token_service::TokenService;

#[test]
fn certificates_are_named_when_they_are_missing() {
    let directory = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let service = runtime.block_on(TokenService::answering([exchanged()]));
    for (certificate, expected) in [
        (json!({}), "has to have either"),
        (json!({ "certificate_config_location": "/nowhere/config.json" }), "cannot be read"),
        (
            json!({ "certificate_config_location": written(directory.path(), "config.json", r#"{ "cert_configs": {} }"#) }),
            "has no `cert_configs.workload`",
        ),
        (
            json!({ "certificate_config_location": written(directory.path(), "list.json", r#"{ "cert_configs": [["/c", "/k"]] }"#) }),
            "is no certificate configuration",
        ),
        (
            json!({ "certificate_config_location": written(directory.path(), "long.json", &" ".repeat(257 * 1024)) }),
            "is longer than 256 KiB",
        ),
        (json!({ "certificate_config_location": "." }), "is no regular file"),
    ] {
        let file = file(&service, &json!({ "certificate": certificate }));
        let error = ExternalAccount::from_json(&file.to_string()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(expected), "{error}");
    }
}

/// The chain is told, the holder's first; the proof is the connection.
#[tokio::test]
async fn certificates_are_the_subject_token() {
    let directory = tempfile::tempdir().unwrap();
    let own = rcgen::generate_simple_self_signed(["workload".to_owned()]).unwrap();
    let issuer = rcgen::generate_simple_self_signed(["issuer".to_owned()]).unwrap();
    let config = json!({ "cert_configs": { "workload": {
        "cert_path": written(directory.path(), "cert.pem", &own.cert.pem()),
        "key_path": written(directory.path(), "key.pem", &own.signing_key.serialize_pem()),
    } } });
    let source = json!({ "certificate": {
        "certificate_config_location": written(directory.path(), "config.json", &config.to_string()),
        "trust_chain_path": written(directory.path(), "chain.pem", &format!("{}{}", own.cert.pem(), issuer.cert.pem())),
    } });
    let service = TokenService::answering([exchanged()]).await;
    account(&file(&service, &source)).get_token().await.unwrap();
    let token = parameter(&service.only(), "subject_token");
    let chain: Vec<String> = serde_json::from_str(&token).unwrap();
    let engine = base64::engine::general_purpose::STANDARD;
    assert_eq!(chain, [own.cert.der(), issuer.cert.der()].map(|der| engine.encode(der)));
}

/// The key goes with the connection, which is set up anew for each token: a key that is no key any more shows that it is read.
#[tokio::test]
async fn a_certificate_that_was_replaced_is_the_next_connections() {
    let directory = tempfile::tempdir().unwrap();
    let replace = || {
        let own = rcgen::generate_simple_self_signed(["workload".to_owned()]).unwrap();
        let cert = written(directory.path(), "cert.pem", &own.cert.pem());
        (cert, written(directory.path(), "key.pem", &own.signing_key.serialize_pem()), own.cert.der().to_vec())
    };
    let (cert, key, first) = replace();
    let config = json!({ "cert_configs": { "workload": { "cert_path": cert, "key_path": key } } });
    let config = written(directory.path(), "config.json", &config.to_string());
    let service = TokenService::answering([exchanged()]).await;
    let account = account(&file(&service, &json!({ "certificate": { "certificate_config_location": config } })));
    account.get_token().await.unwrap();
    let (_, _, second) = replace();
    account.get_token().await.unwrap();
    let engine = base64::engine::general_purpose::STANDARD;
    let shown = service.received().iter().map(|request| parameter(request, "subject_token")).collect::<Vec<_>>();
    assert_eq!(shown, [first, second].map(|der| json!([engine.encode(der)]).to_string()));
    written(directory.path(), "key.pem", "no key");
    let error = account.get_token().await.unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    assert_eq!(service.received().len(), 2);
}
