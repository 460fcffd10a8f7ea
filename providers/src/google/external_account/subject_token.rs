//! Where the subject's token comes from.

use std::sync::Arc;

use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::time::Clock;
use grantkit::transport::Transport;
use grantkit::{Error, Result, SecretString};
use http::{HeaderName, HeaderValue};

use super::aws::{Aws, Supplier};
use super::certificate::Certificates;
use super::executable::Program;
use super::info::{CredentialSource, ExternalAccountInfo, Format, FormatKind};
use super::text;
use crate::google::options::time_of;
use crate::this_machine;

#[derive(Clone, Debug)]
pub(super) enum SubjectToken {
    File { path: String, format: Format },
    Url { url: String, headers: Vec<(HeaderName, HeaderValue)>, format: Format },
    Executable(Program),
    Aws(Aws),
    Certificate(Certificates),
    Given(Arc<dyn AssertionSource>),
}

impl SubjectToken {
    pub(super) fn given(source: impl AssertionSource + 'static) -> Self {
        Self::Given(Arc::new(source))
    }

    pub(super) fn of(info: &ExternalAccountInfo) -> Result<Self> {
        let source = &info.credential_source;
        check_format(&source.format)?;
        let CredentialSource { file, url, executable, environment_id, certificate, .. } = source;
        if let Some(id) = environment_id {
            return Aws::of(id, source).map(Self::Aws);
        }
        match (file, url, executable, certificate) {
            (Some(path), None, None, None) => Ok(Self::File { path: path.clone(), format: source.format.clone() }),
            (None, Some(url), None, None) => {
                text::check(url)?;
                let headers = source.headers.iter().map(header).collect::<Result<_>>()?;
                Ok(Self::Url { url: url.clone(), headers, format: source.format.clone() })
            }
            (None, None, Some(executable), None) => Ok(Self::Executable(Program::of(executable, info)?)),
            (None, None, None, Some(certificate)) => Certificates::of(certificate).map(Self::Certificate),
            _ => Err(Error::configuration(
                "the external account's `credential_source` has to have exactly one of `file`, `url`, `executable`, `certificate` and \
                 `environment_id`",
            )),
        }
    }

    pub(super) fn with_aws_credentials(self, identity: Fingerprint, supply: Supplier) -> Result<Self> {
        match self {
            Self::Aws(aws) => Ok(Self::Aws(aws.with_supplier(identity, supply))),
            _ => Err(Error::configuration(
                "the external account's subject is none of AWS: its file has no `environment_id`",
            )),
        }
    }

    /// The connection that the certificate goes with.
    pub(super) fn transport(&self) -> Result<Option<Transport>> {
        match self {
            Self::Certificate(certificates) => certificates.transport().map(Some),
            _ => Ok(None),
        }
    }

    pub(super) fn source(&self, audience: &str, clock: Option<Arc<dyn Clock>>) -> Subject {
        Subject { token: self.clone(), audience: audience.to_owned(), clock }
    }
}

fn check_format(format: &Format) -> Result<()> {
    if format.kind == FormatKind::Json && format.subject_token_field_name.as_deref().unwrap_or_default().is_empty() {
        return Err(Error::configuration(
            "`credential_source.format` of the type json needs `subject_token_field_name`",
        ));
    }
    Ok(())
}

fn header((name, value): (&String, &String)) -> Result<(HeaderName, HeaderValue)> {
    let wrong =
        || Error::configuration(format!("`credential_source.headers` has a header {name:?} that cannot be sent"));
    let mut value: HeaderValue = value.parse().map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok((name.parse().map_err(|_| wrong())?, value))
}

/// As the exchange asks for it.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    token: SubjectToken,
    /// Of the identity pool.
    audience: String,
    clock: Option<Arc<dyn Clock>>,
}

#[async_trait]
impl AssertionSource for Subject {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        match &self.token {
            SubjectToken::File { path, format } => {
                let (path, format) = (path.clone(), format.clone());
                apart(move || text::of_file(&path, &format)).await
            }
            SubjectToken::Url { url, headers, format } => text::of_url(url, headers, format).await,
            SubjectToken::Executable(program) => program.token(time_of(self.clock.as_deref())).await,
            SubjectToken::Aws(aws) => aws.token(&self.audience, self.clock.as_deref()).await,
            SubjectToken::Certificate(certificates) => {
                let certificates = certificates.clone();
                apart(move || certificates.token()).await
            }
            SubjectToken::Given(source) => source.assertion(audience).await,
        }
    }

    fn identity(&self) -> Fingerprint {
        // Which clock it is dated by is in the identity of the client that sends it.
        let Self { token, audience, clock: _ } = self;
        let builder = Fingerprint::builder().parameter("audience", audience);
        match token {
            SubjectToken::File { path, format } => {
                here(builder).parameter("file", path).parameter("format", format!("{format:?}"))
            }
            SubjectToken::Url { url, headers, format } => {
                let builder = here(builder).parameter("url", url).parameter("format", format!("{format:?}"));
                headers.iter().fold(builder, |all, (name, value)| {
                    all.secret(format!("header {name}"), &String::from_utf8_lossy(value.as_bytes()))
                })
            }
            SubjectToken::Executable(program) => program.identify(here(builder)),
            SubjectToken::Aws(aws) => aws.identify(builder),
            SubjectToken::Certificate(certificates) => certificates.identify(here(builder)),
            SubjectToken::Given(source) if source.speaks_for_this_machine() => {
                here(builder).part("source", source.identity())
            }
            SubjectToken::Given(source) => builder.part("source", source.identity()),
        }
        .build()
    }

    /// Where it does, its identity says so.
    fn speaks_for_this_machine(&self) -> bool {
        false
    }
}

/// Reads files on a thread that may wait.
async fn apart(read: impl FnOnce() -> Result<SecretString> + Send + 'static) -> Result<SecretString> {
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|error| Error::temporary("reading the subject token was interrupted").with_source(error))?
}

/// A path, an address or a command says whose the token is on this machine alone: the next one has another identity in the same file.
fn here(builder: FingerprintBuilder) -> FingerprintBuilder {
    builder.part("machine", this_machine::identity())
}
