use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::tls;
use crate::error::{Error, Result};

type Customization = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// How to set up an HTTP client: kept as steps, since one configuration makes several clients, and reqwest's builder only one.
#[derive(Clone, Default)]
pub(crate) struct Recipe {
    certificate: Option<Result<reqwest::Identity>>,
    /// In place of those of the machine.
    roots: Option<Result<Vec<reqwest::Certificate>>>,
    changes: Vec<Customization>,
    /// Some of them may be about TLS.
    changes_tls: bool,
    /// Asks for compressed answers where the feature `compression` is on.
    decompresses: bool,
}

impl Recipe {
    /// For an API, whose answers may be large.
    pub(crate) fn for_api() -> Self {
        Self { decompresses: true, ..Self::default() }
    }

    /// A limit on how long something takes.
    pub(crate) fn limit(
        &mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) {
        self.changes.push(Arc::new(change));
    }

    /// One more step of any kind, after those before.
    pub(crate) fn change(
        &mut self,
        change: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) {
        self.changes_tls = true;
        self.limit(change);
    }

    /// Presents a certificate (RFC 8705): PEM with its private key, and with those that lead from it to the CA behind it.
    pub(crate) fn client_certificate(&mut self, pem: &[u8]) {
        self.certificate = Some(reqwest::Identity::from_pem(pem).map_err(|error| {
            Error::configuration("the client certificate is not valid PEM with a private key and a certificate")
                .with_source(error.without_url())
        }));
    }

    /// Trusts these alone: PEM with one certificate or more.
    pub(crate) fn root_certificates(&mut self, pem: &[u8]) {
        self.roots = Some(tls::roots(pem));
    }

    pub(crate) fn presents_certificate(&self) -> bool {
        self.certificate.is_some()
    }

    /// Nothing was changed: one client serves all that say so.
    pub(crate) fn is_usual(&self) -> bool {
        self.certificate.is_none() && self.roots.is_none() && self.changes.is_empty()
    }

    /// A client; redirects stay off whatever the steps are.
    ///
    /// reqwest refuses to make one where the machine has no CA certificates, such as a bare container, while plain `http` to a
    /// loopback address works without, and so does `https` with those that the program brings. It is made without certificates
    /// then.
    ///
    /// Where it is for nothing encrypted, the machine's certificates are not read.
    pub(crate) fn build(
        &self,
        is_encrypted: bool,
        last: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<reqwest::Client> {
        let start = reqwest::Client::builder();
        if !is_encrypted {
            return self.steps(start, |builder| last(builder).tls_certs_only([]))?.build().map_err(Self::refused);
        }
        if !self.changes_tls && self.certificate.is_none() && self.roots.is_none() {
            return self.steps(start.tls_backend_preconfigured(tls::usual()?), last)?.build().map_err(Self::refused);
        }
        let failure = match self.steps(start, &last)?.build() {
            Ok(client) => return Ok(client),
            Err(failure) => failure,
        };
        let without = self.steps(reqwest::Client::builder().tls_certs_only([]), last)?.build();
        without.map_err(|_| Self::refused(failure))
    }

    fn steps(
        &self,
        start: reqwest::ClientBuilder,
        last: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder> {
        // Another crate of the program may have turned on what reqwest decompresses: an authorization server's answers are small,
        // and signed or compared as they came.
        let usual = start
            .connect_timeout(Duration::from_secs(10))
            .user_agent(concat!("grantkit/", env!("CARGO_PKG_VERSION")))
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        #[cfg(feature = "compression")]
        let usual = usual.gzip(self.decompresses).brotli(self.decompresses);
        let changed = self.changes.iter().fold(usual, |builder, change| change(builder));
        let identified = match &self.certificate {
            Some(certificate) => changed.identity(certificate.clone()?),
            None => changed,
        };
        let identified = match &self.roots {
            Some(roots) => identified.tls_certs_only(roots.clone()?),
            None => identified,
        };
        Ok(last(identified).redirect(reqwest::redirect::Policy::none()))
    }

    fn refused(error: reqwest::Error) -> Error {
        Error::configuration("the HTTP client cannot be set up").with_source(error)
    }
}

impl fmt::Debug for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipe")
            .field("presents_certificate", &self.presents_certificate())
            .field("has_roots_of_its_own", &self.roots.is_some())
            .field("changes", &self.changes.len())
            .field("changes_tls", &self.changes_tls)
            .field("decompresses", &self.decompresses)
            .finish_non_exhaustive()
    }
}
