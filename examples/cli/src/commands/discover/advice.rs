//! What a server's metadata means for a client of it.

use grantkit::discovery::ServerMetadata;

/// Sentences, the most important first.
pub(super) fn advice(metadata: &ServerMetadata) -> Vec<String> {
    let mut lines = Vec::new();
    let says =
        |list: &Option<Vec<String>>, word: &str| list.as_ref().is_some_and(|list| list.iter().any(|item| item == word));
    let pkce = &metadata.code_challenge_methods_supported;
    if metadata.authorization_endpoint.is_some() && !says(pkce, "S256") {
        lines.push(match pkce {
            Some(_) => {
                "The server says that it does not know PKCE with S256 (RFC 7636): logins in a browser are refused here."
                    .to_owned()
            }
            None => "The server does not say whether it knows PKCE (RFC 7636); it is sent all the same.".to_owned(),
        });
    }
    if metadata.require_pushed_authorization_requests {
        lines.push("Login requests have to be pushed (RFC 9126); grantkit does so by itself.".to_owned());
    }
    if metadata.require_signed_request_object {
        lines.push(
            "Login requests have to be signed (RFC 9101): this command line cannot do that yet, the library can."
                .to_owned(),
        );
    }
    if metadata.dpop_signing_alg_values_supported.is_some() {
        lines.push(
            "Tokens can be bound to a key, so that a stolen one is of no use: add the profile with --dpop.".to_owned(),
        );
    }
    if metadata.device_authorization_endpoint.is_some() {
        lines.push("Where there is no browser, log in with: grantkit login --device.".to_owned());
    }
    if !metadata.scopes_supported.is_empty()
        && !metadata.scopes_supported.iter().any(|scope| scope == "offline_access")
        && says(&metadata.grant_types_supported, "refresh_token")
    {
        lines.push("There are refresh tokens, but no scope `offline_access`: look in the server's manual for what asks for one.".to_owned());
    }
    if says(&metadata.grant_types_supported, "client_credentials") {
        lines.push(
            "Programs get tokens for themselves: add a profile with --grant client_credentials --client-secret."
                .to_owned(),
        );
    }
    if metadata.revocation_endpoint.is_none() {
        lines.push(
            "The server cannot revoke tokens: after a logout they end by themselves, so ask for short lives."
                .to_owned(),
        );
    }
    if metadata.registration_endpoint.is_some() {
        lines.push("Clients can register by themselves (RFC 7591).".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::advice;
    use grantkit::discovery::ServerMetadata;

    #[test]
    fn a_server_without_pkce_is_named_first() -> Result<(), grantkit::Error> {
        let metadata = ServerMetadata::from_json(
            r#"{ "issuer": "https://as.example", "authorization_endpoint": "https://as.example/authorize",
                 "token_endpoint": "https://as.example/token", "code_challenge_methods_supported": ["plain"] }"#,
        )?;
        let lines = advice(&metadata);
        assert!(lines.first().is_some_and(|line| line.contains("does not know PKCE")), "{lines:?}");
        Ok(())
    }
}
