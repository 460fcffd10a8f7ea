use futures_util::{StreamExt as _, TryStreamExt as _};
use grantkit::api::{Items, Pagination};
use grantkit::{ApiClient, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::{Numbered, api};
use crate::server::{Answer, Seen, Server, answer};

#[derive(Debug, Deserialize, PartialEq)]
struct Invoice {
    id: u32,
}

fn page(ids: impl IntoIterator<Item = u32>) -> Value {
    ids.into_iter().map(|id| json!({ "id": id })).collect()
}

fn json_answer(body: &Value) -> Answer {
    answer(200, body.to_string())
}

async fn ids(items: Items<Invoice>) -> Result<Vec<u32>> {
    items.map_ok(|invoice| invoice.id).try_collect().await
}

fn parameter(seen: &Seen, name: &str) -> Option<String> {
    let query = seen.target.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// Three pages of two, as GitHub has them; the second link is relative.
async fn with_links() -> Server {
    Server::start(|seen| {
        let number = parameter(seen, "page").map_or(1, |page| page.parse().unwrap());
        let answer = json_answer(&page([number * 2 - 1, number * 2]));
        let host = seen.header("host").unwrap();
        match number {
            1 => answer.header(
                "link",
                format!(
                    "<http://{host}/v1/invoices?state=open&page=2>; rel=\"next\", <http://{host}/v1/x>; rel=\"last\""
                ),
            ),
            2 => answer.header("link", "<?page=3&state=open>; rel=next"),
            _ => answer.header("link", format!("<http://{host}/v1/invoices?page=2>; rel=\"prev\"")),
        }
    })
    .await
}

#[tokio::test]
async fn links_lead_to_the_end_and_each_page_is_asked_for_as_the_first() {
    let server = with_links().await;
    let api = api(&server.url("/v1"));
    let request = api.get("invoices").query(&[("state", "open")]).header("x-tenant", "acme");
    assert_eq!(ids(request.paginate(Pagination::link())).await.unwrap(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(
        server.targets(),
        ["/v1/invoices?state=open", "/v1/invoices?state=open&page=2", "/v1/invoices?page=3&state=open"]
    );
    for seen in server.seen() {
        assert_eq!((seen.authorization(), seen.header("x-tenant")), ("Bearer t1", Some("acme")));
    }
}

#[tokio::test]
async fn a_page_is_requested_when_its_first_item_is_asked_for() {
    let server = with_links().await;
    let mut items = api(&server.url("/v1")).get("invoices").paginate::<Invoice>(Pagination::link());
    assert_eq!(server.seen().len(), 0);
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.next().await.unwrap().unwrap().id, 2);
    assert_eq!(server.seen().len(), 1);
    // What is left, and not what was read.
    let left: Vec<_> = items.fetch_all().await.unwrap().into_iter().map(|invoice| invoice.id).collect();
    assert_eq!(left, [3, 4, 5, 6]);
}

#[tokio::test]
async fn pages_come_with_their_headers() {
    let server = with_links().await;
    let pages = api(&server.url("/v1")).get("invoices").paginate::<Invoice>(Pagination::link()).pages();
    let pages: Vec<_> = pages.try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.items().len()).collect::<Vec<_>>(), [2, 2, 2]);
    assert!(pages[2].headers()["link"].to_str().unwrap().contains("prev"));
    assert_eq!(pages.into_iter().flatten().map(|invoice| invoice.id).sum::<u32>(), 21);
}

#[tokio::test]
async fn a_cursor_goes_into_the_query_in_place_of_the_last_one() {
    let server = Server::start(|seen| {
        json_answer(&match parameter(seen, "pageToken").as_deref() {
            None => json!({ "files": page([1, 2]), "nextPageToken": "a/b=+ " }),
            Some("a/b=+ ") => json!({ "nextPageToken": 7 }),
            Some("7") => json!({ "files": page([3]), "nextPageToken": "" }),
            other => panic!("{other:?}"),
        })
    })
    .await;
    let api = api(&server.origin);
    let pagination = Pagination::cursor("/nextPageToken", "pageToken").items_at("/files");
    let files = api.get("files").query(&[("q", "a b")]).paginate(pagination.clone().allow_missing_items());
    assert_eq!(ids(files).await.unwrap(), [1, 2, 3]);
    assert_eq!(server.targets(), ["/files?q=a+b", "/files?q=a+b&pageToken=a%2Fb%3D%2B+", "/files?q=a+b&pageToken=7"]);
    // As long as it is not allowed, a page without its list is an error.
    let error = ids(api.get("files").paginate(pagination)).await.unwrap_err();
    assert!(error.is_invalid_response() && error.to_string().contains("`.allow_missing_items()`"), "{error}");
}

#[tokio::test]
async fn a_next_url_in_the_body() {
    let server = Server::start(|seen| {
        let host = seen.header("host").unwrap();
        json_answer(&match seen.target.as_str() {
            "/v1/users" => {
                json!({ "value": page([1]), "@odata.nextLink": format!("http://{host}/v1/users?$skiptoken=x#y") })
            }
            "/v1/users?$skiptoken=x" => json!({ "value": page([2]), "@odata.nextLink": null }),
            other => panic!("{other}"),
        })
    })
    .await;
    let pagination = Pagination::next_url("/@odata.nextLink").items_at("/value");
    assert_eq!(ids(api(&server.url("/v1")).get("users").paginate(pagination)).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn numbers_are_counted_to_the_first_empty_page() {
    let server = Server::start(|seen| {
        let offset: Option<u32> = parameter(seen, "offset").map(|offset| offset.parse().unwrap());
        let number = parameter(seen, "page").map(|page| page.parse::<u32>().unwrap());
        json_answer(&match (number, offset) {
            (Some(number @ 0..3), None) => page([number]),
            (None, Some(offset @ 0..10)) => page(offset..offset + 4),
            _ => page([]),
        })
    })
    .await;
    let api = api(&server.origin);
    assert_eq!(ids(api.get("x").paginate(Pagination::page_number("page"))).await.unwrap(), [1, 2]);
    assert_eq!(ids(api.get("x").paginate(Pagination::page_number("page").starting_at(0))).await.unwrap(), [0, 1, 2]);
    let begun = api.get("x").query(&[("page", "2"), ("a", "b")]).paginate(Pagination::page_number("page"));
    assert_eq!(ids(begun).await.unwrap(), [2]);
    let targets = server.targets();
    assert_eq!(targets[..3], ["/x?page=1", "/x?page=2", "/x?page=3"]);
    assert_eq!(targets[7..], ["/x?a=b&page=2", "/x?a=b&page=3"]);
    let counted = ids(api.get("x").paginate(Pagination::offset("offset", 4))).await.unwrap();
    assert_eq!(counted, (0..12).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_token_does_not_follow_a_page_out_of_the_base_url() {
    let elsewhere = Server::content().await;
    let foreign = elsewhere.url("/v1/invoices?page=2");
    for next in [
        foreign.as_str(),
        "/v2/invoices",
        "../secrets",
        "//evil.example/v1/x",
        "http://127.0.0.1/v1/x",
        "..%2fx",
        "a/..;/x",
    ] {
        let target = next.to_owned();
        let server =
            Server::start(move |_| json_answer(&page([1])).header("link", format!("<{target}>; rel=\"next\""))).await;
        let mut items = api(&server.url("/v1")).get("invoices").paginate::<Invoice>(Pagination::link());
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_security() && error.to_string().contains("base URL"), "{next}: {error}");
        assert!(!error.to_string().contains("page=2"), "{error}");
        assert!(items.next().await.is_none(), "after an error it is over");
        assert_eq!(server.seen().len(), 1, "{next}");
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_circle_is_an_error() {
    let server = Server::start(|seen| {
        let next = if seen.target.ends_with("page=2") { "?page=1" } else { "?page=2" };
        json_answer(&json!({ "items": page([1]), "next": next, "cursor": "same" }))
            .header("link", format!("<{next}>; rel=next"))
    })
    .await;
    let api = api(&server.origin);
    for pagination in [Pagination::link(), Pagination::next_url("/next"), Pagination::cursor("/cursor", "after")] {
        let items = api.get("x").query(&[("page", 1)]).paginate::<Invoice>(pagination.items_at("/items"));
        let error = items.fetch_all().await.unwrap_err();
        assert!(error.is_invalid_response() && error.to_string().contains("circle"), "{error}");
    }
    assert_eq!(server.seen().len(), 6);
    // One that does not know the parameter answers with the first page for ever.
    let error = ids(api.get("x").paginate(Pagination::page_number("p").items_at("/items"))).await.unwrap_err();
    assert!(error.to_string().contains("does the API call it `p`"), "{error}");
    assert_eq!(server.seen().len(), 8);
}

#[tokio::test]
async fn an_api_that_never_ends_does() {
    let server = Server::start(|seen| {
        let number: u32 = parameter(seen, "page").unwrap().parse().unwrap();
        json_answer(&page([number]))
    })
    .await;
    let items = api(&server.origin).get("x").paginate::<Invoice>(Pagination::page_number("page").max_pages(3));
    let all: Vec<_> = items.collect().await;
    assert_eq!(all.len(), 4);
    let error = all.into_iter().next_back().unwrap().unwrap_err();
    assert!(error.to_string().contains("more than 3 pages: raise `max_pages`"), "{error}");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_page_that_cannot_be_read_says_what_to_fix() {
    let server =
        Server::start(|_| json_answer(&json!({ "items": [{ "id": 1 }, { "name": "canary" }], "next": ["x"] }))).await;
    let api = api(&server.origin);
    let of = |pagination: Pagination| ids(api.get("x").paginate(pagination));
    let cases = [
        (Pagination::link(), "the body is not a list: name the place of the items"),
        (Pagination::link().items_at("/data"), "no list of items at `/data`"),
        (
            Pagination::link().items_at("/items"),
            "item at `/items/1` is no `api_client::pagination::Invoice`: `id` is missing",
        ),
        (Pagination::next_url("/next").items_at("/nothing").allow_missing_items(), "neither a text nor a number"),
    ];
    for (pagination, said) in cases {
        let error = of(pagination).await.unwrap_err();
        assert!(error.is_invalid_response() && error.to_string().contains(said), "{error}");
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
    let sent = server.seen().len();
    let cases = [
        (Pagination::link().items_at("items"), "write `/items`"),
        (Pagination::cursor("cursor", "after"), "write `/cursor`"),
        (Pagination::offset("offset", 0), "at least one item"),
    ];
    for (pagination, said) in cases {
        let error = of(pagination).await.unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(said), "{error}");
    }
    let query = api.get("x").query(&[("page", "last")]).paginate::<Invoice>(Pagination::page_number("page"));
    assert!(query.fetch_all().await.unwrap_err().to_string().contains("is not a number"));
    assert_eq!(server.seen().len(), sent, "nothing is sent");
}

#[tokio::test]
async fn an_error_of_the_api_ends_it_whatever_the_client_says_of_statuses() {
    let server = Server::start(|_| answer(503, r#"[{"id":1}]"#).header("retry-after", "3")).await;
    let lenient =
        ApiClient::builder(&server.origin, Numbered::new().credentials()).error_for_status(false).build().unwrap();
    let error = ids(lenient.get("x").paginate(Pagination::link())).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(error.is_retryable() && error.retry_after().is_some());
}

#[tokio::test]
async fn a_body_goes_with_each_page_and_a_stream_with_none() {
    let server = Server::start(|seen| {
        let next = if seen.target == "/search" { json!("/search?after=2") } else { Value::Null };
        json_answer(&json!({ "items": page([1]), "next": next }))
    })
    .await;
    let pagination = Pagination::next_url("/next").items_at("/items");
    let api = api(&server.origin);
    let found = api.post("search").json(&json!({ "text": "x" })).paginate(pagination.clone());
    assert_eq!(ids(found).await.unwrap(), [1, 1]);
    assert!(server.seen().iter().all(|seen| seen.body == r#"{"text":"x"}"#));
    let stream = reqwest::Body::wrap_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("x")]));
    let error = ids(api.post("search").body(stream).paginate(pagination)).await.unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("stream"), "{error}");
}
