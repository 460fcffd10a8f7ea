mod answer;
mod header;
mod verdict;

use std::fs;
use std::io::{Read as _, stdin};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use grantkit::ApiClient;
use grantkit::api::ApiResponse;
use http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use self::header::Header;
use crate::arguments::ProfileOption;
use crate::failure::Failure;
use crate::metadata::Age;
use crate::profile::below;
use crate::profile_file::ProfileFile;
use crate::screen::Screen;
use crate::service::Service;
use crate::vault::Vault;

/// A call may take as long as it does, as curl's: a download that goes on is not broken off.
const NO_LIMIT: Duration = Duration::from_hours(24 * 365);

/// Call an API with the token, as curl would
///
/// The token goes to the API of the profile alone (its `api`, or the provider's), and no redirect is followed. A token that the API
/// rejects is refreshed, and the request sent once more.
#[derive(Args, Debug)]
pub(crate) struct Call {
    /// The URL, or a path below the API's base
    url: String,
    #[command(flatten)]
    profile: ProfileOption,
    /// The method; GET, or POST where there is a body
    #[arg(short = 'X', long = "request", value_name = "METHOD")]
    method: Option<Method>,
    /// A header, `Name: value`; may be repeated
    #[arg(short = 'H', long = "header", value_name = "HEADER")]
    headers: Vec<Header>,
    /// The body, as a form unless a header says otherwise; `@file` reads a file, `@-` standard input; several are joined with `&`
    #[arg(short, long, value_name = "DATA")]
    data: Vec<String>,
    /// The body, as JSON; `@file` and `@-` as for -d
    #[arg(long, value_name = "DATA", conflicts_with = "data")]
    json: Option<String>,
    /// Write the answer to this file; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show status and headers, too
    #[arg(short, long)]
    include: bool,
    /// Leave JSON as it came; it is indented for a terminal alone
    #[arg(long)]
    raw: bool,
    /// How many seconds the call may take; no limit unless given
    #[arg(short, long, value_name = "SECONDS", value_parser = seconds)]
    max_time: Option<Duration>,
    /// Print errors of grantkit as JSON, on standard error
    #[arg(long)]
    pub(crate) json_errors: bool,
}

impl Call {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let url = is_absolute(&self.url).then(|| Url::parse(&self.url)).transpose();
        let url =
            url.map_err(|error| Failure::usage(format!("{:?} is not a valid URL", self.url)).caused_by(&error))?;
        let file = ProfileFile::read()?;
        let (name, profile) = file.choose_for(self.profile.name(), url.as_ref())?;
        let service = Service::connect(name, profile, Vault::open().await?, Age::Kept).await;
        let service = service.map_err(|failure| failure.of_profile(name))?;
        let credentials = service.credentials()?;
        let api = service.api(credentials.clone())?;
        let path = match &url {
            Some(url) => below(api.base_url(), url).ok_or_else(|| elsewhere(&service, &api, url))?,
            None => self.url.clone(),
        };
        let body = self.body()?;
        // One that was revoked is not sent.
        service.token(&credentials).await?;
        let start = Instant::now();
        let response = self.send(&api, &path, body).await;
        let response =
            response.map_err(|error| self.overdue(start, &error).unwrap_or_else(|| error.into()).of_profile(name))?;
        let error = response.status_error();
        let location = response.headers().get(LOCATION).map(|url| String::from_utf8_lossy(url.as_bytes()).into_owned());
        if self.include {
            screen.line(&answer::head(&response))?;
        }
        let shown = answer::show(response, self.output.as_deref(), self.raw, screen).await;
        shown.map_err(|error| match error {
            answer::Lost::Answer(error) => self
                .overdue(start, &*error)
                .unwrap_or_else(|| Failure::temporary("the answer broke off").caused_by(&*error))
                .or_next("the same command again"),
            answer::Lost::Output(failure) => failure,
        })?;
        error.map_or(Ok(()), |error| Err(verdict::verdict(&error, location.as_deref(), &service, &api)))
    }

    /// What is sent, and as what kind of text.
    fn body(&self) -> Result<Option<(Vec<u8>, &'static str)>, Failure> {
        if let Some(json) = &self.json {
            return Ok(Some((part(json)?, "application/json")));
        }
        if self.data.is_empty() {
            return Ok(None);
        }
        let parts = self.data.iter().map(|data| part(data)).collect::<Result<Vec<_>, _>>()?;
        Ok(Some((parts.join(&b'&'), "application/x-www-form-urlencoded")))
    }

    async fn send(
        &self,
        api: &ApiClient,
        path: &str,
        body: Option<(Vec<u8>, &'static str)>,
    ) -> grantkit::Result<ApiResponse> {
        let usual = if body.is_some() { Method::POST } else { Method::GET };
        let mut request = api.request(self.method.clone().unwrap_or(usual), path).error_for_status(false);
        let mut headers = HeaderMap::new();
        for Header(name, value) in &self.headers {
            headers.append(name, value.clone());
        }
        if let Some((body, kind)) = body {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(kind));
            request = request.body(body);
        }
        if self.json.is_some() {
            headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        }
        request.headers(headers).timeout(self.limit()).send().await
    }

    fn limit(&self) -> Duration {
        self.max_time.unwrap_or(NO_LIMIT)
    }

    /// The error of a call that took longer than it was to.
    fn overdue(&self, start: Instant, error: &(dyn std::error::Error + 'static)) -> Option<Failure> {
        let limit = self.max_time.filter(|limit| start.elapsed() >= *limit)?;
        let overdue = format!("the call was not over within the {} s of --max-time", limit.as_secs_f64());
        Some(Failure::temporary(overdue).caused_by(error).or_next("the same command with a larger --max-time, or none"))
    }
}

/// A number of seconds, which may have a fraction.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|limit| !limit.is_zero()).ok_or_else(|| "write it as a number of seconds above 0".to_owned())
}

/// Whether it begins with a scheme; a query may have another URL in it.
fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Of the body: the text itself, or what a file or standard input has.
fn part(text: &str) -> Result<Vec<u8>, Failure> {
    match text.strip_prefix('@') {
        None => Ok(text.as_bytes().to_vec()),
        Some("-") => {
            let mut body = Vec::new();
            stdin().read_to_end(&mut body)?;
            Ok(body)
        }
        Some(path) => {
            fs::read(path).map_err(|error| Failure::usage(format!("{path} cannot be read")).caused_by(&error))
        }
    }
}

fn elsewhere(service: &Service, api: &ApiClient, url: &Url) -> Failure {
    let origin = url.origin().ascii_serialization();
    Failure::security(format!(
        "the token of profile {:?} is for {} and goes nowhere else; {origin}{} is not below that",
        service.name,
        api.base_url(),
        url.path()
    ))
    .or_next(format!("grantkit profiles set {} api={origin}, if the token is meant for it", service.name))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clap::Parser as _;

    use super::seconds;
    use crate::arguments::{Arguments, Command};

    /// The API client's own limit is a minute, in which no large file comes.
    #[test]
    fn a_call_without_a_limit_may_take_as_long_as_it_does() {
        let limit = |words: &[&str]| match Arguments::try_parse_from(words).map(|arguments| arguments.command) {
            Ok(Command::Call(call)) => Some(call.limit()),
            _ => None,
        };
        assert!(limit(&["grantkit", "call", "x"]).is_some_and(|limit| limit > Duration::from_hours(24)));
        assert_eq!(limit(&["grantkit", "call", "x", "--max-time", "2"]), Some(Duration::from_secs(2)));
    }

    #[test]
    fn a_limit_is_a_number_of_seconds() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        assert_eq!(seconds("90"), Ok(Duration::from_secs(90)));
        for wrong in ["", "0", "-1", "soon", "inf", "NaN", "1m"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
