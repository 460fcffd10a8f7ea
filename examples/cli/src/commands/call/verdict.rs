//! What an error of the API means for the exit code, and what to type next.

use grantkit::error::StepUp;
use grantkit::{ApiClient, Error};
use http::StatusCode;
use url::Url;

use crate::failure::Failure;
use crate::next::{CommandLine, plain};
use crate::profile::{Grant, below};
use crate::service::Service;

/// By what the SDK knows of it: whether the token was refreshed, what the API asks for, whether it may pass.
pub(super) fn verdict(error: &Error, location: Option<&str>, service: &Service, api: &ApiClient) -> Failure {
    let status = error.status().unwrap_or_default();
    if let Some(step_up) = error.step_up() {
        return more_is_wanted(error, &step_up, service);
    }
    if status == StatusCode::UNAUTHORIZED {
        let failure = if error.is_retryable() {
            // There is no new token, as its server is away.
            Failure::temporary(error.to_string()).or_next("the same command again, in a while")
        } else if service.profile.grant == Grant::Login {
            Failure::login(error.to_string())
        } else {
            Failure::configuration(error.to_string())
        };
        return with_source(failure, error).of_profile(&service.name);
    }
    if status.is_redirection() {
        return redirected(location, service, api);
    }
    let failure = Failure::api(format!("the API answered with an error: {error}"));
    failure.or_next(match error.retry_after() {
        Some(wait) => format!("the same command again, in {} s", wait.as_secs().max(1)),
        None if error.is_retryable() => "the same command again, in a while".to_owned(),
        None => format!("the same command with --include; the paths are below {}", api.base_url()),
    })
}

/// As it leads elsewhere, the token does not follow by itself.
fn redirected(location: Option<&str>, service: &Service, api: &ApiClient) -> Failure {
    let target = location.unwrap_or("nowhere");
    let failure = Failure::api(format!("the API answered with a redirect to {target}, and none is followed"));
    // It may be written without its beginning (RFC 9110 §10.2.2).
    let base = Url::parse(api.base_url()).ok();
    match location.and_then(|target| base?.join(target).ok()) {
        Some(url) if below(api.base_url(), &url).is_none() => failure.or_next(
            CommandLine::new(format!("grantkit profiles set {}", service.name))
                .of_others(" api=", &url.origin().ascii_serialization())
                .words(", if the token is meant for it"),
        ),
        Some(url) => failure.or_next(match plain(url.as_str()) {
            Some(url) => format!("grantkit call {url}"),
            None => "grantkit call, with that address in quotes".to_owned(),
        }),
        None => failure,
    }
}

/// The login is good, and not good enough (RFC 9470), or the token lacks a scope (RFC 6750 §3.1).
fn more_is_wanted(error: &Error, step_up: &StepUp, service: &Service) -> Failure {
    let what = if step_up.wants_other_login() { "a stronger or newer login" } else { "more scopes" };
    let message = format!("the API wants {what}: {error}");
    let name = &service.name;
    if service.profile.grant != Grant::Login {
        let scopes = service.profile.scopes.iter().chain(step_up.scopes()).map(String::as_str).collect::<Vec<_>>();
        let next = CommandLine::new(format!("grantkit profiles set {name}")).of_others(" scopes=", &scopes.join(","));
        return Failure::configuration(message).or_next(next);
    }
    let age = match step_up.max_age() {
        Some(age) => Some(age.as_secs()),
        // It says that another login is wanted, and not which.
        None if step_up.wants_other_login() && step_up.acr_values().is_empty() => Some(0),
        None => None,
    };
    let next = CommandLine::new(format!("grantkit login {name}"));
    let next = step_up.acr_values().iter().fold(next, |next, class| next.of_others(" --acr ", class));
    let next = next.words(&age.map(|age| format!(" --max-age {age}")).unwrap_or_default());
    let next = step_up.scopes().iter().fold(next, |next, scope| next.of_others(" --scope ", scope));
    Failure::login(message).or_next(next)
}

fn with_source(failure: Failure, error: &Error) -> Failure {
    match std::error::Error::source(error) {
        Some(cause) => failure.caused_by(cause),
        None => failure,
    }
}
