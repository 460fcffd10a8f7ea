//! The redirect URI of a profile, as it is registered at the server (RFC 8252 §7.3).

use std::str::FromStr;

/// `http`, a loopback address or `localhost`, any port and any path. It is sent as it was written: servers compare it
/// character by character, but for the port where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoopbackUri {
    host: &'static str,
    port: Option<u16>,
    /// With its slash; empty where there is none.
    path: String,
}

impl FromStr for LoopbackUri {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write it as http://127.0.0.1:8400/callback, with 127.0.0.1, [::1] or localhost".to_owned();
        let rest = text.strip_prefix("http://").ok_or_else(wrong)?;
        let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let (host, port) = ["127.0.0.1", "[::1]", "localhost"]
            .into_iter()
            .find_map(|host| authority.strip_prefix(host).map(|port| (host, port)))
            .ok_or_else(wrong)?;
        let port = match port.strip_prefix(':').map(str::parse) {
            None if port.is_empty() => None,
            Some(Ok(port)) if port > 0 => Some(port),
            _ => return Err(wrong()),
        };
        if path.contains(['?', '#']) || !path.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("it has a query, a fragment or a character that no path has".to_owned());
        }
        Ok(Self { host, port, path: path.to_owned() })
    }
}

impl LoopbackUri {
    pub(crate) fn host(&self) -> &'static str {
        self.host
    }

    pub(crate) fn port(&self) -> Option<u16> {
        self.port
    }

    /// As a browser asks for it.
    pub(crate) fn path(&self) -> &str {
        if self.path.is_empty() { "/" } else { &self.path }
    }

    /// As it is sent, with the port that is listened on.
    pub(crate) fn with_port(&self, port: u16) -> String {
        format!("http://{}:{port}{}", self.host, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::LoopbackUri;

    #[test]
    fn only_this_machine_can_be_served() {
        for uri in [
            "http://127.0.0.1:8400/callback",
            "http://[::1]:8400/a/b",
            "http://localhost:8400",
            "http://localhost:8400/",
        ] {
            assert_eq!(uri.parse::<LoopbackUri>().map(|parsed| parsed.with_port(8400)).as_deref(), Ok(uri));
        }
        let without_port: Result<LoopbackUri, _> = "http://localhost/callback".parse();
        assert_eq!(
            without_port.map(|uri| (uri.port(), uri.with_port(81))),
            Ok((None, "http://localhost:81/callback".into()))
        );
        for wrong in [
            "https://127.0.0.1/callback",
            "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.2/",
            "http://app.example/callback",
            "http://127.0.0.1:0/",
            "http://127.0.0.1:/",
            "http://127.0.0.1:70000/",
            "http://127.0.0.1@evil.example/",
            "http://localhost/a?b=c",
            "http://localhost/#a",
            "app:/callback",
            "",
        ] {
            assert!(wrong.parse::<LoopbackUri>().is_err(), "{wrong}");
        }
    }
}
