//! Google's metadata server: which it is, and how it is looked for.

use std::time::Duration;

use grantkit::prelude::*;
use grantkit_providers::google::{MetadataMutualTls, MetadataServer};

use crate::setters::{Row, of_client, row};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row!(
            "MetadataServer::host",
            of_client,
            [MetadataServer::new().host("127.0.0.1:1"), MetadataServer::new().host("127.0.0.1:2"),]
        ),
        row!(
            "MetadataServer::account",
            of_client,
            [MetadataServer::new(), MetadataServer::new().account("one"), MetadataServer::new().account("two"),]
        ),
        row!(
            "MetadataServer::mutual_tls",
            of_client,
            [
                MetadataServer::new(),
                MetadataServer::new().mutual_tls(MetadataMutualTls::WherePossible),
                MetadataServer::new().mutual_tls(MetadataMutualTls::Always),
            ]
        ),
        row!(
            "MetadataServer::mutual_tls_files",
            of_client,
            [
                proved(),
                proved().mutual_tls_files("/one/root", "/one/client"),
                proved().mutual_tls_files("/two/root", "/one/client"),
                proved().mutual_tls_files("/one/root", "/two/client"),
            ]
        ),
        row!(
            "MetadataServer::mutual_tls_files",
            of_client,
            [
                MetadataServer::new().mutual_tls(MetadataMutualTls::WherePossible),
                MetadataServer::new().mutual_tls(MetadataMutualTls::WherePossible).mutual_tls_files("/root", "/client"),
            ]
        ),
        row!(
            "MetadataServer::detection_timeout",
            of_client,
            [
                MetadataServer::new(),
                MetadataServer::new().detection_timeout(Duration::from_secs(2)),
                MetadataServer::new().detection_timeout(Duration::from_secs(3)),
            ]
        ),
        row!(
            "MetadataServer::regional_access_boundary",
            of_client,
            [MetadataServer::new(), MetadataServer::new().regional_access_boundary(),]
        ),
    ]
}

/// Whose server proves who it is.
fn proved() -> MetadataServer {
    MetadataServer::new().mutual_tls(MetadataMutualTls::Always)
}

/// What is known of the server by its own word is not in a store under the name of one that has proved itself, or by another file.
#[test]
fn how_a_metadata_server_is_looked_for_is_a_matter_of_the_process() {
    let in_store = |server: MetadataServer| server.account("a@acme.example").fingerprint().to_string();
    let plain = in_store(MetadataServer::new());
    assert_eq!(plain, in_store(MetadataServer::new().detection_timeout(Duration::from_secs(2))));
    assert_eq!(plain, in_store(MetadataServer::new().mutual_tls(MetadataMutualTls::WherePossible)));
    assert_ne!(plain, in_store(proved()));
    assert_ne!(in_store(proved()), in_store(proved().mutual_tls_files("/one/root", "/one/client")));
}
