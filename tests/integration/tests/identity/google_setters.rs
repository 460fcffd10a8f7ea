//! Every setter of Google's credentials: what it changes of a token, or why nothing.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use grantkit::credentials::Fingerprint;
use grantkit::prelude::*;
use grantkit::time::{Clock, ClockReading};
use grantkit::transport::Transport;
use grantkit_providers::google::id_token::Verifier;
use grantkit_providers::google::{
    AccessBoundaryRule, AuthorizedUser, AwsSecurityCredentials, Downscoped, ExternalAccount, ExternalAccountUser,
    GcloudUser, GoogleCredentials, ImpersonatedServiceAccount, MetadataServer, ReauthChallenges, ServiceAccount,
};
use serde_json::json;

use crate::authentication::Named;
use crate::inputs::setters;
use crate::metadata_server;
use crate::setters::{Row, all_differ, names, of_client, row};

const PEM: &str = include_str!("../../../../sdk/src/keys/signing_key/tests/keys/rsa_pkcs8.pem");

/// A source that tells nothing apart but itself.
fn source() -> ServiceAccount {
    ServiceAccount::new("a@acme.example", &PEM.into(), Some("one")).unwrap()
}

struct Challenges(&'static str);

#[async_trait]
impl ReauthChallenges for Challenges {
    fn identity(&self) -> Fingerprint {
        Fingerprint::new("challenges", self.0)
    }

    async fn password(&self) -> Result<SecretString> {
        Ok(self.0.into())
    }
}

/// A clock that is told from others by its name.
#[derive(Debug)]
struct Stopped(&'static str);

impl Clock for Stopped {
    fn now(&self) -> ClockReading {
        ClockReading { monotonic: Duration::ZERO, wall: Duration::from_hours(1) }
    }

    fn identity(&self) -> Option<String> {
        Some(self.0.to_owned())
    }
}

fn user() -> AuthorizedUser {
    AuthorizedUser::new("app", "s3cret", "one")
}

fn impersonated() -> ImpersonatedServiceAccount {
    ImpersonatedServiceAccount::new(source(), "b@acme.example").scopes("read")
}

const POOL: &str = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q";

fn external() -> ExternalAccount {
    ExternalAccount::from_source(POOL, "urn:ietf:params:oauth:token-type:jwt", Named("one")).unwrap()
}

fn of_aws() -> ExternalAccount {
    let file = json!({
        "type": "external_account",
        "audience": POOL,
        "subject_token_type": "urn:ietf:params:aws:token-type:aws4_request",
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": {
            "environment_id": "aws1",
            "regional_cred_verification_url":
                "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
        },
    });
    ExternalAccount::from_json(&file.to_string()).unwrap()
}

fn aws_keys(id: &str) -> AwsSecurityCredentials {
    AwsSecurityCredentials {
        access_key_id: id.to_owned(),
        secret_access_key: "secret".into(),
        session_token: None,
        region: "us-east-2".to_owned(),
    }
}

fn external_user() -> ExternalAccountUser {
    let file = json!({
        "type": "external_account_authorized_user", "audience": POOL, "client_id": "c", "client_secret": "s",
        "refresh_token": "r", "token_url": "https://sts.googleapis.com/v1/oauthtoken",
    });
    ExternalAccountUser::from_json(&file.to_string()).unwrap()
}

fn downscoped(rule: AccessBoundaryRule) -> Downscoped {
    Downscoped::new(source(), [rule]).unwrap()
}

fn rule() -> AccessBoundaryRule {
    AccessBoundaryRule::new("//storage.googleapis.com/projects/_/buckets/b", ["inRole:roles/storage.objectViewer"])
}

fn any() -> GoogleCredentials {
    let file = json!({
        "type": "service_account", "client_email": "a@acme.example", "private_key": PEM, "private_key_id": "one",
        "token_uri": "https://oauth2.googleapis.com/token",
    });
    GoogleCredentials::from_json(&file.to_string()).unwrap()
}

/// What all of them take.
macro_rules! options {
    ($($make:expr),+ $(,)?) => {
        vec![$(
            row!("options_methods::scopes", of_client, [$make(), $make().scopes("one"), $make().scopes("two")]),
            row!("options_methods::default_scopes", of_client, [
                $make(), $make().default_scopes("one"), $make().default_scopes("two"),
            ]),
            row!("options_methods::quota_project_id", of_client, [
                $make(), $make().quota_project_id("one"), $make().quota_project_id("two"),
            ]),
            row!("options_methods::universe_domain", of_client, [
                $make(), $make().universe_domain("one.example"), $make().universe_domain("two.example"),
            ]),
            row!("options_methods::transport", of_client, [
                $make(),
                $make().transport(Transport::builder().build().unwrap()),
                $make().transport(Transport::builder().timeout(Duration::from_secs(1)).build().unwrap()),
            ]),
            row!("options_methods::clock", of_client, [
                $make(), $make().clock(Stopped("one")), $make().clock(Stopped("two")),
            ]),
        )+]
    };
}

fn google() -> Vec<Row> {
    let without_scopes = || ImpersonatedServiceAccount::new(source(), "b@acme.example");
    let narrowed = || downscoped(rule());
    let mut all = options![
        source,
        user,
        without_scopes,
        external,
        external_user,
        narrowed,
        MetadataServer::new,
        GcloudUser::new,
    ];
    all.extend(
        [of_any_type(), of_accounts(), metadata_server::rows(), of_what_stands_on_others(), of_users()]
            .into_iter()
            .flatten(),
    );
    all
}

/// What an application has of any type.
fn of_any_type() -> Vec<Row> {
    vec![
        row!("GoogleCredentials::scopes", of_client, [any(), any().scopes("one"), any().scopes("two")]),
        row!(
            "GoogleCredentials::default_scopes",
            of_client,
            [any(), any().default_scopes("one"), any().default_scopes("two"),]
        ),
        row!(
            "GoogleCredentials::quota_project_id",
            of_client,
            [any(), any().quota_project_id("one"), any().quota_project_id("two"),]
        ),
        row!("GoogleCredentials::regional_access_boundary", of_client, [any(), any().regional_access_boundary()]),
        row!(
            "GoogleCredentials::transport",
            of_client,
            [any(), any().transport(Transport::builder().build().unwrap()),]
        ),
        row!("GoogleCredentials::clock", of_client, [any(), any().clock(Stopped("one")), any().clock(Stopped("two"))]),
        row!(
            "GoogleCredentials::subject",
            of_client,
            [any(), any().subject("one").unwrap(), any().subject("two").unwrap(),]
        ),
    ]
}

/// Of service accounts, by a key or by the machine.
fn of_accounts() -> Vec<Row> {
    vec![
        row!(
            "GcloudUser::account",
            of_client,
            [GcloudUser::new(), GcloudUser::new().account("one"), GcloudUser::new().account("two"),]
        ),
        row!("ServiceAccount::regional_access_boundary", of_client, [source(), source().regional_access_boundary()]),
        row!(
            "ServiceAccount::iam_url",
            of_client,
            [
                source(),
                source().iam_url("https://one.example").unwrap(),
                source().iam_url("https://two.example").unwrap(),
            ]
        ),
        row!("ServiceAccount::subject", of_client, [source(), source().subject("one"), source().subject("two")]),
        row!("ServiceAccount::self_signed", of_client, [source(), source().self_signed()]),
        row!("ServiceAccount::audience", of_client, [source(), source().audience("one"), source().audience("two")]),
        row!("ServiceAccount::claim", of_client, [source(), source().claim("a", "one"), source().claim("a", "two")]),
        row!(
            "ServiceAccount::token_uri",
            of_client,
            [
                source(),
                source().token_uri("https://one.example").unwrap(),
                source().token_uri("https://two.example").unwrap(),
            ]
        ),
    ]
}

/// Of what is got with other credentials.
fn of_what_stands_on_others() -> Vec<Row> {
    let seconds = Duration::from_secs;
    let narrowed = || downscoped(rule());
    vec![
        row!(
            "AccessBoundaryRule::condition",
            of_client,
            [narrowed(), downscoped(rule().condition("one")), downscoped(rule().condition("two")),]
        ),
        row!(
            "Downscoped::token_url",
            of_client,
            [
                narrowed(),
                narrowed().token_url("https://one.example").unwrap(),
                narrowed().token_url("https://two.example").unwrap(),
            ]
        ),
        row!(
            "ExternalAccount::impersonate",
            of_client,
            [external(), external().impersonate("a@acme.example"), external().impersonate("b@acme.example"),]
        ),
        row!(
            "ExternalAccount::token_url",
            of_client,
            [
                external(),
                external().token_url("https://one.example").unwrap(),
                external().token_url("https://two.example").unwrap(),
            ]
        ),
        row!(
            "ExternalAccount::aws_credentials",
            of_client,
            [
                of_aws(),
                of_aws().aws_credentials("one", || Ok(aws_keys("one"))).unwrap(),
                of_aws().aws_credentials(Fingerprint::new("captured", "two"), || Ok(aws_keys("two"))).unwrap(),
            ]
        ),
        row!(
            "ImpersonatedServiceAccount::delegates",
            of_client,
            [impersonated(), impersonated().delegates(["one"]), impersonated().delegates(["one", "two"]),]
        ),
        row!(
            "ImpersonatedServiceAccount::lifetime",
            of_client,
            [impersonated(), impersonated().lifetime(seconds(60)), impersonated().lifetime(seconds(90)),]
        ),
        row!(
            "ImpersonatedServiceAccount::subject",
            of_client,
            [impersonated(), impersonated().subject("one"), impersonated().subject("two"),]
        ),
        row!(
            "ImpersonatedServiceAccount::iam_url",
            of_client,
            [
                impersonated(),
                impersonated().iam_url("https://one.example").unwrap(),
                impersonated().iam_url("https://two.example").unwrap(),
            ]
        ),
        row!(
            "ImpersonatedServiceAccount::regional_access_boundary",
            of_client,
            [impersonated(), impersonated().regional_access_boundary(),]
        ),
        row!(
            "ImpersonatedServiceAccount::token_uri",
            of_client,
            [
                impersonated(),
                impersonated().token_uri("https://one.example").unwrap(),
                impersonated().token_uri("https://two.example").unwrap(),
            ]
        ),
    ]
}

/// Of persons.
fn of_users() -> Vec<Row> {
    let end = SystemTime::now() + Duration::from_hours(1);
    vec![
        row!(
            "AuthorizedUser::token",
            of_client,
            [user(), user().token("one", None), user().token("two", None), user().token("one", Some(end)),]
        ),
        row!(
            "AuthorizedUser::token_uri",
            of_client,
            [
                user(),
                user().token_uri("https://one.example").unwrap(),
                user().token_uri("https://two.example").unwrap(),
            ]
        ),
        row!("AuthorizedUser::rapt_token", of_client, [user(), user().rapt_token("one"), user().rapt_token("two")]),
        row!(
            "AuthorizedUser::reauth",
            of_client,
            [user(), user().reauth(Challenges("one")), user().reauth(Challenges("two")),]
        ),
        row!(
            "AuthorizedUser::reauth_url",
            of_client,
            [user(), user().reauth_url("https://one.example"), user().reauth_url("https://two.example"),]
        ),
    ]
}

#[test]
fn every_setter_of_googles_credentials_is_in_a_table() {
    let rows = google();
    all_differ(&rows);
    // It gets no tokens: it verifies ID tokens of others.
    let there = setters("providers/src/google").into_iter().filter(|(owner, _)| owner != "Verifier");
    is_no_client::<Verifier, _>();
    let there = there.map(|(owner, name)| format!("{}::{name}", owner.trim_start_matches("macro ")));
    assert_eq!(there.collect::<BTreeSet<_>>(), names(&rows));
}

/// Does not compile for a type that gives tokens: there are two ways then, and none is meant.
fn is_no_client<T: OneWay<Way>, Way>() {}

trait OneWay<Way> {}

impl<T> OneWay<()> for T {}

impl<T: OAuthClient> OneWay<String> for T {}

#[test]
fn functions_of_two_users_are_two_users() {
    let of = |name: &'static str| {
        AuthorizedUser::from_handler(Fingerprint::new("user", name), move |_| async move { OAuthToken::new(name) })
    };
    assert_eq!(of_client(&of("alice")), of_client(&of("alice")));
    assert_ne!(of_client(&of("alice")), of_client(&of("bob")));
}
