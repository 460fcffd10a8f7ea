//! The catalogue as programs read it.

use grantkit_providers::catalogue::{
    self, Audience, AuthMethod, Endpoint, Field, Form, Grant, Kind, Pkce, ProfileSource, Quirk, TokenPlace,
};

#[test]
fn entry_is_found_by_its_name() {
    for entry in catalogue::entries() {
        let found = catalogue::entry(entry.name()).unwrap();
        assert_eq!(found.name(), entry.name(), "entries are sorted");
        assert!(!entry.title().is_empty());
    }
    assert!(catalogue::entry("no-such-provider").is_none());
    assert!(catalogue::entry("GitHub").is_none(), "names are lower case");
}

#[test]
fn entry_says_all_that_is_in_its_data() {
    let github = catalogue::entry("github").unwrap();
    assert_eq!(github.kind(), Kind::OAuth2);
    assert_eq!(github.endpoint(Endpoint::Token), Some("https://github.com/login/oauth/access_token"));
    assert_eq!(github.endpoint(Endpoint::Userinfo), None);
    assert_eq!(github.auth_methods().first(), Some(&AuthMethod::ClientSecretPost));
    assert_eq!(github.pkce(), Pkce::Supported);
    assert_eq!(github.login_scopes().collect::<Vec<_>>(), ["read:user", "user:email"]);
    assert!(github.has_grant(Grant::DeviceCode) && !github.has_grant(Grant::ClientCredentials));
    assert!(github.has_quirk(Quirk::UserAgentNeeded));
    assert_eq!(github.profile_url(), Some("https://api.github.com/user"));
    assert_eq!(github.profile_token(), TokenPlace::Bearer);
    assert_eq!(github.email_url(), Some("https://api.github.com/user/emails"));
    assert_eq!(github.second_email_verified(), Some("/[primary]/verified"));
    let base = catalogue::entry("gitlab").unwrap().parameter("base").unwrap();
    assert_eq!((base.form(), base.default_value()), (Form::BaseUrl, Some("https://gitlab.com")));
}

#[test]
fn choice_has_a_text_for_each_word_and_part() {
    let amazon = catalogue::entry("amazon").unwrap();
    let region = amazon.parameter("region").unwrap();
    assert_eq!(region.choice("eu", "api"), Some("api.amazon.co.uk"));
    assert_eq!(region.choice("eu", "login"), Some("eu.account.amazon.com"));
    assert_eq!(region.choice("mars", "login"), None);
}

#[test]
fn what_is_no_text_of_the_service_is_read_as_what_it_is() {
    let entry = |name| catalogue::entry(name).unwrap();
    assert_eq!(entry("hubspot").profile(), Some(ProfileSource::Introspection));
    assert_eq!(entry("hubspot").profile_url(), None);
    assert_eq!(entry("github").profile(), Some(ProfileSource::Url("https://api.github.com/user")));
    assert_eq!(entry("okta").assertion_audience(), Some(Audience::Endpoint));
    assert_eq!(entry("github").assertion_audience(), None);
}

#[test]
fn profile_in_the_id_token_takes_no_request() {
    let apple = catalogue::entry("apple").unwrap();
    assert_eq!(apple.profile_url(), None);
    assert_eq!(apple.id().collect::<Vec<_>>(), ["id_token:/sub"]);
    assert_eq!(
        catalogue::entry("google").unwrap().profile_url(),
        Some("https://openidconnect.googleapis.com/v1/userinfo")
    );
}

#[test]
fn each_field_has_a_letter_of_its_own() {
    for field in Field::ALL {
        assert_eq!(field.name().len(), 1, "{field:?}");
        assert_eq!(Field::named(field.name()), Some(*field), "{field:?} has the letter of another");
    }
}
