use grantkit::SecretString;
use serde::Deserialize;

/// The members of a JSON file of the type `service_account`.
#[derive(Deserialize)]
pub(in crate::google) struct ServiceAccountInfo {
    pub(in crate::google) client_email: String,
    pub(in crate::google) private_key: SecretString,
    #[serde(default, deserialize_with = "crate::lenient::word")]
    pub(in crate::google) private_key_id: Option<String>,
    pub(in crate::google) token_uri: String,
    #[serde(default, deserialize_with = "crate::lenient::text")]
    pub(in crate::google) project_id: Option<String>,
    pub(in crate::google) universe_domain: Option<String>,
}
