//! A client that is known by its certificate (RFC 8705): at the server's `mtls_endpoint_aliases`, over TLS.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::prelude::BASE64_STANDARD;
use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::transport::Transport;
use grantkit::{ApiClient, Client};
use grantkit_integration_tests::certificates::{Issued, Issuer, issuer};
use serde_json::json;
use tempfile::TempDir;

use crate::real_server::{CALLBACK, RealServer, log_in};

/// The server, with what its certificates are made by.
struct TlsServer {
    server: RealServer,
    root: reqwest::Certificate,
    clients: Issuer,
    _files: TempDir,
}

impl TlsServer {
    fn start(self_signed: &Issued) -> Self {
        let (own, clients) = (issuer("server-ca.example"), issuer("clients.example"));
        let certificate = Issued::by(&own, "127.0.0.1");
        let files = tempfile::tempdir().unwrap();
        let write = |name: &str, pem: String| {
            let path = files.path().join(name);
            std::fs::write(&path, pem).unwrap();
            path.to_str().unwrap().to_owned()
        };
        // The public key with the certificate.
        let mut jwk = self_signed.jwk();
        jwk["x5c"] = json!([BASE64_STANDARD.encode(self_signed.certificate.der())]);
        let registered = json!([{ "client_id": "self-signed-tls", "jwks": { "keys": [jwk] } }]);
        let server = RealServer::oidc_provider()
            .setting("TLS_CERT_FILE", &write("certificate.pem", certificate.certificate.pem()))
            .setting("TLS_KEY_FILE", &write("key.pem", certificate.key.serialize_pem()))
            .setting("TLS_CLIENT_CA_FILE", &write("clients.pem", clients.pem()))
            .setting("CLIENTS", &registered.to_string())
            .start();
        let root = reqwest::Certificate::from_pem(own.pem().as_bytes()).unwrap();
        Self { server, root, clients, _files: files }
    }

    /// The address of the listener that asks for certificates.
    async fn tls_url(&self) -> String {
        let transport = Transport::builder().build().unwrap();
        let metadata = ServerMetadata::discover(self.server.issuer()).transport(transport.clone()).await.unwrap();
        let userinfo = &metadata.mtls_endpoint_aliases.as_ref().unwrap()["userinfo_endpoint"];
        userinfo.strip_suffix("/me").unwrap().to_owned()
    }

    async fn client(&self, id: &str, certificate: Option<&Issued>) -> Client {
        let root = self.root.clone();
        let transport =
            Transport::builder().configure(move |reqwest| reqwest.tls_certs_only([root.clone()]).no_proxy());
        let transport = match certificate {
            Some(certificate) => transport.client_certificate(certificate.pem()),
            None => transport,
        };
        let builder = Client::builder().client_id(id).transport(transport.build().unwrap());
        let client = match id {
            "tls" => builder.tls_client_auth().discover(self.server.issuer()).await,
            _ => builder.self_signed_tls_client_auth().discover(self.server.issuer()).await,
        };
        client.unwrap()
    }
}

/// A token that is bound to the certificate (RFC 8705 §3).
async fn assert_bound(client: &Client, certificate: &Issued) {
    let token = client.client_credentials().scope("read").get_token().await.unwrap();
    let seen = client.introspection().unwrap().access_token(token.access_token().secret()).await.unwrap();
    assert!(seen.active);
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, certificate.certificate.der());
    assert_eq!(seen.cnf.unwrap().x5t_s256.unwrap(), URL_SAFE_NO_PAD.encode(digest));
}

async fn assert_refused(client: &Client) {
    let error = client.client_credentials().get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_client"), "{error:?}");
    assert!(error.is_configuration());
}

#[tokio::test]
async fn a_certificate_of_the_servers_ca_is_accepted_by_its_name() {
    let server = TlsServer::start(&Issued::self_signed("anyone.example"));
    let certificate = Issued::by(&server.clients, "client.example");
    let client = server.client("tls", Some(&certificate)).await;
    assert!(format!("{client:?}").contains("https://127.0.0.1"), "{client:?}");
    assert_bound(&client, &certificate).await;

    let other_name = Issued::by(&server.clients, "another.example");
    assert_refused(&server.client("tls", Some(&other_name)).await).await;
    let other_ca = Issued::by(&issuer("ca.example"), "client.example");
    assert_refused(&server.client("tls", Some(&other_ca)).await).await;
    assert_refused(&server.client("tls", None).await).await;
}

/// A token that is bound to the certificate of the connection is good on such connections alone (RFC 8705 §3).
#[tokio::test]
async fn the_api_client_presents_the_certificate_that_the_token_is_bound_to() {
    let server = TlsServer::start(&Issued::self_signed("anyone.example"));
    let certificate = Issued::by(&server.clients, "client.example");
    let client = server.client("tls", Some(&certificate)).await;
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).unwrap().scope("openid");
    let credentials = log_in(&login).await.unwrap().credentials("bound").await.unwrap();
    // The userinfo endpoint is the API here.
    let url = server.tls_url().await;
    let api = |certificate: Option<&Issued>| {
        let root = server.root.clone();
        let api = ApiClient::builder(&url, credentials.clone());
        let api = api.configure(move |reqwest| reqwest.tls_certs_only([root.clone()]).no_proxy());
        match certificate {
            Some(certificate) => api.client_certificate(certificate.pem()).build().unwrap(),
            None => api.build().unwrap(),
        }
    };
    let userinfo: serde_json::Value = api(Some(&certificate)).get("me").fetch().await.unwrap();
    assert_eq!(userinfo["sub"], "alice");
    let other = Issued::by(&server.clients, "client.example");
    for wrong in [None, Some(&other)] {
        let error = api(wrong).get("me").fetch::<serde_json::Value>().await.unwrap_err();
        // There is no person to log in anew.
        assert!(error.status().is_some_and(|status| status == 401) || error.needs_login(), "{error:?}");
    }
}

#[tokio::test]
async fn a_self_signed_certificate_is_accepted_that_the_server_was_told_of() {
    let certificate = Issued::self_signed("anyone.example");
    let server = TlsServer::start(&certificate);
    assert_bound(&server.client("self-signed-tls", Some(&certificate)).await, &certificate).await;
    assert_refused(&server.client("self-signed-tls", Some(&Issued::self_signed("anyone.example"))).await).await;
}
