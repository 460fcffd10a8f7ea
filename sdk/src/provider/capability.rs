use std::fmt;

use super::{ProviderPlugin, lookup};
use crate::error::Error;
use crate::text::ServerText;

/// Something that a provider can offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Capability {
    /// Tokens for the program itself.
    Credentials,
    /// Logins of persons in a browser.
    Login,
    /// Logins of persons on another device (RFC 8628).
    DeviceLogin,
    /// Who has logged in.
    Identity,
    /// Revocation of tokens.
    Revocation,
    /// The address of the provider's API, with the headers that it demands.
    Api,
}

/// How many names stand in a sentence.
const MAX_NAMED: usize = 6;

impl Capability {
    /// The error of a provider that lacks this: it says what to do instead, and which of the providers that are linked in have it.
    pub fn unsupported(self, provider: &str) -> Error {
        let mut text = format!("the provider {:?} has no {}", ServerText::new(provider), self.name());
        let plugins = lookup::providers();
        let own = plugins.iter().find(|plugin| plugin.name() == provider).map(|plugin| plugin.capabilities());
        // What it has not either is no way out.
        let has = |capability: Option<Self>| match (capability, own) {
            (Some(capability), Some(own)) => own.contains(&capability),
            _ => true,
        };
        if let Some((_, instead)) = self.instead().filter(|(capability, _)| has(*capability)) {
            text = format!("{text}: {instead}");
        }
        let others: Vec<_> = plugins
            .into_iter()
            .filter(|plugin| plugin.capabilities().contains(&self))
            .map(ProviderPlugin::name)
            .collect();
        match others.as_slice() {
            [] => {}
            few if few.len() <= MAX_NAMED => text = format!("{text} (of those linked in, {} have it)", few.join(", ")),
            many => {
                let some = many.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
                text = format!("{text} (of those linked in, {} have it: {some}, …)", many.len());
            }
        }
        Error::unsupported(text)
    }

    /// For the middle of a sentence: `the provider "x" has no …`.
    fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials of the program itself",
            Self::Login => "login in a browser",
            Self::DeviceLogin => "login on another device",
            Self::Identity => "profile of who has logged in",
            Self::Revocation => "revocation of tokens",
            Self::Api => "API at an address of its own",
        }
    }

    /// What to call instead, where there is something, and what that takes.
    fn instead(self) -> Option<(Option<Self>, &'static str)> {
        match self {
            Self::Credentials => Some((Some(Self::Login), "log a person in, by `.login(..)`")),
            Self::Login => {
                Some((Some(Self::Credentials), "use the credentials of the program itself, by `.credentials()`"))
            }
            Self::DeviceLogin => Some((Some(Self::Login), "log in with a browser, by `.login(..)`")),
            Self::Revocation => Some((None, "forget the tokens by `credentials.clear()`; they end by themselves")),
            Self::Api => Some((None, "name the address, by `ApiClient::new(base, credentials)`")),
            Self::Identity => None,
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Credentials => "credentials",
            Self::Login => "login",
            Self::DeviceLogin => "device login",
            Self::Identity => "identity",
            Self::Revocation => "revocation",
            Self::Api => "API",
        })
    }
}
