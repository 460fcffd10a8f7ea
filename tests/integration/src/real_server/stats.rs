use serde_json::Value;

/// What a server was asked, by its own count.
#[derive(Debug)]
pub struct Stats(Value);

impl Stats {
    pub fn new(stats: Value) -> Self {
        Self(stats)
    }

    /// Token requests of a grant, whatever came of them.
    pub fn token_requests(&self, grant: &str) -> u64 {
        self.count("token_requests", grant)
    }

    /// Token requests of a grant that gave a token.
    pub fn tokens(&self, grant: &str) -> u64 {
        self.count("tokens", grant)
    }

    /// OAuth errors of the token endpoint.
    pub fn token_errors(&self, code: &str) -> u64 {
        self.count("token_errors", code)
    }

    /// Requests to an endpoint, as `oidc-provider` calls it: `jwks`, `discovery`, ….
    pub fn requests(&self, endpoint: &str) -> u64 {
        self.count("requests", endpoint)
    }

    /// Logins that were revoked, by a request or because something was used twice.
    pub fn revoked_logins(&self) -> u64 {
        self.0["revoked_grants"].as_u64().unwrap()
    }

    fn count(&self, counters: &str, name: &str) -> u64 {
        self.0[counters].get(name).map_or(0, |count| count.as_u64().unwrap())
    }
}
