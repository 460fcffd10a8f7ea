use std::fs::File;
use std::io::{Read as _, Write as _, stdin, stdout};
use std::path::PathBuf;
use std::time::Duration;
use std::{fmt, fs};

use clap::Args;
use grantkit::ApiClient;
use grantkit::api::ApiResponse;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::Value;
use url::Url;

use crate::arguments::ProfileOption;
use crate::failure::Failure;
use crate::profile::below;
use crate::profile_file::ProfileFile;
use crate::screen::Screen;
use crate::service::Service;
use crate::vault::Vault;

/// Call an API with the token, as curl would
///
/// The token goes to the API of the profile alone (its `api`, or the provider's), and no redirect is followed. A token that the API
/// rejects is renewed, and the request sent once more.
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
    /// The body, as a form unless a header says otherwise; `@file` reads a file, `@-` standard input
    #[arg(short, long, value_name = "DATA")]
    data: Option<String>,
    /// The body, as JSON; `@file` and `@-` as for -d
    #[arg(long, value_name = "DATA", conflicts_with = "data")]
    json: Option<String>,
    /// Write the answer to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show status and headers, too
    #[arg(short, long)]
    include: bool,
    /// Leave JSON as it came; it is indented for a terminal alone
    #[arg(long)]
    raw: bool,
    /// How many seconds the call may take
    #[arg(short, long, value_name = "SECONDS")]
    max_time: Option<u64>,
    /// Print errors of grantkit as JSON, on standard error
    #[arg(long)]
    pub(crate) json_errors: bool,
}

/// A header of the command line. It may be a secret.
#[derive(Clone)]
struct Header(HeaderName, HeaderValue);

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.0).finish_non_exhaustive()
    }
}

impl std::str::FromStr for Header {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once(':').ok_or("a header is `Name: value`")?;
        let name: HeaderName = name.trim().parse().map_err(|_| format!("{name:?} is no name of a header"))?;
        if [AUTHORIZATION.as_str(), "dpop", HOST.as_str()].contains(&name.as_str()) {
            return Err(format!(
                "`{name}` is set by the program: `Authorization` and `DPoP` from the profile, `Host` from the URL"
            ));
        }
        let value =
            HeaderValue::from_str(value.trim()).map_err(|_| "the value holds what no header can hold".to_owned())?;
        Ok(Self(name, value))
    }
}

impl Call {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let url = is_absolute(&self.url).then(|| Url::parse(&self.url)).transpose();
        let url = url.map_err(|error| Failure::usage(format!("{:?} is no URL", self.url)).caused_by(&error))?;
        let file = ProfileFile::read()?;
        let (name, profile) = file.choose_for(self.profile.name(), url.as_ref())?;
        let service = Service::connect(name, profile, Vault::open().await?).await;
        let service = service.map_err(|failure| failure.of_profile(name))?;
        let api = service.api(service.credentials()?)?;
        let path = match &url {
            Some(url) => below(api.base_url(), url).ok_or_else(|| elsewhere(&service, &api, url))?,
            None => self.url.clone(),
        };
        let response = self.send(&api, &path).await.map_err(|failure| failure.of_profile(name))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if self.include {
            screen.line(&head(status, &headers))?;
        }
        self.show(response, screen).await?;
        verdict(status, &headers, name)
    }

    async fn send(&self, api: &ApiClient, path: &str) -> Result<ApiResponse, Failure> {
        let body = self.json.as_deref().or(self.data.as_deref()).map(body).transpose()?;
        let usual = if body.is_some() { Method::POST } else { Method::GET };
        let mut request = api.request(self.method.clone().unwrap_or(usual), path).error_for_status(false);
        if let Some(body) = body {
            let kind = if self.json.is_some() { "application/json" } else { "application/x-www-form-urlencoded" };
            request = request.header(CONTENT_TYPE, kind).body(body);
        }
        if self.json.is_some() {
            request = request.header(ACCEPT, "application/json");
        }
        for Header(name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(seconds) = self.max_time {
            request = request.timeout(Duration::from_secs(seconds));
        }
        Ok(request.send().await?)
    }

    async fn show(&self, response: ApiResponse, screen: Screen) -> Result<(), Failure> {
        let is_json = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case("application/json") || kind.to_ascii_lowercase().ends_with("+json")
        });
        if is_json && !self.raw && self.output.is_none() && screen.is_result_watched() {
            let bytes = response.bytes().await?;
            return match serde_json::from_slice::<Value>(&bytes) {
                Ok(value) => screen.line(&format!("{value:#}")),
                Err(_) => screen.bytes(&bytes),
            };
        }
        let unwritable = |error: &std::io::Error, path: &PathBuf| {
            Failure::general(format!("{} cannot be written", path.display())).caused_by(error)
        };
        let mut file = match &self.output {
            Some(path) => Some((File::create(path).map_err(|error| unwritable(&error, path))?, path)),
            None => None,
        };
        let mut response = response.into_inner();
        let lost = |error: reqwest::Error| Failure::temporary("the answer broke off").caused_by(&error);
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            match &mut file {
                Some((file, path)) => file.write_all(&chunk).map_err(|error| unwritable(&error, path))?,
                None => screen.bytes(&chunk)?,
            }
        }
        Ok(stdout().flush()?)
    }
}

/// Whether it begins with a scheme; a query may have another URL in it.
fn is_absolute(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The body: the text itself, or what a file or standard input has.
fn body(text: &str) -> Result<Vec<u8>, Failure> {
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

fn head(status: StatusCode, headers: &HeaderMap) -> String {
    let fields = headers.iter().map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    format!("{status}\n{}", fields.collect::<String>())
}

/// What the answer means for the exit code.
fn verdict(status: StatusCode, headers: &HeaderMap, profile: &str) -> Result<(), Failure> {
    if status == StatusCode::UNAUTHORIZED {
        return Err(Failure::login("the API rejected the token, a new one too").of_profile(profile));
    }
    if status.is_redirection() {
        let target = headers.get(LOCATION).map(|target| String::from_utf8_lossy(target.as_bytes()).into_owned());
        let target = target.unwrap_or_else(|| "nowhere".to_owned());
        return Err(Failure::api(format!("the API answered with a redirect to {target}, and none is followed")));
    }
    if status.is_client_error() || status.is_server_error() {
        return Err(Failure::api(format!("the API answered with {status}")));
    }
    Ok(())
}
