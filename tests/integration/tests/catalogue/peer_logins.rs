//! The logins of the services that httpx-oauth has, to the address and the parameter: where a person is sent, and with what a code is exchanged
//! and a login refreshed. Where a vendor has moved on since (versions, OpenID Connect), it is as the vendor wants it today.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use grantkit::ProviderClient;
use grantkit::authorize::RedirectUri;
use grantkit::store::MemoryStore;
use grantkit_providers::catalogue::{Grant, entry};
use grantkit_testkit::{RecordedRequest, provider};
use secrecy::ExposeSecret as _;

use crate::connect::settings;
use crate::end_to_end::log_in;

struct Login {
    name: &'static str,
    authorize: &'static str,
    /// As it stands in the URL, decoded.
    scope: Option<&'static str>,
    parameters: &'static [(&'static str, &'static str)],
    sends_challenge: bool,
    token_path: &'static str,
    by_basic: bool,
}

const fn login(
    name: &'static str,
    authorize: &'static str,
    scope: Option<&'static str>,
    token_path: &'static str,
) -> Login {
    Login { name, authorize, scope, parameters: &[], sends_challenge: true, token_path, by_basic: false }
}

fn logins() -> [Login; 13] {
    [
        Login {
            parameters: &[("access_type", "offline"), ("prompt", "consent")],
            ..login("google", "https://accounts.google.com/o/oauth2/v2/auth", Some("openid email profile"), "/token")
        },
        login(
            "github",
            "https://github.com/login/oauth/authorize",
            Some("read:user user:email"),
            "/login/oauth/access_token",
        ),
        login(
            "facebook",
            "https://www.facebook.com/v24.0/dialog/oauth",
            Some("public_profile,email"),
            "/v24.0/oauth/access_token",
        ),
        login(
            "microsoft",
            "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            Some("openid profile email offline_access"),
            "/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/token",
        ),
        Login {
            by_basic: true,
            ..login(
                "okta",
                "https://acme.example/oauth2/default/v1/authorize",
                Some("openid profile email offline_access"),
                "/oauth2/default/v1/token",
            )
        },
        Login {
            by_basic: true,
            ..login("discord", "https://discord.com/oauth2/authorize", Some("identify email"), "/api/oauth2/token")
        },
        Login {
            sends_challenge: false,
            ..login(
                "linkedin",
                "https://www.linkedin.com/oauth/v2/authorization",
                Some("openid profile email"),
                "/oauth/v2/accessToken",
            )
        },
        Login {
            by_basic: true,
            parameters: &[("duration", "permanent")],
            ..login("reddit", "https://www.reddit.com/api/v1/authorize", Some("identity"), "/api/v1/access_token")
        },
        Login {
            parameters: &[("acr_values", "eidas1")],
            ..login(
                "franceconnect",
                "https://oidc.franceconnect.gouv.fr/api/v2/authorize",
                Some("openid given_name family_name email"),
                "/api/v2/token",
            )
        },
        login(
            "kakao",
            "https://kauth.kakao.com/oauth/authorize",
            Some("profile_nickname,profile_image,account_email"),
            "/oauth/token",
        ),
        login("naver", "https://nid.naver.com/oauth2.0/authorize", None, "/oauth2.0/token"),
        login(
            "shopify",
            "https://acme.myshopify.com/admin/oauth/authorize",
            Some("read_products"),
            "/admin/oauth/access_token",
        ),
        // Any server of OpenID Connect.
        Login {
            by_basic: true,
            ..login(
                "keycloak",
                "https://acme.example/realms/acme/protocol/openid-connect/auth",
                Some("openid profile email"),
                "/realms/acme/protocol/openid-connect/token",
            )
        },
    ]
}

#[test]
fn people_are_sent_where_and_with_what_is_there() {
    for Login { name, authorize, scope, parameters, sends_challenge, .. } in logins() {
        let client = ProviderClient::connect(name, settings(entry(name).unwrap()).with("client_id", "acme"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let login = client.login(RedirectUri::new("https://app.example/cb").unwrap()).unwrap();
        let (mut url, pending) = login.start().unwrap();
        let sent: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        url.set_query(None);
        assert_eq!(url.as_str(), authorize, "{name}");
        let one = |wanted: &str| {
            let found: Vec<_> = sent.iter().filter(|(key, _)| key == wanted).map(|(_, value)| value.as_str()).collect();
            assert!(found.len() < 2, "{name}: {wanted} twice");
            found.first().copied()
        };
        assert_eq!(one("scope"), scope, "{name}");
        let always = [("response_type", "code"), ("client_id", "acme"), ("redirect_uri", "https://app.example/cb")];
        for (key, value) in always.into_iter().chain(parameters.iter().copied()).chain([("state", pending.state())]) {
            assert_eq!(one(key), Some(value), "{name}: {key}");
        }
        assert_eq!(one("code_challenge_method"), sends_challenge.then_some("S256"), "{name}");
        assert_eq!(one("nonce").is_some(), scope.is_some_and(|scope| scope.contains("openid")), "{name}");
    }
}

fn names(form: &[(String, String)]) -> Vec<&str> {
    form.iter().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_and_refresh_tokens_are_sent_where_and_with_what_is_there() {
    for Login { name, token_path, by_basic, sends_challenge, .. } in logins() {
        let entry = entry(name).unwrap();
        let played = provider(name).start().await.unwrap();
        let of = played.settings();
        let (id, secret) = (of.text("client_id").unwrap(), of.secret("client_secret").unwrap());
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic =
            format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret.expose_secret()))));
        let client = ProviderClient::connect(name, played.settings()).unwrap();
        let check = |request: &RecordedRequest, first: &[&str]| {
            let form = request.form();
            let own = if by_basic { &[][..] } else { &["client_id", "client_secret"] };
            assert_eq!(names(&form), [first, own].concat(), "{name}");
            assert_eq!(request.header("authorization"), by_basic.then_some(basic.as_str()), "{name}");
            assert_eq!(request.header("accept"), Some("application/json"), "{name}");
            if !by_basic {
                let sent: Vec<_> = form.iter().rev().take(2).map(|(_, value)| value.as_str()).collect();
                assert_eq!(sent, [secret.expose_secret(), id], "{name}");
            }
            form
        };
        let token_requests = || {
            let all = played.requests().into_iter();
            all.filter(|it| it.method == "POST" && it.path == token_path).collect::<Vec<_>>()
        };
        let login = log_in(entry, &client).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let verifier = sends_challenge.then_some("code_verifier");
        let of_code: Vec<_> = ["grant_type", "code", "redirect_uri"].into_iter().chain(verifier).collect();
        let requests = token_requests();
        let [exchange, ..] = requests.as_slice() else { panic!("{name}: {requests:?}") };
        let exchange = check(exchange, &of_code);
        assert_eq!(exchange[0].1, "authorization_code", "{name}");
        assert_eq!(exchange[2].1, "https://app.example/cb", "{name}");

        // Facebook's are exchanged instead: `own_ways`.
        if !entry.has_grant(Grant::RefreshToken) || name == "facebook" {
            continue;
        }
        let spent = login.token().refresh_token().unwrap().secret().to_owned();
        let credentials = login.credentials_in(MemoryStore::new(), "alice").await.unwrap();
        played.clear_requests();
        credentials.refresh().await.unwrap();
        let requests = token_requests();
        let [refresh] = requests.as_slice() else { panic!("{name}: {requests:?}") };
        let of_refresh: &[&str] =
            if name == "okta" { &["grant_type", "refresh_token", "scope"] } else { &["grant_type", "refresh_token"] };
        let refresh = check(refresh, of_refresh);
        assert_eq!((refresh[0].1.as_str(), refresh[1].1.as_str()), ("refresh_token", spent.as_str()), "{name}");
    }
}
