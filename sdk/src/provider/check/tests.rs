use std::panic::catch_unwind;

use super::*;
use crate::provider::closest::distance;

const KEYS: &[ConfigKey] = &[
    ConfigKey::new::<String>("tenant", ""),
    ConfigKey::new::<String>("client_id", ""),
    ConfigKey::new::<secrecy::SecretString>("client_secret", ""),
    ConfigKey::new::<Option<String>>("audience", ""),
    ConfigKey::new::<Vec<String>>("scopes", ""),
];

fn given(names: &'static [&'static str]) -> Given {
    Given::new("Reports", "Auth0", KEYS, names)
}

fn complaint(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = catch_unwind(check).unwrap_err();
    panic.downcast_ref::<String>().unwrap().clone()
}

#[test]
fn a_provider_has_a_name_in_lower_case() {
    for name in ["auth0", "my-idp", "acme_2", "login.acme.dev"] {
        provider_name(name);
    }
    for name in ["Auth0", "", "my idp", "büro", "a/b"] {
        let said = complaint(move || provider_name(name));
        assert_eq!(
            said,
            format!("a provider's name is of lower-case letters, digits and `-`, `_`, `.`, which `{name}` is not")
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    given(&["tenant", "client_id", "client_secret"]).nothing_is_missing();
    assert_eq!(
        complaint(|| given(&["tenant", "client_id"]).nothing_is_missing()),
        "`Reports` has no field `client_secret`, which `Auth0` needs"
    );
    assert_eq!(
        complaint(|| given(&["tenant"]).nothing_is_missing()),
        "`Reports` has no fields `client_id`, `client_secret`, which `Auth0` needs"
    );
}

#[test]
fn a_misspelt_field_is_not_missing_too() {
    let given = given(&["tennant", "client_id", "client_secret"]);
    given.nothing_is_missing();
    assert_eq!(
        complaint(move || given.field_is_known("tennant")),
        "`Reports` has a field `tennant`, which `Auth0` does not know; did you mean `tenant`?"
    );
}

#[test]
fn a_type_fits_its_key() {
    let given = given(&[]);
    given.field_has_type("audience", ConfigKind::Text, false);
    given.field_has_type("audience", ConfigKind::Text, true);
    given.field_has_type("nothing_of_that_name", ConfigKind::Flag, true);
    assert_eq!(
        complaint(move || given.field_has_type("client_secret", ConfigKind::Text, true)),
        "`client_secret` is a secret: make it a `SecretString`"
    );
    assert_eq!(
        complaint(move || given.field_has_type("tenant", ConfigKind::Text, false)),
        "`Auth0` needs `tenant`, so it cannot be an `Option`"
    );
}

#[test]
fn a_setting_fits_its_key() {
    let given = given(&[]);
    given.text_setting_is_known("audience");
    given.list_setting_is_known("scopes");
    assert_eq!(complaint(move || given.text_setting_is_known("region")), "`Auth0` has no setting `region`");
    assert_eq!(
        complaint(move || given.text_setting_is_known("audiense")),
        "`Auth0` has no setting `audiense`; did you mean `audience`?"
    );
    assert_eq!(complaint(move || given.flag_setting_is_known("audience")), "`audience` takes a string");
    assert_eq!(
        complaint(move || given.text_setting_is_known("scopes")),
        "`scopes` takes a list of strings, in parentheses"
    );
}

#[test]
fn a_sentence_that_is_too_long_loses_its_end() {
    let sentence = Sentence::new().text("start ").text("€".repeat(1000).as_str()).text("end");
    assert_eq!(sentence.as_str(), "start end");
}

#[test]
fn distances_are_those_by_which_the_macros_compare() {
    for (one, other) in
        [("tennant", "tenant"), ("tneant", "tenant"), ("", "tenant"), ("scope", "scopes"), ("abc", "xyz")]
    {
        assert_eq!(distance(one, other), strsim::osa_distance(one, other), "{one} {other}");
    }
    assert_eq!(distance(&"a".repeat(65), "a"), usize::MAX);
}
