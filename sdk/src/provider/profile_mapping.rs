use std::borrow::Cow;

use serde_json::Value;

use super::{Answers, Person, ProfileRequest, Selector};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::grant::Login;
use crate::token::IdTokenClaims;

/// How a provider says who has logged in: the request, and where in the answers the members of a [`Person`] stand.
///
/// Each place is a [`Selector`]: a JSON pointer, and somewhat more. Of several that are given for one member the first that is there
/// counts.
///
/// ```
/// use grantkit::provider::{ProfileMapping, ProfileRequest};
///
/// let profile = ProfileMapping::new(ProfileRequest::get("https://api.github.com/user")?)
///     .second_request(ProfileRequest::get("https://api.github.com/user/emails")?)
///     .id("/id")
///     .email("second:/[primary]/email")
///     .email_verified("second:/[primary]/verified")
///     .name("/name")
///     .name("/login")
///     .picture("/avatar_url");
/// # let _ = profile;
/// # Ok::<(), grantkit::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "give it to `ProviderClient::builder(..).identity(..)`"]
pub struct ProfileMapping {
    source: Source,
    second: Option<ProfileRequest>,
    id: Vec<Cow<'static, str>>,
    is_id_reassignable: bool,
    email: Vec<Cow<'static, str>>,
    email_verified: Vec<Cow<'static, str>>,
    is_email_always_verified: bool,
    name: Vec<Cow<'static, str>>,
    picture: Vec<Cow<'static, str>>,
}

/// What is asked first.
#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    Nothing,
    Userinfo,
    Introspection,
    Request(Box<ProfileRequest>),
}

impl ProfileMapping {
    /// From the answer to this request.
    pub fn new(request: ProfileRequest) -> Self {
        Self { source: Source::Request(Box::new(request)), ..Self::default() }
    }

    /// From the token answer and the ID token alone: nothing is sent.
    pub fn token_response() -> Self {
        Self::default()
    }

    /// From the answer of the client's userinfo endpoint where it has one, verified where it is signed, else from the token answer and
    /// the ID token alone.
    pub fn userinfo() -> Self {
        Self { source: Source::Userinfo, ..Self::default() }
    }

    /// From what the client's introspection endpoint says of the access token (RFC 7662 §2.2), for a server that says there whose it is. The
    /// client authenticates as at the token endpoint.
    pub fn introspection() -> Self {
        Self { source: Source::Introspection, ..Self::default() }
    }

    /// The standard claims (OpenID Connect Core §5.1): of the client's userinfo endpoint where it has one, and of the ID token.
    pub fn openid() -> Self {
        Self::userinfo()
            .id("/sub")
            .id("id_token:/sub")
            .email("/email")
            .email("id_token:/email")
            .email_verified("/email_verified")
            .email_verified("id_token:/email_verified")
            .name("/name")
            .name("id_token:/name")
            .picture("/picture")
            .picture("id_token:/picture")
    }

    /// Sends this request as well. Where it fails, what it would have said is absent.
    pub fn second_request(mut self, request: ProfileRequest) -> Self {
        self.second = Some(request);
        self
    }

    /// Where the ID stands; required.
    pub fn id(mut self, selector: impl Into<Cow<'static, str>>) -> Self {
        self.id.push(selector.into());
        self
    }

    /// For a provider whose only ID is a name that a person can give up, and another person take: see
    /// [`Person::is_id_reassignable`].
    pub fn reassignable_id(mut self) -> Self {
        self.is_id_reassignable = true;
        self
    }

    /// Where the e-mail address stands.
    pub fn email(mut self, selector: impl Into<Cow<'static, str>>) -> Self {
        self.email.push(selector.into());
        self
    }

    /// Where it says whether the e-mail address is the person's; without it, none counts as verified. The places belong to those of
    /// [`email`](Self::email) in order: the first to the first.
    pub fn email_verified(mut self, selector: impl Into<Cow<'static, str>>) -> Self {
        self.email_verified.push(selector.into());
        self
    }

    /// For a provider that documents that it gives no other e-mail address than one that it has verified.
    pub fn email_always_verified(mut self) -> Self {
        self.is_email_always_verified = true;
        self
    }

    /// Where the name stands.
    pub fn name(mut self, selector: impl Into<Cow<'static, str>>) -> Self {
        self.name.push(selector.into());
        self
    }

    /// Where the address of a picture stands.
    pub fn picture(mut self, selector: impl Into<Cow<'static, str>>) -> Self {
        self.picture.push(selector.into());
        self
    }

    /// Asks who has logged in, over the client's way to the network: what a provider's own
    /// [`identity`](super::ProviderCapabilities::identity) calls.
    ///
    /// # Errors
    ///
    /// [`is_security`](Error::is_security) where the profile is of another person than the ID token;
    /// [`is_invalid_response`](Error::is_invalid_response) where it has no ID; or what the provider or the network answered.
    pub async fn fetch(&self, login: &Login, client: &Client) -> Result<Person> {
        let (token, claims) = (login.token(), login.claims());
        let profile = match &self.source {
            Source::Request(request) => request.send(client, token).await?,
            Source::Userinfo => match (client.userinfo(), claims) {
                (Ok(userinfo), Some(claims)) => userinfo.fetch(token, claims.subject()).await?.to_json(),
                (Ok(userinfo), None) => userinfo.danger_fetch_any_subject(token).await?.to_json(),
                (Err(_), _) => Value::Null,
            },
            Source::Introspection => client.introspection()?.of_active(token.access_token().secret()).await?,
            Source::Nothing => Value::Null,
        };
        let answer = Value::Object(token.extra().iter().map(|(name, value)| (name.clone(), value.clone())).collect());
        let id_token = claims.map(IdTokenClaims::to_json).unwrap_or_default();
        let known = Answers { profile: &profile, token: &answer, id_token: &id_token, second: &Value::Null };
        let second = match self.second.as_ref().map(|request| request.after(known)).transpose()?.flatten() {
            // It adds to what is known, and is not worth the login.
            Some(request) => request.send(client, token).await.unwrap_or_default(),
            None => Value::Null,
        };
        check_subject(&profile, &id_token)?;
        let person = self.read(Answers { second: &second, ..known })?;
        Ok(claims.map(IdTokenClaims::issuer).into_iter().fold(person, Person::with_issuer))
    }

    fn read(&self, answers: Answers<'_>) -> Result<Person> {
        let id = first(&self.id, |selector| selector.id(answers))?.ok_or_else(|| {
            Error::invalid_response(
                "the provider's answer does not say who has logged in: it has no ID where one belongs",
            )
        })?;
        let text = |selectors: &[Cow<'static, str>]| first(selectors, |selector| selector.text(answers));
        let mut person = Person::new(id.1);
        if self.is_id_reassignable {
            person = person.with_reassignable_id();
        }
        // Which of the places it stands in decides who says that it is verified.
        if let Some((place, email)) = text(&self.email)? {
            let verified = match self.email_verified.get(place) {
                Some(selector) => Selector::parse(selector)?.is_true(answers).unwrap_or(false),
                None => false,
            };
            person = person.with_email(email, verified || self.is_email_always_verified);
        }
        if let Some((_, name)) = text(&self.name)? {
            person = person.with_name(name);
        }
        if let Some((_, picture)) = text(&self.picture)? {
            person = person.with_picture(picture);
        }
        let raw = if answers.profile.is_null() { answers.id_token } else { answers.profile };
        Ok(person.with_raw(raw.clone()))
    }
}

/// What the first of the selectors finds that finds anything, and which of them it was.
fn first(
    selectors: &[Cow<'static, str>],
    find: impl Fn(&Selector<'_>) -> Option<String>,
) -> Result<Option<(usize, String)>> {
    for (place, selector) in selectors.iter().enumerate() {
        if let Some(found) = find(&Selector::parse(selector)?) {
            return Ok(Some((place, found)));
        }
    }
    Ok(None)
}

/// The profile is of the subject of the ID token (OpenID Connect Core §5.3.2).
fn check_subject(profile: &Value, id_token: &Value) -> Result<()> {
    let text = |value: &Value| match value.get("sub") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    match (text(profile), text(id_token)) {
        (Some(of_profile), Some(of_token)) if of_profile != of_token => Err(Error::security(
            "the profile is of another person than the ID token: its `sub` differs (OpenID Connect Core §5.3.2)",
        )),
        _ => Ok(()),
    }
}
