//! Refresh tokens: rotation, reuse, narrowing.

use grantkit_testkit::{ProtectedApi, RefreshTokens};

use crate::support::{ask, assert_error, builder, http, json, login, refresh, server, text};

#[tokio::test]
async fn refresh_rotates() {
    let server = server().await;
    let first = login(&server, "a").await;
    let second = json(refresh(&server, &text(&first, "refresh_token"), &[]).await).await;
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    assert_eq!(second["scope"], "a");
    assert_eq!(refresh(&server, &text(&second, "refresh_token"), &[]).await.status(), 200);
}

#[tokio::test]
async fn reuse_revokes_the_whole_family_and_no_other() {
    let server = server().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let call = async |answer: &serde_json::Value| {
        let request = http().get(api.url("/v1/whoami")).bearer_auth(text(answer, "access_token"));
        request.send().await.unwrap().status()
    };
    let other = login(&server, "a").await;
    let first = login(&server, "a").await;
    let second = json(refresh(&server, &text(&first, "refresh_token"), &[]).await).await;
    assert_eq!(call(&first).await, 200);
    assert_error(refresh(&server, &text(&first, "refresh_token"), &[]).await, 400, "invalid_grant").await;

    assert_eq!(call(&first).await, 401);
    assert_eq!(call(&second).await, 401);
    assert_error(refresh(&server, &text(&second, "refresh_token"), &[]).await, 400, "invalid_grant").await;
    assert_eq!(call(&other).await, 200);
    assert_eq!(refresh(&server, &text(&other, "refresh_token"), &[]).await.status(), 200);
    let counters = server.counters();
    assert_eq!((counters.reused_refresh_tokens, counters.revoked_families), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_spenders_one_wins() {
    let server = server().await;
    let token = text(&login(&server, "a").await, "refresh_token");
    let spenders: Vec<_> = (0..20)
        .map(|_| {
            let (server, token) = (server.clone(), token.clone());
            tokio::spawn(async move { refresh(&server, &token, &[]).await.status() })
        })
        .collect();
    let mut winners = 0;
    for spender in spenders {
        winners += u32::from(spender.await.unwrap() == 200);
    }
    assert_eq!(winners, 1);
    assert_eq!(server.counters().reused_refresh_tokens, 19);
}

#[tokio::test]
async fn without_rotation_the_token_stays_good() {
    let server = builder().rotate_refresh_tokens(false).start().await.unwrap();
    let token = text(&login(&server, "a").await, "refresh_token");
    for _ in 0..2 {
        let answer = json(refresh(&server, &token, &[]).await).await;
        assert!(answer["access_token"].is_string());
        assert!(answer.get("refresh_token").is_none());
    }
}

#[tokio::test]
async fn scope_can_be_narrowed_but_not_widened() {
    let server = server().await;
    let first = login(&server, "a b").await;
    let token = text(&first, "refresh_token");
    assert_error(refresh(&server, &token, &[("scope", "a c")]).await, 400, "invalid_scope").await;
    let narrow = json(refresh(&server, &token, &[("scope", "a")]).await).await;
    assert_eq!(narrow["scope"], "a");
    let whole = json(refresh(&server, &text(&narrow, "refresh_token"), &[]).await).await;
    assert_eq!(whole["scope"], "a b");
}

#[tokio::test]
async fn another_client_cannot_use_it_nor_harm_it() {
    let server = server().await;
    let token = text(&login(&server, "a").await, "refresh_token");
    let stolen = ask(&server, &[("grant_type", "refresh_token"), ("refresh_token", &token)]).await;
    assert_error(stolen, 400, "invalid_grant").await;
    assert_eq!(refresh(&server, &token, &[]).await.status(), 200);
}

#[tokio::test]
async fn unknown_and_revoked_tokens_are_refused() {
    let server = server().await;
    assert_error(refresh(&server, "rt_made_up", &[]).await, 400, "invalid_grant").await;
    let token = text(&login(&server, "a").await, "refresh_token");
    server.revoke_all_refresh_tokens();
    assert_error(refresh(&server, &token, &[]).await, 400, "invalid_grant").await;
    assert_eq!(server.counters().reused_refresh_tokens, 0);
}

#[tokio::test]
async fn builder_decides_who_gets_one() {
    let server = builder().refresh_tokens(RefreshTokens::WithOfflineAccess).start().await.unwrap();
    assert!(login(&server, "a").await.get("refresh_token").is_none());
    assert!(login(&server, "a offline_access").await["refresh_token"].is_string());
    let server = builder().refresh_tokens(RefreshTokens::Never).start().await.unwrap();
    assert!(login(&server, "a offline_access").await.get("refresh_token").is_none());
}
