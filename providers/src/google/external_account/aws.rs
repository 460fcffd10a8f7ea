//! The subject is an identity of AWS: its token is a signed request to `GetCallerIdentity`, which Google sends (AIP-4117).

mod environment;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::provider::read_json;
use grantkit::time::Clock;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, HeaderValue, Method};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use url::Url;

use super::info::CredentialSource;
use super::text;
use crate::google::options::time_of;
use crate::sigv4::{SigningKey, check_region};

pub(super) type Supplier = Arc<dyn Fn() -> Result<AwsSecurityCredentials> + Send + Sync>;

/// Keys of AWS, for a short time or for good.
#[derive(Clone, Debug)]
pub struct AwsSecurityCredentials {
    /// The key's ID (`AWS_ACCESS_KEY_ID`).
    pub access_key_id: String,
    /// The key (`AWS_SECRET_ACCESS_KEY`).
    pub secret_access_key: SecretString,
    /// Of keys for a short time (`AWS_SESSION_TOKEN`).
    pub session_token: Option<SecretString>,
    /// The region that is asked (`AWS_REGION`).
    pub region: String,
}

#[derive(Clone)]
pub(super) struct Aws {
    region_url: Option<String>,
    role_url: Option<String>,
    session_token_url: Option<String>,
    verification_url: String,
    supplier: Option<(Fingerprint, Supplier)>,
}

impl Aws {
    pub(super) fn of(environment_id: &str, source: &CredentialSource) -> Result<Self> {
        if environment_id != "aws1" {
            return Err(Error::configuration(format!(
                "`credential_source.environment_id` is {environment_id:?}, and only \"aws1\" is known"
            )));
        }
        let verification_url = source.regional_cred_verification_url.clone().ok_or_else(|| {
            Error::configuration("`credential_source` has no `regional_cred_verification_url`: create the file anew")
        })?;
        for url in [&source.region_url, &source.url, &source.imdsv2_session_token_url].into_iter().flatten() {
            text::check(url)?;
        }
        Ok(Self {
            region_url: source.region_url.clone(),
            role_url: source.url.clone(),
            session_token_url: source.imdsv2_session_token_url.clone(),
            verification_url,
            supplier: None,
        })
    }

    pub(super) fn with_supplier(self, identity: Fingerprint, supply: Supplier) -> Self {
        Self { supplier: Some((identity, supply)), ..self }
    }

    pub(super) async fn token(&self, audience: &str, clock: Option<&dyn Clock>) -> Result<SecretString> {
        let credentials = match &self.supplier {
            Some((_, supply)) => supply()?,
            None => self.security_credentials().await?,
        };
        signed_request(&self.verification_url, audience, &credentials, time_of(clock))
    }

    async fn security_credentials(&self) -> Result<AwsSecurityCredentials> {
        let region = environment::region();
        let keys = environment::keys()?;
        // Asked for where something is still needed, and once for both.
        let session = match &self.session_token_url {
            Some(url) if region.is_none() || keys.is_none() => Some(session_token(url).await?),
            _ => None,
        };
        let region = match region {
            Some(region) => region,
            None => self.region_of_machine(session.as_deref()).await?,
        };
        match keys {
            Some(keys) => Ok(AwsSecurityCredentials { region, ..keys }),
            None => self.keys_of_machine(region, session.as_deref()).await,
        }
    }

    async fn region_of_machine(&self, session: Option<&str>) -> Result<String> {
        let url = self.region_url.as_deref().ok_or_else(|| {
            Error::configuration("AWS_REGION is not set, and `credential_source` has no `region_url`: set AWS_REGION")
        })?;
        let zone = get(url, session).await?;
        // `us-east-1d` is a zone of `us-east-1`.
        let region = zone.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if region.is_empty() {
            return Err(Error::invalid_response("the metadata of EC2 names no availability zone"));
        }
        Ok(region.to_owned())
    }

    async fn keys_of_machine(&self, region: String, session: Option<&str>) -> Result<AwsSecurityCredentials> {
        let url = self.role_url.as_deref().ok_or_else(|| {
            Error::configuration(
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set, and `credential_source` has no `url`: set them",
            )
        })?;
        let role = get(url, session).await?;
        let answer = get(&format!("{url}/{}", role.trim()), session).await?;
        let answer: Value = read_json(answer.as_bytes()).map_err(|_| {
            Error::invalid_response("the metadata of EC2 answered with something else than the role's keys")
        })?;
        let member = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let needed = |name: &str| {
            member(name)
                .ok_or_else(|| Error::invalid_response(format!("the metadata of EC2 has no `{name}` for the role")))
        };
        Ok(AwsSecurityCredentials {
            access_key_id: needed("AccessKeyId")?,
            secret_access_key: needed("SecretAccessKey")?.into(),
            session_token: member("Token").map(Into::into),
            region,
        })
    }

    pub(super) fn identify(&self, builder: FingerprintBuilder) -> FingerprintBuilder {
        let Self { region_url, role_url, session_token_url, verification_url, supplier } = self;
        let urls = [("region_url", region_url), ("role_url", role_url), ("session_token_url", session_token_url)];
        let builder = urls.into_iter().fold(builder.parameter("aws", verification_url), |all, (name, url)| {
            all.parameter(name, url.clone().unwrap_or_default())
        });
        match supplier {
            Some((identity, _)) => builder.part("supplier", *identity),
            // The account that the environment names: another one is another identity.
            None => environment::identify(builder),
        }
    }
}

impl fmt::Debug for Aws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aws").field("verification_url", &self.verification_url).finish_non_exhaustive()
    }
}

/// Of the metadata's second version, which gives nothing without it.
async fn session_token(url: &str) -> Result<String> {
    let ttl = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
    let request = text::request(url)?.method(Method::PUT).header(ttl, HeaderValue::from_static("300"));
    Ok(request.send().await?.success()?.text()?.to_owned())
}

async fn get(url: &str, session: Option<&str>) -> Result<String> {
    let mut request = text::request(url)?;
    if let Some(session) = session {
        let value = HeaderValue::from_str(session)
            .map_err(|_| Error::invalid_response("the metadata of EC2 gave a session token that cannot be sent"))?;
        request = request.header(HeaderName::from_static("x-aws-ec2-metadata-token"), value).secret(session);
    }
    Ok(request.send().await?.success()?.text()?.to_owned())
}

/// The request, as Google is to send it: JSON, URL-encoded.
fn signed_request(
    verification_url: &str,
    audience: &str,
    credentials: &AwsSecurityCredentials,
    now: SystemTime,
) -> Result<SecretString> {
    let AwsSecurityCredentials { access_key_id, secret_access_key, session_token, region } = credentials;
    check_region(region)?;
    let url = verification_url.replace("{region}", region);
    let parsed = Url::parse(&url).map_err(|error| {
        Error::configuration(format!(
            "`credential_source.regional_cred_verification_url` {url:?} is not a valid URL: {error}"
        ))
    })?;
    ServiceRequest::get("`regional_cred_verification_url`", url.as_str()).check()?;
    let host = match (parsed.host_str().unwrap_or_default(), parsed.port()) {
        (host, Some(port)) => format!("{host}:{port}"),
        (host, None) => host.to_owned(),
    };
    let now =
        Timestamp::try_from(now).map_err(|_| Error::configuration("this machine's clock is out of range: set it"))?;
    let date = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut headers = vec![("host", host.as_str()), ("x-amz-date", date.as_str())];
    if let Some(token) = session_token {
        headers.push(("x-amz-security-token", token.expose_secret()));
    }
    let key =
        SigningKey { access_key_id, secret_access_key: secret_access_key.expose_secret(), region, service: "sts" };
    let authorization = key.authorization("POST", &parsed, &headers, &date)?;
    let mut sent = vec![json!({ "key": "Authorization", "value": authorization })];
    sent.extend(headers.iter().map(|(name, value)| json!({ "key": name, "value": value })));
    // Binds the request to the pool: Google takes none that was made for another.
    sent.push(json!({ "key": "x-goog-cloud-target-resource", "value": audience }));
    let request = json!({ "url": url, "method": "POST", "headers": sent }).to_string();
    Ok(form_urlencoded::byte_serialize(request.as_bytes()).collect::<String>().into())
}
