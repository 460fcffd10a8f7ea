//! The subject token of AWS: a signed request that Google sends there (AIP-4117).

use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit_providers::google::AwsSecurityCredentials;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{AUDIENCE, account, exchanged, file, parameter, text};
use crate::token_service::{Received, TokenService};

fn aws(service: &TokenService) -> Value {
    let mut file = file(
        service,
        &json!({
            "environment_id": "aws1",
            "region_url": service.url("/latest/meta-data/placement/availability-zone"),
            "url": service.url("/latest/meta-data/iam/security-credentials"),
            "imdsv2_session_token_url": service.url("/latest/api/token"),
            "regional_cred_verification_url":
                "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
        }),
    );
    file["subject_token_type"] = json!("urn:ietf:params:aws:token-type:aws4_request");
    file
}

/// The request that Google is to send to AWS.
fn caller_identity(request: &Received) -> Value {
    let token = parameter(request, "subject_token");
    let decoded = form_urlencoded::parse(token.as_bytes()).next().unwrap().0;
    serde_json::from_str(&decoded).unwrap()
}

fn header(request: &Value, name: &str) -> String {
    let headers = request["headers"].as_array().unwrap();
    headers.iter().find(|header| header["key"] == name).unwrap()["value"].as_str().unwrap().to_owned()
}

const AWS: [&str; 5] =
    ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// With these variables of AWS, and no others.
fn with_aws<T>(variables: &[(&str, &str)], run: impl AsyncFnOnce() -> T) -> T {
    let of = |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    temp_env::with_vars(AWS.map(|name| (name, of(name))), || runtime.block_on(run()))
}

#[test]
fn aws_by_the_environment() {
    let variables = [("AWS_REGION", "eu-west-1"), ("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "canary")];
    with_aws(&[&variables[..], &[("AWS_SESSION_TOKEN", "session")]].concat(), async || {
        let service = TokenService::answering([exchanged()]).await;
        account(&aws(&service)).get_token().await.unwrap();
        let request = service.only();
        assert!(!request.body.contains("canary"));
        let signed = caller_identity(&request);
        assert_eq!(signed["url"], "https://sts.eu-west-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15");
        assert_eq!(signed["method"], "POST");
        let names: Vec<_> = signed["headers"].as_array().unwrap().iter().map(|header| header["key"].clone()).collect();
        assert_eq!(
            names,
            ["Authorization", "host", "x-amz-date", "x-amz-security-token", "x-goog-cloud-target-resource"]
        );
        assert_eq!(header(&signed, "host"), "sts.eu-west-1.amazonaws.com");
        assert_eq!(header(&signed, "x-goog-cloud-target-resource"), AUDIENCE);
        let authorization = header(&signed, "Authorization");
        assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKID/"), "{authorization}");
        assert!(
            authorization.contains(
                "/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature="
            ),
            "{authorization}"
        );
    });
}

#[test]
fn aws_by_the_metadata_of_ec2() {
    with_aws(&[], async || {
        let keys = json!({ "AccessKeyId": "AKID", "SecretAccessKey": "canary", "Token": "session" });
        let answers = ["imds".to_owned(), "eu-west-1b".to_owned(), "role-1".to_owned(), keys.to_string()];
        let answers = answers.map(|answer| (200, answer)).into_iter().chain([text(&exchanged())]);
        let service = TokenService::answering_text(answers).await;
        account(&aws(&service)).get_token().await.unwrap();
        let received = service.received();
        let asked: Vec<_> =
            received.iter().map(|request| (request.method.as_str(), request.path_and_query.as_str())).collect();
        assert_eq!(
            asked,
            [
                ("PUT", "/latest/api/token"),
                ("GET", "/latest/meta-data/placement/availability-zone"),
                ("GET", "/latest/meta-data/iam/security-credentials"),
                ("GET", "/latest/meta-data/iam/security-credentials/role-1"),
                ("POST", "/v1/token"),
            ]
        );
        assert!(received[0].headers.contains(&("x-aws-ec2-metadata-token-ttl-seconds".to_owned(), "300".to_owned())));
        for request in &received[1..4] {
            assert!(request.headers.contains(&("x-aws-ec2-metadata-token".to_owned(), "imds".to_owned())));
        }
        assert_eq!(header(&caller_identity(&received[4]), "host"), "sts.eu-west-1.amazonaws.com");
    });
}

#[test]
fn half_of_the_variables_of_aws_is_a_mistake() {
    for (set, missing) in
        [("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")]
    {
        with_aws(&[("AWS_REGION", "eu-west-1"), (set, "canary")], async || {
            let service = TokenService::answering([exchanged()]).await;
            let error = account(&aws(&service)).get_token().await.unwrap_err();
            assert!(error.is_configuration(), "{error:?}");
            assert!(error.to_string().contains(&format!("{set} is set, and {missing} is not")), "{error}");
            assert!(!error.to_string().contains("canary") && service.received().is_empty());
        });
    }
}

#[tokio::test]
async fn aws_keys_of_the_program() {
    let service = TokenService::answering([exchanged()]).await;
    let account = account(&aws(&service))
        .aws_credentials("vault", || {
            Ok(AwsSecurityCredentials {
                access_key_id: "AKID".to_owned(),
                secret_access_key: "k".into(),
                session_token: None,
                region: "us-east-2".to_owned(),
            })
        })
        .unwrap();
    account.get_token().await.unwrap();
    assert_eq!(header(&caller_identity(&service.only()), "host"), "sts.us-east-2.amazonaws.com");
}

#[tokio::test]
async fn a_region_that_names_another_host_is_refused() {
    let service = TokenService::answering([exchanged()]).await;
    for region in ["evil.example/", "eu-west-1.evil.example#", "", "x@evil"] {
        let keys = move || {
            let region = region.to_owned();
            Ok(AwsSecurityCredentials {
                access_key_id: "AKID".to_owned(),
                secret_access_key: "k".into(),
                session_token: None,
                region,
            })
        };
        let account = account(&aws(&service)).aws_credentials(Fingerprint::new("region", region), keys).unwrap();
        let error = account.get_token().await.unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.to_string().contains(&format!("{region:?} is no region of AWS")), "{error}");
    }
    assert!(service.received().is_empty());
}
