mod advice;

use clap::Args;
use grantkit::discovery::{ProtectedResource, ServerMetadata};
use serde_json::json;

use self::advice::advice;
use crate::arguments::Output;
use crate::failure::Failure;
use crate::next::CommandLine;
use crate::screen::Screen;

/// Show what a server can, by its issuer or by the URL of an API, with advice
#[derive(Args, Debug)]
pub(crate) struct Discover {
    /// The issuer, or the URL of an API that names its authorization server (RFC 9728)
    url: String,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Discover {
    pub(crate) async fn run(self, screen: Screen) -> Result<(), Failure> {
        let (metadata, api) = self.find().await?;
        let lines = advice(&metadata);
        if screen.is_json() {
            let features: serde_json::Map<_, _> = rows(&metadata)
                .into_iter()
                .map(|(name, is, detail)| (name.to_owned(), json!({ "supported": is, "detail": detail })))
                .collect();
            return screen.json(&json!({
                "issuer": metadata.issuer,
                "api": api.as_ref().map(ProtectedResource::resource),
                "api_scopes": api.as_ref().map(ProtectedResource::scopes),
                "features": features,
                "scopes": metadata.scopes_supported,
                "advice": lines,
            }));
        }
        let mut fields = vec![("issuer", metadata.issuer.clone())];
        if let Some(api) = &api {
            fields.push(("API", api.resource().to_owned()));
            fields.push(("API's scopes", api.scopes().join(" ")));
        }
        fields.push(("scopes", metadata.scopes_supported.join(" ")));
        screen.fields(&fields)?;
        screen.line("")?;
        let table = rows(&metadata)
            .into_iter()
            .map(|(name, is, detail)| [name.to_owned(), if is { "yes" } else { "no" }.to_owned(), detail]);
        screen.table(["what", "", "details"], &table.collect::<Vec<_>>())?;
        for line in lines {
            screen.advice(&format!("\n• {line}"));
        }
        let next = CommandLine::new("grantkit profiles add <name>").of_others(" --issuer ", &metadata.issuer);
        let next = next.words(" --client-id ..");
        let next = if api.is_some() { next.of_others(" --api ", &self.url) } else { next };
        screen.note(&format!("\nnext: {}", String::from(next)));
        Ok(())
    }

    /// The metadata of the issuer, or of the first server that the API names.
    async fn find(&self) -> Result<(ServerMetadata, Option<ProtectedResource>), Failure> {
        let of_issuer = match ServerMetadata::discover(&self.url).await {
            Ok(metadata) => return Ok((ServerMetadata::clone(&metadata), None)),
            Err(error) if error.is_connect() || error.is_configuration() && !error.is_unsupported() => {
                return Err(
                    Failure::from(error).or_next("grantkit discover https://.., the issuer or the URL of an API")
                );
            }
            Err(error) => error,
        };
        match ProtectedResource::discover(&self.url).await {
            Ok(api) => {
                let metadata = api.server_metadata().await?;
                Ok((ServerMetadata::clone(&metadata), Some(api)))
            }
            Err(of_api) => {
                let neither = format!("{} is neither an issuer with metadata nor an API that names one", self.url);
                Err(Failure::general(neither)
                    .caused_by(&of_issuer)
                    .caused_by(&of_api)
                    .or_next("grantkit providers, for services that publish none"))
            }
        }
    }
}

type Row = (&'static str, bool, String);

fn rows(metadata: &ServerMetadata) -> Vec<Row> {
    let endpoint = |name, url: &Option<String>| (name, url.is_some(), url.clone().unwrap_or_default());
    let words = |name, words: &Option<Vec<String>>| {
        let words = words.clone().unwrap_or_default();
        (name, !words.is_empty(), words.join(" "))
    };
    let pkce = metadata.code_challenge_methods_supported.clone().unwrap_or_default();
    let ciphers = &metadata.id_token_signing_alg_values_supported;
    vec![
        endpoint("login in a browser", &metadata.authorization_endpoint),
        endpoint("login on a device", &metadata.device_authorization_endpoint),
        endpoint("backchannel login (CIBA)", &metadata.backchannel_authentication_endpoint),
        endpoint("tokens", &metadata.token_endpoint),
        words("grants", &metadata.grant_types_supported),
        words("client authentication", &metadata.token_endpoint_auth_methods_supported),
        ("PKCE", pkce.iter().any(|method| method == "S256"), pkce.join(" ")),
        ("issuer in answers", metadata.authorization_response_iss_parameter_supported, "RFC 9207".to_owned()),
        endpoint("pushed requests (PAR)", &metadata.pushed_authorization_request_endpoint),
        words("signed requests (JAR)", &metadata.request_object_signing_alg_values_supported),
        words("bound tokens (DPoP)", &metadata.dpop_signing_alg_values_supported),
        ("bound tokens (mTLS)", metadata.tls_client_certificate_bound_access_tokens, "RFC 8705".to_owned()),
        ("ID tokens", !ciphers.is_empty(), ciphers.join(" ")),
        endpoint("userinfo", &metadata.userinfo_endpoint),
        endpoint("revocation", &metadata.revocation_endpoint),
        endpoint("introspection", &metadata.introspection_endpoint),
        endpoint("registration", &metadata.registration_endpoint),
        endpoint("logout", &metadata.end_session_endpoint),
    ]
}
