use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use grantkit::keys::DpopKey;
use grantkit::{ApiClient, Credentials};

use crate::support::{Answer, Asked, Scripted, all_said, verdict};
use crate::{bound, challenge, grant, nonces, proof};

/// Credentials whose tokens are "1", "2" and so on, and the server that gives them.
async fn credentials(name: &str) -> (Scripted, Credentials) {
    let tokens = Scripted::start([bound("1"), bound("2"), bound("3")]).await;
    let credentials = grant(&tokens, &DpopKey::generate().unwrap()).credentials(name);
    (tokens, credentials)
}

fn ok() -> Answer {
    Answer::status(200)
}

fn invalid_token() -> Answer {
    Answer::status(401).header("www-authenticate", r#"DPoP error="invalid_token", algs="ES256""#)
}

/// The tokens of these requests.
fn tokens(asked: &[Asked]) -> Vec<&str> {
    asked.iter().map(|asked| asked.header("authorization").unwrap().strip_prefix("DPoP ").unwrap()).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what may be none")]
fn some(nonce: &str) -> Option<String> {
    Some(nonce.to_owned())
}

#[tokio::test]
async fn each_request_carries_the_token_and_a_proof_for_it() {
    let (server, (_tokens, credentials)) = (Scripted::start([ok()]).await, credentials("each request").await);
    let api = ApiClient::new(&server.url("/v1"), credentials).unwrap();
    api.get(["invoices", "a b/c"]).query(&[("secret", "x")]).send().await.unwrap();
    api.delete("invoices").send().await.unwrap();
    let asked = server.asked();
    assert_eq!(tokens(&asked), ["1", "1"]);
    let proofs: Vec<_> = asked.iter().map(proof::of).collect();
    assert_eq!(proofs[0].htu, server.url("/v1/invoices/a%20b%2Fc"));
    assert_eq!((proofs[1].htm.as_str(), proofs[1].htu.as_str()), ("DELETE", server.url("/v1/invoices").as_str()));
    assert_eq!(proofs[0].ath.as_deref(), Some("a4ayc_80_OGda4BO_1o_V0etpOqiLx1JwB5S3beHW0s"));
    assert_ne!(proofs[0].jti, proofs[1].jti);
}

#[tokio::test]
async fn a_nonce_that_the_api_asks_for_is_given_with_the_same_token() {
    let (server, (issued, credentials)) = (Scripted::start([challenge("n-1"), ok()]).await, credentials("nonce").await);
    let api = ApiClient::new(&server.url("/v1"), credentials).unwrap();
    api.post("invoices").json(&[1, 2]).send().await.unwrap();
    let asked = server.asked();
    assert_eq!((tokens(&asked), nonces(&asked)), (vec!["1", "1"], vec![None, some("n-1")]));
    assert!(asked.iter().all(|asked| asked.body() == "[1,2]"));
    // The token was not refused.
    assert_eq!(issued.count(), 1);

    server.now_answer([ok().header("dpop-nonce", "n-2"), Answer::status(404).header("dpop-nonce", "n-3"), ok()]);
    api.get("a").send().await.unwrap();
    api.get("b").send().await.unwrap_err();
    api.get("c").send().await.unwrap();
    assert_eq!(nonces(&server.asked()[2..]), [some("n-1"), some("n-2"), some("n-3")]);
}

#[tokio::test]
async fn the_nonce_of_one_server_is_not_sent_to_another() {
    let (one, other) = (Scripted::start([ok().header("dpop-nonce", "of one")]).await, Scripted::start([ok()]).await);
    let one_plain = Scripted::start([ok().header("dpop-nonce", "of-one")]).await;
    let (issued, credentials) = credentials("two servers").await;
    issued.now_answer([bound("1").header("dpop-nonce", "of-the-authorization-server")]);
    for server in [&one, &one_plain, &other] {
        let api = ApiClient::new(&server.url(""), credentials.clone()).unwrap();
        api.get("a").send().await.unwrap();
        api.get("b").send().await.unwrap();
    }
    assert_eq!(nonces(&one.asked()), [None, None], "a nonce with a space is none");
    assert_eq!(nonces(&one_plain.asked()), [None, some("of-one")]);
    assert_eq!(nonces(&other.asked()), [None, None]);
}

#[tokio::test]
async fn a_second_demand_is_handed_on() {
    let (server, (issued, credentials)) =
        (Scripted::start([challenge("n-1"), challenge("n-2"), ok()]).await, credentials("second demand").await);
    let api = ApiClient::new(&server.url(""), credentials).unwrap();
    let error = api.get("a").send().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.count(), issued.count()), (401, 2, 1));
    assert_eq!(error.challenge().unwrap().error(), Some("use_dpop_nonce"));
    assert_eq!(verdict(&error), ["retryable"]);
    assert!(error.to_string().contains("another when it got that"), "{error}");
    api.get("a").send().await.unwrap();
    assert_eq!(nonces(&server.asked()), [None, some("n-1"), some("n-2")]);
}

#[tokio::test]
async fn a_demand_without_a_nonce_renews_no_token() {
    let answer = Answer::status(401).header("www-authenticate", r#"DPoP error="use_dpop_nonce""#);
    let (server, (issued, credentials)) = (Scripted::start([answer]).await, credentials("no nonce").await);
    let api = ApiClient::new(&server.url(""), credentials).unwrap();
    let error = api.get("a").send().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.count(), issued.count()), (401, 1, 1));
    assert!(error.to_string().contains("gives none") && verdict(&error).is_empty(), "{error}");
}

#[tokio::test]
async fn a_stream_is_not_sent_again_and_the_nonce_is_known_then() {
    let (server, (issued, credentials)) = (Scripted::start([challenge("n"), ok()]).await, credentials("stream").await);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "from a file").unwrap();
    let stream = async || tokio::fs::File::open(&path).await.unwrap();
    let api = ApiClient::new(&server.url(""), credentials).unwrap();
    let error = api.put("a").body(stream().await).send().await.unwrap_err();
    assert_eq!((server.count(), issued.count()), (1, 1));
    assert_eq!(verdict(&error), ["retryable"]);
    assert!(error.to_string().contains("the body was a stream: send the request again"), "{error}");
    api.put("a").body(stream().await).send().await.unwrap();
    assert_eq!((nonces(&server.asked()), server.asked()[1].body()), (vec![None, some("n")], "from a file"));
}

#[tokio::test]
async fn a_rejected_token_is_renewed_with_a_nonce_before_or_after() {
    for (name, script, expected_tokens, expected_nonces) in [
        ("refused", vec![invalid_token(), ok()], vec!["1", "2"], vec![None, None]),
        (
            "nonce before",
            vec![challenge("n"), invalid_token(), ok()],
            vec!["1", "1", "2"],
            vec![None, some("n"), some("n")],
        ),
        ("nonce after", vec![invalid_token(), challenge("n"), ok()], vec!["1", "2", "2"], vec![None, None, some("n")]),
    ] {
        let (server, (issued, credentials)) = (Scripted::start(script).await, credentials(name).await);
        let api = ApiClient::new(&server.url(""), credentials).unwrap();
        api.post("a").form(&[("b", "c")]).send().await.unwrap();
        let asked = server.asked();
        assert_eq!((tokens(&asked), nonces(&asked)), (expected_tokens, expected_nonces), "{name}");
        assert!(asked.iter().all(|asked| asked.body() == "b=c"));
        assert_eq!(issued.count(), 2);
    }
}

#[tokio::test]
async fn an_api_that_goes_on_refusing_is_asked_three_times_at_most() {
    let scripts = [
        vec![challenge("n-1"), invalid_token(), challenge("n-2"), challenge("n-3")],
        vec![invalid_token(), challenge("n-1"), challenge("n-2"), challenge("n-3")],
        vec![invalid_token(), challenge("n-1"), invalid_token(), invalid_token()],
    ];
    for (number, script) in scripts.into_iter().enumerate() {
        let (server, (issued, credentials)) =
            (Scripted::start(script).await, credentials(&format!("refusing {number}")).await);
        let api = ApiClient::new(&server.url(""), credentials).unwrap();
        let error = api.get("a").send().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), server.count(), issued.count()), (401, 3, 2));
    }
}

#[tokio::test]
async fn the_proof_is_the_clients_to_set() {
    let (server, (_issued, credentials)) = (Scripted::start([ok()]).await, credentials("to set").await);
    let error = ApiClient::builder(&server.url(""), credentials.clone()).default_header("DPoP", "mine").build();
    assert!(error.unwrap_err().is_configuration());
    let api = ApiClient::new(&server.url(""), credentials).unwrap();
    let error = api.get("a").header("dpop", "mine").send().await.unwrap_err();
    assert_eq!(verdict(&error), ["configuration"]);
    assert!(error.to_string().contains("`.dpop(..)`"), "{error}");
    assert_eq!(server.count(), 0);
}

#[tokio::test]
async fn an_answer_that_quotes_the_token_shows_none_of_it() {
    let issued = Scripted::start([bound("CANARY-token")]).await;
    let server = Scripted::start([Answer::status(400).body("no CANARY-token")]).await;
    let credentials = grant(&issued, &DpopKey::generate().unwrap()).credentials("quoted");
    let api = ApiClient::new(&server.url(""), credentials).unwrap();
    let error = api.get("a").send().await.unwrap_err();
    assert!(!all_said(&error).contains("CANARY"), "{error}");
}

/// Each nonce is good once: calls at the same time must not take each other's.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_at_the_same_time_go_through_where_each_nonce_is_good_once() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let good = Mutex::new(BTreeSet::new());
    let next = AtomicUsize::new(0);
    let mock = server.mock_async(|when, then| {
        when.any_request();
        then.respond_with(move |request| {
            let header = request.headers_vec().iter().find(|(name, _)| name.eq_ignore_ascii_case("dpop"));
            let nonce = proof::verified(&header.unwrap().1).nonce;
            let answer = if nonce.is_some_and(|nonce| good.lock().unwrap().remove(&nonce)) {
                ok()
            } else {
                let fresh = format!("n-{}", next.fetch_add(1, Ordering::Relaxed));
                good.lock().unwrap().insert(fresh.clone());
                challenge(&fresh)
            };
            answer.into()
        });
    });
    mock.await;
    let (_issued, credentials) = credentials("nonces that are good once").await;
    let api = ApiClient::new(&server.url(""), credentials).unwrap();
    let calls: Vec<_> = (0..100).map(|number| tokio::spawn(api.get([number]).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}
