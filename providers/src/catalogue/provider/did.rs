//! Whether an authorization server speaks for a person (AT Protocol, "OAuth", "Identity Authentication"): any party may run a server, which
//! may name any DID. The DID's document names the server of the person's data, and that one its authorization server.

use grantkit::grant::Login;
use grantkit::transport::ServiceRequest;
use grantkit::{Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::values::Values;
use crate::catalogue::Endpoint;
use crate::lenient::{each, texts};

/// Keeps the documents of `did:plc`.
pub(super) const DIRECTORY: &str = "plc.directory";

/// A document has services of all kinds, of which one matters here.
#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(default)]
    service: Value,
}

/// RFC 9728, of which this is all that matters here.
#[derive(Deserialize)]
struct ProtectedResource {
    #[serde(default)]
    authorization_servers: Value,
}

/// Refuses a login whose server does not speak for the DID that it names.
pub(super) async fn check(values: &Values, login: &Login) -> Result<()> {
    let did = login.token().extra().get("sub").and_then(Value::as_str);
    let did =
        did.ok_or_else(|| Error::invalid_response("the token response has no `sub`, which is the person's DID"))?;
    let document: Document = ask(values, "DID document", &address(did)?).await?;
    if document.id != did {
        return Err(refused(did, "its document is that of another"));
    }
    let server = document.data_server().ok_or_else(|| refused(did, "its document names no server of its data"))?;
    if !(server.starts_with("https://") || values.is_given(server)) {
        return Err(refused(did, "the server of its data has no https URL"));
    }
    let url = format!("{}/.well-known/oauth-protected-resource", server.trim_end_matches('/'));
    let resource: ProtectedResource = ask(values, "personal data server", &url).await?;
    let issuer = values.endpoint(Endpoint::Issuer).unwrap_or_default();
    let is_this = |server: &str| server.trim_end_matches('/') == issuer.trim_end_matches('/');
    // One it is by the specification; a second could be of another party.
    let mut servers = each(&resource.authorization_servers);
    match (servers.next().and_then(Value::as_str), servers.next()) {
        (Some(server), None) if is_this(server) => Ok(()),
        _ => Err(refused(did, "the server of its data has another authorization server")),
    }
}

fn refused(did: &str, why: &str) -> Error {
    Error::security(format!(
        "the server that has logged the person in does not speak for {did:?}: {why}; let the person log in at the server of their own, by \
         the setting `pds`"
    ))
}

/// Where the document of a DID is (did:plc; did:web of a host, as the AT Protocol has it).
fn address(did: &str) -> Result<String> {
    let is_plc = |id: &str| id.len() == 24 && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
    let is_host = |host: &str| {
        let is_label =
            |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        host.contains('.') && host.split('.').all(is_label)
    };
    if did.strip_prefix("did:plc:").is_some_and(is_plc) {
        return Ok(format!("https://{DIRECTORY}/{did}"));
    }
    match did.strip_prefix("did:web:").filter(|host| is_host(host)) {
        Some(host) => Ok(format!("https://{host}/.well-known/did.json")),
        None => Err(Error::security(format!(
            "the token response names {did:?}, which is no DID of the AT Protocol: did:plc or did:web of a host"
        ))),
    }
}

async fn ask<T: DeserializeOwned>(values: &Values, what: &'static str, url: &str) -> Result<T> {
    let request = ServiceRequest::get(what, values.moved(url.to_owned()));
    // Where the configuration says where things are, it is for the configuration to say.
    let request = if values.has_own_places() { request } else { request.public_addresses_only() };
    request.send().await?.success()?.json()
}

impl Document {
    fn data_server(&self) -> Option<&str> {
        let is_it = |service: &&Value| {
            let id = service.get("id").and_then(Value::as_str).unwrap_or_default();
            let is_named = id.strip_prefix(self.id.as_str()).unwrap_or(id) == "#atproto_pds";
            is_named
                && service.get("type").is_some_and(|kind| texts(kind).any(|kind| kind == "AtprotoPersonalDataServer"))
        };
        each(&self.service).find(is_it)?.get("serviceEndpoint")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_service_of_another_kind_hides_none() {
        let kind = "AtprotoPersonalDataServer";
        let data =
            |kind: Value| json!({ "id": "#atproto_pds", "type": kind, "serviceEndpoint": "https://pds.example" });
        let by_position = json!(["#atproto_pds", kind, "https://mallory.example"]);
        for service in [
            json!([7, null, { "id": 7 }, { "id": "#atproto_pds" }, by_position, data(json!(kind))]),
            json!([data(json!(["Other", kind]))]),
            data(json!(kind)),
        ] {
            let document = json!({ "id": "did:web:alice.example", "service": service });
            let document: Document = serde_json::from_value(document).unwrap();
            assert_eq!(document.data_server(), Some("https://pds.example"), "{service}");
        }
    }

    #[test]
    fn documents_are_where_the_methods_say_and_nowhere_else() {
        let plc = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
        assert_eq!(address(plc).unwrap(), format!("https://plc.directory/{plc}"));
        assert_eq!(address("did:web:alice.example").unwrap(), "https://alice.example/.well-known/did.json");
        for wrong in [
            "",
            "4711",
            "did:plc:../../x",
            "did:plc:EWVI7NXZYOUN6ZHXRHS64OIZ",
            "did:web:localhost",
            "did:web:127.0.0.1%3A80",
            "did:web:a.example:users:b",
            "did:web:a.example/x",
            "did:web:a@b.example",
            "did:key:z6Mk",
        ] {
            assert!(address(wrong).unwrap_err().is_security(), "{wrong}");
        }
    }
}
