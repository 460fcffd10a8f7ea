//! The reader of sources sees what the tests beside it are to see: they can fail.

use super::source::SourceFile;

#[test]
fn every_way_to_import_a_module_is_seen() {
    let text = r#"
use crate::grant::{ClientCredentials, TokenEndpoint};
use crate::{
    wire::{Form, excerpt},
    error::Error,
    transport,
};
use super::super::api::ApiClient;
use super::token_entry::TokenEntry;
/// Not this: [`Client`](crate::client::Client).
fn f() -> crate::oidc::Claims { // crate::endpoint
    let text = "crate::discovery";
    $crate::provider::provider()
}
#[cfg(feature = "oidc")]
use crate::keys;
pub(in crate::client_auth) fn g() {}
use crate::Credentials;

#[cfg(test)]
mod tests {
    use crate::authorize;
}
"#;
    let file = SourceFile::new("sdk/src/credentials/handle.rs", text);
    let seen: Vec<_> = file.imports().into_iter().map(|import| (import.to, import.line)).collect();
    let expected = [
        ("grant", 2),
        ("wire", 3),
        ("error", 3),
        ("transport", 3),
        ("api", 8),
        ("oidc", 11),
        ("keys", 16),
        ("client_auth", 17),
        ("Credentials", 18),
    ];
    assert_eq!(seen, expected.map(|(to, line)| (to.to_owned(), line)));
    assert_eq!(file.module(), "credentials");
}

#[test]
fn a_feature_is_seen_wherever_it_is_asked_for() {
    let text = r#"
// #[cfg(feature = "oidc")]
#[cfg(feature = "oidc")]
mod a;
#[cfg(feature = "redis")]
mod b;
struct C {
    #[cfg(feature = "oidc")]
    d: u8,
}
fn e() -> bool {
    cfg!(not(feature = "oidc")) || "feature = \"oidc\"".is_empty()
}
#[cfg_attr(not(feature = "oidc"), path = "f.rs")]
mod f;
#[cfg(test)]
mod tests {
    #[cfg(feature = "oidc")]
    mod g {}
}
"#;
    let seen = SourceFile::new("sdk/src/api/path.rs", text).feature_gates("oidc");
    let expected = [(3, true), (8, false), (12, false), (14, true)];
    assert_eq!(seen, expected.map(|(line, at_an_item)| (format!("sdk/src/api/path.rs:{line}"), at_an_item)));
}
