use std::fmt;

use http::HeaderValue;
use url::Url;

use crate::error::{Error, Result};
use crate::wire::is_loopback;

/// What came of a login, as far as the browser's answer shows it: the token is requested afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoopbackOutcome {
    /// The server sent the browser back with a code.
    LoggedIn,
    /// The server sent the browser back with a refusal, the person's or its own.
    Refused,
    /// The server sent the browser back with an error that does not say which login it is of.
    Failed,
    /// The server sent the browser back with an encrypted answer, which [`LoopbackListener::receive`](super::LoopbackListener::receive)
    /// cannot look into. A [`NativeLogin`](crate::authorize::NativeLogin) can, and this is not its outcome.
    Answered,
}

/// A page of the program's own, for a [`LoopbackListener`](super::LoopbackListener) to end with.
///
/// ```
/// use grantkit::authorize::{LoopbackListener, LoopbackOutcome, LoopbackPage};
///
/// # async fn example() -> grantkit::Result<()> {
/// let listener = LoopbackListener::builder()
///     .program("Acme CLI")
///     .page(LoopbackOutcome::LoggedIn, LoopbackPage::redirect("https://acme.example/welcome")?)
///     .page(LoopbackOutcome::Refused, LoopbackPage::text("As you like", "Nothing was changed."))
///     .bind()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LoopbackPage(pub(super) Content);

#[derive(Clone)]
pub(super) enum Content {
    Text { title: String, text: String },
    Html(String),
    Redirect(HeaderValue),
}

impl LoopbackPage {
    /// Other words on the usual page. They are text: what is markup in them is shown as it is.
    pub fn text(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Content::Text { title: title.into(), text: text.into() })
    }

    /// A whole HTML document, sent as it is. It may have styles and pictures within (`data:`), and neither scripts nor anything from
    /// elsewhere: the page's address holds the code.
    pub fn html(document: impl Into<String>) -> Self {
        Self(Content::Html(document.into()))
    }

    /// No page, but the way to one of the program's own: `https`, or `http` on this machine. It is not told the code.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) where it is no such address.
    pub fn redirect(url: impl AsRef<str>) -> Result<Self> {
        let url = Url::parse(url.as_ref())
            .map_err(|error| Error::configuration("the page after the login is not a valid URL").with_source(error))?;
        let may = url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url);
        let location = HeaderValue::from_str(url.as_str()).ok().filter(|_| may);
        let location = location.ok_or_else(|| {
            Error::configuration("the page after the login is https, or http on 127.0.0.1, [::1] or localhost")
        })?;
        Ok(Self(Content::Redirect(location)))
    }
}

impl fmt::Debug for LoopbackPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Content::Text { .. } => "text",
            Content::Html(_) => "html",
            Content::Redirect(_) => "redirect",
        };
        f.debug_tuple("LoopbackPage").field(&kind).finish()
    }
}
