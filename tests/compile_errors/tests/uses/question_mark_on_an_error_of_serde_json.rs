use grantkit::prelude::*;

fn token(answer: &str) -> Result<OAuthToken> {
    let answer: serde_json::Value = serde_json::from_str(answer)?;
    OAuthToken::new(answer["access_token"].as_str().unwrap_or_default())
}

fn main() {}
