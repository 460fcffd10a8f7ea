use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Response, Url};

/// A browser with cookies, for one server.
pub struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// A login takes half a dozen.
const MAX_REDIRECTS: usize = 20;

impl Browser {
    pub fn new() -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { http, cookies: BTreeMap::new() }
    }

    /// Goes where it is sent until that is away from the server, and tells where that would be.
    pub async fn visit(&mut self, url: &str) -> String {
        let mut url = Url::parse(url).unwrap();
        for _ in 0..MAX_REDIRECTS {
            let page = self.get(&url).await;
            let Some(location) = page.headers().get(LOCATION) else {
                panic!("{url} leads nowhere ({}): {}", page.status(), page.text().await.unwrap());
            };
            let next = url.join(location.to_str().unwrap()).unwrap();
            if next.origin() != url.origin() {
                return next.into();
            }
            url = next;
        }
        panic!("{url} leads round in circles");
    }

    /// The same up to a page that posts a form by itself (OAuth 2.0 Form Post Response Mode): the form's body.
    pub async fn visit_to_form(&mut self, url: &str) -> String {
        let mut url = Url::parse(url).unwrap();
        for _ in 0..MAX_REDIRECTS {
            let page = self.get(&url).await;
            let Some(location) = page.headers().get(LOCATION) else {
                return form_of(&page.text().await.unwrap());
            };
            url = url.join(location.to_str().unwrap()).unwrap();
        }
        panic!("{url} leads round in circles");
    }

    /// Goes to a page that asks whether to log out, agrees, and tells where it is sent then.
    pub async fn log_out(&mut self, url: &str) -> String {
        let url = Url::parse(url).unwrap();
        let page = self.get(&url).await.text().await.unwrap();
        let between = |text: &str, start: &str| {
            let found = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1;
            found.split_once('"').unwrap().0.to_owned()
        };
        let action = url.join(&between(&page, "action=\"")).unwrap();
        let form = [("xsrf", between(&page, "name=\"xsrf\" value=\"")), ("logout", "yes".to_owned())];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.http.post(action).header(COOKIE, self.cookie_header());
        let page = request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap();
        page.headers().get(LOCATION).expect("sent somewhere").to_str().unwrap().to_owned()
    }

    fn cookie_header(&self) -> String {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        cookies.join("; ")
    }

    async fn get(&mut self, url: &Url) -> Response {
        let page = self.http.get(url.clone()).header(COOKIE, self.cookie_header()).send().await.unwrap();
        for cookie in page.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        page
    }
}

/// What the fields of a page's form hold, as they are posted.
fn form_of(page: &str) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    let attribute = |field: &str, name: &str| {
        let after = field.split_once(&format!("{name}=\""))?.1;
        Some(after.split_once('"')?.0.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&"))
    };
    let fields =
        page.split("<input").skip(1).filter_map(|field| Some((attribute(field, "name")?, attribute(field, "value")?)));
    let fields: Vec<_> = fields.collect();
    assert!(!fields.is_empty(), "no form: {page}");
    body.extend_pairs(fields);
    body.finish()
}
