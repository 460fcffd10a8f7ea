mod keys;

use std::fmt;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use url::Url;

pub use keys::AwsKeys;
use keys::KeySource;

use super::environment::{secret_header, variable};
use crate::sigv4::{SigningKey, check_region};

/// A token that AWS signs for the role or user that this program runs as: `GetWebIdentityToken` of the Security Token Service (AWS STS API
/// Reference).
///
/// The account has outbound identity federation enabled, and the role is allowed `sts:GetWebIdentityToken`. The token is for the audience
/// that the server wants; its issuer is the account's own, its `sub` the role's ARN.
#[derive(Clone)]
pub struct Aws {
    region: Option<String>,
    keys: KeySource,
    endpoint: Option<String>,
    algorithm: &'static str,
}

const ES384: &str = "ES384";
const RS256: &str = "RS256";

/// The shortest that AWS gives: one request is all that it has to last for.
const SECONDS: &str = "60";

impl Aws {
    /// As AWS's own programs find it. The keys: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or those of the container (ECS, EKS Pod
    /// Identity), or of the machine (EC2). The region: `AWS_REGION` or `AWS_DEFAULT_REGION`, or the machine's.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where variables are half set, or are wrong.
    pub fn from_env() -> Result<Self> {
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let endpoint = variable("AWS_ENDPOINT_URL_STS").or_else(|| variable("AWS_ENDPOINT_URL"));
        Ok(Self { region, keys: KeySource::from_env()?, endpoint, algorithm: ES384 })
    }

    /// With these keys, in this region.
    pub fn new(region: impl Into<String>, keys: AwsKeys) -> Self {
        Self { region: Some(region.into()), keys: KeySource::Given(keys), endpoint: None, algorithm: ES384 }
    }

    /// With the keys and the region of the machine, from the metadata service at this base URL.
    pub fn from_metadata_service(base: &str) -> Self {
        Self { region: None, keys: KeySource::from_metadata_service(base), endpoint: None, algorithm: ES384 }
    }

    /// Asks the Security Token Service at this URL in place of the region's.
    #[must_use]
    pub fn with_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Has the token signed with RS256 in place of ES384, the other algorithm that AWS has: for a server that does not verify ES384.
    #[must_use]
    pub fn with_rs256(mut self) -> Self {
        self.algorithm = RS256;
        self
    }

    fn url(&self, region: &str, audience: &str) -> Result<Url> {
        check_region(region)?;
        let zone = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
        let base = self.endpoint.clone().unwrap_or_else(|| format!("https://sts.{region}.{zone}"));
        let mut url = Url::parse(&base).map_err(|error| {
            Error::configuration(format!("{base:?} is no address of AWS's Security Token Service: check AWS_REGION"))
                .with_source(error)
        })?;
        if url.host_str() == Some("sts.amazonaws.com") {
            return Err(Error::configuration(
                "AWS's global endpoint sts.amazonaws.com gives no web identity tokens: use that of the region, as without \
                 AWS_ENDPOINT_URL_STS",
            ));
        }
        url.query_pairs_mut()
            .append_pair("Action", "GetWebIdentityToken")
            .append_pair("Version", "2011-06-15")
            .append_pair("Audience.member.1", audience)
            .append_pair("SigningAlgorithm", self.algorithm)
            .append_pair("DurationSeconds", SECONDS);
        Ok(url)
    }

    async fn region(&self) -> Result<String> {
        match (&self.region, &self.keys) {
            (Some(region), _) => Ok(region.clone()),
            (None, KeySource::Machine(metadata)) => keys::region_of_machine(metadata).await,
            (None, _) => Err(Error::configuration("AWS_REGION is not set: set it to the region that is to be asked")),
        }
    }
}

#[async_trait]
impl AssertionSource for Aws {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        let keys = self.keys.get().await?;
        let region = self.region().await?;
        let url = self.url(&region, audience)?;
        let date = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let request = signed(&url, &region, &keys, &date)?;
        let answer = request.send().await?;
        if !answer.status().is_success() {
            let failure = answer.failure();
            return Err(match answer.status() {
                StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST => {
                    let why = element(answer.text().unwrap_or_default(), "Code").unwrap_or("no reason");
                    let cure = match why {
                        why if why.contains("SessionDurationEscalation") => {
                            "the role's session ends within a minute: give the program keys that are renewed in time"
                        }
                        why if why.contains("JWTPayloadSizeExceeded") => {
                            "the token would be too large: give the session fewer tags"
                        }
                        why if why.contains("Expired") => "the keys have expired: renew them",
                        _ => {
                            "enable outbound identity federation in the account, and allow the role `sts:GetWebIdentityToken`"
                        }
                    };
                    Error::configuration(format!("AWS gives no web identity token ({why}): {cure}"))
                        .with_status(answer.status())
                        .with_source(failure)
                }
                _ => failure,
            });
        }
        let token = element(answer.text()?, "WebIdentityToken");
        token.map(SecretString::from).ok_or_else(|| {
            Error::invalid_response("the answer of AWS's Security Token Service has no `WebIdentityToken`")
        })
    }

    fn identity(&self) -> Fingerprint {
        let Self { region, keys, endpoint, algorithm } = self;
        Fingerprint::builder()
            .parameter("aws", region.clone().unwrap_or_default())
            .parameter("endpoint", endpoint.clone().unwrap_or_default())
            .parameter("algorithm", algorithm)
            .part("keys", keys.identity())
            .build()
    }

    /// What a machine or a container has for keys is its own role's.
    fn speaks_for_this_machine(&self) -> bool {
        !matches!(self.keys, KeySource::Given(_))
    }
}

impl fmt::Debug for Aws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { region, keys, endpoint, algorithm } = self;
        let mut shown = f.debug_struct("Aws");
        shown.field("region", region).field("keys", keys).field("endpoint", endpoint).field("algorithm", algorithm);
        shown.finish()
    }
}

fn signed(url: &Url, region: &str, keys: &AwsKeys, date: &str) -> Result<ServiceRequest> {
    let host = match (url.host_str().unwrap_or_default(), url.port()) {
        (host, Some(port)) => format!("{host}:{port}"),
        (host, None) => host.to_owned(),
    };
    let AwsKeys { access_key_id, secret_access_key, session_token } = keys;
    let mut headers = vec![("host", host.as_str()), ("x-amz-date", date)];
    if let Some(token) = session_token {
        headers.push(("x-amz-security-token", token.expose_secret()));
    }
    let key =
        SigningKey { access_key_id, secret_access_key: secret_access_key.expose_secret(), region, service: "sts" };
    let authorization = key.authorization("GET", url, &headers, date)?;
    let mut request = ServiceRequest::get("AWS Security Token Service", url.as_str())
        .header(ACCEPT, HeaderValue::from_static("text/xml"))
        .header(AUTHORIZATION, secret_header("AWS_ACCESS_KEY_ID", &authorization)?)
        .header(HeaderName::from_static("x-amz-date"), secret_header("the date", date)?)
        .secret(secret_access_key.expose_secret());
    if let Some(token) = session_token {
        let token = token.expose_secret();
        let name = HeaderName::from_static("x-amz-security-token");
        request = request.header(name, secret_header("AWS_SESSION_TOKEN", token)?).secret(token);
    }
    Ok(request)
}

/// What an element of XML says that has text alone; the service's have no attributes, and a JWT nothing that is escaped.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = after.split_once(&format!("</{name}>"))?;
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains('<'))
}
