use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::keys::dpop::DpopKey;
use crate::keys::{Signer, SigningAlgorithm, SigningKey, jws};
use crate::token::{OAuthToken, TokenType};

/// RFC 9449 §4.1, figure 2: with a token request.
const OF_TOKEN_REQUEST: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMz\
    R0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNy\
    diI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva\
    2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
/// RFC 9449 §7.1, figure 13: with a request to a resource.
const OF_RESOURCE_REQUEST: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHg\
    tMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsI\
    mNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy\
    9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9\
    .2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
/// RFC 9449 §7.1.
const ACCESS_TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
/// RFC 9449 §6.1 and §10.
const JKT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

fn part(jwt: &str, number: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(number).unwrap()).unwrap()).unwrap()
}

/// By another library, with the key in the proof's own header.
fn verified(proof: &str) -> Value {
    let key = DecodingKey::from_jwk(&serde_json::from_value(part(proof, 0)["jwk"].clone()).unwrap()).unwrap();
    let algorithm: Algorithm = part(proof, 0)["alg"].as_str().unwrap().parse().unwrap();
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(proof, &key, &validation).unwrap().claims
}

/// Its private key is not known: its signature is the RFC's.
#[derive(Debug)]
struct OfTheRfc(&'static str);

#[async_trait::async_trait]
impl Signer for OfTheRfc {
    fn identity(&self) -> crate::fingerprint::Fingerprint {
        crate::fingerprint::Fingerprint::unique()
    }

    fn algorithm(&self) -> SigningAlgorithm {
        SigningAlgorithm::Es256
    }

    fn key_id(&self) -> Option<&str> {
        Some("not shown")
    }

    async fn sign(&self, _: &[u8]) -> crate::error::Result<Vec<u8>> {
        Ok(URL_SAFE_NO_PAD.decode(self.0.rsplit('.').next().unwrap()).unwrap())
    }
}

#[tokio::test]
async fn the_proofs_of_the_rfc_say_what_ours_do() {
    let (post, get) = (Method::POST, Method::GET);
    let cases = [
        (OF_TOKEN_REQUEST, &post, "https://server.example.com/token?a=b#c", None, "-BwC3ESc6acc2lTc", 1_562_262_616),
        (
            OF_RESOURCE_REQUEST,
            &get,
            "https://resource.example.org/protectedresource",
            Some(ACCESS_TOKEN),
            "e1j3V_bKic8-LAEB",
            1_562_262_618,
        ),
    ];
    for (theirs, method, address, token, jti, iat) in cases {
        let token = token.map(|token| OAuthToken::with_type(token, TokenType::DPoP).unwrap());
        let (address, ath) = (url(address), token.as_ref().map(OAuthToken::ath));
        let claims = claims(method, &address, ath.as_deref(), ProofContext { jti, iat, nonce: None });
        assert_eq!(serde_json::to_value(&claims).unwrap(), verified(theirs));
        let key = DpopKey::from_signer(OfTheRfc(theirs), &part(theirs, 0)["jwk"]).unwrap();
        assert_eq!(key.thumbprint(), JKT);
        let header = jws::header_with_jwk(key.algorithm(), TYP, key.public_jwk().as_object().unwrap());
        let ours = jws::message(&header, &claims, None).unwrap();
        assert_eq!(part(&ours, 0), part(theirs, 0), "the header, and no member more");
        assert_eq!(part(&ours, 1), part(theirs, 1));
    }
}

#[tokio::test]
async fn each_proof_verifies_and_no_two_are_the_same() {
    use SigningAlgorithm::{EdDsa, Es256, Es384, Rs256};
    let token = OAuthToken::with_type(ACCESS_TOKEN, TokenType::DPoP).unwrap();
    let address = url("https://user:secret@API.example:443/a/../b%20c?token=secret#secret");
    for algorithm in [Es256, Es384, EdDsa, Rs256] {
        let key = DpopKey::from(SigningKey::generate(algorithm).unwrap().with_key_id("not shown"));
        let first = key.proof_with_token(&Method::PATCH, &address, token.access_token()).await.unwrap();
        let second = key.proof(&Method::POST, &address).await.unwrap();
        assert!(first.is_sensitive() && second.is_sensitive());
        let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
        let header = part(first, 0);
        assert_eq!(header, json!({ "typ": "dpop+jwt", "alg": algorithm.name(), "jwk": key.public_jwk() }));
        let names: Vec<_> = header["jwk"].as_object().unwrap().keys().map(String::as_str).collect();
        assert!(names.iter().all(|name| ["crv", "e", "kty", "n", "x", "y"].contains(name)), "{names:?}");
        let (first, second) = (verified(first), verified(second));
        assert_eq!((&first["htm"], &first["htu"]), (&json!("PATCH"), &json!("https://api.example/b%20c")));
        assert_eq!(first["ath"], "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", "RFC 9449 §7.1");
        assert_eq!((second.get("ath"), second.get("nonce")), (None, None));
        assert_ne!(first["jti"], second["jti"]);
        let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        assert!(now.abs_diff(first["iat"].as_u64().unwrap()) < 60);
    }
}

#[tokio::test]
async fn a_nonce_goes_to_the_server_that_gave_it_and_to_no_other() {
    let key = DpopKey::generate().unwrap();
    let answer = [("dpop-nonce".parse().unwrap(), "eyJ7S_zG.eyJH0-Z.HX4w-7v".parse().unwrap())].into_iter().collect();
    assert!(key.keep_nonce(&url("https://as.example/token"), &answer));
    let nonce = async |address| {
        verified(key.proof(&Method::POST, &url(address)).await.unwrap().to_str().unwrap())["nonce"].clone()
    };
    assert_eq!(nonce("https://as.example/par").await, "eyJ7S_zG.eyJH0-Z.HX4w-7v");
    assert_eq!(nonce("https://api.example/").await, Value::Null);
}

#[test]
fn a_key_that_is_none_is_refused_and_a_private_one_not_shown() {
    let public = json!({ "kty": "EC", "crv": "P-256", "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA" });
    let with = |name: &str, value: &str| {
        let mut jwk = public.clone();
        jwk[name] = value.into();
        jwk
    };
    let cases = [
        (json!("text"), "not a JSON object"),
        (with("d", "CANARY"), "private key"),
        (with("kty", "oct"), "missing"),
        (json!({ "kty": "EC", "crv": "P-256", "x": "a" }), "missing"),
        (with("crv", "P-384"), "no key for ES256"),
        (json!({ "kty": "OKP", "crv": "Ed25519", "x": "a" }), "no key for ES256"),
        (json!({ "kty": "RSA", "n": "a", "e": "AQAB" }), "no key for ES256"),
    ];
    for (jwk, why) in cases {
        let error = DpopKey::from_signer(OfTheRfc(OF_TOKEN_REQUEST), &jwk).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(why), "{error}");
        assert!(!format!("{error:?}").contains("CANARY"));
    }
    let key = DpopKey::from_signer(OfTheRfc(OF_TOKEN_REQUEST), &with("kid", "mine")).unwrap();
    assert_eq!(key.public_jwk(), public, "what does not make the key is left out");
    assert_eq!(format!("{key:?}"), format!("DpopKey {{ algorithm: Es256, thumbprint: \"{JKT}\", .. }}"));
}
