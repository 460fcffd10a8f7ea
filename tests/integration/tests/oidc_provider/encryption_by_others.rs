//! Encryption against npm's `jose`, both ways: every algorithm, every content encryption, every curve.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantkit::authorize::RedirectUri;
use grantkit::keys::{ContentEncryption, DecryptionKey, KeyManagementAlgorithm, SigningAlgorithm, SigningKey};
use grantkit::{Client, OAuthToken};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::real_server::CALLBACK;
use crate::scripted::{Answer, Scripted};

const TEXT: &str = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl, or any other – text";
const ENCRYPTIONS: [&str; 6] = ["A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"];
const AGREEMENT: [&str; 4] = ["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"];

/// What `jose` answers to each line.
fn jose(commands: &[Value]) -> Vec<Value> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../servers/oidc-provider/jose.mjs");
    let mut node =
        Command::new("node").arg(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node is there");
    let mut input = node.stdin.take().unwrap();
    let lines = commands.iter().map(Value::to_string).chain([String::new()]).collect::<Vec<_>>().join("\n");
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    let answers: Vec<_> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), commands.len(), "each line is answered");
    answers
}

/// A private and a public JWK with the algorithms that they are for.
fn keys() -> Vec<(Value, Value, Vec<&'static str>)> {
    let pairs =
        [("RSA-OAEP", None), ("ECDH-ES", Some("P-256")), ("ECDH-ES", Some("P-384")), ("ECDH-ES", Some("P-521"))];
    let pairs = [&pairs[..], &[("ECDH-ES", Some("X25519"))]].concat();
    let commands: Vec<_> =
        pairs.iter().map(|(alg, crv)| json!({ "generate": { "alg": alg, "crv": crv.unwrap_or("P-256") } })).collect();
    let of = |alg: &str| if alg == "RSA-OAEP" { vec!["RSA-OAEP", "RSA-OAEP-256"] } else { AGREEMENT.to_vec() };
    let generated = jose(&commands).into_iter().zip(&pairs);
    generated.map(|(pair, (alg, _))| (pair["private"].clone(), pair["public"].clone(), of(alg))).collect()
}

/// The same of keys that both sides know, by their length in bytes.
fn secrets(alg: &str, enc: &str) -> Value {
    let length = match (alg, enc) {
        ("dir", "A128GCM") => 16,
        ("dir", "A192GCM") => 24,
        ("dir", "A192CBC-HS384") => 48,
        ("dir", "A256CBC-HS512") => 64,
        (alg, _) if alg.starts_with("A128") => 16,
        (alg, _) if alg.starts_with("A192") => 24,
        _ => 32,
    };
    let key: Vec<u8> = (0..length).map(|byte: u8| byte.wrapping_mul(37)).collect();
    json!({ "kty": "oct", "k": URL_SAFE_NO_PAD.encode(key) })
}

#[test]
fn what_another_library_encrypts_is_decrypted() {
    let mut cases = Vec::new();
    for (private, public, algorithms) in keys() {
        for alg in algorithms {
            for enc in ENCRYPTIONS {
                for parties in
                    [None, Some(["QWxpY2U", "Qm9i"])].into_iter().take(1 + usize::from(alg.starts_with("ECDH")))
                {
                    let command = json!({ "jwk": public, "alg": alg, "enc": enc, "parties": parties, "text": TEXT });
                    cases.push((private.clone(), json!({ "encrypt": command })));
                }
            }
        }
    }
    for alg in ["A128KW", "A192KW", "A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW", "dir"] {
        for enc in ENCRYPTIONS {
            let key = secrets(alg, enc);
            cases.push((key.clone(), json!({ "encrypt": { "jwk": key, "alg": alg, "enc": enc, "text": TEXT } })));
        }
    }
    let commands: Vec<_> = cases.iter().map(|(_, command)| command.clone()).collect();
    let mut decrypted = 0;
    for ((private, command), token) in cases.iter().zip(jose(&commands)) {
        let key = DecryptionKey::from_jwk(&private.to_string()).unwrap();
        let text = key.decrypt(token.as_str().unwrap()).unwrap_or_else(|error| panic!("{command}: {error}"));
        assert_eq!(text.expose_secret(), TEXT, "{command}");
        decrypted += 1;
    }
    assert_eq!(decrypted, 6 * (2 + 4 * 4 * 2 + 7));
}

/// The request of a login is what this SDK encrypts.
#[tokio::test]
async fn what_is_encrypted_here_another_library_decrypts() {
    let encryptions = ENCRYPTIONS.map(|name| name.parse::<ContentEncryption>().unwrap());
    let mut commands = Vec::new();
    for (private, mut public, algorithms) in keys() {
        public["use"] = "enc".into();
        public["kid"] = "the-servers".into();
        // A port may be one that an earlier server had: key sets are kept for a process, by their address.
        let server = Scripted::start([]).await;
        let client = Client::builder()
            .client_id("app")
            .public()
            .token_endpoint(&server.url("/token"))
            .unwrap()
            .authorization_endpoint(&server.url("/authorize"))
            .unwrap()
            .issuer("https://as.example")
            .unwrap()
            .jwks_uri(&server.url(&format!("/jwks/{}", commands.len())))
            .unwrap()
            .build();
        server.now_answer([Answer::status(200).body(json!({ "keys": [public] }).to_string())]);
        let login = client
            .authorization_code(RedirectUri::new(CALLBACK).unwrap())
            .request_signer(SigningKey::generate(SigningAlgorithm::Es256).unwrap());
        for alg in algorithms {
            for encryption in encryptions {
                let algorithm: KeyManagementAlgorithm = alg.parse().unwrap();
                let (url, _) = login.clone().encrypt_request_with(algorithm, encryption).start_signed().await.unwrap();
                let request = url.query_pairs().find(|(name, _)| name == "request").unwrap().1.into_owned();
                commands.push(json!({ "decrypt": { "jwk": private, "alg": alg, "token": request } }));
            }
        }
    }
    for (command, answer) in commands.iter().zip(jose(&commands)) {
        let (header, text) = (&answer["header"], answer["text"].as_str().unwrap());
        assert_eq!((&header["cty"], &header["kid"]), (&json!("JWT"), &json!("the-servers")), "{command}");
        assert_eq!(text.split('.').count(), 3, "{command}: it is signed");
    }
    assert_eq!(commands.len(), 6 * (2 + 4 * 4));
}

#[tokio::test]
async fn encryption_key_is_sought_in_a_newer_set_and_its_absence_said() {
    let server = Scripted::start([]).await;
    let client = Client::builder()
        .client_id("app")
        .public()
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .authorization_endpoint(&server.url("/authorize"))
        .unwrap()
        .issuer("https://as.example")
        .unwrap()
        .jwks_uri(&server.url("/jwks"))
        .unwrap()
        .build();
    let signing = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
    let key = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap();
    let set = |keys: Value| Answer::status(200).body(json!({ "keys": keys }).to_string());
    // A key for signatures is none.
    server.now_answer([set(json!([signing.public_jwk()])), set(json!([key.public_jwk().unwrap()]))]);
    let login = client.authorization_code(RedirectUri::new(CALLBACK).unwrap()).request_signer(signing);
    let with = |algorithm| login.clone().encrypt_request_with(algorithm, ContentEncryption::A256Gcm);
    let _ = with(KeyManagementAlgorithm::EcdhEs).start_signed().await.unwrap();
    assert_eq!(server.asked().len(), 2);

    for algorithm in [KeyManagementAlgorithm::RsaOaep, KeyManagementAlgorithm::Dir] {
        let error = with(algorithm).start_signed().await.unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains(algorithm.name()), "{error}");
    }
    // Nothing is known of what the server offers.
    let error = login.encrypt_request().start_signed().await.unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("encryption_alg_values_supported"), "{error}");
    assert_eq!(server.asked().len(), 2);
}

/// It is worth as much as plain JSON is, which is what the server says over TLS (OpenID Connect Core §5.3.2); `oidc-provider`
/// signs whatever it encrypts.
#[tokio::test]
async fn an_encrypted_userinfo_answer_without_a_signature_is_read() {
    let key = DecryptionKey::generate(KeyManagementAlgorithm::EcdhEs).unwrap();
    let server = Scripted::start([]).await;
    let builder = || {
        let builder = Client::builder().client_id("app").public().token_endpoint(&server.url("/token")).unwrap();
        let builder = builder.userinfo_endpoint(&server.url("/userinfo")).unwrap();
        builder.decryption_key(key.clone()).userinfo_encrypted_response_alg(KeyManagementAlgorithm::EcdhEs)
    };
    let client = builder().build();
    let text = json!({ "sub": "alice", "email": "alice@a.b.c.example" }).to_string();
    let command = json!({ "jwk": key.public_jwk(), "alg": "ECDH-ES", "enc": "A256GCM", "text": text });
    let token = jose(&[json!({ "encrypt": command })])[0].as_str().unwrap().to_owned();
    let fetch = async |content_type: &str, body: &str, subject: &str| {
        server.now_answer([Answer::status(200).header("content-type", content_type).body(body.to_owned())]);
        client.userinfo().fetch(&OAuthToken::new("t").unwrap(), subject).await
    };
    let claims = fetch("application/jwt", &token, "alice").await.unwrap();
    assert_eq!(claims.get("email").unwrap(), "alice@a.b.c.example");
    assert!(fetch("application/jwt", &token, "bob").await.unwrap_err().is_security());
    for content_type in ["application/json", "application/jwt"] {
        let error = fetch(content_type, &text, "alice").await.unwrap_err();
        assert!(error.is_security() && error.to_string().contains("not encrypted"), "{error}");
    }
    // But not where it has to be signed: anything that has the client's public key can encrypt.
    server.now_answer([Answer::status(200).header("content-type", "application/jwt").body(token)]);
    let client = builder().userinfo_signed_response_alg("ES256").build();
    let error = client.userinfo().fetch(&OAuthToken::new("t").unwrap(), "alice").await.unwrap_err();
    assert!(error.is_security() && error.to_string().contains("not signed"), "{error}");
}
