use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

use crate::keys::{Typ, UnverifiedJwt};

fn read(token: &str) -> Result<(), String> {
    UnverifiedJwt::read("ID token", token, Typ::IfPresent(&["JWT"])).map(|_| ()).map_err(|error| error.to_string())
}

fn with_header(header: &str) -> Result<(), String> {
    read(&format!("{}.e30.AAAA", URL_SAFE_NO_PAD.encode(header)))
}

#[test]
fn headers_that_must_not_be_accepted_are_refused() {
    let refused = [
        (r#"{"alg":"none"}"#, "`none`"),
        (r#"{"alg":"None"}"#, "`none`"),
        (r#"{"alg":"nOnE"}"#, "`none`"),
        (r#"{"alg":"rs256"}"#, "not supported"),
        (r#"{"alg":""}"#, "not supported"),
        (r#"{"alg":"dir"}"#, "not supported"),
        (r#"{"alg":256}"#, "no signature algorithm"),
        (r#"{"typ":"JWT"}"#, "no signature algorithm"),
        (r#"{"alg":"RS256","crit":["exp"]}"#, "`crit`"),
        (r#"{"alg":"RS256","crit":[]}"#, "`crit`"),
        (r#"{"alg":"RS256","crit":null}"#, "`crit`"),
        (r#"{"alg":"RS256","typ":"at+jwt"}"#, "`typ`"),
        (r#"{"alg":"RS256","typ":"logout+jwt"}"#, "`typ`"),
        (r#"{"alg":"RS256","typ":7}"#, "`typ`"),
        (r#"{"alg":"RS256","cty":"JWT"}"#, "`cty`"),
        (r#"{"alg":"RS256","kid":7}"#, "`kid`"),
        ("[]", "header"),
        ("{", "header"),
        ("", "header"),
    ];
    for (header, reason) in refused {
        let refusal = with_header(header).expect_err(header);
        assert!(refusal.contains(reason), "{header}: {refusal}");
    }
    for header in [r#"{"alg":"RS256"}"#, r#"{"alg":"ES256","typ":"jwt","kid":"k","jku":"https://evil.example"}"#] {
        with_header(header).expect(header);
    }
}

#[test]
fn only_the_compact_serialisation_in_its_one_spelling_is_read() {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#);
    assert!(read(&format!("{header}.e30.AAAA")).is_ok());
    let padded = URL_SAFE.encode(r#"{"alg":"RS256"} "#);
    for token in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        header.clone(),
        format!("{header}.e30"),
        format!("{header}.e30.AAAA."),
        format!("{header}.e30.AAAA.AAAA"),
        format!("{padded}.e30.AAAA"),
        format!("{header}.e31.AAAA"),
        format!("{header}.e30.AAAB="),
        // The same octets with another last character.
        format!("{header}.e30.AB"),
        format!("{header}.e30.AA+/"),
        format!(" {header}.e30.AAAA"),
        format!("{header}.e30.AAAA\n"),
        format!("{header}.é30.AAAA"),
        format!("{header}.W10.AAAA"),
        format!("{header}.\u{0}.AAAA"),
    ] {
        let refusal = read(&token).expect_err(&token);
        assert!(!refusal.contains(&header), "{refusal}");
    }
    assert!(read(&format!("{header}.e30.{}", "A".repeat(70_000))).unwrap_err().contains("64 KiB"));
}

#[test]
fn an_encrypted_token_is_called_one() {
    let error =
        UnverifiedJwt::read("ID token", "e30.AAAA.AAAA.AAAA.AAAA", Typ::IfPresent(&["JWT"])).map(|_| ()).unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("encrypted"));
}

#[test]
fn deep_json_is_no_stack_overflow() {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#);
    for opening in [r#"{"a":"#, "["] {
        let deep = URL_SAFE_NO_PAD.encode(format!(r#"{{"a":{}"#, opening.repeat(8_000)));
        assert!(read(&format!("{header}.{deep}.AAAA")).is_err());
        assert!(read(&format!("{deep}.e30.AAAA")).is_err());
    }
}
