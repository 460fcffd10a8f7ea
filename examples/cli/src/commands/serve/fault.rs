//! How the server goes wrong.

use std::str::FromStr;
use std::time::Duration;

use grantkit_testkit::{AuthorizationServer, Fault, Faults};
use serde_json::Value;

/// A fault at a path, always or for some requests.
#[derive(Clone, Debug)]
pub(super) struct PathFault {
    path: String,
    requests: Option<usize>,
    fault: Fault,
}

impl FromStr for PathFault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, fault) =
            text.split_once('=').filter(|(path, _)| path.starts_with('/')).ok_or("write it as /path=fault")?;
        let (fault, requests) = match fault.rsplit_once('x').map(|(fault, number)| (fault, number.parse())) {
            Some((fault, Ok(requests))) => (fault, Some(requests)),
            _ => (fault, None),
        };
        Ok(Self { path: path.to_owned(), requests, fault: read(fault)? })
    }
}

fn read(fault: &str) -> Result<Fault, String> {
    let (word, detail) = fault.split_once(':').unwrap_or((fault, ""));
    match word {
        "drop" => Ok(Fault::drop_connection()),
        "lose" => Ok(Fault::lose_answer()),
        "html" => {
            Ok(Fault::rewrite_body("<!doctype html><title>Maintenance</title>").header("content-type", "text/html"))
        }
        "delay" => {
            let seconds = detail.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            Ok(Fault::delay(seconds.ok_or("a delay is `delay:2`, in seconds")?))
        }
        "json" => {
            let (name, value) = detail.split_once('=').ok_or("a change is `json:expires_in=-1`")?;
            let (name, value) = (name.to_owned(), json(value));
            Ok(Fault::edit_json(move |answer| answer[name.as_str()] = value.clone()))
        }
        status => match status.parse::<u16>() {
            Ok(code @ 400..=599) if detail.is_empty() => Ok(Fault::status(code)),
            Ok(code @ 400..=599) if detail.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                Ok(Fault::status(code).header("www-authenticate", detail))
            }
            _ => Err(format!(
                "{fault:?} is no fault: a status from 400 to 599, drop, lose, html, delay:2 or json:name=value; a challenge may follow the \
                 status, `401:Bearer error=\"invalid_token\"`"
            )),
        },
    }
}

/// JSON, or else a text.
fn json(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|_| Value::from(value))
}

impl PathFault {
    /// At the API for paths below its own, `/v1/`, and else at the authorization server.
    pub(super) fn apply(&self, server: &Faults, api: Option<&Faults>) {
        let faults = api.filter(|_| self.path.starts_with("/v1/")).unwrap_or(server);
        match self.requests {
            Some(requests) => faults.next(&self.path, requests, self.fault.clone()),
            None => faults.always(&self.path, self.fault.clone()),
        }
    }
}

/// A claim of ID tokens that is not true.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    name: String,
    value: Value,
}

impl FromStr for Claim {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("write it as claim=value")?;
        let value = if value.is_empty() { Value::Null } else { json(value) };
        Ok(Self { name: name.to_owned(), value })
    }
}

impl Claim {
    pub(super) fn apply(&self, server: &AuthorizationServer) {
        server.set_id_token_claim(&self.name, self.value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::PathFault;

    #[test]
    fn a_fault_is_for_some_requests_or_for_all() -> Result<(), String> {
        assert_eq!("/token=503x2".parse::<PathFault>()?.requests, Some(2));
        assert_eq!("/token=503".parse::<PathFault>()?.requests, None);
        assert_eq!("/token=json:expires_in=-1".parse::<PathFault>()?.requests, None);
        for wrong in ["token=503", "/token", "/token=200", "/token=delay", "/token=json:x"] {
            assert!(wrong.parse::<PathFault>().is_err(), "{wrong}");
        }
        Ok(())
    }
}
