//! What all of Google's credentials can be told.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use grantkit::credentials::{Fingerprint, FingerprintBuilder};
use grantkit::time::Clock;
use grantkit::transport::{ServiceRequest, Transport};
use grantkit::{Error, OAuthToken, Result};
use http::{HeaderName, HeaderValue};

use super::boundary::Boundary;
use super::endpoints::DEFAULT_UNIVERSE;

/// The header that names the project that a call is charged to.
pub(super) const USER_PROJECT: HeaderName = HeaderName::from_static("x-goog-user-project");

/// The header by which Google's clients say what they call with (google-auth, "metrics").
pub(super) const API_CLIENT: HeaderName = HeaderName::from_static("x-goog-api-client");

/// What the token of a call is of, as [`API_CLIENT`] says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CredentialType {
    User,
    ServiceAccount,
    SelfSigned,
    Impersonated,
    MetadataServer,
    /// Google's own clients say nothing of it.
    Unsaid,
}

impl CredentialType {
    fn header(self) -> Option<HeaderValue> {
        Some(HeaderValue::from_static(match self {
            Self::User => "cred-type/u",
            Self::ServiceAccount => "cred-type/sa",
            Self::SelfSigned => "cred-type/jwt",
            Self::Impersonated => "cred-type/imp",
            Self::MetadataServer => "cred-type/mds",
            Self::Unsaid => return None,
        }))
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// `None` where none are set; then the default scopes count.
    pub(super) scopes: Option<Vec<String>>,
    pub(super) default_scopes: Vec<String>,
    pub(super) quota_project_id: Option<String>,
    pub(super) universe_domain: Option<String>,
    /// In place of the IAM Credentials API's address.
    pub(super) iam_url: Option<String>,
    pub(super) transport: Option<Transport>,
    pub(super) boundary: Option<Boundary>,
    /// In place of the machine's.
    pub(super) clock: Option<Arc<dyn Clock>>,
}

impl Options {
    /// Those that are asked for.
    pub(super) fn scopes(&self) -> &[String] {
        self.scopes.as_deref().unwrap_or(&self.default_scopes)
    }

    pub(super) fn has_scopes<'a>(&self, wanted: impl IntoIterator<Item = &'a str>) -> bool {
        wanted.into_iter().all(|wanted| self.scopes().iter().any(|scope| scope == wanted))
    }

    /// The time, by their clock.
    pub(super) fn now(&self) -> SystemTime {
        time_of(self.clock.as_deref())
    }

    pub(super) fn universe(&self) -> &str {
        self.universe_domain.as_deref().unwrap_or(DEFAULT_UNIVERSE)
    }

    pub(super) fn iam_url(&self) -> String {
        self.iam_url.clone().unwrap_or_else(|| super::endpoints::iam_credentials(self.universe()))
    }

    /// The token as an API wants it: with what it is of, and the project that is charged.
    pub(super) fn finish(&self, token: OAuthToken, credential_type: CredentialType) -> Result<OAuthToken> {
        let token = credential_type
            .header()
            .into_iter()
            .fold(token, |token, value| token.with_request_header(API_CLIENT, value));
        let Some(project) = &self.quota_project_id else { return Ok(token) };
        let value = HeaderValue::from_str(project).map_err(|_| {
            Error::configuration("`quota_project_id` is no project: it has characters that cannot stand in a header")
        })?;
        Ok(token.with_extra("quota_project_id", project.as_str()).with_request_header(USER_PROJECT, value))
    }

    /// The same for a service account's token, with where its data may be.
    pub(super) async fn finish_for(
        &self,
        token: OAuthToken,
        email: &str,
        credential_type: CredentialType,
    ) -> Result<OAuthToken> {
        let token = match &self.boundary {
            Some(boundary) if self.universe() == DEFAULT_UNIVERSE => {
                boundary.annotate(token, &self.iam_url(), email, self.transport.as_ref()).await
            }
            _ => token,
        };
        self.finish(token, credential_type)
    }

    /// In place of the IAM Credentials API.
    pub(super) fn set_iam_url(&mut self, url: &str) -> Result<()> {
        let url = url.trim_end_matches('/').to_owned();
        ServiceRequest::get("IAM Credentials API", url.as_str()).check()?;
        self.iam_url = Some(url);
        Ok(())
    }

    pub(super) fn fingerprint(&self) -> FingerprintBuilder {
        let Self { scopes, default_scopes, quota_project_id, universe_domain, iam_url, transport, boundary, clock } =
            self;
        let asked = scopes.as_ref().unwrap_or(default_scopes);
        let mut all = Fingerprint::builder();
        for scope in asked {
            all = all.parameter("scope", scope);
        }
        for (name, value) in
            [("quota_project_id", quota_project_id), ("universe_domain", universe_domain), ("iam_url", iam_url)]
        {
            if let Some(value) = value {
                all = all.parameter(name, value);
            }
        }
        if boundary.is_some() {
            all = all.parameter("regional_access_boundary", "");
        }
        // A store knows no clock: by which one this process tells the time changes nothing about the token.
        if let Some(clock) = clock {
            let which = clock.identity().unwrap_or_else(|| format!("{:p}", Arc::as_ptr(clock)));
            all = all.local_part("clock", Fingerprint::new("clock", &which));
        }
        match transport {
            Some(transport) => all.part("transport", transport.identity()),
            None => all,
        }
    }
}

/// By the machine's clock where there is no other.
pub(super) fn time_of(clock: Option<&dyn Clock>) -> SystemTime {
    clock.map_or_else(SystemTime::now, |clock| UNIX_EPOCH + clock.now().wall)
}

/// The methods by which all of Google's credentials take their [`Options`] (in a field `options`).
macro_rules! options_methods {
    () => {
        /// Asks for these scopes, in place of those that were there: `["a", "b"]` or `"a b"`.
        pub fn scopes<Form>(mut self, scopes: impl grantkit::grant::IntoScopes<Form>) -> Self {
            self.options.scopes = Some(scopes.into_scopes().into_iter().collect());
            self.changed()
        }

        /// Asks for these scopes where [`scopes`](Self::scopes) says nothing: what a library needs, as against its user.
        pub fn default_scopes<Form>(mut self, scopes: impl grantkit::grant::IntoScopes<Form>) -> Self {
            self.options.default_scopes = scopes.into_scopes().into_iter().collect();
            self.changed()
        }

        /// Has calls charged to this project: the header `x-goog-user-project` goes with the token.
        pub fn quota_project_id(mut self, project: impl Into<String>) -> Self {
            self.options.quota_project_id = Some(project.into());
            self.changed()
        }

        /// The universe that the credentials belong to: that of the file, or `googleapis.com`, unless set.
        pub fn universe_domain(mut self, domain: impl Into<String>) -> Self {
            self.options.universe_domain = Some(domain.into());
            self.changed()
        }

        /// Sends requests over this transport instead of the shared one.
        pub fn transport(mut self, transport: grantkit::transport::Transport) -> Self {
            self.options.transport = Some(transport);
            self.changed()
        }

        /// Dates what is signed, and judges what has expired, by this clock instead of the machine's: for tests and simulations. It is that of
        /// the [`Credentials`](grantkit::Credentials) that are made of it, too.
        pub fn clock(mut self, clock: impl grantkit::time::IntoClock) -> Self {
            self.options.clock = Some(clock.into_clock());
            self.changed()
        }

        /// Whether all of these scopes are asked for; what was granted is in the token's [`scope`](grantkit::OAuthToken::scope).
        pub fn has_scopes<'a>(&self, scopes: impl IntoIterator<Item = &'a str>) -> bool {
            self.options.has_scopes(scopes)
        }
    };
}
pub(super) use options_methods;

/// The same for credentials of which [`Source`](super::source::Source) has one.
macro_rules! source_methods {
    () => {
        super::options::options_methods!();

        pub(in crate::google) fn options(&self) -> &super::options::Options {
            &self.options
        }

        pub(in crate::google) fn change(&mut self, change: impl FnOnce(&mut super::options::Options)) {
            let mut changed = self.clone();
            change(&mut changed.options);
            *self = changed.changed();
        }
    };
}
pub(super) use source_methods;

/// [`OAuthClient::clock`](grantkit::OAuthClient::clock) of what has these options.
macro_rules! clock {
    ($($options:tt).+) => {
        fn clock(&self) -> Option<std::sync::Arc<dyn grantkit::time::Clock>> {
            self.$($options).+.clock.clone()
        }
    };
}
pub(super) use clock;

/// [`OAuthClient::with_scopes`](grantkit::OAuthClient::with_scopes) for credentials that choose the scopes of their tokens.
macro_rules! with_scopes {
    () => {
        fn with_scopes(&self, scopes: &[&str]) -> Option<std::sync::Arc<dyn grantkit::OAuthClient>> {
            let mut own = self.clone();
            let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
            own.change(|options| options.scopes = Some(scopes));
            Some(std::sync::Arc::new(own))
        }
    };
}
pub(super) use with_scopes;
