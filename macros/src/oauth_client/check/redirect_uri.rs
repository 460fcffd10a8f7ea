use syn::LitStr;

use crate::mistakes::Mistakes;

/// What a redirect URI has to be (RFC 6749 §3.1.2, RFC 8252 §7.3): as `RedirectUri::new` has it, without the schemes of apps.
pub(super) fn check(text: &LitStr, mistakes: &mut Mistakes) {
    let uri = text.value();
    if uri.contains('#') {
        mistakes.at(text, "a redirect URI has no fragment");
    } else if !is_allowed(&uri) {
        mistakes.at(text, "a redirect URI must be https, or http on 127.0.0.1, [::1] or localhost");
    }
}

fn is_allowed(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once("://") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains('@') || uri.contains(char::is_whitespace) {
        return false;
    }
    let is_loopback = ["127.0.0.1", "[::1]", "localhost"].iter().any(|host| {
        authority.strip_prefix(host).is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
        })
    });
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") && is_loopback
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn https_and_loopback_are_allowed() {
        for uri in [
            "https://app.acme.dev/callback",
            "http://127.0.0.1:8080/",
            "http://[::1]/callback",
            "http://localhost:8080/callback",
            "HTTPS://a/?b",
        ] {
            assert!(is_allowed(uri), "{uri}");
        }
        for uri in [
            "http://app.acme.dev/callback",
            "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1:80@evil.example/",
            "https://",
            "app.acme.dev/callback",
            "",
        ] {
            assert!(!is_allowed(uri), "{uri}");
        }
    }
}
