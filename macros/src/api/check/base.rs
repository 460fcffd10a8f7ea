use syn::LitStr;

use crate::mistakes::Mistakes;
use crate::parse::Keyed;

/// What the base URL of an `ApiClient` has to be.
pub(super) fn check<'a>(keyed: &'a Keyed, mistakes: &mut Mistakes) -> Option<&'a LitStr> {
    let entry = keyed.get("base")?;
    let Some(text) = entry.value.text() else {
        entry.wrong_value(mistakes, "`base` takes the API's URL as a string: `base = \"https://..\"`");
        return None;
    };
    if let Some(wrong) = wrong(&text.value()) {
        mistakes.at(text, wrong);
    }
    Some(text)
}

fn wrong(url: &str) -> Option<&'static str> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("the API's base is a URL: `https://..`");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || url.contains(char::is_whitespace) {
        Some("the API's base is a URL: `https://..`")
    } else if url.contains(['?', '#']) {
        Some(
            "the API's base has no query and no fragment; a query goes into a request's path, or is an argument: `#[query]`",
        )
    } else if authority.contains('@') {
        Some(
            "the API's base has no user and no password; the token comes from `auth`, or from the credentials of `new`",
        )
    } else if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") && is_loopback(authority) {
        None
    } else {
        Some("the API's base must be https, or http on a loopback address, as a token is sent to it")
    }
}

fn is_loopback(authority: &str) -> bool {
    let is_port =
        |rest: &str| rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    ["127.0.0.1", "[::1]", "localhost"].iter().any(|host| authority.strip_prefix(host).is_some_and(is_port))
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn https_and_loopback_are_allowed() {
        for url in ["https://api.acme.dev", "https://api.acme.dev/v1/", "http://127.0.0.1:8080", "http://localhost/v1"]
        {
            assert_eq!(wrong(url), None, "{url}");
        }
        for url in [
            "http://api.acme.dev",
            "api.acme.dev/v1",
            "https://",
            "https://api.acme.dev/?v=1",
            "https://api.acme.dev/#a",
            "https://user@api.acme.dev",
            "http://localhost.evil.example",
            "http://127.0.0.1:80@evil.example",
            "ftp://api.acme.dev",
            "/v1",
            "",
        ] {
            assert!(wrong(url).is_some(), "{url}");
        }
    }
}
