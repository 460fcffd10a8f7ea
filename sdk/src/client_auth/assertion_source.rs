use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::assertion::JWT_BEARER;
use crate::error::{Error, Result};
use crate::fingerprint::{Fingerprint, Identified};
use crate::lenient;

/// A source of client assertions that this program does not sign itself: workload identity of a cloud,
/// SPIFFE, Kubernetes.
///
/// It is called for each request, so that no expired assertion is sent; a source with expensive assertions caches them itself.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::client_auth::AssertionSource;
/// use grantkit::credentials::Fingerprint;
///
/// #[derive(Debug)]
/// struct Workload;
///
/// #[async_trait]
/// impl AssertionSource for Workload {
///     fn identity(&self) -> Fingerprint {
///         Fingerprint::of_type::<Self>() // this machine has one workload identity
///     }
///
///     async fn assertion(&self, audience: &str) -> Result<SecretString> {
///         ask_the_platform(audience).await
///     }
/// }
/// # async fn ask_the_platform(_: &str) -> Result<SecretString> { Ok("eyJ..".into()) }
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_assertion(Workload)
///     .token_endpoint("https://as.example/token")?
///     .build();
/// # Ok::<(), grantkit::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a source of assertions",
    label = "no `AssertionSource`",
    note = "implement `grantkit::client_auth::AssertionSource` for it, or name a file: `AssertionFile::new(path)`"
)]
#[async_trait]
pub trait AssertionSource: Send + Sync + Debug {
    /// An assertion that is good now; `audience` is what it should be for: the server's issuer, where that is known, or its
    /// token endpoint.
    ///
    /// # Errors
    ///
    /// Why there is none; [`Error::temporary`] where it is worth another try.
    async fn assertion(&self, audience: &str) -> Result<SecretString>;

    /// What tells its assertions from those of others: whose they are, and who makes them. Who has another source is not served
    /// the token that was got with this one.
    ///
    /// [`Fingerprint::unique`] for what cannot be told from others. Asked once, when it is given to a client or a grant.
    fn identity(&self) -> Fingerprint;

    /// Whether another machine with an equal [`identity`](Self::identity) may be another subject: a path, the address of a metadata server or
    /// a command names the account that this machine runs as, and the next one has another. Tokens that such a source speaks for are
    /// kept in the process, and put into no [`TokenStore`](crate::store::TokenStore), where the other machine would find them.
    ///
    /// So unless a source says otherwise. One whose identity says whose its assertions are on every machine (a key, the digest of a
    /// secret, an account by its name) returns `false`, and its tokens are shared through a store.
    fn speaks_for_this_machine(&self) -> bool {
        true
    }

    /// What kind of assertion it is (RFC 7521 §4.2): a JWT unless said otherwise.
    fn assertion_type(&self) -> &str {
        JWT_BEARER
    }
}

/// For one that several clients share.
#[async_trait]
impl<S: AssertionSource + ?Sized> AssertionSource for Arc<S> {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        (**self).assertion(audience).await
    }

    fn identity(&self) -> Fingerprint {
        (**self).identity()
    }

    fn speaks_for_this_machine(&self) -> bool {
        (**self).speaks_for_this_machine()
    }

    fn assertion_type(&self) -> &str {
        (**self).assertion_type()
    }
}

/// A source with what it adds to a token's identity: how far that reaches is heeded here, for client authentication and grants alike.
pub(crate) fn identified_source(source: impl AssertionSource + 'static) -> Identified<dyn AssertionSource> {
    let identity = if source.speaks_for_this_machine() {
        Fingerprint::builder().part("source", source.identity()).of_this_machine().build()
    } else {
        source.identity()
    };
    Identified::new(Arc::new(source), identity)
}

/// An assertion in a file that another program keeps fresh, as Kubernetes does with projected service-account tokens and
/// SPIFFE's helper with JWT-SVIDs. It is read for each request.
///
/// On another machine the same file may name another subject: tokens obtained with it are put into no store
/// ([`speaks_for_this_machine`](AssertionSource::speaks_for_this_machine)), unless [`with_subject`](Self::with_subject) says whose it is.
///
/// ```
/// use grantkit::client_auth::AssertionFile;
/// use grantkit::Client;
///
/// let client = Client::builder()
///     .client_id("billing")
///     .client_assertion(AssertionFile::new("/var/run/secrets/tokens/as-token"))
///     .token_endpoint("https://as.example/token")?
///     .build();
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AssertionFile {
    path: PathBuf,
    assertion_type: String,
    subject: Option<String>,
}

/// Tokens with hundreds of group memberships reach some 20 KiB.
const MAX_ASSERTION: u64 = 64 * 1024;

impl AssertionFile {
    /// The file contains a JWT alone; white space around it is ignored.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), assertion_type: JWT_BEARER.to_owned(), subject: None }
    }

    /// Sets the type of the assertion, if it is not a JWT (`client_assertion_type`, RFC 7521 §4.2).
    pub fn with_type(mut self, assertion_type: impl Into<String>) -> Self {
        self.assertion_type = assertion_type.into();
        self
    }

    /// Says whose the assertions in the file are, such as the `sub` that they have: `system:serviceaccount:shop:billing`. Machines that
    /// say the same share the tokens through a [`TokenStore`](crate::store::TokenStore); that their files are in truth of one subject is
    /// for the program to know.
    pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }
}

#[async_trait]
impl AssertionSource for AssertionFile {
    async fn assertion(&self, _: &str) -> Result<SecretString> {
        let path = self.path.clone();
        let read = tokio::task::spawn_blocking(move || read(&path)).await;
        read.map_err(|error| Error::temporary("reading the client assertion was interrupted").with_source(error))?
    }

    /// What is in the file changes, and where it is does not.
    fn identity(&self) -> Fingerprint {
        let Self { path, assertion_type, subject } = self;
        let path = Fingerprint::builder().parameter("file", path.to_string_lossy());
        let whole = path.parameter("assertion_type", assertion_type);
        subject.iter().fold(whole, |whole, subject| whole.parameter("subject", subject)).build()
    }

    fn speaks_for_this_machine(&self) -> bool {
        self.subject.is_none()
    }

    fn assertion_type(&self) -> &str {
        &self.assertion_type
    }
}

fn read(path: &Path) -> Result<SecretString> {
    let refuse = |reason: &str| Error::configuration(format!("the client assertion in {} {reason}", path.display()));
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => refuse("cannot be read").with_source(error),
        _ => Error::temporary(format!("the client assertion in {} cannot be read now", path.display()))
            .with_source(error),
    };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len().min(MAX_ASSERTION);
    // With the room up front the vector does not grow, and leaves no unwiped copy behind.
    let mut text = Zeroizing::new(Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1));
    file.take(MAX_ASSERTION + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_ASSERTION {
        return Err(refuse("is longer than 64 KiB"));
    }
    match std::str::from_utf8(lenient::without_bom(&text)).map(str::trim) {
        Ok("") => Err(refuse("is empty")),
        Ok(assertion) => Ok(assertion.into()),
        Err(_) => Err(refuse("is not text")),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[tokio::test]
    async fn what_is_no_assertion_is_refused_with_the_file_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("token");
        let source = AssertionFile::new(&path);
        let asked = async || source.assertion("https://as.example").await;
        assert!(asked().await.unwrap_err().to_string().contains("cannot be read"));
        let too_long = "x".repeat(64 * 1024 + 1);
        for (content, reason) in
            [(&b""[..], "empty"), (b" \n", "empty"), (b"\xff\xfe", "not text"), (too_long.as_bytes(), "64 KiB")]
        {
            std::fs::write(&path, content).unwrap();
            let refusal = asked().await.unwrap_err();
            assert!(refusal.is_configuration(), "{refusal}");
            assert!(refusal.to_string().contains(reason) && refusal.to_string().contains("token"), "{refusal}");
        }
        std::fs::write(&path, "\n one.two.three \r\n").unwrap();
        assert_eq!(asked().await.unwrap().expose_secret(), "one.two.three");
    }
}
