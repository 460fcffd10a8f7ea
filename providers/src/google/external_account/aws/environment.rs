//! AWS's own environment variables.

use std::env;

use grantkit::credentials::FingerprintBuilder;
use grantkit::{Error, Result};

use super::AwsSecurityCredentials;
use crate::this_machine;

const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const KEY: &str = "AWS_SECRET_ACCESS_KEY";
const SESSION: &str = "AWS_SESSION_TOKEN";

pub(super) fn region() -> Option<String> {
    ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(filled)
}

/// None where none of them is set; half of them is a mistake, and no reason to take another identity.
pub(super) fn keys() -> Result<Option<AwsSecurityCredentials>> {
    match (filled(KEY_ID), filled(KEY)) {
        (Some(access_key_id), Some(key)) => Ok(Some(AwsSecurityCredentials {
            access_key_id,
            secret_access_key: key.into(),
            session_token: filled(SESSION).map(Into::into),
            region: String::new(),
        })),
        (None, None) if filled(SESSION).is_none() => Ok(None),
        (id, key) => {
            let named = [(KEY_ID, id.is_some()), (KEY, key.is_some()), (SESSION, filled(SESSION).is_some())];
            let list = |is_set: bool| {
                let chosen = named.iter().filter(|(name, set)| *set == is_set && (*name != SESSION || is_set));
                chosen.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
            };
            Err(Error::configuration(format!(
                "of AWS's variables {} is set, and {} is not: set both keys, or none, so that the machine's role is used",
                list(true),
                list(false)
            )))
        }
    }
}

pub(super) fn identify(builder: FingerprintBuilder) -> FingerprintBuilder {
    let builder = builder.parameter("region", region().unwrap_or_default());
    match filled(KEY_ID) {
        Some(id) => builder.parameter("key_id", id),
        // The machine's role.
        None => builder.part("machine", this_machine::identity()),
    }
}

fn filled(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.trim().is_empty())
}
