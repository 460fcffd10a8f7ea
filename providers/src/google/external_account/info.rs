use std::collections::BTreeMap;

use grantkit::SecretString;
use serde::Deserialize;

/// The members of a JSON file of the type `external_account`.
#[derive(Deserialize)]
pub(in crate::google) struct ExternalAccountInfo {
    pub(super) audience: String,
    pub(super) subject_token_type: String,
    pub(super) token_url: String,
    pub(super) credential_source: CredentialSource,
    pub(super) service_account_impersonation_url: Option<String>,
    pub(super) service_account_impersonation: Option<ImpersonationOptions>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<SecretString>,
    pub(super) quota_project_id: Option<String>,
    pub(super) workforce_pool_user_project: Option<String>,
    pub(super) universe_domain: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ImpersonationOptions {
    #[serde(default, deserialize_with = "crate::lenient::set_number")]
    pub(super) token_lifetime_seconds: Option<u64>,
}

/// Where the subject's token comes from; one of the first five.
#[derive(Clone, Deserialize)]
pub(super) struct CredentialSource {
    pub(super) file: Option<String>,
    pub(super) url: Option<String>,
    pub(super) executable: Option<Executable>,
    pub(super) environment_id: Option<String>,
    pub(super) certificate: Option<Certificate>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) format: Format,
    pub(super) region_url: Option<String>,
    pub(super) regional_cred_verification_url: Option<String>,
    pub(super) imdsv2_session_token_url: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Format {
    #[serde(rename = "type", default)]
    pub(super) kind: FormatKind,
    pub(super) subject_token_field_name: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum FormatKind {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Executable {
    pub(super) command: String,
    #[serde(default, deserialize_with = "crate::lenient::set_number")]
    pub(super) timeout_millis: Option<u64>,
    pub(super) output_file: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Certificate {
    #[serde(default)]
    pub(super) use_default_certificate_config: bool,
    #[serde(rename = "certificate_config_location")]
    pub(super) config_location: Option<String>,
    pub(super) trust_chain_path: Option<String>,
}
