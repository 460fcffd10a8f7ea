use std::error::Error as _;
use std::time::Duration;

use async_trait::async_trait;
use grantkit::credentials::{CredentialCache, Fingerprint};
use grantkit::{ApiClient, Credentials, Error, OAuthClient, OAuthToken, Result};
use grantkit_integration_tests::support::{HeldTime, eventually};
use http::StatusCode;

use crate::client::Numbered;
use crate::server::{Answer, Seen, Server, answer};

/// Accepts this token only.
fn wants(token: &'static str) -> impl Fn(&Seen) -> Answer + Send + Sync + 'static {
    move |seen| {
        let is_welcome = seen.authorization() == format!("Bearer {token}");
        if is_welcome { answer(200, "\"welcome\"") } else { answer(401, "{\"error\":\"invalid_token\"}") }
    }
}

fn tokens(server: &Server) -> Vec<String> {
    server.seen().iter().map(|seen| seen.authorization().trim_start_matches("Bearer ").to_owned()).collect()
}

#[tokio::test]
async fn is_renewed_and_the_request_sent_again() {
    let (client, server) = (Numbered::new(), Server::start(wants("t2")).await);
    let api = ApiClient::new(&server.url("/v1"), client.credentials()).unwrap();
    let request = api.post(["invoices"]).query(&[("dry", true)]).header("idempotency-key", "7").json(&[1, 2]);
    assert_eq!(request.fetch::<String>().await.unwrap(), "welcome");
    let seen = server.seen();
    assert_eq!((tokens(&server).join(" "), client.asked()), ("t1 t2".into(), 2));
    for seen in seen {
        assert_eq!(
            (seen.method.as_str(), seen.target.as_str(), seen.body.as_str()),
            ("POST", "/v1/invoices?dry=true", "[1,2]")
        );
        assert_eq!(
            (seen.header("idempotency-key"), seen.header("content-type")),
            (Some("7"), Some("application/json"))
        );
    }
    api.get("x").send().await.unwrap();
    assert_eq!(tokens(&server).join(" "), "t1 t2 t2");
}

#[tokio::test]
async fn twice_is_an_error_and_no_loop() {
    let (client, server) = (Numbered::new(), Server::start(wants("none")).await);
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let error = api.get("x").send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(error.to_string().contains("invalid_token") && error.to_string().contains("new token too"), "{error}");
    assert!(!error.is_retryable() && !error.needs_login());
    assert_eq!((tokens(&server).join(" "), client.asked()), ("t1 t2".into(), 2));

    // The next one finds that the token was renewed only just now.
    let error = api.get("x").send().await.unwrap_err();
    assert!(error.to_string().contains("only just now"), "{error}");
    assert_eq!((tokens(&server).join(" "), client.asked()), ("t1 t2 t2".into(), 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_storm_of_refusals_leads_to_one_renewal() {
    let (client, server) = (Numbered::new(), Server::start(wants("t2")).await);
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let calls: Vec<_> = (0..100).map(|number| tokio::spawn(api.get([number]).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(client.asked(), 2);
    assert!(server.seen().len() <= 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_storm_of_refusals_for_another_reason_does_too() {
    let (client, server) = (Numbered::new(), Server::start(wants("none")).await);
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let calls: Vec<_> = (0..100).map(|number| tokio::spawn(api.get([number]).send())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap_err().status(), Some(StatusCode::UNAUTHORIZED));
    }
    assert_eq!(client.asked(), 2);
    assert!(server.seen().len() <= 200);
}

#[tokio::test]
async fn a_stream_is_not_sent_again_but_the_token_is_renewed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "from a file").unwrap();
    let (client, server) = (Numbered::new(), Server::start(wants("t2")).await);
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let file = async || tokio::fs::File::open(&path).await.unwrap();

    let error = api.put("x").body(file().await).send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(error.is_retryable() && error.to_string().contains("send the request again"), "{error}");
    assert_eq!((tokens(&server).join(" "), client.asked()), ("t1".into(), 2));

    api.put("x").body(file().await).send().await.unwrap();
    assert_eq!(tokens(&server).join(" "), "t1 t2");
    assert!(server.seen().iter().all(|seen| seen.body == "from a file"));
}

#[tokio::test]
async fn that_takes_a_person_says_so() {
    for make in [|| Error::login_required("the session is over"), || Error::configuration("the secret is wrong")] {
        let (client, server) = (Numbered::then_failing(make), Server::start(wants("t2")).await);
        let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
        let error = api.get("x").error_for_status(false).send().await.unwrap_err();
        assert!(error.needs_login() || error.is_configuration(), "{error:?}");
        assert_eq!(error.needs_login(), make().needs_login());
        server.only();

        // And says it again: the API is not asked with a token that it has rejected.
        let error = api.get("x").error_for_status(false).send().await.unwrap_err();
        assert_eq!((error.needs_login(), error.is_configuration()), (make().needs_login(), make().is_configuration()));
        assert_eq!((server.seen().len(), client.asked()), (1, 2));
    }
}

#[tokio::test]
async fn that_cannot_be_renewed_now_is_a_401_that_may_pass() {
    let failing = || Error::temporary("the token endpoint is down").with_retry_after(Duration::from_mins(9));
    let (client, server) = (Numbered::then_failing(failing), Server::start(wants("t2")).await);
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let error = api.get("x").send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(
        error.is_retryable() && error.retry_after().is_some_and(|wait| wait >= Duration::from_mins(8)),
        "{error:?}"
    );
    assert!(error.source().unwrap().to_string().contains("endpoint is down"));
    assert!(
        error.to_string().contains("invalid_token") && error.to_string().contains("could not be refreshed"),
        "{error}"
    );
    assert_eq!((server.seen().len(), client.asked()), (1, 2));

    // Callers that look at the response themselves get the answer.
    let api = ApiClient::new(&server.origin, Numbered::then_failing(failing).credentials()).unwrap();
    let response = api.get("x").error_for_status(false).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 401);
    // The same is known before the body is read.
    let error = response.status_error().unwrap();
    assert!(error.is_retryable() && error.source().is_some(), "{error:?}");
    let error = response.error_for_status().await.unwrap_err();
    assert!(error.source().is_some());
}

#[tokio::test]
async fn whose_renewal_takes_too_long_is_a_401_in_time() {
    let (mut client, server) = (Numbered::new(), Server::start(wants("t2")).await);
    client.latencies = vec![Duration::ZERO, Duration::from_millis(600)];
    let api = ApiClient::new(&server.origin, client.credentials()).unwrap();
    let time = HeldTime::pause();
    let call = tokio::spawn(api.get("x").timeout(Duration::from_millis(300)).send());
    eventually("the renewal is under way", async || (client.asked() == 2).then_some(())).await;
    time.pass(Duration::from_millis(300)).await;
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(error.is_retryable() && error.source().is_some(), "{error:?}");
    // What it waited for goes to the next one.
    time.pass(Duration::from_millis(300)).await;
    api.get("x").send().await.unwrap();
    assert_eq!((tokens(&server).join(" "), client.asked()), ("t1 t2".into(), 2));
}

#[tokio::test]
async fn by_other_statuses_than_401() {
    #[derive(Clone)]
    struct Odd(Numbered);
    #[async_trait]
    impl OAuthClient for Odd {
        fn fingerprint(&self) -> Fingerprint {
            Fingerprint::of_type::<Self>()
        }

        async fn get_token(&self) -> Result<OAuthToken> {
            self.0.get_token().await
        }

        fn unauthorized_status_codes(&self) -> Vec<StatusCode> {
            vec![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN]
        }
    }
    let client = Numbered::new();
    let server = Server::start(|seen| answer(if seen.authorization() == "Bearer t1" { 403 } else { 200 }, "1")).await;
    let credentials = Credentials::builder(Odd(client.clone())).cache(&CredentialCache::new(1, None)).build();
    ApiClient::new(&server.origin, credentials).unwrap().get("x").send().await.unwrap();
    assert_eq!(client.asked(), 2);

    // And 403 is nothing but a status to the others.
    let plain = Numbered::new();
    let api = ApiClient::new(&server.origin, plain.credentials()).unwrap();
    assert!(api.get("x").send().await.is_err());
    assert_eq!(plain.asked(), 1);
}
