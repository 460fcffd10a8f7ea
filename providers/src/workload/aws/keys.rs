use std::fmt;

use grantkit::credentials::Fingerprint;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result, SecretString};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Method};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use url::{Host, Url};

use super::super::environment::{secret_header, variable};
use super::super::on_machine::OnMachine;
use crate::bounded_file;

/// The metadata service of each virtual machine.
const IMDS: &str = "http://169.254.169.254";
/// Where ECS has the keys of a task.
const ECS: &str = "http://169.254.170.2";
/// Tokens of a service account have some 2 KiB.
const MAX_TOKEN: u64 = 64 * 1024;
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// Keys of AWS, for a short time or for good.
#[derive(Clone, Debug)]
pub struct AwsKeys {
    /// The key's ID (`AWS_ACCESS_KEY_ID`).
    pub access_key_id: String,
    /// The key (`AWS_SECRET_ACCESS_KEY`).
    pub secret_access_key: SecretString,
    /// Of keys for a short time (`AWS_SESSION_TOKEN`).
    pub session_token: Option<SecretString>,
}

/// Where the keys come from.
#[derive(Clone)]
pub(super) enum KeySource {
    Given(AwsKeys),
    Container { server: OnMachine, path: String, token: ContainerToken },
    Machine(OnMachine),
}

/// What the endpoint of a container is asked with.
#[derive(Clone)]
pub(super) enum ContainerToken {
    None,
    /// Of ECS.
    Given(SecretString),
    /// Of EKS, which changes the file.
    File(String),
}

/// As the metadata service and containers have them.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    access_key_id: String,
    secret_access_key: SecretString,
    token: Option<SecretString>,
}

impl KeySource {
    pub(super) fn from_env() -> Result<Self> {
        match (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) {
            (Some(access_key_id), Some(secret)) => {
                let session_token = variable("AWS_SESSION_TOKEN").map(SecretString::from);
                return Ok(Self::Given(AwsKeys { access_key_id, secret_access_key: secret.into(), session_token }));
            }
            (Some(_), None) => return Err(half_set("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
            (None, Some(_)) => return Err(half_set("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")),
            (None, None) => {}
        }
        if let Some(path) = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            if !path.starts_with('/') {
                return Err(Error::configuration(
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with `/`: it is a path at the endpoint of ECS, and would name \
                     another host",
                ));
            }
            return Ok(Self::of_container(ECS, path));
        }
        if let Some(url) = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
            let url = check_container(&url)?;
            let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
            return Ok(Self::of_container(&url.origin().ascii_serialization(), path));
        }
        Ok(Self::from_metadata_service(
            &variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").unwrap_or_else(|| IMDS.to_owned()),
        ))
    }

    fn of_container(base: &str, path: String) -> Self {
        let otherwise =
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are for ECS and EKS alone";
        let token = match (variable(TOKEN_FILE), variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")) {
            (Some(path), _) => ContainerToken::File(path),
            (None, Some(token)) => ContainerToken::Given(token.into()),
            (None, None) => ContainerToken::None,
        };
        Self::Container { server: OnMachine::new("AWS container credentials endpoint", base, otherwise), path, token }
    }

    pub(super) fn from_metadata_service(base: &str) -> Self {
        let otherwise = "run this on AWS, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION";
        Self::Machine(OnMachine::new("AWS instance metadata service", base, otherwise))
    }

    pub(super) async fn get(&self) -> Result<AwsKeys> {
        let answer = match self {
            Self::Given(keys) => return Ok(keys.clone()),
            Self::Container { server, path, token } => {
                server.detect(server.request("/")?).await?;
                let mut request = server.request(path)?;
                if let Some(token) = token.get().await? {
                    let token = token.expose_secret();
                    request = request.header(AUTHORIZATION, secret_header(TOKEN_FILE, token)?).secret(token);
                }
                request.send().await?.success()?
            }
            Self::Machine(metadata) => {
                let session = session_token(metadata).await?;
                let path = "/latest/meta-data/iam/security-credentials/";
                let role = within(metadata, &session, path)?.send().await?;
                if role.status() == http::StatusCode::NOT_FOUND {
                    return Err(Error::configuration(
                        "this machine of AWS has no role: attach an instance profile to it",
                    ));
                }
                let role = role.success()?;
                within(metadata, &session, &format!("{path}{}", role.text()?))?.send().await?.success()?
            }
        };
        let Answer { access_key_id, secret_access_key, token } = answer.json()?;
        Ok(AwsKeys { access_key_id, secret_access_key, session_token: token })
    }

    pub(super) fn identity(&self) -> Fingerprint {
        match self {
            Self::Given(AwsKeys { access_key_id, secret_access_key, session_token }) => {
                let whole = Fingerprint::builder()
                    .parameter("access_key_id", access_key_id)
                    .secret("secret_access_key", secret_access_key.expose_secret());
                match session_token {
                    Some(token) => whole.secret("session_token", token.expose_secret()).build(),
                    None => whole.build(),
                }
            }
            Self::Container { server, path, token } => Fingerprint::builder()
                .parameter("container", server.base())
                .parameter("path", path)
                .part("token", token.identity())
                .build(),
            Self::Machine(metadata) => Fingerprint::new("machine", metadata.base()),
        }
    }
}

pub(super) async fn region_of_machine(metadata: &OnMachine) -> Result<String> {
    let session = session_token(metadata).await?;
    let answer = within(metadata, &session, "/latest/meta-data/placement/region")?.send().await?.success()?;
    Ok(answer.text()?.to_owned())
}

/// Of the metadata's second version, which gives nothing without it.
async fn session_token(metadata: &OnMachine) -> Result<SecretString> {
    let ttl = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
    metadata.detect(metadata.request("/")?).await?;
    let request = metadata.request("/latest/api/token")?.method(Method::PUT);
    let answer = request.header(ttl, HeaderValue::from_static("60")).send().await?.success()?;
    Ok(answer.text()?.into())
}

fn within(metadata: &OnMachine, session: &SecretString, path: &str) -> Result<ServiceRequest> {
    let session = session.expose_secret();
    let name = HeaderName::from_static("x-aws-ec2-metadata-token");
    let value = secret_header("the session token of the metadata service", session)?;
    Ok(metadata.request(path)?.header(name, value).secret(session))
}

impl ContainerToken {
    async fn get(&self) -> Result<Option<SecretString>> {
        match self {
            Self::None => Ok(None),
            Self::Given(token) => Ok(Some(token.clone())),
            Self::File(path) => {
                let token = bounded_file::read_apart(path, MAX_TOKEN).await.map_err(|error| {
                    Error::configuration(format!("the file {path:?} of {TOKEN_FILE} cannot be read: {error}"))
                        .with_source(error)
                })?;
                let token = std::str::from_utf8(&token)
                    .map_err(|_| Error::configuration(format!("the file {path:?} of {TOKEN_FILE} is not text")))?;
                Ok(Some(token.trim().into()))
            }
        }
    }

    fn identity(&self) -> Fingerprint {
        match self {
            Self::None => Fingerprint::builder().build(),
            Self::Given(token) => Fingerprint::builder().secret("token", token.expose_secret()).build(),
            Self::File(path) => Fingerprint::new("file", path),
        }
    }
}

/// Keys are asked for over https, or of the machine itself.
fn check_container(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok().filter(|url| match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Ipv4(address))) => {
            address.is_loopback() || matches!(address.octets(), [169, 254, 170, 2 | 23])
        }
        ("http", Some(Host::Ipv6(address))) => {
            address.is_loopback() || address.segments() == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23]
        }
        ("http", Some(Host::Domain(name))) => name == "localhost",
        _ => false,
    });
    url.ok_or_else(|| {
        Error::configuration(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither `https` nor an address of ECS or EKS (169.254.170.2, 169.254.170.23, \
             [fd00:ec2::23], loopback): keys do not go over plain http elsewhere",
        )
    })
}

fn half_set(set: &str, missing: &str) -> Error {
    Error::configuration(format!("the environment variable {set} is set and {missing} is not: set both, or neither"))
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(keys) => f.debug_tuple("Given").field(&keys.access_key_id).finish(),
            Self::Container { server, .. } => f.debug_tuple("Container").field(&server.base()).finish(),
            Self::Machine(metadata) => f.debug_tuple("Machine").field(&metadata.base()).finish(),
        }
    }
}
