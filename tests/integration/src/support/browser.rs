use reqwest::header::LOCATION;
use url::Url;

/// Goes to this machine through no proxy, whatever the environment says.
pub fn http_client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A browser that goes where it is sent, one step at a time.
pub struct Browser(reqwest::Client);

impl Browser {
    pub fn new() -> Self {
        Self(reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap())
    }

    pub async fn get(&self, url: &str) -> reqwest::Response {
        self.0.get(url).send().await.unwrap()
    }

    /// Opens the login page and tells where the browser is sent back to.
    pub async fn log_in(&self, url: &Url) -> Url {
        let response = self.get(url.as_str()).await;
        assert_eq!(response.status(), 302, "the login page redirects");
        Url::parse(response.headers()[LOCATION].to_str().unwrap()).unwrap()
    }
}

/// The first value of a parameter in the URL's query.
pub fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
