//! git's credential helper protocol: <https://git-scm.com/docs/git-credential#IOFMT>.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::{list_host, question, service_for};
use crate::failure::Failure;
use crate::screen::Screen;

/// Answers `get`; on `erase`, by which git tells that the password was refused, the token is refreshed. Nothing is taken from `store`.
pub(crate) async fn answer(profile: Option<&str>, operation: &str, screen: Screen) -> Result<(), Failure> {
    let text = question()?;
    let asked: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once('=')).collect();
    let get = |name: &str| asked.get(name).copied().unwrap_or_default();
    match operation {
        "get" if is_safe(get("protocol"), get("host")) => {}
        "erase" => {}
        // "store", and what later versions of git bring: the protocol says to ignore it.
        _ => return Ok(()),
    }
    let Some(service) = service_for(profile, get("host")).await? else {
        if operation == "get" {
            screen.note(&format!("grantkit: no profile lists {}; {}", get("host"), list_host(profile, get("host"))));
        }
        return Ok(());
    };
    let of_profile = |error: grantkit::Error| Failure::from(error).of_profile(&service.name);
    let credentials = service.credentials()?;
    let token = service.token(&credentials).await?;
    if operation == "erase" {
        if get("password") == token.access_token().secret() {
            credentials.refresh().await.map_err(of_profile)?;
        }
        return Ok(());
    }
    screen.line(&format!("username={}", service.profile.username()))?;
    screen.line(&format!("password={}", token.access_token().secret()))?;
    let end = token.expires_at().and_then(|end| end.duration_since(SystemTime::UNIX_EPOCH).ok());
    end.map_or(Ok(()), |end| screen.line(&format!("password_expiry_utc={}", end.as_secs())))
}

/// A token goes over TLS, or stays on this machine.
pub(super) fn is_safe(protocol: &str, host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    protocol == "https" || protocol == "http" && matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn no_token_goes_in_the_clear() {
        assert!(is_safe("https", "git.acme.dev") && is_safe("http", "127.0.0.1:8080") && is_safe("http", "[::1]:80"));
        assert!(
            !is_safe("http", "git.acme.dev")
                && !is_safe("ssh", "git.acme.dev")
                && !is_safe("http", "127.0.0.1.evil.example")
        );
    }
}
