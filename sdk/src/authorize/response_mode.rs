use serde::{Deserialize, Serialize};

/// How the browser brings the answer (`response_mode`, OAuth 2.0 Multiple Response Type Encoding Practices §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of the redirect URI, as every server does with a code unless asked.
    Query,
    /// In the fragment of the redirect URI, which a page's script has to hand on: the server never sees it by itself.
    Fragment,
    /// In the body of a POST request to the redirect URI (OAuth 2.0 Form Post Response Mode): in no log and no history.
    FormPost,
    /// In a JWT that the server has signed, at the usual place (JARM §2.3.4); needs the feature `oidc`.
    #[serde(rename = "jwt")]
    Jwt,
    /// In such a JWT, in the query.
    #[serde(rename = "query.jwt")]
    QueryJwt,
    /// In such a JWT, in the fragment.
    #[serde(rename = "fragment.jwt")]
    FragmentJwt,
    /// In such a JWT, in the body of a POST request.
    #[serde(rename = "form_post.jwt")]
    FormPostJwt,
}

impl ResponseMode {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
            Self::Jwt => "jwt",
            Self::QueryJwt => "query.jwt",
            Self::FragmentJwt => "fragment.jwt",
            Self::FormPostJwt => "form_post.jwt",
        }
    }

    /// Whether the answer is a JWT (JARM).
    pub(super) fn is_signed(self) -> bool {
        matches!(self, Self::Jwt | Self::QueryJwt | Self::FragmentJwt | Self::FormPostJwt)
    }
}
