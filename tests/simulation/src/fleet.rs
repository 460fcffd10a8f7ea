use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt as _;
use grantkit::credentials::{BackgroundRefresh, BackgroundRefreshHandle, CacheKey, CredentialCache, Fingerprint};
use grantkit::store::MemoryStore;
use grantkit::token::RefreshToken;
use grantkit::transport::Transport;
use grantkit::{Client, Credentials, Error, OAuthClient, OAuthToken, Result};

use tokio::time::Instant;

use crate::authorization_server::{AuthorizationServer, Seen};
use crate::clock::WoundClock;
use crate::scenario::{DAY, Scenario};
use crate::traffic::Traffic;

/// What became of the calls.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// Found their token there, in memory or in the store.
    pub(crate) at_once: AtomicU64,
    /// Had to wait for the authorization server.
    pub(crate) waited: AtomicU64,
    /// Got none.
    pub(crate) failed: AtomicU64,
}

/// The day, as grantkit handles it.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) seen: Seen,
    pub(crate) calls: Arc<Calls>,
}

pub(crate) async fn run(scenario: &Scenario) -> Result<Outcome> {
    let clock = WoundClock::start();
    let server = Arc::new(AuthorizationServer::new(scenario, clock));
    let store = MemoryStore::new();
    let calls = Arc::new(Calls::default());
    let mut fleet = Fleet { server: Arc::clone(&server), store, clock, replicas: Vec::new(), drivers: Vec::new() };
    fleet.log_everyone_in(scenario).await?;
    fleet.deploy(scenario).await?;
    let mut traffic = Traffic::of(scenario);
    for second in 0..DAY {
        clock.wait_for(second).await;
        if second == Scenario::DEPLOYMENT {
            fleet.deploy(scenario).await?;
        }
        for person in traffic.take(second) {
            fleet.call(scenario.replica_of(person), person, &calls);
        }
    }
    Ok(Outcome { seen: server.seen(), calls })
}

struct Fleet {
    server: Arc<AuthorizationServer>,
    store: MemoryStore,
    clock: WoundClock,
    replicas: Vec<Replica>,
    /// Of the jobs: who calls once an hour has no call to renew at.
    drivers: Vec<BackgroundRefreshHandle>,
}

/// A process: what it remembers, and its own way to the server.
struct Replica {
    cache: CredentialCache,
    client: Client,
}

impl Fleet {
    /// So many people does a replica remember at once.
    const MEMORY: u64 = 12_000;

    /// Yesterday: what is left of it in the store is a refresh token, and of each job a token that is good for a while.
    async fn log_everyone_in(&self, scenario: &Scenario) -> Result<()> {
        let yesterday = self.replica()?;
        for person in 0..scenario.people {
            let left = if Scenario::is_job(person) { fastrand::u64(300..Scenario::TOKEN_LIFETIME) } else { 0 };
            let token = OAuthToken::new("yesterday")?
                .with_expires_at(self.clock.wall() + Duration::from_secs(left))
                .with_refresh_token(AuthorizationServer::first_refresh_token(person));
            self.credentials(&yesterday, person).put(token).await?;
        }
        Ok(())
    }

    /// New processes, with nothing in memory; each looks after its jobs' tokens from the beginning.
    async fn deploy(&mut self, scenario: &Scenario) -> Result<()> {
        self.drivers.drain(..).for_each(|driver| driver.stop());
        self.replicas = (0..scenario.replicas).map(|_| self.replica()).collect::<Result<_>>()?;
        for (number, replica) in (0..).zip(&self.replicas) {
            let people = (number..scenario.people).step_by(scenario.replicas as usize);
            let jobs = people.filter(|person| Scenario::is_job(*person));
            let jobs: Vec<_> = jobs.map(|job| self.credentials(replica, job)).collect();
            for job in &jobs {
                job.token().await?;
            }
            let driver = BackgroundRefresh::new(&jobs);
            self.drivers.push(driver.control());
            tokio::spawn(async move {
                driver.run().await;
                drop(jobs);
            });
        }
        Ok(())
    }

    fn replica(&self) -> Result<Replica> {
        let transport = Transport::builder().responder(Arc::clone(&self.server)).build()?;
        let client = Client::builder()
            .client_id("fleet")
            .client_secret_basic("s3cret")
            .token_endpoint("https://as.example/token")?
            .transport(transport)
            .build()
            .erased();
        Ok(Replica { cache: CredentialCache::new(Self::MEMORY, None), client })
    }

    fn call(&self, replica: u32, person: u32, calls: &Arc<Calls>) {
        let Some(replica) = self.replicas.get(replica as usize) else { return };
        let cached = replica.cache.get(&Person::cache_key(person));
        let credentials = cached.unwrap_or_else(|| self.credentials(replica, person));
        match credentials.headers().now_or_never() {
            Some(Ok(_)) => calls.at_once.fetch_add(1, Ordering::Relaxed),
            Some(Err(_)) => calls.failed.fetch_add(1, Ordering::Relaxed),
            None => {
                let (calls, began) = (Arc::clone(calls), Instant::now());
                tokio::spawn(async move {
                    let outcome = credentials.headers().await;
                    let count = match outcome {
                        // Another replica had put it into the store, which takes no time here.
                        Ok(_) if began.elapsed().is_zero() => &calls.at_once,
                        Ok(_) => &calls.waited,
                        Err(_) => &calls.failed,
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                });
                0
            }
        };
    }

    fn credentials(&self, replica: &Replica, person: u32) -> Credentials {
        Credentials::builder(Person { number: person, client: replica.client.clone(), clock: self.clock })
            .cache(&replica.cache)
            .store(self.store.clone())
            .clock(Arc::new(self.clock))
            .build()
    }
}

/// One person's login, as any program would describe it.
struct Person {
    number: u32,
    client: Client,
    clock: WoundClock,
}

impl Person {
    fn fingerprint_of(number: u32) -> Fingerprint {
        Fingerprint::builder().parameter("person", number.to_string()).build()
    }

    fn cache_key(number: u32) -> CacheKey {
        CacheKey::new("person:access", Self::fingerprint_of(number))
    }
}

#[async_trait]
impl OAuthClient for Person {
    fn name(&self) -> &'static str {
        "person"
    }

    async fn get_token(&self) -> Result<OAuthToken> {
        Err(Error::login_required("the person has to log in again"))
    }

    async fn refresh_token(&self, refresh_token: &RefreshToken) -> Result<OAuthToken> {
        let token = self.client.refresh_token_grant(refresh_token.secret()).get_token().await?;
        // The token took its end from the machine's clock.
        Ok(token.with_expires_at(self.clock.wall() + Duration::from_secs(Scenario::TOKEN_LIFETIME)))
    }

    fn fingerprint(&self) -> Fingerprint {
        Self::fingerprint_of(self.number)
    }
}
