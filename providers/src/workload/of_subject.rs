use async_trait::async_trait;
use grantkit::client_auth::AssertionSource;
use grantkit::credentials::Fingerprint;
use grantkit::{Result, SecretString};

/// The assertions of another source, of which the program says whose they are: `client_assertion_subject` by name.
///
/// Tokens that are got with them are shared through a store by all that say the same subject, whatever gives each of them its assertion: a
/// path, a metadata server, a secret of its own. That they are in truth of one subject is for the program to know.
///
/// ```
/// use grantkit::Client;
/// use grantkit_providers::workload::{GoogleMetadata, OfSubject};
///
/// let machine = OfSubject::new("billing@acme.iam.gserviceaccount.com", GoogleMetadata::from_env());
/// let client = Client::builder()
///     .client_id("billing")
///     .client_assertion(machine)
///     .token_endpoint("https://as.example/token")?
///     .build();
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OfSubject<S> {
    subject: String,
    source: S,
}

impl<S: AssertionSource> OfSubject<S> {
    /// Names the subject, such as the `sub` of the assertions: `system:serviceaccount:shop:billing`.
    pub fn new(subject: impl Into<String>, source: S) -> Self {
        Self { subject: subject.into(), source }
    }
}

#[async_trait]
impl<S: AssertionSource> AssertionSource for OfSubject<S> {
    async fn assertion(&self, audience: &str) -> Result<SecretString> {
        self.source.assertion(audience).await
    }

    /// Where the assertions come from counts within the process: a corrected secret is not answered with the error of the old one.
    fn identity(&self) -> Fingerprint {
        let Self { subject, source } = self;
        let whole = Fingerprint::builder().parameter("assertion_type", source.assertion_type());
        whole.parameter("subject", subject).local_part("source", source.identity()).build()
    }

    fn speaks_for_this_machine(&self) -> bool {
        false
    }

    fn assertion_type(&self) -> &str {
        self.source.assertion_type()
    }
}
