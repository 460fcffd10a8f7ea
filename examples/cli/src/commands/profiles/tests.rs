//! The keys of all providers, by way of the file.

use grantkit::provider::{ConfigKey, ConfigKind, ProviderSettings, providers};

use super::assignment::Assignment;
use crate::failure::Failure;
use crate::profile::Profile;
use crate::profile_file::ProfileFile;
use crate::service::provider_settings;

/// What may be given for the key.
fn placeholder(key: &ConfigKey) -> String {
    match key.kind {
        ConfigKind::Flag => "true".to_owned(),
        ConfigKind::Number => "7".to_owned(),
        ConfigKind::List => "one,two".to_owned(),
        ConfigKind::Json => r#"{"a.example":"https://b.example"}"#.to_owned(),
        _ => format!("http://127.0.0.1:8400/{}", key.name),
    }
}

fn has(settings: &ProviderSettings, key: &ConfigKey) -> bool {
    match key.kind {
        ConfigKind::Flag => settings.flag(key.name) == Some(true),
        ConfigKind::Number => settings.number(key.name) == Some(7),
        ConfigKind::List => settings.list(key.name) == ["one", "two"],
        ConfigKind::Json => settings.map(key.name).get("a.example").is_some_and(|value| value == "https://b.example"),
        _ => settings.text(key.name) == Some(placeholder(key).as_str()),
    }
}

fn assign(profile: &mut Profile, text: &str) -> Result<(), Failure> {
    text.parse::<Assignment>().map_err(Failure::usage)?.apply(profile)
}

#[test]
fn every_provider_gets_each_of_its_keys() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    // One for each: a file of all takes seconds.
    let path = |name: &str| folder.path().join(name).join("profiles.toml");
    let all = providers();
    assert!(all.len() > 150, "{} providers are linked in", all.len());
    for provider in &all {
        let mut profile = Profile { provider: Some(provider.name().to_owned()), ..Profile::default() };
        for key in provider.keys() {
            let assigned = assign(&mut profile, &format!("{}={}", key.name, placeholder(key)));
            assert_eq!(assigned.is_err(), key.kind == ConfigKind::Secret, "{} {}", provider.name(), key.name);
        }
        ProfileFile::change_at(path(provider.name()))?.put("x", &profile)?;
    }
    for provider in &all {
        let file = ProfileFile::read_from(path(provider.name()))?;
        let profile = file.get("x")?;
        assert_eq!(profile.provider.as_deref(), Some(provider.name()));
        let settings = provider_settings(profile)?;
        for key in provider.keys().iter().filter(|key| key.kind != ConfigKind::Secret) {
            assert!(has(&settings, key), "{} does not get {}", provider.name(), key.name);
        }
    }
    Ok(())
}

#[test]
fn a_key_of_a_provider_hides_one_of_the_profile() -> Result<(), Failure> {
    let mut profile = Profile { provider: Some("auth0".to_owned()), ..Profile::default() };
    assign(&mut profile, "audience=https://api.acme.dev")?;
    assert!(profile.audience.is_none() && profile.keys.contains_key("audience"), "{profile:?}");
    assign(&mut profile, "profile.audience=https://web.acme.dev")?;
    assert_eq!(profile.audience.as_deref(), Some("https://web.acme.dev"));
    // Those of another provider are not sent to this one.
    assign(&mut profile, "provider=github")?;
    assert!(profile.keys.is_empty(), "{profile:?}");
    assert!(assign(&mut profile, "audience=x").is_err() && assign(&mut profile, "profile.tenant=x").is_err());
    Ok(())
}
