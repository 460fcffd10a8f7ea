use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use url::Url;

/// What a browser was answered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    location: Option<String>,
    cookie: Option<String>,
}

/// Follows redirects on this machine, with cookies, as a browser does.
pub(crate) fn browse(url: &str) -> Page {
    let mut url = Url::parse(url).unwrap();
    let mut cookies: BTreeMap<Option<u16>, String> = BTreeMap::new();
    for _ in 0..10 {
        let cookie = cookies.get(&url.port()).map(|cookie| format!("cookie: {cookie}"));
        let page = get(url.as_str(), cookie.as_deref());
        if let Some(cookie) = &page.cookie {
            cookies.insert(url.port(), cookie.clone());
        }
        match page.location.as_deref().filter(|_| (300..400).contains(&page.status)) {
            Some(location) => url = url.join(location).unwrap(),
            None => return page,
        }
    }
    panic!("the redirects do not end");
}

/// One request, by HTTP/1.1 over plain TCP.
pub(crate) fn get(url: &str, header: Option<&str>) -> Page {
    let url = Url::parse(url).unwrap();
    assert_eq!(url.scheme(), "http");
    let address = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(80));
    let mut stream = TcpStream::connect(&address).unwrap_or_else(|error| panic!("{address}: {error}"));
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let header = header.map(|header| format!("{header}\r\n")).unwrap_or_default();
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {address}\r\n{header}connection: close\r\n\r\n").unwrap();
    let mut text = Vec::new();
    stream.read_to_end(&mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").expect("an answer");
    let field = |name: &str| {
        let fields = head.lines().filter_map(|line| line.split_once(':'));
        fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next()
    };
    Page {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        location: field("location"),
        cookie: field("set-cookie").map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned()),
    }
}
