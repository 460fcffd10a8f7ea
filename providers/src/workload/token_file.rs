//! Platforms that keep a token fresh in a file.

/// Makes a source of assertions of a platform's type: everything is that of its field `file`.
macro_rules! assertions_of_file {
    ($platform:ty, such as $subject:literal) => {
        impl $platform {
            #[doc = concat!("Says whose the assertions are, such as `", $subject, "`: pods that say the same share tokens through a store")]
            /// ([`AssertionFile::with_subject`](grantkit::client_auth::AssertionFile::with_subject)).
            #[must_use]
            pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
                self.file = self.file.with_subject(subject);
                self
            }
        }

        #[async_trait::async_trait]
        impl grantkit::client_auth::AssertionSource for $platform {
            async fn assertion(&self, audience: &str) -> grantkit::Result<grantkit::SecretString> {
                self.file.assertion(audience).await
            }

            fn identity(&self) -> grantkit::credentials::Fingerprint {
                self.file.identity()
            }

            fn speaks_for_this_machine(&self) -> bool {
                self.file.speaks_for_this_machine()
            }

            fn assertion_type(&self) -> &str {
                self.file.assertion_type()
            }
        }
    };
}

pub(super) use assertions_of_file;
