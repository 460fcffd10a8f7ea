//! From a login at a company's identity provider to an API that is known by its URL alone (ID-JAG), without a login at the API's server.

use grantkit::authorize::RedirectUri;
use grantkit::discovery::ServerMetadata;
use grantkit::grant::{Login, SecurityToken};
use grantkit::resource_access::ResourceAccess;
use grantkit::transport::Transport;
use grantkit::{ApiClient, Client};
use grantkit_testkit::{AuthorizationServer, ProtectedApi};
use serde_json::{Value, json};

use crate::support::{Answer, CALLBACK, ID, SECRET, Scripted, client_at, log_in, server, server_builder, verdict};

const PROFILE: &str = "urn:ietf:params:oauth:grant-profile:id-jag";

fn back() -> RedirectUri {
    RedirectUri::new(CALLBACK).unwrap()
}

fn apart() -> Transport {
    Transport::builder().build().unwrap()
}

async fn client_of(server: &AuthorizationServer) -> Client {
    let client = Client::builder().client_id(ID).client_secret_basic(SECRET).transport(apart());
    client.discover(&server.issuer()).await.unwrap()
}

async fn logged_in(identity_provider: &Client) -> Login {
    let login = identity_provider.authorization_code(back()).unwrap().scope("openid");
    log_in(&login).await.unwrap()
}

async fn access_to(api: &ProtectedApi, client: Client) -> ResourceAccess {
    ResourceAccess::discover(api.url("/v1/whoami"), back()).client(client).transport(apart()).await.unwrap()
}

/// The identity provider, and a server that trusts it.
async fn both() -> (AuthorizationServer, AuthorizationServer) {
    let idp = server().await;
    let keys = reqwest::Client::builder().no_proxy().build().unwrap().get(idp.jwks_uri()).send().await.unwrap();
    let keys: Value = serde_json::from_slice(&keys.bytes().await.unwrap()).unwrap();
    let trusting = server_builder().trusted_issuer(idp.issuer(), keys).require_resource().start().await.unwrap();
    (idp, trusting)
}

#[tokio::test]
async fn identity_assertion_leads_from_a_login_elsewhere_to_the_api() {
    let (idp, server) = both().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let identity_provider = client_of(&idp).await;
    let login = logged_in(&identity_provider).await;
    let access = access_to(&api, client_of(&server).await).await;
    let subject = SecurityToken::from_login(&login).unwrap();
    let credentials = access.identity_assertion(&identity_provider, subject).unwrap().credentials("chat");
    let answer: Value = ApiClient::new(&api.base_url(), credentials).unwrap().get("v1/whoami").fetch().await.unwrap();
    assert_eq!((&answer["sub"], &answer["client_id"]), (&json!("alice"), &json!(ID)));
    assert_eq!(answer["aud"], access.resource().resource(), "for this API alone");
    let asked = server.counters();
    assert_eq!((asked.authorization_requests, asked.token_requests, asked.jwt_bearer), (0, 1, 1));
    assert_eq!(idp.counters().token_exchange, 1);

    // What the identity provider refuses goes no further.
    idp.revoke_all_refresh_tokens();
    let subject = SecurityToken::id_token("of.another.time");
    let error = access.identity_assertion(&identity_provider, subject).unwrap().get_token().await.unwrap_err();
    assert_eq!((error.oauth_code(), server.counters().token_requests), (Some("invalid_request"), 1), "{error:?}");
}

#[tokio::test]
async fn identity_assertion_at_a_server_without_it_is_refused_unsent() {
    let (idp, server) = (server().await, server().await);
    let api = ProtectedApi::start(&server).await.unwrap();
    let access = access_to(&api, client_of(&server).await).await;
    let subject = SecurityToken::id_token("id.tok.en");
    let error = access.identity_assertion(&client_of(&idp).await, subject).unwrap_err();
    assert_eq!((verdict(&error), idp.counters().token_requests), (vec!["configuration", "unsupported"], 0));
    let text = error.to_string();
    for told in [PROFILE, "the profiles none", "grants authorization_code, client_credentials", "`.login()`"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("id.tok.en"));
}

#[tokio::test]
async fn identity_assertion_is_not_taken_from_the_apis_own_server() {
    let (_, server) = both().await;
    let api = ProtectedApi::start(&server).await.unwrap();
    let access = access_to(&api, client_of(&server).await).await;
    let error = access.identity_assertion(&client_of(&server).await, SecurityToken::id_token("id.tok.en")).unwrap_err();
    assert_eq!((verdict(&error), server.counters().token_requests), (vec!["configuration"], 0));
    assert!(error.to_string().contains("the API's own server"), "{error}");
}

/// An API and its server in one, whose metadata has these members as well.
async fn scripted(others: Value, then: Answer) -> (Scripted, String, Client) {
    let server = Scripted::start([]).await;
    let url = server.url("/mcp");
    let resource = json!({
        "resource": url, "authorization_servers": [server.url("")], "scopes_supported": ["read", "write"],
    });
    let mut metadata = json!({
        "issuer": server.url(""),
        "authorization_endpoint": server.url("/authorize"),
        "token_endpoint": server.url("/token"),
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["read", "write", "offline_access"],
    });
    metadata.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    let known = ServerMetadata::from_json(metadata.to_string()).unwrap();
    let client = Client::builder().client_id("chat").client_secret_post("chat-secret");
    let client = client.build_with_metadata(&known).unwrap();
    server.now_answer([Answer::status(401), Answer::json(200, &resource), Answer::json(200, &metadata), then]);
    (server, url, client)
}

#[tokio::test]
async fn identity_assertion_asks_for_the_api_with_its_scopes() {
    let assertion = json!({
        "issued_token_type": "urn:ietf:params:oauth:token-type:id-jag", "access_token": "jag.one.x", "token_type": "N_A",
    });
    let idp = Scripted::start([Answer::json(200, &assertion)]).await;
    for skips_resource in [false, true] {
        let announced = json!({ "authorization_grant_profiles_supported": [PROFILE] });
        let (server, url, client) = scripted(announced, Answer::token("T1")).await;
        let discovery = ResourceAccess::discover(&url, back()).client(client).transport(apart());
        let discovery = if skips_resource { discovery.skip_resource_parameter() } else { discovery };
        let access = discovery.await.unwrap();
        let subject = SecurityToken::id_token("id.tok.en");
        let grant = access.identity_assertion(&client_at(&idp.url("/token")), subject).unwrap();
        assert_eq!(grant.get_token().await.unwrap().access_token().secret(), "T1");
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let resource = if skips_resource { String::new() } else { format!("&resource={}", encoded(&url)) };
        assert_eq!(
            idp.asked().last().unwrap().body(),
            format!(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=id.tok.en\
                 &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token\
                 &requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid-jag&scope=read+write\
                 {resource}&audience={}",
                encoded(&server.url(""))
            )
        );
        assert_eq!(
            server.asked().last().unwrap().body(),
            format!(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=jag.one.x{resource}\
                 &client_id=chat&client_secret=chat-secret"
            )
        );
    }
}

#[tokio::test]
async fn identity_assertion_error_quotes_what_is_announced_on_one_line() {
    let others = json!({
        "authorization_grant_profiles_supported": ["urn:example:other\n\u{1b}[2J"], "grant_types_supported": ["password"],
    });
    let (server, url, client) = scripted(others, Answer::status(500)).await;
    let access = ResourceAccess::discover(&url, back()).client(client).transport(apart()).await.unwrap();
    let asked = server.count();
    let idp = client_at("https://idp.example/token");
    let text = access.identity_assertion(&idp, SecurityToken::id_token("i")).unwrap_err().to_string();
    assert!(text.contains("urn:example:other") && text.contains("the grants password"), "{text}");
    assert!(!text.contains(char::is_control), "{text:?}");
    assert_eq!(server.count(), asked);
}
