//! Lists in pages: a stream of their items.

use std::pin::pin;

use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use grantkit::prelude::*;
use serde::Serialize;

use crate::credentials;

#[derive(Serialize)]
struct Filter {
    state: &'static str,
}

#[api(base = "https://api.acme.dev/v1")]
trait Lists {
    #[get("/linked", paginate = "link")]
    fn linked(&self, #[query] filter: &Filter) -> impl Stream<Item = Result<u32>>;
    #[get("/customers/{id}/files", paginate = cursor("/next", "cursor").items_at("/files"))]
    fn files(&self, id: u64) -> impl Stream<Item = Result<String>>;
    #[get("/numbered", paginate = page_number("page"))]
    fn numbered(&self) -> impl Stream<Item = Result<u32>>;
    #[get("/linked", paginate = link().max_pages(1))]
    fn one_page(&self) -> impl Stream<Item = Result<u32>> + Unpin;
}

#[tokio::test]
async fn the_items_of_all_pages() {
    let server = grantkit_integration_tests::support::mock_server().await;
    let second = server.url("/v1/linked?state=open&page=2");
    server
        .mock_async(|when, then| {
            let _ = when.path("/v1/linked").query_param("state", "open").query_param_missing("page");
            then.status(200).header("link", format!("<{second}>; rel=\"next\"")).body("[1,2]");
        })
        .await;
    server
        .mock_async(|when, then| {
            let _ = when.path("/v1/linked").query_param("page", "2").header("authorization", "Bearer fixed");
            then.status(200).body("[3]");
        })
        .await;
    let api = ListsClient::with_base(&server.url("/v1"), credentials()).unwrap();
    let items: Vec<u32> = api.linked(&Filter { state: "open" }).try_collect().await.unwrap();
    assert_eq!(items, [1, 2, 3]);
}

#[tokio::test]
async fn cursors_and_numbers() {
    let server = grantkit_integration_tests::support::mock_server().await;
    for (cursor, body) in [(None, r#"{"files":["a"],"next":"c2"}"#), (Some("c2"), r#"{"files":["b"],"next":null}"#)] {
        server
            .mock_async(|when, then| {
                let when = when.path("/v1/customers/7/files");
                let _ = match cursor {
                    Some(cursor) => when.query_param("cursor", cursor),
                    None => when.query_param_missing("cursor"),
                };
                then.status(200).body(body);
            })
            .await;
    }
    for (page, body) in [("2", "[2]"), ("3", "[]")] {
        server
            .mock_async(|when, then| {
                let _ = when.path("/v1/numbered").query_param("page", page);
                then.status(200).body(body);
            })
            .await;
    }
    server
        .mock_async(|when, then| {
            let _ = when.path("/v1/numbered");
            then.status(200).body("[1]");
        })
        .await;
    let api = ListsClient::with_base(&server.url("/v1"), credentials()).unwrap();
    let files: Vec<String> = api.files(7).try_collect().await.unwrap();
    assert_eq!(files, ["a", "b"]);
    let numbers: Vec<u32> = pin!(api.numbered()).try_collect().await.unwrap();
    assert_eq!(numbers, [1, 2]);
}

#[tokio::test]
async fn a_stream_goes_to_another_thread_and_ends_with_its_error() {
    let server = grantkit_integration_tests::support::mock_server().await;
    server
        .mock_async(|when, then| {
            let _ = when.path("/v1/linked");
            then.status(200).header("link", "</v1/linked?page=2>; rel=\"next\"").body("[1]");
        })
        .await;
    let api = ListsClient::with_base(&server.url("/v1"), credentials()).unwrap();
    let items = tokio::spawn(async move { api.one_page().collect::<Vec<_>>().await }).await.unwrap();
    assert_eq!(items.first().map(|first| *first.as_ref().unwrap()), Some(1));
    assert!(items.last().is_some_and(Result::is_err), "{items:?}");
}
