//! `KEY=VALUE` of the command line.

use std::str::FromStr;

use clap::ValueEnum as _;
use grantkit::provider::{ConfigKey, ConfigKind};

use crate::failure::Failure;
use crate::profile::{Grant, Profile};
use crate::redirect_uri::LoopbackUri;
use crate::service::{CLIENT_SECRET, ISSUER_KEYS, plugin};

/// The keys that a profile has for any server: a provider gets them from there.
const OF_ANY_SERVER: [&str; 2] = ["client_id", "scopes"];

/// Before a key of the profile where the provider has one of that name.
const OF_PROFILE: &str = "profile.";

/// A key of a profile, and what it is set to; an empty value takes it out.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    key: String,
    value: String,
}

impl FromStr for Assignment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
        Ok(Self { key: key.trim().to_owned(), value: value.trim().to_owned() })
    }
}

impl Assignment {
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// A key that the provider has is the provider's, also where the profile has one of that name.
    pub(super) fn apply(&self, profile: &mut Profile) -> Result<(), Failure> {
        let Self { key, value } = self;
        let own = key.strip_prefix(OF_PROFILE);
        let of_provider = profile.provider.as_deref().and_then(plugin).and_then(|plugin| {
            plugin.keys().iter().find(|known| known.name == key.as_str() && !OF_ANY_SERVER.contains(&known.name))
        });
        if let Some(known) = of_provider {
            return self.apply_to_provider(known, profile);
        }
        let text = || (!value.is_empty()).then(|| value.clone());
        let list = || value.split([',', ' ']).filter(|item| !item.is_empty()).map(str::to_owned).collect();
        match own.unwrap_or(key) {
            "issuer" => profile.issuer = text(),
            "provider" => {
                if profile.provider != text() {
                    profile.keys.clear();
                }
                profile.provider = text();
            }
            "client_id" => profile.client_id = text(),
            "scopes" => profile.scopes = list(),
            "api" => profile.api = text(),
            "audience" if own.is_some() || profile.provider.is_none() => profile.audience = text(),
            "resource" if own.is_some() || profile.provider.is_none() => profile.resource = text(),
            "username" => profile.username = text(),
            "hosts" => profile.hosts = list(),
            "dpop" => profile.dpop = self.flag()?,
            "grant" => profile.grant = self.grant()?,
            "redirect_uri" => {
                let uri = text();
                let checked = uri.as_deref().map(str::parse::<LoopbackUri>).transpose();
                checked.map_err(|why| Failure::usage(format!("`redirect_uri` cannot be served: {why}")))?;
                profile.redirect_uri = uri;
            }
            "redirect_port" => {
                profile.redirect_port =
                    text().map(|port| port.parse()).transpose().map_err(|_| self.wrong("a port"))?;
            }
            other => match other.strip_prefix("environment.") {
                Some(secret) => {
                    profile.environment.remove(secret);
                    profile.environment.extend(text().map(|variable| (secret.to_owned(), variable)));
                }
                None => return self.apply_to_client(profile),
            },
        }
        Ok(())
    }

    /// A key of a client of an issuer.
    fn apply_to_client(&self, profile: &mut Profile) -> Result<(), Failure> {
        let Self { key, value } = self;
        if let Some(provider) = &profile.provider {
            return Err(self.unknown(&format!("grantkit providers {provider}")));
        }
        if !ISSUER_KEYS.contains(&key.as_str()) {
            return Err(if key == CLIENT_SECRET { self.secret() } else { self.unknown("grantkit help profiles add") });
        }
        profile.further.remove(key);
        if !value.is_empty() {
            profile.further.insert(key.clone(), toml::Value::String(value.clone()));
        }
        Ok(())
    }

    /// A key of the provider, of the type that the provider reads.
    fn apply_to_provider(&self, known: &ConfigKey, profile: &mut Profile) -> Result<(), Failure> {
        let Self { key, value } = self;
        if value.is_empty() {
            profile.keys.remove(key);
            return Ok(());
        }
        let value = match known.kind {
            ConfigKind::Secret => return Err(self.secret()),
            ConfigKind::Flag => toml::Value::Boolean(self.flag()?),
            ConfigKind::Number => match (value.parse::<i64>(), value.parse::<f64>()) {
                (Ok(number), _) => toml::Value::Integer(number),
                (_, Ok(number)) if number.is_finite() => toml::Value::Float(number),
                _ => return Err(self.wrong("a number")),
            },
            ConfigKind::List => {
                let items = value.split([',', ' ']).filter(|item| !item.is_empty());
                toml::Value::Array(items.map(|item| toml::Value::String(item.to_owned())).collect())
            }
            ConfigKind::Json => serde_json::from_str(value).map_err(|_| self.wrong("JSON"))?,
            _ => toml::Value::String(value.clone()),
        };
        profile.keys.insert(key.clone(), value);
        Ok(())
    }

    fn flag(&self) -> Result<bool, Failure> {
        match self.value.as_str() {
            "true" | "yes" => Ok(true),
            "false" | "no" | "" => Ok(false),
            _ => Err(self.wrong("true or false")),
        }
    }

    fn grant(&self) -> Result<Grant, Failure> {
        if self.value.is_empty() {
            return Ok(Grant::default());
        }
        Grant::from_str(&self.value, true)
            .map_err(|_| self.wrong("login, client_credentials, jwt_bearer or token_exchange"))
    }

    fn wrong(&self, wanted: &str) -> Failure {
        Failure::usage(format!("`{}` must be {wanted}", self.key))
    }

    fn unknown(&self, next: &str) -> Failure {
        Failure::usage(format!("a profile has no key `{}`", self.key)).or_next(next)
    }

    /// Without the value: it is a secret.
    fn secret(&self) -> Failure {
        Failure::usage(format!("`{}` is a secret, and arguments can be seen by all users of the machine", self.key))
            .or_next(format!("grantkit profiles secret <profile> {}", self.key))
    }
}

#[cfg(test)]
mod tests {
    use super::Assignment;
    use crate::profile::Profile;

    fn applied(profile: Profile, text: &str) -> Result<Profile, String> {
        let mut profile = profile;
        let assignment: Assignment = text.parse()?;
        assignment.apply(&mut profile).map_err(|failure| failure.message().to_owned())?;
        Ok(profile)
    }

    #[test]
    fn keys_of_the_provider_have_their_types() -> Result<(), String> {
        let github = Profile { provider: Some("github".into()), ..Profile::default() };
        let profile = applied(github.clone(), "offline_access=false")?;
        assert_eq!(profile.keys.get("offline_access"), Some(&toml::Value::Boolean(false)));
        assert!(applied(github.clone(), "tenant=acme").is_err_and(|error| error.contains("tenant")));
        let refused = applied(github, "client_secret=s3cret").err().unwrap_or_default();
        assert!(refused.contains("is a secret") && !refused.contains("s3cret"), "{refused}");
        Ok(())
    }

    #[test]
    fn an_empty_value_takes_a_key_out() -> Result<(), String> {
        let profile = applied(Profile::default(), "scopes=openid, email")?;
        assert_eq!(profile.scopes, ["openid", "email"]);
        assert!(applied(profile, "scopes=")?.scopes.is_empty());
        Ok(())
    }
}
