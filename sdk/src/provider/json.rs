use serde::de::DeserializeOwned;

use crate::lenient;

/// Reads JSON that another program has written, a credentials file or what a program prints: for those who write a provider. The answer
/// of a service has [`ServiceAnswer::json`](crate::transport::ServiceAnswer::json), which reads in the same way.
///
/// A byte-order mark is passed over, and a struct is read by the names of its members alone, also within others: a type that serde derives
/// takes an array for them in their order otherwise. What stands behind `#[serde(flatten)]` and in untagged enums is read as serde does.
///
/// ```
/// use grantkit::provider::read_json;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Account { client_id: String }
///
/// let account: Account = read_json("\u{feff}{\"client_id\":\"billing\"}".as_bytes())?;
/// assert_eq!(account.client_id, "billing");
/// assert!(read_json::<Account>(br#"["billing"]"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Of `serde_json`, whose text may quote a value: do not show it where that may be a secret.
pub fn read_json<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    lenient::read_json(json)
}
