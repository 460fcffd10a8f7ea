//! Plain `http` to this machine goes through no proxy: it would read the secret and the token.

use std::env;
use std::time::Duration;

use grantkit::ApiClient;
use grantkit::transport::{ServiceRequest, Transport};

use crate::other_process::other_process;
use crate::support::{Answer, ID, RawServer, SECRET, Scripted, client_at, eventually};

const PROXY: &str = "GRANTKIT_TEST_PROXY";
const VARIABLES: [&str; 6] = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// One that takes note of what passes.
async fn proxy() -> RawServer {
    RawServer::start("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await
}

#[tokio::test]
async fn the_proxies_of_the_environment_see_nothing_that_stays_on_this_machine() {
    for variables in [&VARIABLES[..], &VARIABLES[..1], &VARIABLES[1..2], &VARIABLES[4..5], &VARIABLES[5..]] {
        let proxy = proxy().await;
        let mut child = other_process("proxy::tokens_and_calls_of_another_process");
        for variable in VARIABLES.iter().chain(&["NO_PROXY", "no_proxy"]) {
            child.env_remove(variable);
        }
        child.envs(variables.iter().map(|variable| (*variable, proxy.url("")))).env(PROXY, "1");
        let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{variables:?}: {said}");
        // The request that was sent without grantkit: the proxy is in use.
        assert_eq!(proxy.connections(), 1, "{variables:?}: {said}");
    }
}

/// What the other process does; without its variable, nothing is asked of it.
#[tokio::test]
async fn tokens_and_calls_of_another_process() {
    let server = Scripted::start([Answer::token("t")]).await;
    let client = client_at(&server.url("/token"));
    let credentials = client.client_credentials().credentials("around-the-proxy");
    let api = ApiClient::new(&server.url("/v1"), credentials).unwrap();
    api.get("invoices").send().await.unwrap();
    // Over a connection of its own.
    client.refresh_token_grant("rt").get_token().await.unwrap();
    assert_eq!(server.count(), 3);
    if env::var_os(PROXY).is_some() {
        let answer = reqwest::get(server.url("/through")).await.unwrap();
        assert_eq!(answer.status(), 502);
        assert_eq!(server.count(), 3);
    }
}

#[tokio::test]
async fn nor_does_a_proxy_that_was_configured() {
    let proxy = proxy().await;
    let url = proxy.url("");
    let through = move |http: reqwest::ClientBuilder| http.proxy(reqwest::Proxy::all(&url).unwrap());
    let server = Scripted::start([Answer::token("t")]).await;
    let transport = Transport::builder().configure(through.clone()).build().unwrap();
    let client = grantkit::Client::builder()
        .client_id(ID)
        .client_secret_basic(SECRET)
        .transport(transport.clone())
        .token_endpoint(&server.url("/token"))
        .unwrap()
        .build();
    let credentials = client.client_credentials().credentials("around-a-configured-proxy");
    let base = server.url("/v1");
    let over = ApiClient::builder(&base, credentials.clone()).transport(&transport).build().unwrap();
    let configured = ApiClient::builder(&base, credentials).configure(through).build().unwrap();
    over.get("invoices").send().await.unwrap();
    configured.get("invoices").send().await.unwrap();
    assert_eq!((server.count(), proxy.connections()), (3, 0));
}

/// The servers that give a machine its keys and tokens: a proxy would read them, and give those of its own machine.
#[tokio::test]
async fn nor_does_what_is_asked_of_the_machines_own_host_go_through_a_proxy() {
    let proxy = proxy().await;
    let url = proxy.url("");
    let through = move |http: reqwest::ClientBuilder| http.proxy(reqwest::Proxy::all(&url).unwrap());
    let transport = Transport::builder().configure(through).build().unwrap();
    let ask = async |url: &str| {
        let request =
            ServiceRequest::get("metadata server", url).transport(transport.clone()).danger_allow_plain_http();
        // It need not be reachable; it is only about whether the proxy is asked.
        request.timeout(Duration::from_millis(300)).send().await.map(drop)
    };
    for host in ["169.254.169.254", "169.254.170.2", "[fd00:ec2::254]", "metadata.google.internal"] {
        let _ = ask(&format!("http://{host}/latest")).await;
        assert_eq!(proxy.connections(), 0, "{host}");
    }
    // The proxy is in use.
    eventually("the proxy is asked", async || {
        let _ = ask("http://as.example/latest").await;
        (proxy.connections() > 0).then_some(())
    })
    .await;
}
