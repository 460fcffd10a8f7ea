//! How the placeholders of a text are found and filled.

use grantkit_providers::catalogue::{fill, placeholders};

fn value(name: &str) -> Option<String> {
    let values = [("tenant", "acme"), ("region.api", "api.eu"), ("token:/user/id", "42")];
    values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
}

#[test]
fn template_is_filled_with_the_values_of_its_placeholders() {
    assert_eq!(fill("https://{tenant}.{region.api}/u/{token:/user/id}", value).unwrap(), "https://acme.api.eu/u/42");
    assert_eq!(fill("https://acme.dev", value).unwrap(), "https://acme.dev");
    assert_eq!(fill("https://{nobody}/{tenant}", value), Err("nobody"), "it says which has no value");
}

#[test]
fn template_leaves_the_braces_of_json_alone() {
    let json = r#"{"query":"{ me { id name } }","tenant":"{tenant}"}"#;
    assert_eq!(placeholders(json).collect::<Vec<_>>(), ["tenant"]);
    assert_eq!(fill(json, value).unwrap(), r#"{"query":"{ me { id name } }","tenant":"acme"}"#);
    assert_eq!(fill(r#"{"a":{"b":null}}"#, value).unwrap(), r#"{"a":{"b":null}}"#);
    assert_eq!(fill("{}{tenant", value).unwrap(), "{}{tenant");
}
