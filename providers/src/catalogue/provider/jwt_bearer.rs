//! The program's own token as that of a user that the settings name (RFC 7523 §2.1).

use std::sync::Arc;
use std::time::Duration;

use grantkit::credentials::Fingerprint;
use grantkit::grant::JwtAssertion;
use grantkit::provider::{ConfigErrors, ProviderSettings};
use grantkit::{Client, OAuthClient, Result};

use super::connect::required_key;
use super::values::Values;
use super::{answers, keys};
use crate::catalogue::{Endpoint, Entry, Quirk};
use crate::salesforce;

/// Within the three minutes that Salesforce takes.
const LIFETIME: Duration = Duration::from_mins(2);

/// The tokens of the user, where the settings name one.
pub(super) fn of_user(
    entry: &'static Entry,
    values: &Values,
    settings: &ProviderSettings,
) -> Result<Option<Arc<dyn OAuthClient>>> {
    let Some(user) = settings.text(keys::USER).filter(|_| entry.has_quirk(Quirk::JwtBearer)) else { return Ok(None) };
    let client_id = settings.text(keys::CLIENT_ID).unwrap_or_default();
    let issuer = entry.endpoint(Endpoint::Issuer).map(|issuer| values.fill(issuer)).unwrap_or_default();
    let audience = settings.text(keys::AUDIENCE).map_or_else(|| salesforce::audience(&issuer), str::to_owned);
    let assertion = JwtAssertion::new(required_key(entry, settings)?, client_id, user).audience(audience);
    let client = answers::hooked(entry, Client::builder().client_id(client_id).public())
        // The assertion says whose it is, and nothing else is taken.
        .write_token_request(Fingerprint::new("jwt-bearer", entry.name()), |request| {
            request.remove("client_id");
            Ok(())
        })
        .token_endpoint(&values.endpoint(Endpoint::Token).unwrap_or_default())?
        .build();
    Ok(Some(Arc::new(client.jwt_bearer(assertion.lifetime(LIFETIME)).named(entry.name()))))
}

/// Adds what is missing beside the user.
pub(super) fn check(entry: &Entry, settings: &ProviderSettings, errors: &mut ConfigErrors) {
    let of_key = keys::of_private_key(entry);
    if entry.has_quirk(Quirk::JwtBearer)
        && settings.contains(keys::USER)
        && !of_key.iter().any(|key| settings.contains(key))
    {
        errors.missing_one_of(of_key);
    }
}
