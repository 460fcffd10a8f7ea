//! Requests to AWS that are signed (AWS General Reference, "Signature Version 4").

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, Tag, sign};
use grantkit::{Error, Result};
use url::Url;

/// What a request is signed with.
pub(crate) struct SigningKey<'a> {
    pub(crate) access_key_id: &'a str,
    pub(crate) secret_access_key: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
}

impl SigningKey<'_> {
    /// The value of `Authorization` for a request without a body. `headers` have lower-case names, and `host` and `x-amz-date` among
    /// them; `date` is `20150830T123600Z`.
    pub(crate) fn authorization(
        &self,
        method: &str,
        url: &Url,
        headers: &[(&str, &str)],
        date: &str,
    ) -> Result<String> {
        let (canonical, signed) = canonical_request(method, url, headers);
        let day = date.get(..8).ok_or_else(|| Error::configuration("a date of AWS begins with year, month and day"))?;
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        let to_sign =
            format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(digest(&SHA256, canonical.as_bytes()).as_ref()));
        let secret = zeroize::Zeroizing::new(format!("AWS4{}", self.secret_access_key));
        let steps = [day, self.region, self.service, "aws4_request", to_sign.as_str()];
        let mut key = mac(secret.as_bytes(), steps[0]);
        for step in &steps[1..] {
            key = mac(key.as_ref(), step);
        }
        Ok(format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed}, Signature={}",
            self.access_key_id,
            hex(key.as_ref())
        ))
    }
}

/// The region is a part of a host's name: one with other characters would name another host.
pub(crate) fn check_region(region: &str) -> Result<()> {
    if !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Ok(());
    }
    Err(Error::configuration(format!(
        "{region:?} is no region of AWS: one has letters, digits and hyphens alone, as `eu-west-1`; check AWS_REGION, or whatever else \
         names it"
    )))
}

fn mac(key: &[u8], message: &str) -> Tag {
    sign(&Key::new(HMAC_SHA256, key), message.as_bytes())
}

fn canonical_request(method: &str, url: &Url, headers: &[(&str, &str)]) -> (String, String) {
    let mut headers: Vec<_> = headers.iter().map(|(name, value)| (*name, collapsed(value))).collect();
    headers.sort();
    let signed = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let headers = headers.iter().flat_map(|(name, value)| [name, ":", value, "\n"]).collect::<String>();
    let body = hex(digest(&SHA256, b"").as_ref());
    (format!("{method}\n{}\n{}\n{headers}\n{signed}\n{body}", url.path(), canonical_query(url)), signed)
}

fn canonical_query(url: &Url) -> String {
    let mut pairs: Vec<_> = url.query_pairs().map(|(name, value)| (encoded(&name), encoded(&value))).collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Each run of spaces is one.
fn collapsed(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// All but the unreserved characters (RFC 3986 §2.3).
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AWS's own, "aws-sig-v4-test-suite".
    const KEY: SigningKey<'_> = SigningKey {
        access_key_id: "AKIDEXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        region: "us-east-1",
        service: "service",
    };
    const DATE: &str = "20150830T123600Z";

    fn signature(method: &str, path: &str, further: &[(&str, &str)]) -> String {
        let url = Url::parse(&format!("https://example.amazonaws.com{path}")).unwrap();
        let headers = [&[("host", "example.amazonaws.com"), ("x-amz-date", DATE)], further].concat();
        let authorization = KEY.authorization(method, &url, &headers, DATE).unwrap();
        authorization.rsplit_once("Signature=").unwrap().1.to_owned()
    }

    #[test]
    fn aws_test_suite() {
        for (method, path, headers, expected) in [
            ("GET", "/", &[][..], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            (
                "GET",
                "/?Param2=value2&Param1=value1",
                &[],
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
            ),
            (
                "GET",
                "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                &[],
                "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
            ),
            ("POST", "/", &[], "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            // post-header-key-sort and post-header-value-case.
            (
                "POST",
                "/",
                &[("my-header1", "value1")],
                "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
            ),
            (
                "POST",
                "/",
                &[("my-header1", "VALUE1")],
                "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
            ),
        ] {
            assert_eq!(signature(method, path, headers), expected, "{method} {path}");
        }
    }
}
