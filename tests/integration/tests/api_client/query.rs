use std::collections::BTreeMap;

use serde::Serialize;

use crate::client::api;
use crate::server::Server;

async fn query(parameters: &(impl Serialize + ?Sized)) -> Result<String, String> {
    let server = Server::content().await;
    let outcome = api(&server.origin).get("x").query(parameters).send().await;
    outcome.map(|_| server.only().target.trim_start_matches("/x").to_owned()).map_err(|error| {
        assert!(error.is_configuration() && server.seen().is_empty(), "{error:?}");
        error.to_string()
    })
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Open,
}

#[derive(Serialize)]
struct Filter {
    state: State,
    paid: bool,
    archived: bool,
    after: Option<u32>,
    before: Option<u32>,
    tag: Vec<&'static str>,
    share: f64,
    balance: i64,
    empty: &'static str,
    text: &'static str,
}

#[tokio::test]
async fn a_struct_in_its_order() {
    let filter = Filter {
        state: State::Open,
        paid: true,
        archived: false,
        after: None,
        before: Some(u32::MAX),
        tag: vec!["eu", "b2b"],
        share: 0.5,
        balance: i64::MIN,
        empty: "",
        text: "a b&c=d+é/?#%",
    };
    let expected = "?state=open&paid=true&archived=false&before=4294967295&tag=eu&tag=b2b&share=0.5\
                    &balance=-9223372036854775808&empty=&text=a+b%26c%3Dd%2B%C3%A9%2F%3F%23%25";
    assert_eq!(query(&filter).await.as_deref(), Ok(expected));
}

#[tokio::test]
async fn pairs_and_maps() {
    assert_eq!(query(&[("a", "1"), ("a", "2")]).await.as_deref(), Ok("?a=1&a=2"));
    assert_eq!(query(&[("a", Some(true)), ("b", None)]).await.as_deref(), Ok("?a=true"));
    assert_eq!(query(&vec![("x[y]", 1)]).await.as_deref(), Ok("?x%5By%5D=1"));
    assert_eq!(query(&BTreeMap::from([(1, "one"), (2, "two")])).await.as_deref(), Ok("?1=one&2=two"));
    assert_eq!(query(&(("a", 1), ("b", "x"))).await.as_deref(), Ok("?a=1&b=x"));
}

#[tokio::test]
async fn nothing_leaves_no_question_mark() {
    assert_eq!(query(&()).await.as_deref(), Ok(""));
    assert_eq!(query(&None::<Filter>).await.as_deref(), Ok(""));
    assert_eq!(query(&[("a", None::<u8>)]).await.as_deref(), Ok(""));
}

#[tokio::test]
async fn what_has_no_one_form_is_an_error() {
    assert!(query("a=1").await.unwrap_err().contains("the query is not a struct, map or list of pairs"));
    assert!(query(&7).await.unwrap_err().contains("not a struct"));
    assert!(query(&[("a", [("b", 1)])]).await.unwrap_err().contains("`a` in the query"));
    assert!(query(&[("a", u128::MAX)]).await.unwrap_err().contains("give it as text"));
    assert_eq!(query(&[("a", u64::MAX)]).await.as_deref(), Ok("?a=18446744073709551615"));
}

#[tokio::test]
async fn queries_add_up() {
    let server = Server::content().await;
    api(&server.origin).get("x?a=1%202").query(&[("b", "2")]).query(&()).query(&[("a", "3")]).send().await.unwrap();
    assert_eq!(server.only().target, "/x?a=1%202&b=2&a=3");
}
