//! What the credentials of Google's cloud are got of.

mod api;
mod iam;
mod metadata;
mod principal;
mod sts;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};

use aws_lc_rs::error::Unspecified;
use axum::Router;
use axum::routing::{get, post};
use serde_json::json;

use self::principal::Granted;
use crate::authorization_server::AuthorizationServer;
use crate::clock::Clock;
use crate::fault::Faults;
use crate::keys::{SigningAlgorithm, SigningKey};
use crate::random;
use crate::recorded_request::{RecordedRequest, Recorder};
use crate::socket::{Serving, Site, Socket};
use crate::state;
use crate::sync::lock;

/// The project that everything is in.
const PROJECT: &str = "testkit";
const CLIENT: (&str, &str) = ("testkit.apps.googleusercontent.com", "testkit-secret");

/// Google's cloud on a loopback port, as far as credentials are got of it: it checks the signatures of those who ask, and signs what it
/// gives with keys of its own.
///
/// | route | answer |
/// |---|---|
/// | `POST /token` | the token endpoint: the assertions of service accounts (RFC 7523), for access tokens and for ID tokens; the refresh tokens of users |
/// | `POST /v1/token` | the Security Token Service: tokens of an [issuer that is trusted](Self::trust), and access tokens with an access boundary (RFC 8693) |
/// | `POST /v1/projects/-/serviceAccounts/{email}:{verb}` | the IAM Credentials API: `generateAccessToken`, `generateIdToken`, `signJwt`, `signBlob`, for those [who may](Self::allow) |
/// | `GET /computeMetadata/v1/…` | the metadata server, with the account that is [attached](Self::attach) |
/// | `GET /oauth2/v3/certs` | the keys that ID tokens are signed with |
/// | `GET /v1/whoami` | `{"principal":…,"scopes":[…],"boundary":…}` of the token, also of one that a service account has signed itself |
///
/// ```
/// use grantkit_testkit::GoogleCloud;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let google = GoogleCloud::start().await?;
/// let key_file = google.service_account("robot@testkit.iam.gserviceaccount.com")?;
/// assert!(key_file.contains(&google.url("/token")));
/// # Ok(())
/// # })
/// # }
/// ```
///
/// A clone is another handle to the same one; it stops when the last one is dropped.
#[derive(Clone)]
pub struct GoogleCloud {
    shared: Arc<Cloud>,
    site: Arc<Site>,
    serving: Arc<Serving>,
}

impl GoogleCloud {
    /// Binds a free port on 127.0.0.1 and serves it on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// If no port could be bound, or no key be made.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with time and I/O enabled.
    #[expect(clippy::unused_async, reason = "starts like the authorization server does")]
    pub async fn start() -> io::Result<Self> {
        let socket = Socket::bind(0)?;
        let key = SigningKey::generate(SigningAlgorithm::Rs256).map_err(io::Error::other)?;
        let shared = Arc::new(Cloud {
            base_url: socket.base_url(),
            clock: Clock::default(),
            key,
            accounts: Mutex::default(),
            may_act_as: Mutex::default(),
            users: Mutex::default(),
            issuers: Mutex::default(),
            attached: Mutex::default(),
            tokens: Mutex::default(),
        });
        let site = Arc::new(Site {
            router: router(Arc::clone(&shared)),
            faults: Faults::default(),
            recorder: Recorder::new(Recorder::CAPACITY),
            arrived: Box::new(|_| ()),
            faulted: Box::new(|| ()),
        });
        let serving = Arc::new(socket.serve(Arc::clone(&site)));
        Ok(Self { shared, site, serving })
    }

    /// Returns the URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.shared.base_url, path.trim_start_matches('/'))
    }

    /// Returns the metadata server's host and port, for `GCE_METADATA_HOST`.
    pub fn metadata_host(&self) -> String {
        self.shared.base_url.trim_start_matches("http://").to_owned()
    }

    /// Makes a service account, or a new key for it, and returns the key's JSON file.
    ///
    /// # Errors
    ///
    /// If the machine has no random numbers.
    pub fn service_account(&self, email: &str) -> io::Result<String> {
        let key = SigningKey::generate(SigningAlgorithm::Rs256).map_err(io::Error::other)?;
        let file = json!({
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": key.kid,
            "private_key": key.pem().map_err(io::Error::other)?,
            "client_email": email,
            "client_id": principal::id(email),
            "token_uri": self.url("/token"),
            "universe_domain": "googleapis.com",
        });
        lock(&self.shared.accounts).insert(email.to_owned(), Arc::new(key));
        Ok(file.to_string())
    }

    /// Logs a user in, and returns the JSON file that `gcloud auth application-default login` writes of it. The file does not say where
    /// the token endpoint is, as Google's does not.
    ///
    /// # Errors
    ///
    /// If the machine has no random numbers.
    pub fn user(&self, email: &str) -> io::Result<String> {
        let refresh_token = random::token("1//", 0).map_err(io::Error::other)?;
        let file = json!({
            "type": "authorized_user",
            "client_id": CLIENT.0,
            "client_secret": CLIENT.1,
            "refresh_token": refresh_token,
        });
        lock(&self.shared.users).insert(refresh_token, email.to_owned());
        Ok(file.to_string())
    }

    /// Takes this server's ID tokens for the provider of a workload identity pool, as
    /// `//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider`, where they are for this audience.
    pub fn trust(&self, provider: &str, server: &AuthorizationServer, audience: &str) {
        let trusted = Trusted { server: Arc::clone(server.state()), audience: audience.to_owned() };
        lock(&self.shared.issuers).insert(provider.to_owned(), trusted);
    }

    /// Lets one act as this service account: who has the role "Service Account Token Creator" on it, or delegates to it.
    ///
    /// One is an e-mail address, or what `/v1/whoami` calls the principal.
    pub fn allow(&self, principal: &str, account: &str) {
        lock(&self.shared.may_act_as).insert((principal.to_owned(), account.to_owned()));
    }

    /// Attaches a service account to the machine that this is the metadata server of.
    pub fn attach(&self, email: &str) {
        *lock(&self.shared.attached) = Some(email.to_owned());
    }

    /// Returns the last 10 000 requests, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.site.recorder.requests()
    }

    /// Returns the faults, to queue more.
    pub fn faults(&self) -> &Faults {
        &self.site.faults
    }

    /// Closes the port and all connections, and returns when that is done.
    pub async fn shutdown(&self) {
        self.serving.shutdown().await;
    }
}

impl fmt::Debug for GoogleCloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoogleCloud").field("base_url", &self.shared.base_url).finish_non_exhaustive()
    }
}

/// What the routes know.
struct Cloud {
    base_url: String,
    clock: Clock,
    /// Signs ID tokens.
    key: SigningKey,
    /// By their addresses.
    accounts: Mutex<BTreeMap<String, Arc<SigningKey>>>,
    /// The account that acts, and the one that it acts as.
    may_act_as: Mutex<BTreeSet<(String, String)>>,
    /// By their refresh tokens.
    users: Mutex<BTreeMap<String, String>>,
    /// By the providers of workload identity pools.
    issuers: Mutex<BTreeMap<String, Trusted>>,
    attached: Mutex<Option<String>>,
    tokens: Mutex<BTreeMap<String, Granted>>,
}

#[derive(Clone)]
struct Trusted {
    server: Arc<state::State>,
    audience: String,
}

impl Cloud {
    fn account(&self, email: &str) -> Option<Arc<SigningKey>> {
        lock(&self.accounts).get(email).cloned()
    }

    fn may_act_as(&self, principal: &str, account: &str) -> bool {
        lock(&self.may_act_as).contains(&(principal.to_owned(), account.to_owned()))
    }

    /// Gives an access token.
    fn grant(&self, granted: Granted) -> Result<String, Unspecified> {
        let token = random::token("ya29.", 0)?;
        lock(&self.tokens).insert(token.clone(), granted);
        Ok(token)
    }

    /// Gives an ID token of a service account.
    fn id_token(&self, email: &str, audience: &str, authorized_party: &str) -> Result<String, Unspecified> {
        let now = self.clock.unix();
        let claims = json!({
            "iss": "https://accounts.google.com",
            "aud": audience,
            "azp": authorized_party,
            "sub": principal::id(email),
            "email": email,
            "email_verified": true,
            "iat": now,
            "exp": now + principal::LIFETIME,
        });
        self.key.sign(SigningAlgorithm::Rs256, "JWT", &claims)
    }
}

/// The handlers' way to it.
type Shared = axum::extract::State<Arc<Cloud>>;

fn router(shared: Arc<Cloud>) -> Router {
    Router::new()
        .route("/token", post(token::token))
        .route("/v1/token", post(sts::token))
        .route("/v1/projects/-/serviceAccounts/{call}", post(iam::call))
        .route("/v1/whoami", get(api::whoami))
        .route("/oauth2/v3/certs", get(api::certs))
        .route("/", get(metadata::root))
        .route("/computeMetadata/v1/{*path}", get(metadata::read))
        .with_state(shared)
}
