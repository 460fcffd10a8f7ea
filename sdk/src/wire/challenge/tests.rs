use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;

use super::*;

fn read(lines: &[&str]) -> Vec<Challenge> {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(WWW_AUTHENTICATE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
    }
    Challenge::without_secrets(&headers, [])
}

fn only(line: &str) -> Challenge {
    let [challenge] = <[_; 1]>::try_from(read(&[line])).unwrap();
    challenge
}

fn shown(challenges: &[Challenge]) -> Vec<String> {
    let show = |challenge: &Challenge| {
        let parameters: Vec<_> = challenge.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let parameters = challenge.token68().map_or_else(|| parameters.join("|"), str::to_owned);
        format!("{} {parameters}", challenge.scheme).trim_end().to_owned()
    };
    challenges.iter().map(show).collect()
}

#[test]
fn the_examples_of_rfc_6750() {
    let bearer = only(r#"Bearer realm="example""#);
    assert_eq!((bearer.realm(), bearer.error()), (Some("example"), None));
    let expired =
        only(r#"Bearer realm="example", error="invalid_token", error_description="The access token expired""#);
    assert_eq!(
        (expired.error(), expired.error_description()),
        (Some("invalid_token"), Some("The access token expired"))
    );
}

#[test]
fn the_examples_of_rfc_9449() {
    let dpop = only(r#"DPoP algs="ES256 PS256""#);
    assert_eq!(dpop.dpop_algorithms(), ["ES256", "PS256"]);
    let both = read(&[
        r#"Bearer, DPoP algs="ES256 PS256""#,
        r#"DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof""#,
    ]);
    assert_eq!(both[0].scheme(), "Bearer");
    assert_eq!(both[2].error(), Some("use_dpop_nonce"));
}

#[test]
fn the_examples_of_rfc_9470() {
    let stronger = only(
        r#"Bearer error="insufficient_user_authentication", error_description="A different authentication level is required", acr_values="myACR""#,
    );
    assert!(stronger.is_step_up());
    assert_eq!((stronger.acr_values(), stronger.max_age()), (vec!["myACR"], None));
    let newer = only(
        r#"Bearer error="insufficient_user_authentication", error_description="More recent authentication is required", max_age="5""#,
    );
    assert_eq!((newer.acr_values(), newer.max_age()), (vec![], Some(Duration::from_secs(5))));
}

#[test]
fn the_example_of_rfc_9728() {
    let challenge =
        only(r#"Bearer resource_metadata="https://resource.example.com/.well-known/oauth-protected-resource""#);
    assert_eq!(
        challenge.resource_metadata(),
        Some("https://resource.example.com/.well-known/oauth-protected-resource")
    );
}

#[test]
fn the_example_of_rfc_9110() {
    let line = r#"Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\"""#;
    assert_eq!(shown(&read(&[line])), ["Basic realm=simple", r#"Newauth realm=apps|type=1|title=Login to "apps""#]);
}

#[test]
fn several_challenges_are_told_apart() {
    let cases = [
        (r#"Negotiate, Basic realm="x""#, vec!["Negotiate", "Basic realm=x"]),
        (
            r#"Negotiate YII/+=, Bearer realm="a,b", scope="c d""#,
            vec!["Negotiate YII/+=", "Bearer realm=a,b|scope=c d"],
        ),
        (
            r#"Bearer realm="x", Negotiate a==, DPoP algs="ES256""#,
            vec!["Bearer realm=x", "Negotiate a==", "DPoP algs=ES256"],
        ),
        ("Bearer", vec!["Bearer"]),
        ("Bearer ", vec!["Bearer"]),
        (", ,Bearer , , DPoP,", vec!["Bearer", "DPoP"]),
        (r#"Bearer realm = "x" , error= y"#, vec!["Bearer realm=x|error=y"]),
        ("Bearer ,realm=x", vec!["Bearer realm=x"]),
        (r#"Bearer realm="""#, vec!["Bearer realm="]),
        (r#"bearer REALM="x", Realm="y""#, vec!["bearer REALM=x|Realm=y"]),
    ];
    for (line, expected) in cases {
        assert_eq!(shown(&read(&[line])), expected, "{line}");
    }
    assert_eq!(only(r#"bearer REALM="x", Realm="y""#).realm(), Some("x"), "the first of its name");
}

#[test]
fn what_cannot_be_read_is_passed_over() {
    let cases = [
        ("", vec![]),
        ("=", vec![]),
        (r#""Bearer""#, vec![]),
        ("realm=x", vec![]),
        ("realm=x, Bearer error=y", vec!["Bearer error=y"]),
        (r#"Bearer realm="x"#, vec!["Bearer"]),
        (r#"Bearer realm="x\"#, vec!["Bearer"]),
        (
            "Bearer error=invalid_token, error_description=The token expired, scope=a",
            vec!["Bearer error=invalid_token|error_description=The|scope=a"],
        ),
        (r#"Bearer error="a" "b, DPoP x=", scope="c""#, vec!["Bearer error=a|scope=c"]),
        ("Bearer: realm=x, scope=y", vec![]),
        ("Bearer/2 x=y, DPoP algs=z", vec!["DPoP algs=z"]),
        (r#"Bearer realm="ü""#, vec!["Bearer realm=ü"]),
    ];
    for (line, expected) in cases {
        assert_eq!(shown(&read(&[line])), expected, "{line}");
    }
    assert_eq!(only("Bearer max_age=-1").max_age(), None);
    assert_eq!(only("Bearer max_age=1.5").max_age(), None);
}

#[test]
fn what_is_enormous_is_not_read_to_its_end() {
    assert_eq!(read(&[&"A,".repeat(1000)]).len(), MAX_CHALLENGES);
    assert_eq!(only(&format!("Bearer {}", "a=b,".repeat(1000))).parameters.len(), MAX_PARAMETERS);
    let long = format!(r#"Bearer realm="{}""#, "x".repeat(MAX_BYTES));
    assert_eq!(shown(&read(&["DPoP", &long, "Basic"])), ["DPoP"]);
}

#[test]
fn a_token_that_the_server_quotes_is_struck_out() {
    let mut headers = HeaderMap::new();
    let line =
        HeaderValue::from_static(r#"Bearer error_description="expired: s3cret/t", s3cret/t=x, Negotiate s3cret/t"#);
    headers.insert(WWW_AUTHENTICATE, line);
    let challenges = Challenge::without_secrets(&headers, ["s3cret/t"]);
    assert_eq!(challenges[0].error_description(), Some("expired: [redacted]"));
    assert!(!format!("{challenges:?} {:?}", shown(&challenges)).contains("s3cret/t"), "{challenges:?}");
    assert!(!format!("{:?}", only("Negotiate handshake")).contains("handshake"));
}

proptest! {
    #[test]
    fn nothing_that_a_server_sends_makes_it_panic(lines in prop::collection::vec("[ -~\t\u{80}-\u{ff}]{0,80}", 0..4)) {
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        prop_assert!(read(&lines).len() <= MAX_CHALLENGES * lines.len());
    }

    #[test]
    fn what_is_almost_a_challenge_does_not_either(line in r#"(Bearer|DPoP|[ ,="\\]|realm|a|==){0,20}"#) {
        read(&[&line]);
    }

    #[test]
    fn every_value_is_read_as_it_was_quoted(value in "[ -~]{0,40}", other in "[a-z]{1,8}") {
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
        let read = read(&[&format!(r#"Basic, Bearer x={other}, error_description="{quoted}", DPoP"#)]);
        prop_assert_eq!(read[1].get("x"), Some(other.as_str()));
        prop_assert_eq!(read[1].error_description(), Some(value.as_str()));
        prop_assert_eq!(read.len(), 3);
    }
}
