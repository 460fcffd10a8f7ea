//! HTTP/2, whose implementation logs every frame: headers that are marked sensitive are not among what it says.

use grantkit::Client;
use grantkit::transport::Transport;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpListener;

use crate::flows::SECRET;
use crate::watch::{Watch, log};

/// A token endpoint over HTTP/2 without TLS.
async fn token_endpoint() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service_fn(async |_| {
                let body = r#"{"access_token":"CANARY-access-token","token_type":"Bearer","refresh_token":"CANARY-refresh-token"}"#;
                Ok::<_, std::convert::Infallible>(http::Response::new(body.to_owned()))
            });
            tokio::spawn(http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service));
        }
    });
    format!("http://{address}/token")
}

#[tokio::test]
async fn frames_of_http2_show_no_secret() {
    let mut watch = Watch::start();
    watch.secret(SECRET);
    let transport = Transport::builder().configure(reqwest::ClientBuilder::http2_prior_knowledge).build().unwrap();
    let url = token_endpoint().await;
    for post in [false, true] {
        let builder = Client::builder().client_id("billing").transport(transport.clone());
        let builder = builder.token_endpoint(&url).unwrap();
        let client =
            if post { builder.client_secret_post(SECRET).build() } else { builder.client_secret_basic(SECRET).build() };
        watch.token(&client.client_credentials().get_token().await.unwrap());
        watch.show(&transport);
    }
    assert!(log().contains("h2::"), "its frames are logged");
    watch.finish();
}
