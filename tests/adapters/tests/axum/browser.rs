//! What a browser does, by hand, so that it can also do what none would.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, StatusCode};

use crate::site::OWN;

/// Follows redirects where it is told to, and keeps cookies.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    /// Where the application really is.
    address: SocketAddr,
    pub(crate) cookies: BTreeMap<String, String>,
    /// As they came.
    pub(crate) set: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, address, cookies: BTreeMap::new(), set: Vec::new() }
    }

    /// A page, by its path, or by a whole address here or elsewhere.
    pub(crate) async fn get(&mut self, url: &str) -> Answer {
        self.send(url, |http, url| http.get(url).header(ACCEPT, "text/html,*/*;q=0.8")).await
    }

    /// As a script does it.
    pub(crate) async fn fetch(&mut self, url: &str) -> Answer {
        self.send(url, |http, url| http.get(url).header(ACCEPT, "application/json")).await
    }

    /// As something else than a window that goes to a page.
    pub(crate) async fn ask(&mut self, method: Method, url: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(url, |http, url| {
            let request = http.request(method, url).header(ACCEPT, "text/html,*/*;q=0.8");
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
        })
        .await
    }

    pub(crate) async fn post(&mut self, url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send(url, |http, url| {
            let post = http.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body.to_owned());
            headers.iter().fold(post, |post, (name, value)| post.header(*name, *value))
        })
        .await
    }

    async fn send(
        &mut self,
        url: &str,
        request: impl FnOnce(&reqwest::Client, String) -> reqwest::RequestBuilder,
    ) -> Answer {
        let path = url.strip_prefix(OWN).unwrap_or(url);
        let is_own = path.starts_with('/');
        let url = if is_own { format!("http://{}{path}", self.address) } else { path.to_owned() };
        let mut request = request(&self.http, url);
        if is_own && !self.cookies.is_empty() {
            request = request.header(COOKIE, self.cookie_line());
        }
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE).iter().filter(|_| is_own) {
            let cookie = cookie.to_str().unwrap();
            self.set.push(cookie.to_owned());
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0;") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let headers = answer.headers().clone();
        let location = headers.get(LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        Answer { status: answer.status(), location, headers, text: answer.text().await.unwrap() }
    }

    /// As it is sent.
    pub(crate) fn cookie_line(&self) -> String {
        let sent: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        sent.join("; ")
    }

    /// From a page through the login to where it ends.
    pub(crate) async fn visit(&mut self, url: &str) -> Answer {
        let mut answer = self.get(url).await;
        for _ in 0..6 {
            if answer.location.is_empty() {
                return answer;
            }
            answer = self.get(&answer.location.clone()).await;
        }
        panic!("too many redirects: {answer:?}")
    }

    /// Up to the address that the server sends the browser back to.
    pub(crate) async fn up_to_the_callback(&mut self, login: &str) -> String {
        let begun = self.get(login).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{begun:?}");
        self.get(&begun.location).await.location
    }

    pub(crate) async fn is_logged_in(&mut self) -> bool {
        self.fetch("/me").await.status == StatusCode::OK
    }
}
