use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Error;

/// What an API says of an error in the standard form, `application/problem+json` (RFC 9457).
///
/// A member of a wrong type counts as absent (§3.1). All texts are the server's: for developers and logs. Secrets of the request are struck
/// out of them, and each is on one line.
///
/// ```
/// use grantkit::error::ProblemDetails;
///
/// let problem: ProblemDetails = serde_json::from_str(
///     r#"{"type":"https://api.example/out-of-credit","title":"Out of credit","status":403,"balance":30}"#,
/// )?;
/// assert_eq!(problem.problem_type, "https://api.example/out-of-credit");
/// assert_eq!(problem.extensions["balance"], 30);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "Map<String, Value>")]
#[non_exhaustive]
pub struct ProblemDetails {
    /// `type`: a URI that names the kind of problem; `about:blank` where it says no more than the status does.
    pub problem_type: String,
    /// The kind in a few words, which stay the same from one occurrence to the next.
    pub title: Option<String>,
    /// The status, as the server made it; [`Error::status`] is that of the HTTP response.
    pub status: Option<u16>,
    /// This occurrence, in words.
    pub detail: Option<String>,
    /// A URI of this occurrence.
    pub instance: Option<String>,
    /// All other members.
    pub extensions: Map<String, Value>,
}

impl From<Map<String, Value>> for ProblemDetails {
    fn from(mut members: Map<String, Value>) -> Self {
        let mut text = |name: &str| match members.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (problem_type, title) = (text("type").unwrap_or_else(|| "about:blank".to_owned()), text("title"));
        let (detail, instance) = (text("detail"), text("instance"));
        let status = members.remove("status").and_then(|status| u16::try_from(status.as_u64()?).ok());
        Self { problem_type, title, status, detail, instance, extensions: members }
    }
}

/// What the API said.
impl Error {
    /// The JSON of the API's error answer, as a type of the program; `None` where there is none, or it is no such JSON.
    ///
    /// Of answers up to 16 KiB. Secrets of the request are struck out of the texts, each of which is on one line. It is the same whichever
    /// call failed: `send`, `fetch`, or a page.
    ///
    /// ```no_run
    /// #[derive(serde::Deserialize)]
    /// struct Problem { code: String, fields: Vec<String> }
    ///
    /// # async fn example(api: grantkit::ApiClient) -> grantkit::Result<()> {
    /// match api.post("invoices").json(&7).send().await {
    ///     Err(error) => match error.api_error::<Problem>() {
    ///         Some(problem) if problem.code == "invalid" => println!("check {:?}", problem.fields),
    ///         _ => return Err(error),
    ///     },
    ///     Ok(created) => println!("{}", created.status()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn api_error<T: DeserializeOwned>(&self) -> Option<T> {
        let body = self.inner.body.as_ref()?;
        T::deserialize(body).ok()
    }

    /// The API's problem details (RFC 9457), where its error answer is an object that has at least one of their members; the content type
    /// does not matter, as many APIs send another one.
    pub fn problem(&self) -> Option<ProblemDetails> {
        let members = self.inner.body.as_ref()?.as_object()?;
        let is_problem =
            ["type", "title", "detail"].iter().any(|name| members.get(*name).is_some_and(Value::is_string));
        is_problem.then(|| members.clone().into())
    }

    pub(crate) fn with_body(mut self, body: Value) -> Self {
        self.edit(|inner| inner.body = Some(body));
        self
    }
}
