//! The verification of an ID token, next to that of its signature alone by a key that is ready.

use std::alloc::System;
use std::net::{Ipv4Addr, SocketAddr};
use std::thread;
use std::time::SystemTime;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use axum::Router;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use criterion::Criterion;
use grantkit::Result;
use grantkit::keys::{Signer as _, SigningAlgorithm, SigningKey};
use grantkit::oidc::IdTokenVerifier;
use grantkit_benchmarks::{Summary, allocations, broken, compare_cpu, once};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tokio::runtime::Builder;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 300;
const CALLS: u32 = 100;
const ISSUER: &str = "https://as.example";
const CLIENT: &str = "3f1c9a60-billing.apps.example";

/// With the ratio that is wanted at the most.
const ALGORITHMS: [(SigningAlgorithm, f64); 3] =
    [(SigningAlgorithm::Rs256, 1.25), (SigningAlgorithm::Es256, 1.08), (SigningAlgorithm::EdDsa, 1.05)];

fn main() -> Result<()> {
    let tokens: Vec<_> =
        ALGORITHMS.into_iter().map(|(algorithm, aim)| Ok((Token::new(algorithm)?, aim))).collect::<Result<_>>()?;
    let keys = json!({ "keys": tokens.iter().map(|(token, _)| token.jwk.clone()).collect::<Vec<_>>() });
    let address = serve(keys.to_string()).map_err(broken)?;
    let verifier = IdTokenVerifier::from_jwks_uri(&format!("http://{address}/jwks"))?.issuer(ISSUER)?.audience(CLIENT);
    let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
    let _within = runtime.enter();

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("verify");
    let mut summary = Summary::default();
    let mut counts = Vec::new();
    for (token, aim) in &tokens {
        // The keys are fetched.
        let claims = runtime.block_on(verifier.verify(&token.text))?;
        assert_eq!(claims.subject(), SUBJECT, "another token");
        let ours = || once!(verifier.verify(&token.text)).and_then(Result::ok).is_some_and(|c| c.subject() == SUBJECT);
        let floor = || token.key.verify_sig(token.message.as_bytes(), &token.signature).is_ok();
        assert!(ours() && floor(), "it does not verify");
        let name = token.name;
        group.bench_function(format!("{name} signature"), |bencher| bencher.iter(floor));
        group.bench_function(format!("{name} ID token"), |bencher| bencher.iter(ours));
        summary.add_cpu(&format!("{name} ID token to its signature"), compare_cpu(ROUNDS, CALLS, floor, ours), *aim);
        counts.push(format!("{} for {name}", allocations(ALLOCATOR, ours)));
    }
    group.finish();
    criterion.final_summary();
    print!("{summary}");
    println!("allocations: {}", counts.join(", "));
    Ok(())
}

const SUBJECT: &str = "248289761001-f3d1";

struct Token {
    name: &'static str,
    text: String,
    message: String,
    signature: Vec<u8>,
    key: ParsedPublicKey,
    jwk: Value,
}

impl Token {
    fn new(algorithm: SigningAlgorithm) -> Result<Self> {
        let name = algorithm.name();
        let key = if algorithm == SigningAlgorithm::Rs256 { rsa_2048()? } else { SigningKey::generate(algorithm)? };
        let key = key.with_key_id(name);
        let encoded = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let header = encoded(json!({ "alg": name, "typ": "JWT", "kid": name }));
        let message = format!("{header}.{}", encoded(claims()));
        let signature = once!(key.sign(message.as_bytes())).transpose()?.unwrap_or_default();
        let text = format!("{message}.{}", URL_SAFE_NO_PAD.encode(&signature));
        let jwk = key.public_jwk();
        Ok(Self { name, text, message, signature, key: parsed(&jwk)?, jwk })
    }
}

/// As most issuers have it.
fn rsa_2048() -> Result<SigningKey> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(broken)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(broken)?;
    SigningKey::from_der(der.as_ref())
}

/// What identity providers put into a token with the scopes `openid profile email`.
fn claims() -> Value {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    json!({
        "iss": ISSUER, "sub": SUBJECT, "aud": CLIENT, "azp": CLIENT, "iat": now, "exp": now + 86_400, "auth_time": now - 10,
        "nonce": "n-0S6_WzA2MjE5YTZmNzE0ZjQ4", "acr": "urn:mace:incommon:iap:silver", "amr": ["pwd", "otp"],
        "at_hash": "77QmUPtjPfzWtF2AnpK9RQ", "sid": "08a5019c-17e1-4977-8f42-65a12843ea02", "email": "jane.doe@example.com",
        "email_verified": true, "name": "Jane Doe", "given_name": "Jane", "family_name": "Doe",
        "picture": "https://pictures.example/248289761001/me.jpg", "locale": "en",
    })
}

fn parsed(jwk: &Value) -> Result<ParsedPublicKey> {
    let number = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap_or_default()).unwrap_or_default();
    match jwk["kty"].as_str() {
        Some("RSA") => RsaPublicKeyComponents { n: number("n"), e: number("e") }
            .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
            .map_err(broken),
        Some("EC") => {
            let point = [vec![4], number("x"), number("y")].concat();
            ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).map_err(broken)
        }
        _ => ParsedPublicKey::new(&ED25519, number("x")).map_err(broken),
    }
}

/// A server for the keys on a thread of its own, for as long as the program runs.
fn serve(keys: String) -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            let app = Router::new().route("/jwks", get(async move || keys));
            axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
        })
    });
    Ok(address)
}
