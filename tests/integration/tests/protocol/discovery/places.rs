//! The three places at which a document is looked for, and when the search ends.

use super::{discover, document, not_found, oauth_document, serving};
use crate::support::{Answer, verdict};

#[tokio::test]
async fn openid_document_is_asked_for_first_with_the_path_in_front() {
    let (server, issuer) = serving("/tenants/7", |issuer| vec![Answer::json(200, &document(issuer))]).await;
    discover(&issuer).await.unwrap();
    let asked = server.only();
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/tenants/7/.well-known/openid-configuration"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("authorization"), None);
}

#[tokio::test]
async fn oauth_document_is_asked_for_next_with_the_path_behind() {
    let page = || Answer::status(200).header("content-type", "text/html").body("<!doctype html><div id=app></div>");
    let gone: Vec<Answer> = [400, 401, 403, 404, 405, 406, 410].into_iter().map(Answer::status).collect();
    let answered = [
        page(),
        Answer::status(200).body("\n <html>"),
        Answer::status(200).body("{}"),
        Answer::status(200).body("[]"),
        Answer::status(200).body("null"),
        Answer::status(200),
        Answer::status(204),
        Answer::status(302).header("location", "https://as.example/login"),
    ];
    for absent in gone.into_iter().chain(answered) {
        let (server, issuer) = serving("/tenants/7", |issuer| vec![absent, Answer::json(200, &document(issuer))]).await;
        discover(&issuer).await.unwrap();
        let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
        let expected =
            ["/tenants/7/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/tenants/7"];
        assert_eq!(paths, expected);
    }
}

#[tokio::test]
async fn no_document_anywhere_asks_whether_the_issuer_is_right() {
    let (server, issuer) = serving("", |_| vec![not_found()]).await;
    let error = discover(&issuer).await.unwrap_err();
    assert_eq!(verdict(&error), ["invalid response"]);
    assert_eq!(error.status().unwrap(), 404);
    assert!(error.to_string().contains("is the issuer right?"), "{error}");
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_third_place_is_the_openid_document_with_the_path_behind() {
    // RFC 8414 §5.
    let (server, issuer) =
        serving("/tenants/7", |issuer| vec![not_found(), not_found(), Answer::json(200, &document(issuer))]).await;
    discover(&issuer).await.unwrap();
    let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths[2], "/.well-known/openid-configuration/tenants/7");
}

#[tokio::test]
async fn the_error_lists_what_each_place_said() {
    let (server, issuer) = serving("/t", |_| {
        vec![
            Answer::status(403),
            Answer::status(200).header("content-type", "text/html; charset=utf-8").body("<p>Welcome"),
            Answer::status(200).body("{}"),
        ]
    })
    .await;
    let error = discover(&issuer).await.unwrap_err();
    assert_eq!((verdict(&error), error.status().unwrap().as_u16()), (vec!["invalid response"], 403));
    for said in [
        "/t/.well-known/openid-configuration answered 403",
        "/.well-known/oauth-authorization-server/t answered 200 OK with a web page",
        "/.well-known/openid-configuration/t answered 200 OK with JSON that has no `issuer`",
    ] {
        assert!(error.to_string().contains(said), "{said}: {error}");
    }
    assert_eq!(server.count(), 3);
}

/// A page of an application, with all its scripts in it.
#[tokio::test]
async fn what_is_longer_than_any_document_ends_no_search() {
    for status in [200, 404] {
        let (server, issuer) = serving("/t", |issuer| {
            let page = format!("<html>{}", "x".repeat(600 * 1024));
            let page = Answer::status(status).header("content-type", "text/html").body(page);
            vec![page, Answer::json(200, &oauth_document(issuer))]
        })
        .await;
        discover(&issuer).await.unwrap();
        assert!(server.count() >= 2);
    }
}

#[tokio::test]
async fn a_server_that_is_down_at_the_first_place_is_not_asked_at_the_next() {
    for status in [429, 502, 503, 504] {
        let (server, issuer) = serving("", |_| vec![Answer::status(status)]).await;
        assert!(discover(&issuer).await.unwrap_err().is_retryable());
        assert!(server.asked().iter().all(|asked| asked.path.ends_with("openid-configuration")), "{status}");
    }
}

/// It is asked once more first, as it may have been one bad moment.
#[tokio::test]
async fn server_failing_at_an_unknown_path_is_asked_at_the_next() {
    let fails = || Answer::status(500);
    let (server, issuer) = serving("", |issuer| vec![fails(), fails(), Answer::json(200, &document(issuer))]).await;
    discover(&issuer).await.unwrap();
    assert_eq!(server.asked().last().unwrap().path, "/.well-known/oauth-authorization-server");
    let (_server, issuer) = serving("", |_| vec![fails()]).await;
    assert!(discover(&issuer).await.unwrap_err().is_retryable());
}
