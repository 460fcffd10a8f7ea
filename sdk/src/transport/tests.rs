mod server;

use std::cell::Cell;
use std::time::Duration;

use http::Method;
use server::{Behaviour, Server};

use super::*;
use crate::sending::with_hook;

fn transport() -> Transport {
    Transport::builder().build().unwrap()
}

fn post(url: &str) -> Request<Vec<u8>> {
    Request::builder().method(Method::POST).uri(url).body(b"grant_type=refresh_token".to_vec()).unwrap()
}

#[tokio::test]
async fn the_hook_is_asked_with_a_connection_at_hand_and_nothing_sent() {
    let server = Server::start(Behaviour::Answers).await;
    let hook = async {
        server.accepted().await;
        assert_eq!(server.bytes(), 0);
        Ok(())
    };
    with_hook(hook, transport().send(post(&server.url()), Repeat::Never)).await.unwrap();
    assert_eq!((server.connections(), server.requests()), (1, 1));
}

#[tokio::test]
async fn a_hook_that_fails_lets_nothing_out() {
    let server = Server::start(Behaviour::Answers).await;
    // The store's own trouble, which looks like that of a server that is not there.
    let hook = async { Err(Error::new(Fault::Connect, "the store is away")) };
    let error = with_hook(hook, transport().send(post(&server.url()), Repeat::Never)).await.unwrap_err();
    assert!(error.was_not_sent(), "{error:?}");
    assert_eq!(error.to_string(), "the store is away");
    server.closed().await;
    assert_eq!((server.connections(), server.bytes()), (1, 0));
}

#[tokio::test]
async fn no_hook_is_asked_where_there_is_no_connection_or_nothing_to_spend() {
    let asked = Cell::new(false);
    let hook = async {
        asked.set(true);
        Ok(())
    };
    let nowhere = "http://127.0.0.1:1/token";
    let error = with_hook(hook, transport().send(post(nowhere), Repeat::Never)).await.unwrap_err();
    assert!(error.is_connect() && error.was_not_sent() && !asked.get(), "{error:?}");

    for repeat in [Repeat::WhenRefused, Repeat::AfterLoss, Repeat::Idempotent] {
        let server = Server::start(Behaviour::Answers).await;
        let hook = async { Err(Error::temporary("not asked for")) };
        with_hook(hook, transport().send(post(&server.url()), repeat)).await.unwrap();
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn the_hook_is_asked_over_http_2_too() {
    let server = Server::start(Behaviour::Holds).await;
    let transport = Transport::builder().configure(reqwest::ClientBuilder::http2_prior_knowledge).build().unwrap();
    let hook = async {
        server.accepted().await;
        assert_eq!(server.bytes(), 0);
        Err(Error::temporary("the lease is lost"))
    };
    let error = with_hook(hook, transport.send(post(&server.url()), Repeat::Never)).await.unwrap_err();
    assert_eq!(error.to_string(), "the lease is lost");
    assert_eq!(server.bytes(), 0);
}

#[tokio::test]
async fn what_must_not_be_repeated_gets_a_connection_of_its_own() {
    let server = Server::start(Behaviour::Answers).await;
    let transport = transport();
    for (repeat, connections) in [
        (Repeat::AfterLoss, 1),
        (Repeat::Never, 2),
        (Repeat::Never, 3),
        (Repeat::WhenRefused, 4),
        (Repeat::AfterLoss, 4),
    ] {
        transport.send(post(&server.url()), repeat).await.unwrap();
        assert_eq!(server.connections(), connections, "{repeat:?}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_ends_as_the_request_goes_out_costs_nothing() {
    for repeat in [Repeat::Never, Repeat::WhenRefused, Repeat::AfterLoss, Repeat::Idempotent] {
        let server = Server::start(Behaviour::ClosesAtTheSecondRequest).await;
        let transport = transport();
        transport.send(post(&server.url()), Repeat::AfterLoss).await.unwrap();
        let answer = transport.send(post(&server.url()), repeat).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{repeat:?}");
        assert_eq!(server.connections(), 2, "{repeat:?}");
    }
}

#[tokio::test]
async fn request_is_repeated_after_a_lost_connection_where_harmless() {
    for (repeat, requests) in
        [(Repeat::Never, 1), (Repeat::WhenRefused, 1), (Repeat::AfterLoss, 2), (Repeat::Idempotent, 2)]
    {
        let server = Server::start(Behaviour::Closes).await;
        let error = transport().send(post(&server.url()), repeat).await.unwrap_err();
        assert!(error.is_outcome_unknown() && !error.was_not_sent(), "{error:?}");
        assert_eq!(server.requests(), requests, "{repeat:?}");
    }
}

#[tokio::test]
async fn after_a_servers_failure_a_get_is_sent_once_more() {
    for (status, repeat, requests) in [
        (500, Repeat::Idempotent, 2),
        (502, Repeat::Idempotent, 2),
        (503, Repeat::Idempotent, 2),
        (501, Repeat::Idempotent, 1),
        (404, Repeat::Idempotent, 1),
        (500, Repeat::AfterLoss, 1),
        (503, Repeat::WhenRefused, 1),
        (500, Repeat::Never, 1),
    ] {
        let server = Server::start(Behaviour::Status(status)).await;
        let answer = transport().send(post(&server.url()), repeat).await.unwrap();
        assert_eq!((answer.status().as_u16(), server.requests()), (status, requests), "{repeat:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn time_that_runs_out_before_tls_stands_has_sent_nothing() {
    let server = Server::start(Behaviour::Holds).await;
    let url = server.url().replace("http:", "https:");
    let transport =
        Transport::builder().connect_timeout(Duration::from_hours(1)).without_circuit_breaker().build().unwrap();
    let error = transport.send(post(&url), Repeat::Never).await.unwrap_err();
    assert!(error.is_connect() && error.was_not_sent() && !error.is_outcome_unknown(), "{error:?}");
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn what_the_circuit_refuses_was_not_sent() {
    let transport = transport();
    let nowhere = "http://127.0.0.1:1/token";
    let mut last = None;
    for _ in 0..4 {
        last = transport.send(post(nowhere), Repeat::Never).await.err();
    }
    let error = last.unwrap();
    assert!(error.to_string().contains("circuit breaker") && error.was_not_sent(), "{error:?}");
}

#[tokio::test]
async fn only_what_leads_elsewhere_is_a_redirect() {
    for (status, is_redirect) in [(301, true), (302, true), (303, true), (307, true), (308, true), (304, false)] {
        let server = Server::start(Behaviour::Status(status)).await;
        let outcome = transport().send(post(&server.url()), Repeat::Never).await;
        match outcome {
            Ok(answer) => assert!(!is_redirect && answer.status().as_u16() == status, "{status}"),
            Err(error) => assert!(is_redirect && error.to_string().contains("a redirect"), "{error}"),
        }
    }
}

#[tokio::test]
async fn a_document_stops_at_its_limit_and_other_answers_at_theirs() {
    let get = |server: &Server| Request::get(server.url()).body(Vec::new()).unwrap();
    for (size, is_document) in [(DOCUMENT_LIMIT, true), (DOCUMENT_LIMIT + 1, false)] {
        for behaviour in [Behaviour::Sends(size), Behaviour::Streams(size)] {
            let server = Server::start(behaviour).await;
            let answer = transport().send(get(&server), Repeat::Idempotent).await.unwrap();
            assert_eq!(answer.body().len(), size);
            let outcome = transport().fetch_document(get(&server)).await;
            assert_eq!(outcome.is_ok(), is_document, "{behaviour:?}");
            if let Err(error) = outcome {
                assert!(error.is_invalid_response() && error.to_string().contains("524288 bytes"), "{error}");
            }
        }
    }
}
