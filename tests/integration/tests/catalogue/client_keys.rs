//! What clients sign with keys of their own, as their services want it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::provider::ProviderSettings;
use grantkit::{OAuthClient, ProviderClient};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::{Value, json};

use crate::service::Service;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn token() -> Value {
    json!({ "access_token": "at-1", "token_type": "Bearer", "expires_in": 1800, "refresh_token": "rt-1" })
}

/// An RSA key with its certificate, each in PEM, and the certificate's thumbprint.
struct Certified {
    key: String,
    certificate: String,
    thumbprint: String,
}

fn certified() -> Certified {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let certificate = CertificateParams::new(["app".to_owned()]).unwrap().self_signed(&key).unwrap();
    let thumbprint = URL_SAFE_NO_PAD.encode(digest(&SHA256, certificate.der()));
    Certified { key: key.serialize_pem(), certificate: certificate.pem(), thumbprint }
}

fn parameter(body: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(body.as_bytes()).find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
}

/// Header and claims of a JWT.
fn read(jwt: &str) -> [Value; 2] {
    let mut parts = jwt.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    [(); 2].map(|()| serde_json::from_slice(&parts.next().unwrap()).unwrap())
}

fn own(service: &Service, name: &str, settings: ProviderSettings) -> ProviderClient {
    let settings = settings.with("client_id", "app").with("provider_base_url", service.url());
    ProviderClient::connect(name, settings).unwrap()
}

/// Microsoft identity platform, "Application authentication certificate credentials".
#[tokio::test]
async fn microsoft_knows_the_key_by_its_certificate() {
    let Certified { key, certificate, thumbprint } = certified();
    let pem = format!("{certificate}{key}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("client.pem");
    std::fs::write(&path, &pem).unwrap();
    for settings in [
        ProviderSettings::new().with("client_certificate", pem.as_str()),
        // As an environment variable has it.
        ProviderSettings::new().with("client_certificate", pem.replace('\n', "\\n")),
        ProviderSettings::new().with("client_certificate_file", path.to_str().unwrap()),
    ] {
        let service = Service::answering([token()]).await;
        let client = own(&service, "microsoft", settings.with("tenant", "acme"));
        client.get_token().await.unwrap();
        let all = service.sent();
        let [(method, path, authorization, body)] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!((method.as_str(), path.as_str(), authorization.as_str()), ("POST", "/acme/oauth2/v2.0/token", ""));
        assert!(body.starts_with("grant_type=client_credentials&client_id=app&client_assertion="), "{body}");
        assert_eq!(parameter(body, "client_assertion_type").as_deref(), Some(ASSERTION_TYPE));
        assert_eq!(parameter(body, "client_secret"), None);
        let [header, claims] = read(&parameter(body, "client_assertion").unwrap());
        assert_eq!(header, json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": thumbprint }));
        assert_eq!((&claims["iss"], &claims["sub"]), (&json!("app"), &json!("app")));
        assert_eq!(claims["aud"], format!("{}{path}", service.url()));
    }
}

#[test]
fn certificates_that_are_of_no_use_are_told_with_all_else() {
    let (one, other) = (certified(), certified());
    for (pem, said) in [
        (one.key.clone(), "`client_certificate`: the signing key cannot be used: its PEM has no certificate"),
        (one.certificate.clone(), "`client_certificate`: the signing key cannot be used: its PEM has no private key"),
        (format!("{}{}", one.key, other.certificate), "its certificate is of another key"),
    ] {
        let settings = ProviderSettings::new().with("client_certificate", pem).with("nonsense", "x");
        let told = ProviderClient::connect("microsoft", settings).unwrap_err().to_string();
        assert!(told.contains(said) && told.contains("nonsense") && told.contains("client_id"), "{told}");
        assert!(!told.contains("BEGIN CERTIFICATE-----\nM") && !told.contains("PRIVATE KEY-----\nM"), "{told}");
    }
}

/// Okta: "The audience claim for `client_assertion` must be the endpoint invoked for the request."
#[tokio::test]
async fn okta_takes_an_assertion_at_the_endpoint_that_it_names_alone() {
    let service = Service::answering([json!({ "request_uri": "urn:r:1", "expires_in": 60 }), json!({}), token()]).await;
    let settings = ProviderSettings::new().with("domain", "acme.okta.com").with("private_key", certified().key);
    let client = own(&service, "okta", settings.with("private_key_id", "k1"));
    let (_, _pending) = client.login("https://app.example/cb").unwrap().push().await.unwrap();
    client.revocation().unwrap().token("at-1").await.unwrap();
    client.get_token().await.unwrap();
    let all = service.sent();
    let paths: Vec<_> = all.iter().map(|(_, path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["/oauth2/default/v1/par", "/oauth2/default/v1/revoke", "/oauth2/default/v1/token"]);
    for (_, path, authorization, body) in &all {
        assert_eq!((authorization.as_str(), parameter(body, "client_secret")), ("", None));
        let [header, claims] = read(&parameter(body, "client_assertion").unwrap());
        assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT", "kid": "k1" }));
        assert_eq!(claims["aud"], format!("{}{path}", service.url()));
    }
}

/// Salesforce, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration".
#[tokio::test]
async fn salesforce_gives_the_program_the_token_of_a_user() {
    for (host, audience) in [
        (None, "https://login.salesforce.com"),
        (Some("test.salesforce.com"), "https://test.salesforce.com"),
        (Some("acme.my.salesforce.com"), "https://login.salesforce.com"),
        (Some("acme--dev.sandbox.my.salesforce.com"), "https://test.salesforce.com"),
    ] {
        let answer = json!({
            "access_token": "00D!at-1", "token_type": "Bearer", "scope": "api", "instance_url": "https://acme.my.salesforce.com",
            "id": "https://login.salesforce.com/id/00D/005",
        });
        let service = Service::answering([answer]).await;
        let settings = ProviderSettings::new().with("user", "ada@acme.example").with("private_key", certified().key);
        let settings = host.into_iter().fold(settings, |settings, host| settings.with("host", host));
        let token = own(&service, "salesforce", settings).get_token().await.unwrap();
        assert_eq!(token.access_token().secret(), "00D!at-1");
        assert_eq!(token.extra()["instance_url"], "https://acme.my.salesforce.com");
        let all = service.sent();
        let [(method, path, authorization, body)] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!((method.as_str(), path.as_str(), authorization.as_str()), ("POST", "/services/oauth2/token", ""));
        let names: Vec<_> = form_urlencoded::parse(body.as_bytes()).map(|(name, _)| name.into_owned()).collect();
        assert_eq!(
            names,
            ["grant_type", "assertion"],
            "the assertion says whose it is, and no client authenticates beside it"
        );
        assert_eq!(parameter(body, "grant_type").as_deref(), Some("urn:ietf:params:oauth:grant-type:jwt-bearer"));
        let [header, claims] = read(&parameter(body, "assertion").unwrap());
        assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT" }));
        assert_eq!(
            (&claims["iss"], &claims["sub"], &claims["aud"]),
            (&json!("app"), &json!("ada@acme.example"), &json!(audience))
        );
        let lifetime = claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap();
        assert!(lifetime <= 180, "{lifetime}");
    }
}

#[test]
fn a_user_tells_tokens_apart_and_takes_a_key() {
    let key = certified().key;
    let base = || ProviderSettings::new().with("client_id", "app");
    let print = |user: &str| {
        let settings = base().with("private_key", key.as_str()).with("user", user);
        ProviderClient::connect("salesforce", settings).unwrap().fingerprint()
    };
    assert_eq!(print("ada"), print("ada"));
    assert_ne!(print("ada"), print("bob"));
    let settings = base().with("client_secret", "s3cret").with("user", "ada");
    let told = ProviderClient::connect("salesforce", settings).unwrap_err().to_string();
    assert!(told.ends_with("missing: `private_key` or `private_key_file`"), "{told}");
}
