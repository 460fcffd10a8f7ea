//! A proof of possession (DPoP, RFC 9449), next to one ES256 signature over as many bytes.

use std::alloc::System;
use std::hint::black_box;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use criterion::Criterion;
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::keys::DpopKey;
use grantkit::prelude::*;
use grantkit::token::TokenType;
use grantkit_benchmarks::{Summary, allocations, broken, compare_cpu, long_token, once};
use http::Method;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use url::Url;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 300;
const CALLS: u32 = 100;

fn main() -> Result<()> {
    let key = DpopKey::generate()?;
    let token = OAuthToken::with_type(long_token("token"), TokenType::DPoP)?;
    let url: Url = "https://api.acme.dev/v1/invoices/42?expand=lines".parse().map_err(broken)?;
    let proof = || once!(key.proof_with_token(&Method::GET, &url, token.access_token()));
    let credentials = Credentials::builder(Bound { key: key.clone(), token: token.clone() })
        .cache(&CredentialCache::new(1, None))
        .build();
    once!(credentials.put(token.clone())).transpose()?;
    let headers = || once!(credentials.headers_for(&Method::GET, &url));

    let text =
        proof().transpose()?.ok_or_else(|| Error::configuration("a key in this process had to be waited for"))?;
    let signed = text.to_str().unwrap_or_default().rsplit_once('.').map_or(0, |(message, _)| message.len());
    let floor = Floor::new(signed)?;

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("dpop");
    group.bench_function("ES256 signature", |bencher| bencher.iter(|| floor.sign()));
    group.bench_function("proof_with_token", |bencher| bencher.iter(proof));
    group.bench_function("headers_for", |bencher| bencher.iter(headers));
    group.finish();
    criterion.final_summary();

    let mut summary = Summary::default();
    summary.add_cpu("a proof to one ES256 signature", compare_cpu(ROUNDS, CALLS, || floor.sign(), proof), 1.08);
    let headers = compare_cpu(ROUNDS, CALLS, || floor.sign(), || headers().transpose().ok());
    summary.add_cpu("headers_for() to the same", headers, None);
    print!("{summary}");
    println!(
        "allocations: {} a proof, {} a signature",
        allocations(ALLOCATOR, proof),
        allocations(ALLOCATOR, || floor.sign())
    );
    Ok(())
}

/// A client with a token that is bound to its key.
#[derive(Debug)]
struct Bound {
    key: DpopKey,
    token: OAuthToken,
}

#[async_trait]
impl OAuthClient for Bound {
    fn name(&self) -> &'static str {
        "bound"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Ok(self.token.clone())
    }

    fn dpop_key(&self) -> Option<DpopKey> {
        Some(self.key.clone())
    }

    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::unique()
    }
}

struct Floor {
    key: EcdsaKeyPair,
    random: SystemRandom,
    message: Vec<u8>,
}

impl Floor {
    fn new(length: usize) -> Result<Self> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(broken)?;
        Ok(Self { key, random: SystemRandom::new(), message: vec![b'a'; length] })
    }

    fn sign(&self) -> bool {
        self.key.sign(&self.random, &self.message).map(black_box).is_ok()
    }
}
