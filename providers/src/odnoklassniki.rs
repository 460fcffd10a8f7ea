//! Odnoklassniki has each call of its API signed (OK, "Calculating the signature of a request").

use grantkit::token::AccessToken;
use grantkit::{Error, Result, SecretString};
use md5::{Digest as _, Md5};
use secrecy::ExposeSecret as _;
use url::Url;

/// Where the signature stands in the query of an address.
pub(crate) const SIGNATURE: &str = "{sig}";

/// The signature of a call at this address, whose query has all parameters but the token. MD5 is what the service takes.
pub(crate) fn signature(address: &str, token: &AccessToken, secret: Option<&SecretString>) -> Result<String> {
    let secret = secret.ok_or_else(|| {
        Error::configuration("`client_secret` is missing: Odnoklassniki has each call signed with it")
    })?;
    let url = Url::parse(address)
        .map_err(|error| Error::configuration("a call to Odnoklassniki has no such address").with_source(error))?;
    let mut parameters: Vec<_> = url.query_pairs().filter(|(name, _)| name != "sig").collect();
    parameters.sort();
    let session = digest(&[token.secret(), secret.expose_secret()]);
    let mut texts: Vec<&str> = parameters.iter().flat_map(|(name, value)| [name, "=", value]).collect();
    texts.push(&session);
    Ok(digest(&texts))
}

/// In lower-case hexadecimal.
fn digest(texts: &[&str]) -> String {
    let hash = texts.iter().fold(Md5::new(), Md5::chain_update);
    hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
