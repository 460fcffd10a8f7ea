use grantkit::prelude::*;

use crate::qci::{account, answer, client};
use crate::token_service::{TokenService, oauth_error};

#[tokio::test]
async fn error_answers_are_told_apart() {
    // Status, body, and whether it is retryable, needs a login, is of the configuration, is no answer.
    for (status, body, expected) in [
        (401, r#"{"message":"bad token"}"#, (false, false, true, false)),
        (403, "forbidden", (false, false, true, false)),
        (400, r#"{"message":"bad request"}"#, (false, false, false, false)),
        (404, "", (false, false, false, true)),
        (429, "slow down", (true, false, false, false)),
        (500, "<html>oops</html>", (true, false, false, false)),
        (200, "<html>welcome</html>", (false, false, false, true)),
        (200, "{}", (false, false, false, true)),
    ] {
        let service = TokenService::answering_text([(status, body)]).await;
        let error = client(account(&service)).get_token().await.unwrap_err();
        let answers =
            (error.is_retryable(), error.needs_login(), error.is_configuration(), error.is_invalid_response());
        assert_eq!(answers, expected, "{body}: {error:?}");
        service.only();
    }
    let service = TokenService::answering_text([(401, "{}")]).await;
    let error = client(account(&service)).get_token().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert!(error.to_string().starts_with("QCi refuses the API token: check `token`"), "{error}");

    // Whatever the body: a new login would not help.
    for (status, code) in [(401, "invalid_grant"), (400, "invalid_grant"), (403, "access_denied")] {
        let service = TokenService::answering([oauth_error(status, code, "revoked")]).await;
        let error = client(account(&service)).get_token().await.unwrap_err();
        assert!(error.is_configuration() && !error.needs_login() && !error.is_retryable(), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn a_token_that_the_server_quotes_is_struck_out() {
    for (quoted, instead) in [
        (r#"no such token: api"token\1"#, "[redacted]"),
        // What looks like a token answer is not quoted at all.
        (r#"{"message":"unknown","refresh_token":"api\"token\\1"}"#, "not shown"),
    ] {
        let service = TokenService::answering_text([(400, quoted)]).await;
        let error = client(account(&service)).get_token().await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(instead) && !shown.contains("api"), "{shown}");
    }
}

/// The API token is not spent by it.
#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let busy = (503, serde_json::json!({ "message": "busy" }));
    let service = TokenService::answering([busy, answer("2030-01-31T12:00:00Z")]).await;
    assert_eq!(client(account(&service)).get_token().await.unwrap().access_token().secret(), "A1");
    assert_eq!(service.received().len(), 2);
}
