use std::fs;
use std::path::Path;

use base64::Engine as _;
use grantkit::prelude::*;
use grantkit_providers::google::{AwsSecurityCredentials, ExternalAccount, GoogleCredentials};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::token_service::{Received, TokenService, form_headers, headers};

const AUDIENCE: &str = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

fn exchanged() -> (u16, Value) {
    let answer = json!({
        "access_token": "sts",
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "token_type": "Bearer",
        "expires_in": 3600,
    });
    (200, answer)
}

fn text((status, answer): &(u16, Value)) -> (u16, String) {
    (*status, answer.to_string())
}

fn file(service: &TokenService, source: &Value) -> Value {
    json!({
        "type": "external_account",
        "audience": AUDIENCE,
        "subject_token_type": JWT,
        "token_url": service.url("/v1/token"),
        "credential_source": source,
    })
}

fn account(file: &Value) -> ExternalAccount {
    ExternalAccount::from_json(&file.to_string()).unwrap().scopes("a b")
}

fn parameters(request: &Received) -> Vec<(String, String)> {
    form_urlencoded::parse(request.body.as_bytes()).into_owned().collect()
}

fn parameter(request: &Received, name: &str) -> String {
    parameters(request).into_iter().find(|(other, _)| other == name).unwrap().1
}

fn written(directory: &Path, name: &str, content: &str) -> String {
    let path = directory.join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn exact_exchange_of_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "token", " subject \n");
    let service = TokenService::answering([exchanged()]).await;
    let token =
        account(&file(&service, &json!({ "file": path }))).quota_project_id("billing").get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "sts");
    assert_eq!(token.request_headers()[0].1, "billing");
    let request = service.only();
    assert_eq!((request.method.as_str(), request.path_and_query.as_str()), ("POST", "/v1/token"));
    assert_eq!(request.headers, form_headers());
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "subject"),
        ("subject_token_type", JWT),
        ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("scope", "a b"),
        ("audience", AUDIENCE),
    ];
    assert_eq!(parameters(&request), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn file_in_json() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "token", r#"{ "id_token": "subject" }"#);
    let service = TokenService::answering([exchanged()]).await;
    let source = |field: &str| json!({ "file": path, "format": { "type": "json", "subject_token_field_name": field } });
    account(&file(&service, &source("id_token"))).get_token().await.unwrap();
    assert_eq!(parameter(&service.only(), "subject_token"), "subject");
    let error = account(&file(&service, &source("access_token"))).get_token().await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("has no \"access_token\""), "{error}");
}

#[tokio::test]
async fn url_with_headers() {
    let service =
        TokenService::answering_text([(200, r#"{ "access_token": "subject" }"#.to_owned()), text(&exchanged())]).await;
    let source = json!({
        "url": service.url("/metadata/identity?resource=x"),
        "headers": { "Metadata": "True" },
        "format": { "type": "json", "subject_token_field_name": "access_token" },
    });
    account(&file(&service, &source)).get_token().await.unwrap();
    let received = service.received();
    assert_eq!(
        (received[0].method.as_str(), received[0].path_and_query.as_str()),
        ("GET", "/metadata/identity?resource=x")
    );
    assert_eq!(received[0].headers, headers([("accept", "application/json"), ("metadata", "True")]));
    assert_eq!(parameter(&received[1], "subject_token"), "subject");
}

#[tokio::test]
async fn impersonation_of_a_service_account() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "impersonation", "subject");
    let generated = json!({ "accessToken": "ya29.t", "expireTime": "2126-01-02T03:04:05Z" });
    let service = TokenService::answering([exchanged(), (200, generated)]).await;
    let mut file = file(&service, &json!({ "file": path }));
    let url = service.url("/v1/projects/-/serviceAccounts/t@acme.example:generateAccessToken");
    file["service_account_impersonation_url"] = json!(url);
    file["service_account_impersonation"] = json!({ "token_lifetime_seconds": 2800 });
    let token = account(&file).get_token().await.unwrap();
    assert_eq!(token.access_token().secret(), "ya29.t");
    let received = service.received();
    assert_eq!(parameter(&received[0], "scope"), "https://www.googleapis.com/auth/iam");
    assert!(received[1].headers.contains(&("authorization".to_owned(), "Bearer sts".to_owned())));
    assert_eq!(
        serde_json::from_str::<Value>(&received[1].body).unwrap(),
        json!({ "delegates": [], "scope": ["a", "b"], "lifetime": "2800s" })
    );
}

#[tokio::test]
async fn workforce_pool_names_its_project() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "workforce", "subject");
    let service = TokenService::answering([exchanged()]).await;
    let mut file = file(&service, &json!({ "file": path }));
    file["workforce_pool_user_project"] = json!("acme");
    let error = ExternalAccount::from_json(&file.to_string()).unwrap_err();
    assert!(error.to_string().contains("`workforce_pool_user_project` is for workforce pools"), "{error}");
    file["audience"] = json!("//iam.googleapis.com/locations/global/workforcePools/p/providers/q");
    account(&file).get_token().await.unwrap();
    assert_eq!(parameter(&service.only(), "options"), "%7B%22userProject%22%3A%22acme%22%7D");
    // With a client, the client says it.
    file["client_id"] = json!("c");
    file["client_secret"] = json!("s");
    account(&file).get_token().await.unwrap();
    let request = service.received().remove(1);
    assert!(!request.body.contains("options="), "{}", request.body);
    assert!(request.headers.contains(&("authorization".to_owned(), "Basic Yzpz".to_owned())));
}

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
        let account = account(&aws(&service)).aws_credentials("vault", keys).unwrap();
        let error = account.get_token().await.unwrap_err();
        assert!(error.is_configuration(), "{error:?}");
        assert!(error.to_string().contains(&format!("{region:?} is no region of AWS")), "{error}");
    }
    assert!(service.received().is_empty());
}

#[cfg(unix)]
mod executable {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const ALLOWED: (&str, Option<&str>) = ("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", Some("1"));

    /// The token of an account whose subject's token a shell script prints.
    fn token_of(script: &str, allowed: (&str, Option<&str>)) -> (Result<OAuthToken>, Vec<Received>) {
        let directory = tempfile::tempdir().unwrap();
        let path = written(directory.path(), "program", &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        temp_env::with_vars([allowed], || {
            runtime.block_on(async {
                let service = TokenService::answering([exchanged()]).await;
                let source =
                    json!({ "executable": { "command": format!("{path} --for 'a b'"), "timeout_millis": 5000 } });
                let token = account(&file(&service, &source)).get_token().await;
                (token, service.received())
            })
        })
    }

    #[test]
    fn its_token_is_exchanged() {
        let script = r#"test "$1 $2" = "--for a b" || exit 3
            test "$GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE$GOOGLE_EXTERNAL_ACCOUNT_REVOKE" = 00 || exit 4
            printf '{"version":1,"success":true,"token_type":"%s","id_token":"%s"}' "$GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE" "$GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE""#;
        let (token, received) = token_of(script, ALLOWED);
        token.unwrap();
        assert_eq!(parameter(&received[0], "subject_token"), AUDIENCE);
    }

    /// What an earlier run has left is read up to the length of what a program may print; a longer file, or a pipe, counts for nothing.
    #[test]
    fn what_an_earlier_run_has_left_is_bounded() {
        let directory = tempfile::tempdir().unwrap();
        let output = |token: &str| {
            let kind = "urn:ietf:params:oauth:token-type:jwt";
            json!({ "version": 1, "success": true, "token_type": kind, "id_token": token, "expiration_time": 9_999_999_999_u64 })
        };
        let program = format!("#!/bin/sh\necho '{}'\n", output("of-the-run"));
        let program = written(directory.path(), "program", &program);
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        let pipe = directory.path().join("pipe").to_str().unwrap().to_owned();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let kept = output("kept").to_string();
        let padded = format!("{kept}{}", " ".repeat(256 * 1024));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for (file_of_output, expected) in [
            (written(directory.path(), "short", &kept), "kept"),
            (written(directory.path(), "long", &padded), "of-the-run"),
            (pipe, "of-the-run"),
        ] {
            let received = temp_env::with_vars([ALLOWED], || {
                runtime.block_on(async {
                    let service = TokenService::answering([exchanged()]).await;
                    let source = json!({ "executable": { "command": program, "output_file": file_of_output } });
                    account(&file(&service, &source)).get_token().await.unwrap();
                    service.only()
                })
            });
            assert_eq!(parameter(&received, "subject_token"), expected);
        }
    }

    #[test]
    fn it_is_not_run_unless_that_is_allowed() {
        let (token, received) = token_of("exit 0", (ALLOWED.0, None));
        let error = token.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("ALLOW_EXECUTABLES=1"), "{error}");
        assert!(received.is_empty());
    }

    #[test]
    fn what_is_wrong_with_it_is_said() {
        for (script, expected) in [
            ("exit 0", "printed nothing"),
            ("echo canary", "printed something else than JSON"),
            ("exit 7", "ended with exit status: 7"),
            ("echo '{\"success\":true}'", "printed no `version`"),
            ("echo '{\"version\":2,\"success\":true}'", "printed `version` 2"),
            (
                "echo '{\"version\":1,\"success\":false,\"code\":\"401\",\"message\":\"no session\"}'",
                "has no token (\"401\": \"no session\")",
            ),
            (
                "echo '{\"version\":1,\"success\":true,\"token_type\":\"urn:ietf:params:oauth:token-type:jwt\"}'",
                "printed no token of its `token_type`",
            ),
            ("sleep 60", "did not end within 5s"),
        ] {
            let (token, received) = token_of(script, ALLOWED);
            let error = token.unwrap_err();
            assert!(error.to_string().contains(expected), "{script}: {error}");
            assert!(!error.to_string().contains("canary") && received.is_empty());
        }
    }
}

#[test]
fn certificates_are_named_when_they_are_missing() {
    let directory = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let service = runtime.block_on(TokenService::answering([exchanged()]));
    for (certificate, expected) in [
        (json!({}), "has to have either"),
        (json!({ "certificate_config_location": "/nowhere/config.json" }), "cannot be read"),
        (
            json!({ "certificate_config_location": written(directory.path(), "config.json", r#"{ "cert_configs": {} }"#) }),
            "has no `cert_configs.workload`",
        ),
        (
            json!({ "certificate_config_location": written(directory.path(), "long.json", &" ".repeat(257 * 1024)) }),
            "is longer than 256 KiB",
        ),
        (json!({ "certificate_config_location": "." }), "is no regular file"),
    ] {
        let file = file(&service, &json!({ "certificate": certificate }));
        let error = ExternalAccount::from_json(&file.to_string()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(expected), "{error}");
    }
}

/// The chain is told, the holder's first; the proof is the connection.
#[tokio::test]
async fn certificates_are_the_subject_token() {
    let directory = tempfile::tempdir().unwrap();
    let own = rcgen::generate_simple_self_signed(["workload".to_owned()]).unwrap();
    let issuer = rcgen::generate_simple_self_signed(["issuer".to_owned()]).unwrap();
    let config = json!({ "cert_configs": { "workload": {
        "cert_path": written(directory.path(), "cert.pem", &own.cert.pem()),
        "key_path": written(directory.path(), "key.pem", &own.signing_key.serialize_pem()),
    } } });
    let source = json!({ "certificate": {
        "certificate_config_location": written(directory.path(), "config.json", &config.to_string()),
        "trust_chain_path": written(directory.path(), "chain.pem", &format!("{}{}", own.cert.pem(), issuer.cert.pem())),
    } });
    let service = TokenService::answering([exchanged()]).await;
    account(&file(&service, &source)).get_token().await.unwrap();
    let token = parameter(&service.only(), "subject_token");
    let chain: Vec<String> = serde_json::from_str(&token).unwrap();
    let engine = base64::engine::general_purpose::STANDARD;
    assert_eq!(chain, [own.cert.der(), issuer.cert.der()].map(|der| engine.encode(der)));
}

/// The key goes with the connection, which is set up anew for each token: a key that is no key any more shows that it is read.
#[tokio::test]
async fn a_certificate_that_was_replaced_is_the_next_connections() {
    let directory = tempfile::tempdir().unwrap();
    let replace = || {
        let own = rcgen::generate_simple_self_signed(["workload".to_owned()]).unwrap();
        let cert = written(directory.path(), "cert.pem", &own.cert.pem());
        (cert, written(directory.path(), "key.pem", &own.signing_key.serialize_pem()), own.cert.der().to_vec())
    };
    let (cert, key, first) = replace();
    let config = json!({ "cert_configs": { "workload": { "cert_path": cert, "key_path": key } } });
    let config = written(directory.path(), "config.json", &config.to_string());
    let service = TokenService::answering([exchanged()]).await;
    let account = account(&file(&service, &json!({ "certificate": { "certificate_config_location": config } })));
    account.get_token().await.unwrap();
    let (_, _, second) = replace();
    account.get_token().await.unwrap();
    let engine = base64::engine::general_purpose::STANDARD;
    let shown = service.received().iter().map(|request| parameter(request, "subject_token")).collect::<Vec<_>>();
    assert_eq!(shown, [first, second].map(|der| json!([engine.encode(der)]).to_string()));
    written(directory.path(), "key.pem", "no key");
    let error = account.get_token().await.unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    assert_eq!(service.received().len(), 2);
}

#[tokio::test]
async fn sources_are_exactly_one() {
    let service = TokenService::answering([exchanged()]).await;
    for source in [json!({}), json!({ "file": "/a", "url": "https://b.example" })] {
        let error = ExternalAccount::from_json(&file(&service, &source).to_string()).unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains("exactly one of"), "{error}");
    }
    // Plain http is for metadata servers.
    let error = ExternalAccount::from_json(&file(&service, &json!({ "url": "http://idp.example/token" })).to_string());
    assert!(error.unwrap_err().to_string().contains("must be https"));
    ExternalAccount::from_json(&file(&service, &json!({ "url": "http://169.254.169.254/metadata" })).to_string())
        .unwrap();
}

#[tokio::test]
async fn errors_of_the_exchange_are_those_of_the_server() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "errors", "subject-canary");
    let answer = crate::token_service::oauth_error(400, "invalid_target", "for subject-canary");
    let service = TokenService::answering([answer]).await;
    let error = account(&file(&service, &json!({ "file": path }))).get_token().await.unwrap_err();
    assert_eq!(error.oauth_code(), Some("invalid_target"));
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test]
async fn by_name_and_by_any_type() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path(), "any", "subject");
    let service = TokenService::answering([exchanged()]).await;
    let file = file(&service, &json!({ "file": path })).to_string();
    assert_eq!(GoogleCredentials::from_json(&file).unwrap().kind(), "external_account");
    let settings = Settings::new().with("credentials_json", file).with("scopes", vec!["a"]);
    assert_eq!(crate::google::client(settings).get_token().await.unwrap().access_token().secret(), "sts");
}

#[tokio::test]
async fn accounts_share_no_token() {
    let service = TokenService::answering([exchanged()]).await;
    let base = file(&service, &json!({ "file": "/a" }));
    let one = account(&base).fingerprint();
    assert_eq!(one, account(&base).fingerprint());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut other = base.clone();
        change(&mut other);
        account(&other).fingerprint()
    };
    for other in [
        changed(&|file| file["audience"] = json!("//iam.googleapis.com/other")),
        changed(&|file| file["credential_source"] = json!({ "file": "/b" })),
        changed(&|file| file["token_url"] = json!("https://sts.example/v1/token")),
        changed(&|file| file["quota_project_id"] = json!("p")),
        account(&base).scopes("c").fingerprint(),
        account(&base).impersonate("t@acme.example").fingerprint(),
    ] {
        assert_ne!(one, other);
    }
}
