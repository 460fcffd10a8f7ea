use std::fmt;

use serde_json::Value;

/// Who has logged in, as their provider says: what [`ProviderClient::identity`](super::ProviderClient::identity) gives.
///
/// `id` is what the provider calls the person for ever; key accounts of your own by the provider's name and this, never by an e-mail
/// address, which people change and providers reuse. Where the provider has instances (a tenant, a self-hosted server), the instance
/// belongs into the key too: each has IDs of its own. [`issuer`](Self::issuer) is that, where there is an ID token. An e-mail
/// address counts as verified only where the provider says so itself. `Debug` shows nothing personal.
///
/// ```
/// use grantkit::prelude::*;
/// use grantkit::grant::Login;
///
/// # async fn example(github: ProviderClient, login: Login) -> Result<()> {
/// let person = github.identity(&login).await?;
/// let account = (github.name().to_owned(), person.id().to_owned());
/// let email = person.email().filter(|_| person.is_email_verified());
/// # let _ = (account, email);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Person {
    id: String,
    is_id_reassignable: bool,
    issuer: Option<String>,
    email: Option<String>,
    is_email_verified: bool,
    name: Option<String>,
    picture: Option<String>,
    raw: Value,
}

impl Person {
    /// A person with an ID and nothing else.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            is_id_reassignable: false,
            issuer: None,
            email: None,
            is_email_verified: false,
            name: None,
            picture: None,
            raw: Value::Null,
        }
    }

    /// Says that the ID may be another person's later: see [`is_id_reassignable`](Self::is_id_reassignable).
    #[must_use]
    pub fn with_reassignable_id(mut self) -> Self {
        self.is_id_reassignable = true;
        self
    }

    /// With the issuer that knows the person by the ID.
    #[must_use]
    pub fn with_issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// With an e-mail address, and whether the provider says that it is the person's.
    #[must_use]
    pub fn with_email(mut self, email: impl Into<String>, is_verified: bool) -> Self {
        self.email = Some(email.into());
        self.is_email_verified = is_verified;
        self
    }

    /// With a name to show.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With the address of a picture.
    #[must_use]
    pub fn with_picture(mut self, picture: impl Into<String>) -> Self {
        self.picture = Some(picture.into());
        self
    }

    /// With all that the provider said.
    #[must_use]
    pub fn with_raw(mut self, raw: Value) -> Self {
        self.raw = raw;
        self
    }

    /// What the provider calls the person for ever, unique within the provider; where it has [issuers](Self::issuer), within each. At a
    /// provider without such an ID it is a user name: see [`is_id_reassignable`](Self::is_id_reassignable).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the ID is one that the person can give up, and another person take (a user name; of the catalogue Bitly, Mixcloud and
    /// Tumblr). An account, or a [stored login](super::ProviderClient::stored_login), that is found by it may then be given to that other person:
    /// ask the person for something else as well, as a password of your own or an e-mail address that you have verified.
    pub fn is_id_reassignable(&self) -> bool {
        self.is_id_reassignable
    }

    /// The issuer of the ID token that the login brought (`iss`), which was verified: at a provider with many tenants it says of which
    /// one the person is. `None` where there was no ID token.
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// The e-mail address, which may be another person's: see [`is_email_verified`](Self::is_email_verified).
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// Whether the provider says that the e-mail address is the person's. `false` where it says nothing.
    pub fn is_email_verified(&self) -> bool {
        self.is_email_verified
    }

    /// A name to show.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address of a picture.
    pub fn picture(&self) -> Option<&str> {
        self.picture.as_deref()
    }

    /// All that the provider said: the profile, or the claims of the ID token where it has none.
    pub fn raw(&self) -> &Value {
        &self.raw
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("has_email", &self.email.is_some())
            .field("is_email_verified", &self.is_email_verified)
            .finish_non_exhaustive()
    }
}
