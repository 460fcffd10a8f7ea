use super::*;

fn request() -> LogoutRequest {
    LogoutRequest::at("https://as.example/logout?tenant=7").unwrap()
}

#[test]
fn the_url_has_what_was_given_and_a_state() {
    let (url, pending) = request()
        .id_token_hint("e.y.J")
        .client_id("app")
        .post_logout_redirect_uri("https://app.example/out?x=1")
        .parameter("ui_locales", "de en")
        .start()
        .unwrap();
    let state = pending.state.clone().unwrap();
    assert_eq!(
        url.as_str(),
        format!(
            "https://as.example/logout?tenant=7&id_token_hint=e.y.J&client_id=app\
             &post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fout%3Fx%3D1&state={state}&ui_locales=de+en"
        )
    );
    assert_eq!(state.len(), 43, "256 bits");
    let (bare, pending) = request().start().unwrap();
    assert_eq!(bare.as_str(), "https://as.example/logout?tenant=7");
    pending.finish("https://app.example/").unwrap();
}

#[test]
fn only_the_browser_that_was_sent_comes_back() {
    let start = || request().client_id("app").post_logout_redirect_uri("https://app.example/out").start().unwrap().1;
    for form in ["https://app.example/out?x=1&state=STATE", "state=STATE", "?state=STATE#x", "/out?state=STATE"] {
        let pending = start();
        let callback = form.replace("STATE", pending.state.as_deref().unwrap());
        // From the session that it was kept in.
        let kept = serde_json::to_string(&pending).unwrap();
        serde_json::from_str::<PendingLogout>(&kept).unwrap().finish(callback).unwrap();
    }
    let foreign = start().state.unwrap();
    for form in [
        "https://app.example/out",
        "state=",
        &format!("state={foreign}"),
        "https://app.example/out#state=STATE",
        "state=STATE&state=STATE",
        "",
    ] {
        let pending = start();
        let callback = form.replace("STATE", pending.state.as_deref().unwrap());
        assert!(pending.finish(callback).unwrap_err().is_security(), "{form}");
    }
    let pending = start();
    let failed = format!("error=server_error&state={}", pending.state.clone().unwrap());
    assert_eq!(pending.finish(failed).unwrap_err().oauth_code(), Some("server_error"));
}

#[test]
fn what_cannot_work_is_said_before_the_browser_is_sent() {
    let error = request().post_logout_redirect_uri("https://app.example/out").start().unwrap_err();
    assert!(error.is_configuration() && error.to_string().contains("client_id"), "{error}");
    assert!(LogoutRequest::at("http://as.example/logout").unwrap_err().is_configuration());
}

#[test]
fn neither_the_id_token_nor_the_state_is_shown() {
    let request = request().id_token_hint("s3cret").post_logout_redirect_uri("https://app.example/out");
    let shown = format!("{request:?}");
    let (_, pending) = request.start().unwrap();
    assert!(!shown.contains("s3cret") && !format!("{pending:?}").contains(pending.state.as_deref().unwrap()));
}

#[test]
fn a_frontchannel_logout_names_issuer_and_session_or_neither() {
    let read = |query| FrontchannelLogout::read(query, "https://as.example");
    assert_eq!(read("https://app.example/out?iss=https://as.example&sid=1").unwrap().session(), Some("1"));
    assert_eq!(read("https://app.example/out").unwrap().session(), None);
    for refused in [
        "iss=https://evil.example&sid=1",
        "iss=https://as.example/&sid=1",
        "iss=https://as.example",
        "sid=1",
        "iss=https://as.example&sid=",
        "iss=https://as.example&sid=1&sid=2",
    ] {
        assert!(read(refused).unwrap_err().is_security(), "{refused}");
    }
}

#[test]
fn each_parameter_has_one_value() {
    for name in OWN {
        let error = request().client_id("app").parameter(name, "x").start().unwrap_err();
        assert!(error.is_configuration() && error.to_string().contains(&format!("`.{name}(..)`")), "{error}");
    }
    assert!(request().state("").start().unwrap_err().is_configuration());
}

#[test]
fn the_state_may_be_the_programs_own() {
    let start = || request().client_id("app").post_logout_redirect_uri("https://app.example/out").state("s-0f3a");
    let (url, pending) = start().start().unwrap();
    assert_eq!(url.query_pairs().filter(|(name, value)| name == "state" && value == "s-0f3a").count(), 1);
    pending.finish("https://app.example/out?state=s-0f3a").unwrap();
    assert!(start().start().unwrap().1.finish("state=other").unwrap_err().is_security());
    assert!(!format!("{:?}", start()).contains("s-0f3a"));
}
