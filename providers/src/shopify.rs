//! Shopify signs what the browser brings back (Shopify, "Authorization code grant", "Verify a request").

use aws_lc_rs::hmac;
use grantkit::{Error, Result, SecretString};
use secrecy::ExposeSecret as _;

/// Refuses an authorization response whose `hmac` is not that of the other parameters, with the client's secret as the key.
pub(crate) fn check_signature<'a>(
    parameters: impl Iterator<Item = (&'a str, &'a str)>,
    secret: Option<&SecretString>,
) -> Result<()> {
    let refused = |why: &str| Error::security(format!("the callback is refused: {why}"));
    let (mut signature, mut signed) = (None, Vec::new());
    for (name, value) in parameters {
        if name == "hmac" {
            signature = Some(value);
        } else if name != "signature" {
            signed.push(format!("{}={}", escaped(name).replace('=', "%3D"), escaped(value)));
        }
    }
    signed.sort();
    let signature = signature.and_then(bytes).ok_or_else(|| refused("it is not signed (`hmac`), as Shopify's are"))?;
    let secret = secret.ok_or_else(|| Error::configuration("`client_secret` is missing: Shopify signs with it"))?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    hmac::verify(&key, signed.join("&").as_bytes(), &signature)
        .map_err(|_| refused("its signature (`hmac`) is not that of the client's secret"))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('&', "%26")
}

/// Of hex digits.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    if !hex.is_ascii() || !hex.len().is_multiple_of(2) {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Shopify's documentation ("Verify a request", 2024).
    #[test]
    fn the_documented_example_verifies_and_nothing_near_it() {
        let parameters = [
            ("code", "0907a61c0c8d55e99db179b68161bc00"),
            ("hmac", "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf"),
            ("shop", "some-shop.myshopify.com"),
            ("state", "0.6784241404160823"),
            ("timestamp", "1337178173"),
        ];
        let check = |parameters: &[(&'static str, &'static str)], secret: &str| {
            check_signature(parameters.iter().copied(), Some(&SecretString::from(secret)))
        };
        check(&parameters, "hush").unwrap();
        assert!(check(&parameters, "hush!").unwrap_err().is_security());
        for place in 0..parameters.len() {
            let mut other = parameters;
            other[place].1 = "0";
            assert!(check(&other, "hush").unwrap_err().is_security(), "{place}");
        }
        assert!(check(&parameters[..1], "hush").unwrap_err().is_security());
    }
}
