//! AWS: a web identity token of its Security Token Service, with keys of wherever they are.

use grantkit::client_auth::AssertionSource as _;
use grantkit_providers::workload::{Aws, AwsKeys};

use super::{ENCODED, given, line, refused, with};
use crate::token_service::{Received, TokenService, headers};

const TOKEN_XML: &str = "<GetWebIdentityTokenResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetWebIdentityTokenResult>\
    <WebIdentityToken>a.w.s</WebIdentityToken><Expiration>2030-01-31T12:00:00Z</Expiration></GetWebIdentityTokenResult>\
    </GetWebIdentityTokenResponse>";

/// The request to the Security Token Service.
fn assert_sts(asked: &Received, key: &str, session: &str) {
    let query = format!(
        "/?Action=GetWebIdentityToken&Version=2011-06-15&Audience.member.1={ENCODED}&SigningAlgorithm=ES384&DurationSeconds=60"
    );
    assert_eq!(line(asked), ("GET", query.as_str()));
    let header = |name: &str| asked.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!((header("accept"), header("x-amz-security-token")), (Some("text/xml"), Some(session)));
    let date = header("x-amz-date").unwrap();
    let (credential, signature) = header("authorization").unwrap().split_once(", Signature=").unwrap();
    let day = &date[..8];
    assert_eq!(
        credential,
        format!(
            "AWS4-HMAC-SHA256 Credential={key}/{day}/eu-north-1/sts/aws4_request, \
             SignedHeaders=host;x-amz-date;x-amz-security-token"
        )
    );
    assert!(signature.len() == 64 && signature.chars().all(|char| char.is_ascii_hexdigit()), "{signature}");
}

#[tokio::test]
async fn aws_with_keys_of_the_environment() {
    let service = TokenService::answering_text([(200, TOKEN_XML)]).await;
    let endpoint = service.url("");
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "s3cret"),
        ("AWS_SESSION_TOKEN", "session"),
        ("AWS_REGION", "eu-north-1"),
        ("AWS_ENDPOINT_URL_STS", endpoint.as_str()),
    ];
    let source = with(&variables, Aws::from_env).unwrap();
    assert_eq!(given(&source).await, "a.w.s");
    assert_sts(&service.only(), "AKID", "session");
    let shown = format!("{source:?}");
    assert!(shown.contains("AKID") && !shown.contains("s3cret") && !shown.contains("session"), "{shown}");
}

/// For a server that verifies no ES384.
#[tokio::test]
async fn aws_signs_with_rs256_where_that_is_asked_for() {
    let service = TokenService::answering_text([(200, TOKEN_XML)]).await;
    let keys = || AwsKeys { access_key_id: "AKID".to_owned(), secret_access_key: "s3cret".into(), session_token: None };
    let source = Aws::new("eu-north-1", keys()).with_endpoint(service.url("")).with_rs256();
    assert_eq!(given(&source).await, "a.w.s");
    assert!(service.only().path_and_query.contains("&SigningAlgorithm=RS256&"), "{:?}", service.only());
    let other = Aws::new("eu-north-1", keys()).with_endpoint(service.url(""));
    assert_ne!(other.identity(), source.identity());
}

#[tokio::test]
async fn aws_with_keys_of_the_machine_and_of_a_container() {
    let keys = r#"{"Code":"Success","AccessKeyId":"ASIA","SecretAccessKey":"s3cret","Token":"session"}"#;
    let answers = [
        (404, ""),
        (200, "metadata"),
        (200, "role"),
        (200, keys),
        (200, "metadata"),
        (200, "eu-north-1"),
        (200, TOKEN_XML),
    ];
    let service = TokenService::answering_text(answers).await;
    assert_eq!(given(&Aws::from_metadata_service(&service.url("")).with_endpoint(service.url(""))).await, "a.w.s");
    let asked = service.received();
    assert_eq!(line(&asked[1]), ("PUT", "/latest/api/token"));
    let ttl = [("accept", "application/json"), ("x-aws-ec2-metadata-token-ttl-seconds", "60")];
    assert_eq!(asked[1].headers, headers(ttl));
    assert_eq!(line(&asked[2]), ("GET", "/latest/meta-data/iam/security-credentials/"));
    assert_eq!(line(&asked[3]), ("GET", "/latest/meta-data/iam/security-credentials/role"));
    assert_eq!(asked[3].headers, headers([("accept", "application/json"), ("x-aws-ec2-metadata-token", "metadata")]));
    assert_eq!(line(&asked[5]), ("GET", "/latest/meta-data/placement/region"));
    assert_sts(&asked[6], "ASIA", "session");

    let service = TokenService::answering_text([(404, ""), (200, keys), (200, TOKEN_XML)]).await;
    let (url, endpoint) = (service.url("/v1/keys?id=1"), service.url(""));
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str()),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "pod"),
        ("AWS_REGION", "eu-north-1"),
        ("AWS_ENDPOINT_URL_STS", endpoint.as_str()),
    ];
    assert_eq!(given(&with(&variables, Aws::from_env).unwrap()).await, "a.w.s");
    let asked = service.received();
    assert_eq!(line(&asked[1]), ("GET", "/v1/keys?id=1"));
    assert_eq!(asked[1].headers, headers([("accept", "application/json"), ("authorization", "pod")]));
    assert_sts(&asked[2], "ASIA", "session");
}

#[tokio::test]
async fn a_containers_token_is_read_up_to_its_limit() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let service = TokenService::answering_text([(404, "")]).await;
    let (url, file) = (service.url("/v1/keys"), path.to_str().unwrap());
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str()),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file),
        ("AWS_REGION", "eu-north-1"),
    ];
    let source = with(&variables, Aws::from_env).unwrap();
    std::fs::write(&path, "x".repeat(64 * 1024 + 1)).unwrap();
    assert!(refused(&source).await.contains("cannot be read: it is longer than 64 KiB"));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(refused(&source).await.contains("cannot be read: it is no regular file"));
    // It was asked whether it is there, and for nothing else.
    service.only();
}

#[tokio::test]
async fn what_names_another_host_in_aws_variables_is_refused() {
    for region in ["eu-west-1.evil.example/", "evil.example#", "x@evil.example", "eu west", "\u{e9}u"] {
        let keys = [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s3cret"), ("AWS_REGION", region)];
        let said = refused(&with(&keys, Aws::from_env).unwrap()).await;
        assert!(said.contains("is no region of AWS") && said.contains("check AWS_REGION"), "{said}");
    }
    let keys = AwsKeys { access_key_id: "AKID".to_owned(), secret_access_key: "s3cret".into(), session_token: None };
    assert!(refused(&Aws::new("", keys)).await.contains("\"\" is no region of AWS"));
    for path in ["@evil.example/keys", ".evil.example/keys", ":8080/keys", "v2/keys"] {
        let variables = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path), ("AWS_REGION", "eu-north-1")];
        let error = with(&variables, Aws::from_env).unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert!(
            error.to_string().contains("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with `/`"),
            "{error}"
        );
    }
    let variables = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/keys"), ("AWS_REGION", "eu-north-1")];
    assert!(with(&variables, Aws::from_env).is_ok());
}

#[tokio::test]
async fn aws_says_what_to_enable() {
    let answer = "<ErrorResponse><Error><Code>OutboundWebIdentityFederationDisabled</Code></Error></ErrorResponse>";
    let service = TokenService::answering_text([(400, answer)]).await;
    let keys = AwsKeys { access_key_id: "AKID".into(), secret_access_key: "s".into(), session_token: None };
    let said = refused(&Aws::new("eu-north-1", keys).with_endpoint(service.url(""))).await;
    assert!(said.contains("(OutboundWebIdentityFederationDisabled): enable outbound identity federation"), "{said}");
}

/// AWS STS API Reference, `GetWebIdentityToken`: its errors, and that the global endpoint has it not.
#[tokio::test]
async fn aws_tells_its_refusals_apart() {
    let keys = || AwsKeys { access_key_id: "AKID".into(), secret_access_key: "s".into(), session_token: None };
    for (status, code, cure) in [
        (403, "OutboundWebIdentityFederationDisabledException", "enable outbound identity federation"),
        (403, "AccessDenied", "`sts:GetWebIdentityToken`"),
        (403, "SessionDurationEscalationException", "session ends within a minute"),
        (400, "JWTPayloadSizeExceededException", "fewer tags"),
        (403, "ExpiredToken", "renew them"),
    ] {
        let xml = format!("<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code></Error></ErrorResponse>");
        let service = TokenService::answering_text([(status, xml)]).await;
        let said = refused(&Aws::new("eu-north-1", keys()).with_endpoint(service.url(""))).await;
        assert!(said.contains(code) && said.contains(cure), "{said}");
    }
    let said = refused(&Aws::new("us-east-1", keys()).with_endpoint("https://sts.amazonaws.com")).await;
    assert!(said.contains("use that of the region"), "{said}");
}
