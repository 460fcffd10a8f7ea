use grantkit::{Error, Result};

/// Complains of all empty values at once; a key that was left out is none.
pub(crate) fn none_is_empty<'a>(
    provider: &str,
    values: impl IntoIterator<Item = (&'static str, Option<&'a str>)>,
) -> Result<()> {
    let is_empty = |value: Option<&str>| value.is_some_and(|value| value.trim().is_empty());
    let empty: Vec<_> = values.into_iter().filter(|(_, value)| is_empty(*value)).map(|(key, _)| key).collect();
    if empty.is_empty() { Ok(()) } else { Err(complaint(provider, "empty", &empty, "")) }
}

/// In the words in which the registry complains of missing and unknown keys.
pub(crate) fn complaint(provider: &str, what: &str, keys: &[&str], advice: &str) -> Error {
    let keys = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    Error::configuration(format!("the configuration of provider {provider:?} is wrong; {what}: {keys}{advice}"))
}

/// Names the key whose value was refused.
pub(crate) fn wrong_value(key: &str, error: Error) -> Error {
    Error::configuration(format!("`{key}`: {error}")).with_source(error)
}
