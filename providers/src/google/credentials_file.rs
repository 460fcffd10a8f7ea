//! The JSON files that Google's tools write, whatever their type.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use grantkit::provider::read_json;
use grantkit::{Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::external_account::{ExternalAccount, ExternalAccountInfo};
use super::external_account_user::{ExternalAccountUser, ExternalAccountUserInfo};
use super::impersonated::ImpersonatedServiceAccount;
use super::service_account::{ServiceAccount, ServiceAccountInfo};
use super::source::Source;
use super::user::{AuthorizedUser, AuthorizedUserInfo};
use super::well_known::shown;
use crate::bounded_file::BYTE_ORDER_MARK;

/// The largest honest ones, with a key and a chain of sources, have some 10 KiB.
const MAX_LENGTH: u64 = 1024 * 1024;

/// A credentials file that was read, and says what it is.
pub(super) struct CredentialsFile {
    /// What it is called in errors.
    place: String,
    text: Zeroizing<Vec<u8>>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    AuthorizedUser,
    ServiceAccount,
    Impersonated,
    ExternalAccount,
    ExternalAccountUser,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::AuthorizedUser,
        Self::ServiceAccount,
        Self::Impersonated,
        Self::ExternalAccount,
        Self::ExternalAccountUser,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::AuthorizedUser => "authorized_user",
            Self::ServiceAccount => "service_account",
            Self::Impersonated => "impersonated_service_account",
            Self::ExternalAccount => "external_account",
            Self::ExternalAccountUser => "external_account_authorized_user",
        }
    }
}

/// What tells the types apart.
#[derive(Deserialize)]
struct Outline {
    #[serde(rename = "type")]
    kind: Option<String>,
    refresh_token: Option<serde::de::IgnoredAny>,
    client_email: Option<serde::de::IgnoredAny>,
    installed: Option<serde::de::IgnoredAny>,
    web: Option<serde::de::IgnoredAny>,
}

/// A file of the type `impersonated_service_account`.
#[derive(Deserialize)]
struct ImpersonatedInfo {
    service_account_impersonation_url: String,
    #[serde(default)]
    delegates: Vec<String>,
    quota_project_id: Option<String>,
    source_credentials: Box<serde_json::value::RawValue>,
}

pub(super) fn read(path: &Path) -> Result<CredentialsFile> {
    let place = shown(path);
    let unreadable = |error| Error::configuration(format!("{place} cannot be read: {error}"));
    let file = File::open(path).map_err(unreadable)?;
    let mut text = Zeroizing::new(Vec::new());
    file.take(MAX_LENGTH + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_LENGTH {
        return Err(Error::configuration(format!("{place} is longer than 1 MiB: it is no credentials file")));
    }
    of(text, place)
}

/// `place` is what the text is called in errors.
pub(super) fn parse(text: &[u8], place: &str) -> Result<CredentialsFile> {
    of(Zeroizing::new(text.to_vec()), place.to_owned())
}

fn of(mut text: Zeroizing<Vec<u8>>, place: String) -> Result<CredentialsFile> {
    if text.starts_with(BYTE_ORDER_MARK) {
        text.drain(..BYTE_ORDER_MARK.len());
    }
    let wrong = |what: &str| Error::configuration(format!("{place} {what}"));
    // DER: a sequence with a length of two bytes.
    if text.starts_with(&[0x30, 0x82]) {
        return Err(wrong("is a key in the form P12: create one of the type JSON in its place"));
    }
    if text.starts_with(b"-----BEGIN") {
        return Err(wrong("is a bare private key: give the whole JSON file that Google made for it"));
    }
    // serde_json's own message can quote a value, so only the place is passed on.
    let outline: Outline = read_json(&text).map_err(|error| not_json(&place, &error))?;
    let kind = match outline.kind.as_deref() {
        Some("gdch_service_account") => {
            return Err(wrong(
                "is of the type \"gdch_service_account\" (Google Distributed Cloud), which is not supported",
            ));
        }
        Some(name) => Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
            let known: Vec<_> = Kind::ALL.into_iter().map(Kind::name).collect();
            wrong(&format!("is of the type {name:?}, and only {} are supported", known.join(", ")))
        })?,
        // As google-auth writes them.
        None if outline.refresh_token.is_some() && outline.client_email.is_none() => Kind::AuthorizedUser,
        None if outline.installed.is_some() || outline.web.is_some() => {
            return Err(wrong(
                "describes an OAuth client, and holds no credentials: give its `client_id` and `client_secret`, and log a person in",
            ));
        }
        None => return Err(wrong("has no `type`: it is no credentials file of Google's")),
    };
    Ok(CredentialsFile { place, text, kind })
}

fn not_json(place: &str, error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    Error::configuration(format!("{place} is not the JSON object of a credentials file (line {line}, column {column})"))
}

impl CredentialsFile {
    pub(super) fn authorized_user(self) -> Result<AuthorizedUser> {
        let info: AuthorizedUserInfo = self.read(Kind::AuthorizedUser)?;
        AuthorizedUser::of(info).map_err(|error| self.named(&error))
    }

    pub(super) fn service_account(self) -> Result<ServiceAccount> {
        let info: ServiceAccountInfo = self.read(Kind::ServiceAccount)?;
        ServiceAccount::of(info).map_err(|error| self.named(&error))
    }

    pub(super) fn external_account(self) -> Result<ExternalAccount> {
        let info: ExternalAccountInfo = self.read(Kind::ExternalAccount)?;
        ExternalAccount::of(info).map_err(|error| self.named(&error))
    }

    pub(super) fn external_account_user(self) -> Result<ExternalAccountUser> {
        let info: ExternalAccountUserInfo = self.read(Kind::ExternalAccountUser)?;
        ExternalAccountUser::of(info).map_err(|error| self.named(&error))
    }

    /// One account that acts as another; a source that is one itself ends here.
    fn impersonated(self) -> Result<ImpersonatedServiceAccount> {
        let info: ImpersonatedInfo = self.read(Kind::Impersonated)?;
        let source =
            parse(info.source_credentials.get().as_bytes(), &format!("{}, `source_credentials`,", self.place))?;
        if source.kind == Kind::Impersonated {
            return Err(source.wrong(
                "is of the type \"impersonated_service_account\" itself: name accounts in between as `delegates`",
            ));
        }
        let source = source.source()?.for_iam();
        let account = ImpersonatedServiceAccount::at(source, &info.service_account_impersonation_url)
            .map_err(|error| self.named(&error))?
            .delegates(info.delegates);
        Ok(info.quota_project_id.into_iter().fold(account, ImpersonatedServiceAccount::quota_project_id))
    }

    /// The credentials, of whatever type.
    pub(super) fn source(self) -> Result<Source> {
        Ok(match self.kind {
            Kind::AuthorizedUser => Source::User(Box::new(self.authorized_user()?)),
            Kind::ServiceAccount => Source::ServiceAccount(Box::new(self.service_account()?)),
            Kind::Impersonated => Source::Impersonated(Box::new(self.impersonated()?)),
            Kind::ExternalAccount => Source::ExternalAccount(Box::new(self.external_account()?)),
            Kind::ExternalAccountUser => Source::ExternalAccountUser(Box::new(self.external_account_user()?)),
        })
    }

    fn read<T: DeserializeOwned>(&self, kind: Kind) -> Result<T> {
        if self.kind != kind {
            return Err(self.wrong(&format!(
                "is of the type {:?}, and {:?} is wanted: give another file, or use `google::GoogleCredentials::from_file`, which takes each type",
                self.kind.name(),
                kind.name()
            )));
        }
        read_json(&self.text).map_err(|error| {
            // serde's sentence on a member that is missing names the member alone.
            let text = error.to_string();
            match text
                .split_once('`')
                .filter(|_| text.starts_with("missing field"))
                .and_then(|(_, rest)| rest.split_once('`'))
            {
                Some((name, _)) => self.wrong(&format!("has no `{name}`: create the file anew")),
                None => not_json(&self.place, &error),
            }
        })
    }

    fn wrong(&self, what: &str) -> Error {
        Error::configuration(format!("{} {what}", self.place))
    }

    fn named(&self, error: &Error) -> Error {
        Error::configuration(format!("{}: {error}", self.place)).with_source(error.clone())
    }
}
