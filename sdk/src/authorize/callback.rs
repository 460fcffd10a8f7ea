use subtle::ConstantTimeEq;

use crate::error::{Error, Fault, Incident, OAuthFailure, Result};
use crate::text::ServerText;
use crate::wire::is_issuer;

/// The parameters with which the browser came back (RFC 6749 §4.1.2).
#[derive(Default)]
pub(super) struct Callback {
    pub(super) state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    error_uri: Option<String>,
    id_token: Option<String>,
    response: Option<String>,
    /// All of them, as they came.
    parameters: Vec<(String, String)>,
}

/// Which part of the address that the browser came back to the parameters are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The query, or the body of a form, which is written the same way.
    Query,
    Fragment,
}

/// What a callback is checked against.
pub(super) struct CallbackExpectations<'a> {
    pub(super) state: &'a str,
    pub(super) issuer: Option<&'a str>,
    pub(super) requires_iss: bool,
}

impl Callback {
    /// Reads a whole URL, or only that part of it. The other part is ignored: any page can add one to a link.
    pub(super) fn parse(text: &str, part: Part) -> Result<Self> {
        let parameters = match (part, text.split_once('#')) {
            (Part::Fragment, Some((_, fragment))) => fragment,
            (Part::Fragment, None) => text,
            (Part::Query, Some((before, _))) => query_of(before),
            (Part::Query, None) => query_of(text),
        };
        let mut callback = Self::default();
        for (name, value) in form_urlencoded::parse(parameters.as_bytes()) {
            callback.parameters.push((name.clone().into_owned(), value.clone().into_owned()));
            let Some(member) = callback.member(&name) else { continue };
            // Two values would let each reader pick its own (RFC 6749 §3.1).
            if member.replace(value.into_owned()).is_some() {
                return Err(Error::invalid_response(format!("the callback has the parameter `{name}` twice")));
            }
        }
        Ok(callback)
    }

    /// The parameters of a signed answer, which has been verified (JARM §2.1).
    pub(super) fn from_claims(claims: &serde_json::Map<String, serde_json::Value>) -> Result<Self> {
        let mut callback = Self::default();
        for (name, value) in claims {
            if let Some(text) = value.as_str() {
                callback.parameters.push((name.clone(), text.to_owned()));
            }
            let Some(member) = callback.member(name) else { continue };
            let value = value.as_str().ok_or_else(|| {
                Error::invalid_response(format!("the parameter `{name}` of the signed answer is not a string"))
            })?;
            *member = Some(value.to_owned());
        }
        Ok(callback)
    }

    /// The JWT that all else is in (JARM).
    pub(super) fn response(&self) -> Option<&str> {
        self.response.as_deref()
    }

    /// All of its parameters, for who looks at more than the standard ones.
    pub(super) fn take_parameters(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.parameters)
    }

    /// The ID token beside the code (OpenID Connect Core §3.3.2.5).
    pub(super) fn take_id_token(&mut self) -> Option<String> {
        self.id_token.take()
    }

    /// The code, if this is the answer to that request; the checks in the order in which they protect each other.
    pub(super) fn into_code(mut self, expected: &CallbackExpectations<'_>) -> Result<String> {
        self.check_state(expected.state)?;
        self.check_issuer(expected)?;
        if let Some(failure) = self.take_failure() {
            return Err(Error::oauth(failure, None));
        }
        self.code.filter(|code| !code.is_empty()).ok_or_else(|| {
            Error::invalid_response("the callback has neither a `code` nor an `error`: is it the right URL?")
        })
    }

    /// The server's words; the parameters came through a browser, in which anything may have been added.
    fn take_failure(&mut self) -> Option<OAuthFailure> {
        Some(OAuthFailure {
            code: ServerText::new(&self.error.take()?),
            description: self.error_description.take().as_deref().map(ServerText::new),
            uri: self.error_uri.take().and_then(|uri| ServerText::url(&uri, [])),
        })
    }

    /// The person, or the server, refused.
    #[cfg(feature = "loopback")]
    pub(super) fn is_refusal(&self) -> bool {
        self.error.is_some()
    }

    /// RFC 6749 §10.12.
    fn check_state(&mut self, expected: &str) -> Result<()> {
        let Some(given) = self.state.as_deref() else {
            let refused = |message| Error::new(Fault::Security, message).with_incident(Incident::ForeignState);
            // Servers that fail early forget the `state` (RFC 6749 §4.1.2.1 asks for it), and the person is to see why.
            return Err(match self.take_failure() {
                Some(failure) => {
                    refused(format!("the callback has an error and no `state`, so that it may be forged: {failure}"))
                        .with_oauth(failure)
                }
                None => refused(
                    "the callback has no `state`: it is not the answer to this login, or not the whole answer (give the address that \
                     the browser came back to, or its query)"
                        .to_owned(),
                ),
            });
        };
        if bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
            return Ok(());
        }
        Err(Error::new(
            Fault::Security,
            "the callback has another `state`: it is the answer to another login, or was forged; begin the login again",
        )
        .with_incident(Incident::ForeignState))
    }

    /// RFC 9207 §2.4.
    fn check_issuer(&self, expected: &CallbackExpectations<'_>) -> Result<()> {
        match (self.iss.as_deref(), expected.issuer) {
            (Some(given), Some(issuer)) if !is_issuer(issuer, given) => Err(Error::new(
                Fault::Security,
                format!(
                    "the callback is of another authorization server than {issuer}: its `iss` differs, and is {:?} (RFC 9207)",
                    ServerText::new(given)
                ),
            )
            .with_incident(Incident::MixUp)),
            (Some(given), None) => Err(Error::new(
                Fault::Security,
                format!(
                    "the callback says which authorization server it is of (`iss` {:?}, RFC 9207), and the client knows no issuer to \
                     compare that with: call `.issuer(..)` with the issuer of the server that it is registered at",
                    ServerText::new(given).as_str()
                ),
            )
            .with_incident(Incident::MixUp)),
            (None, _) if expected.requires_iss => Err(Error::new(
                Fault::Security,
                "the callback has no `iss`, which the server's metadata promises (RFC 9207 §2.4)",
            )
            .with_incident(Incident::MixUp)),
            _ => Ok(()),
        }
    }

    fn member(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "state" => &mut self.state,
            "code" => &mut self.code,
            "iss" => &mut self.iss,
            "error" => &mut self.error,
            "error_description" => &mut self.error_description,
            "error_uri" => &mut self.error_uri,
            "id_token" => &mut self.id_token,
            "response" => &mut self.response,
            _ => return None,
        })
    }
}

fn query_of(text: &str) -> &str {
    // The name of a first parameter has none of these; and a value may have a `?` (RFC 3986 §3.4).
    let first_name = text.split('=').next().unwrap_or_default();
    match text.split_once('?') {
        Some((_, query)) if first_name.contains([':', '/', '?']) => query,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected<'a>(state: &'a str, issuer: Option<&'a str>) -> CallbackExpectations<'a> {
        CallbackExpectations { state, issuer, requires_iss: false }
    }

    fn read(callback: &str, requires_iss: bool) -> Result<String> {
        let expected =
            CallbackExpectations { requires_iss, ..expected("af0ifjsldkj", Some("https://honest.as.example")) };
        Callback::parse(callback, Part::Query)?.into_code(&expected)
    }

    /// The example of RFC 9207 §2.1, by URL and by query.
    #[test]
    fn a_good_callback_gives_its_code() {
        let query =
            "code=x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58&state=af0ifjsldkj&iss=https%3A%2F%2Fhonest.as.example";
        let url = format!("https://client.example/cb?{query}#_=_");
        for text in [query, &url, &format!("?{query}"), &format!("/cb?{query}")] {
            assert_eq!(read(text, true).unwrap(), "x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58");
        }
    }

    #[test]
    fn a_fragment_is_read_where_the_answer_comes_in_one_and_nowhere_else() {
        let expected = expected("s", None);
        let read = |text, part| Callback::parse(text, part)?.into_code(&expected);
        for text in ["https://client.example/cb#code=c&state=s", "https://client.example/cb?code=x#code=c&state=s"] {
            assert_eq!(read(text, Part::Fragment).unwrap(), "c");
            assert!(read(text, Part::Query).unwrap_err().is_state_mismatch());
        }
        for text in ["#code=c&state=s", "code=c&state=s"] {
            assert_eq!(read(text, Part::Fragment).unwrap(), "c");
        }
        assert!(read("https://client.example/cb?code=c&state=s", Part::Fragment).is_err());
    }

    /// RFC 9207 §2.4: without an issuer to compare it with, an `iss` is another server's for all that is known.
    #[test]
    fn an_iss_is_refused_where_no_issuer_is_known() {
        let expected = expected("s", None);
        let read = |text| Callback::parse(text, Part::Query)?.into_code(&expected);
        for text in ["code=c&state=s&iss=https://evil.example", "code=c&state=s&iss=", "error=e&state=s&iss=x"] {
            let error = read(text).unwrap_err();
            assert!(error.is_mix_up() && error.is_security() && error.to_string().contains("`.issuer(..)`"), "{error}");
        }
        // Of the same host or not: a host may have many tenants.
        for text in
            ["code=c&state=s&iss=https://honest.as.example", "code=c&state=s&iss=https://honest.as.example/tenant"]
        {
            assert!(read(text).unwrap_err().is_mix_up(), "{text}");
        }
        assert_eq!(read("code=c&state=s").unwrap(), "c");
    }

    #[test]
    fn each_wrong_callback_is_told_apart() {
        let security = |callback, requires_iss| {
            let error = read(callback, requires_iss).unwrap_err();
            assert!(error.is_security(), "{error}");
            error.to_string()
        };
        assert!(security("code=c&state=other", false).contains("another `state`"));
        assert!(security("code=c", false).contains("no `state`"));
        // Shown, and nothing follows from it: any page can send a browser there with it.
        let unauthenticated = read("error=access_denied&error_description=no+redirect%1b[2J", false).unwrap_err();
        assert!(unauthenticated.is_security() && unauthenticated.is_state_mismatch(), "{unauthenticated}");
        assert_eq!(unauthenticated.oauth_code(), Some("access_denied"));
        let text = unauthenticated.to_string();
        assert!(text.contains("it may be forged") && text.contains("no redirect [2J"), "{text}");
        assert!(!unauthenticated.is_denied() && !unauthenticated.is_retryable() && !unauthenticated.is_configuration());
        let again = read("error=login_required", false).unwrap_err();
        assert!(!again.needs_login(), "{again}");
        assert!(security("code=c&state=af0ifjsldkj&iss=https://evil.example", false).contains("`iss` differs"));
        assert!(security("code=c&state=af0ifjsldkj", true).contains("no `iss`"));
        // An error of a stranger is no error of this login.
        assert!(security("error=access_denied&state=other", false).contains("another `state`"));

        let refused = read("error=access_denied&error_description=no+thanks&state=af0ifjsldkj", false).unwrap_err();
        assert_eq!((refused.oauth_code(), refused.error_description()), (Some("access_denied"), Some("no thanks")));
        assert!(read("code=&state=af0ifjsldkj", false).unwrap_err().is_invalid_response());
        let twice = read("code=a&code=b&state=af0ifjsldkj", false).unwrap_err();
        assert!(twice.to_string().contains("`code` twice"), "{twice}");
    }
}
