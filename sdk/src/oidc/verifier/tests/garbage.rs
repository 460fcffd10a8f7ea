//! Nothing panics, and nothing that was changed is accepted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

use super::*;

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Has its keys already, so that no case waits for the network.
fn warm() -> &'static LoginIdTokenVerifier {
    static WARM: LazyLock<LoginIdTokenVerifier> = LazyLock::new(|| {
        let verifier = verifier();
        block_on(verifier.verify(&token(), expected())).unwrap();
        verifier
    });
    &WARM
}

fn token() -> String {
    static TOKEN: LazyLock<String> = LazyLock::new(|| Signer::ed25519().sign(Some("ed"), &claims()));
    TOKEN.clone()
}

fn is_refused(token: &str) -> bool {
    block_on(warm().verify(token, expected())).is_err()
}

#[test]
fn every_truncation_is_refused() {
    let token = token();
    for length in 0..token.len() {
        assert!(is_refused(&token[..length]), "{length}");
    }
}

#[test]
fn duplicate_members_are_refused() {
    // A reader of the first and a reader of the last would see two different tokens.
    let header = r#"{"alg":"EdDSA","kid":"ed"}"#;
    let claims = claims().to_string();
    assert!(!is_refused(&Signer::ed25519().sign_text(header, &claims)));
    for twice in [r#"{"alg":"ES256","alg":"EdDSA"}"#, r#"{"alg":"EdDSA","kid":"rsa","kid":"ed"}"#] {
        assert!(is_refused(&Signer::ed25519().sign_text(twice, &claims)), "{twice}");
    }
    for (first, rest) in [
        ("iss", "evil"),
        ("sub", "mallory"),
        ("aud", "other"),
        ("nonce", "other"),
        ("azp", "other"),
        ("email", "m@x.y"),
    ]
    .map(|(name, value)| (format!(r#""{name}":"{value}""#), claims.trim_start_matches('{')))
    {
        let twice = format!("{{{first},{rest}").replace("{\"azp\":\"other\"", "{\"azp\":\"other\",\"azp\":\"client\"");
        assert!(is_refused(&Signer::ed25519().sign_text(header, &twice)), "{first}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_text_is_refused(text in ".{0,300}") {
        prop_assert!(is_refused(&text));
    }

    #[test]
    fn random_parts_are_refused(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..60), 0..6)) {
        let parts: Vec<_> = parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
        prop_assert!(is_refused(&parts.join(".")));
    }

    #[test]
    fn random_json_is_refused(header in json(), claims in json()) {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let token = [part(&header), part(&claims), "AAAA".to_owned()].join(".");
        prop_assert!(is_refused(&token));
    }

    #[test]
    fn a_changed_character_is_refused(at in any::<prop::sample::Index>(), with in any::<char>()) {
        let mut token: Vec<char> = token().chars().collect();
        let at = at.index(token.len());
        prop_assume!(token[at] != with);
        token[at] = with;
        prop_assert!(is_refused(&token.into_iter().collect::<String>()));
    }

    #[test]
    fn random_claims_that_are_well_signed_do_not_panic(changes in proptest::collection::btree_map(claim_name(), json(), 0..4)) {
        let changes = Value::Object(changes.into_iter().collect());
        let token = Signer::ed25519().sign(Some("ed"), &claims_with(&changes));
        if let Ok(claims) = block_on(warm().verify(&token, expected())) {
            prop_assert_eq!((claims.issuer(), claims.nonce()), (ISSUER, Some(NONCE)));
            let _ = (claims.audiences(), claims.amr(), claims.expires_at(), claims.auth_time(), claims.email_verified());
        }
    }
}

fn claim_name() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "nbf",
            "auth_time",
            "nonce",
            "acr",
            "amr",
            "azp",
            "at_hash",
            "email",
            "email_verified",
            "name",
            "name#fr",
            "address",
            "updated_at",
            "locale",
            "phone_number_verified",
        ])
        .prop_map(str::to_owned),
        ".{0,12}",
    ]
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        proptest::sample::select(vec!["RS256", "EdDSA", "none", "HS256", "alg", "ed", CLIENT, ISSUER])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(
                prop_oneof![Just("alg".to_owned()), Just("kid".to_owned()), ".{0,6}"],
                inner,
                0..6
            )
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
