mod redirect;

use std::time::{Duration, Instant};

use clap::Args;
use grantkit::AuthorizationCode;
use grantkit::grant::{Login as FinishedLogin, PendingDeviceAuthorization};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::json;

use crate::arguments::{Output, ProfileChoice};
use crate::failure::Failure;
use crate::metadata::Age;
use crate::profile::Grant;
use crate::screen::{Screen, harmless};
use crate::service::Service;
use crate::time::{from_now, rfc3339};
use crate::wait::wait_for;
use crate::{identity, renewal};

/// Log in with the browser, or with another device
#[derive(Args, Debug)]
pub(crate) struct Login {
    #[command(flatten)]
    profile: ProfileChoice,
    /// Log in on another device: shows a code, and a QR code (RFC 8628)
    #[arg(short, long, conflicts_with = "no_browser")]
    device: bool,
    /// Show the address instead of opening the browser
    #[arg(long)]
    no_browser: bool,
    /// Ask for more than the profile does; may be repeated
    #[arg(short, long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// Ask for a login of this class, `acr`, as an API may want it; may be repeated, the best first (RFC 9470)
    #[arg(long = "acr", value_name = "CLASS", conflicts_with = "device")]
    classes: Vec<String>,
    /// Ask for a login that is no older than this; with 0 the person has to log in now
    #[arg(long, value_name = "SECONDS", conflicts_with = "device")]
    max_age: Option<u64>,
    /// How many seconds to wait for the person
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Login {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let service = super::service_as_of(self.profile.name(), Age::Fetched).await?;
        let name = service.name.clone();
        if service.profile.grant != Grant::Login {
            let none = format!("profile {name:?} needs no login: the client gets tokens for itself");
            return Err(Failure::usage(none).or_next(format!("grantkit token {name}")));
        }
        let login = if self.device {
            Box::pin(self.with_device(&service, screen)).await
        } else {
            Box::pin(self.with_browser(&service, screen)).await
        };
        let login = login.map_err(|failure| failure.of_profile(&name))?;
        finish(&service, login, screen).await
    }

    async fn with_browser(&self, service: &Service, screen: Screen) -> Result<FinishedLogin, Failure> {
        let (listener, redirect_uri) = redirect::listen(&service.name, &service.profile).await?;
        let limit = Duration::from_secs(self.timeout);
        let login = service.login(redirect_uri)?.scopes(&self.scopes).acr_values(&self.classes);
        let login = self.max_age.map(Duration::from_secs).into_iter().fold(login, AuthorizationCode::max_age);
        let login = login.native(listener).timeout(limit);
        let login = if self.no_browser {
            login.open_with(|_| Err(grantkit::Error::unsupported("no browser was wanted")))
        } else {
            login
        };
        let login = login.or_show(move |url| {
            if screen.is_json() {
                let _ = screen.line(&json!({ "event": "authorization_url", "url": url.as_str() }).to_string());
            } else {
                screen.advice(&format!("Open this address in a browser on this machine:\n\n{url}\n"));
            }
        });
        let start = Instant::now();
        let login = async {
            let is_over = |error: &grantkit::Error| start.elapsed() >= limit && error.is_timeout();
            let overdue = || grantkit::Error::login_required(format!("no login within {} s", limit.as_secs()));
            login.await.map_err(|error| if is_over(&error) { overdue() } else { error })
        };
        let waited = wait_for(screen, "waiting for you to log in in the browser", limit, Box::pin(login)).await;
        let elsewhere = format!("grantkit login {} --device, where the browser is on another machine", service.name);
        waited.map_err(|failure| if start.elapsed() >= limit { failure.or_next(elsewhere) } else { failure })
    }

    async fn with_device(&self, service: &Service, screen: Screen) -> Result<FinishedLogin, Failure> {
        let device = service.device_login()?.scopes(&self.scopes);
        let pending = device.start().await?;
        show_code(&pending, screen)?;
        let limit = pending.expires_in().min(Duration::from_secs(self.timeout));
        let wait = async { tokio::time::timeout(limit, device.wait(pending)).await };
        let wait = async {
            wait.await.unwrap_or_else(|_| {
                Err(grantkit::Error::login_required(format!("no login within {} s", limit.as_secs())))
            })
        };
        wait_for(screen, "waiting for you to enter the code", limit, Box::pin(wait)).await
    }
}

fn show_code(pending: &PendingDeviceAuthorization, screen: Screen) -> Result<(), Failure> {
    let complete = pending.verification_uri_complete();
    if screen.is_json() {
        let event = json!({
            "event": "device_code",
            "verification_uri": pending.verification_uri(),
            "verification_uri_complete": complete,
            "user_code": pending.user_code(),
            "expires_in": pending.expires_in().as_secs(),
        });
        return screen.line(&event.to_string());
    }
    screen.advice(&format!(
        "Open this address on any device:\n\n  {}\n\nand enter the code:\n\n  {}\n",
        harmless(pending.verification_uri()),
        harmless(pending.user_code())
    ));
    if screen.is_watched()
        && let Some(drawn) = qr_code(complete.unwrap_or(pending.verification_uri()), screen.width())
    {
        screen.note(&drawn);
    }
    Ok(())
}

/// The code in two rows a line, light on dark as terminals are; `None` where it is wider than the terminal.
fn qr_code(address: &str, width: u16) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, qrcode::EcLevel::L).ok()?;
    // Scanners want a rim: one of two modules is enough for them.
    if code.width() + 8 > usize::from(width) {
        return None;
    }
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

async fn finish(service: &Service, login: FinishedLogin, screen: Screen) -> Result<(), Failure> {
    let name = &service.name;
    let token = login.token().clone();
    // Before anything else can fail.
    service.keep(login.clone()).await?;
    renewal::keep(&service.vault, name, token.refresh_token().is_some()).await?;
    let person = match service.identity(&login).await {
        Ok(person) => person,
        Err(failure) => {
            screen.advice(&format!("Who has logged in is not known: {}", harmless(failure.message())));
            None
        }
    };
    match &person {
        Some(person) => person.keep(&service.vault, name).await?,
        None => service.vault.remove(name, identity::NAME).await?,
    }
    if screen.is_json() {
        let event = json!({
            "event": "login",
            "profile": name,
            "identity": person,
            "scope": token.scope(),
            "expires_at": token.expires_at().and_then(rfc3339),
            "can_be_refreshed": token.refresh_token().is_some(),
        });
        return screen.line(&event.to_string());
    }
    let who = person.as_ref().map(|person| format!(" as {}", harmless(person.label()))).unwrap_or_default();
    screen.done(&format!("logged in to {name}{who}"));
    match (token.refresh_token(), token.expires_at()) {
        (None, Some(end)) => screen.advice(&format!(
            "The token ends {} and cannot be refreshed: the server gave no refresh token (is the scope `offline_access` missing?).",
            from_now(end)
        )),
        _ => screen.advice(&format!("Kept in {}.", service.vault.place())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::qr_code;

    #[test]
    fn a_code_that_is_wider_than_the_terminal_is_left_out() {
        let address = "https://login.acme.dev/device?user_code=ABCD-EFGH";
        let drawn = qr_code(address, 80).unwrap_or_default();
        let width = drawn.lines().map(|line| line.chars().count()).max();
        assert!(width.is_some_and(|width| width <= 80 && width > 20), "{width:?}");
        assert_eq!(qr_code(address, 30), None);
    }
}
