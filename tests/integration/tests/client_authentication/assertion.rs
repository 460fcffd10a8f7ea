//! Reading what was sent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::support::Asked;

/// The parameters of a request.
pub(crate) fn form(asked: &Asked) -> Vec<(String, String)> {
    form_urlencoded::parse(&asked.body).into_owned().collect()
}

/// The only parameter of that name.
pub(crate) fn parameter(asked: &Asked, name: &str) -> Option<String> {
    parameter_of(&asked.body, name)
}

pub(crate) fn parameter_of(body: &[u8], name: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(body).into_owned();
    let values: Vec<_> = pairs.filter(|(given, _)| given == name).map(|(_, value)| value).collect();
    assert!(values.len() <= 1, "{name} is there twice");
    values.into_iter().next()
}

/// The client assertion of a request.
pub(crate) fn assertion(asked: &Asked) -> String {
    parameter(asked, "client_assertion").unwrap()
}

/// Header and claims of a JWT, as they came.
pub(crate) fn parts(token: &str) -> [String; 2] {
    let decode = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let mut parts = token.split('.');
    [decode(parts.next().unwrap()), decode(parts.next().unwrap())]
}

/// Header and claims of a JWT, read.
pub(crate) fn read(token: &str) -> [Value; 2] {
    parts(token).map(|part| serde_json::from_str(&part).unwrap())
}
