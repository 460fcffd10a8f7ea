use crate::real_server::RealServer;

const CALLERS: usize = 1000;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_make_one_token_request() {
    let server = RealServer::authlib().start();
    let client = server.confidential("basic").await;
    let credentials = client.client_credentials().scope("read").credentials("a thousand callers");
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let credentials = credentials.clone();
            tokio::spawn(async move { credentials.headers().await.unwrap().authorization().to_owned() })
        })
        .collect();
    let mut tokens = Vec::with_capacity(CALLERS);
    for caller in callers {
        tokens.push(caller.await.unwrap());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    assert_eq!(server.stats().await.token_requests("client_credentials"), 1);
}
