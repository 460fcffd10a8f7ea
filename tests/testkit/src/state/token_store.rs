//! All codes and tokens of a server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::{AccessToken, AuthorizationCode, DeviceCode, Login, RefreshToken};
use crate::form::Form;
use crate::sync::lock;

/// The codes and tokens that the server has issued, by their text.
#[derive(Debug, Default)]
pub(crate) struct TokenStore {
    codes: Mutex<HashMap<String, Arc<AuthorizationCode>>>,
    devices: Mutex<HashMap<String, Arc<DeviceCode>>>,
    /// Whose each ID token is.
    id_tokens: Mutex<HashMap<String, Arc<Login>>>,
    /// The authorization requests that were pushed (RFC 9126), by `request_uri`.
    pushed: Mutex<HashMap<String, Form>>,
    /// The device codes, by user code.
    user_codes: Mutex<HashMap<String, Arc<DeviceCode>>>,
    access: Mutex<AccessTokens>,
    refresh: Mutex<HashMap<String, Arc<RefreshToken>>>,
}

#[derive(Debug, Default)]
struct AccessTokens {
    by_text: HashMap<String, Arc<AccessToken>>,
    /// How many may be kept before those that have expired are thrown away.
    sweep_at: usize,
}

impl TokenStore {
    pub(crate) fn add_code(&self, text: String, code: AuthorizationCode) {
        lock(&self.codes).insert(text, Arc::new(code));
    }

    pub(crate) fn code(&self, text: &str) -> Option<Arc<AuthorizationCode>> {
        lock(&self.codes).get(text).cloned()
    }

    pub(crate) fn add_pushed_request(&self, uri: String, request: Form) {
        lock(&self.pushed).insert(uri, request);
    }

    /// A `request_uri` is good once (RFC 9126 §7.3).
    pub(crate) fn take_pushed_request(&self, uri: &str) -> Option<Form> {
        lock(&self.pushed).remove(uri)
    }

    pub(crate) fn add_id_token(&self, text: String, login: Arc<Login>) {
        lock(&self.id_tokens).insert(text, login);
    }

    pub(crate) fn login_of_id_token(&self, text: &str) -> Option<Arc<Login>> {
        lock(&self.id_tokens).get(text).cloned()
    }

    pub(crate) fn add_device_code(&self, text: String, user_code: String, code: DeviceCode) {
        let code = Arc::new(code);
        lock(&self.user_codes).insert(user_code, Arc::clone(&code));
        lock(&self.devices).insert(text, code);
    }

    pub(crate) fn device_code(&self, text: &str) -> Option<Arc<DeviceCode>> {
        lock(&self.devices).get(text).cloned()
    }

    pub(crate) fn device_code_of(&self, user_code: &str) -> Option<Arc<DeviceCode>> {
        lock(&self.user_codes).get(user_code).cloned()
    }

    pub(crate) fn add_access_token(&self, text: String, token: Arc<AccessToken>) {
        let mut access = lock(&self.access);
        if access.by_text.len() >= access.sweep_at {
            access.by_text.retain(|_, token| !token.has_expired());
            // Doubling keeps the sweeps' cost per token constant.
            access.sweep_at = (access.by_text.len() * 2).max(10_000);
        }
        access.by_text.insert(text, token);
    }

    pub(crate) fn access_token(&self, text: &str) -> Option<Arc<AccessToken>> {
        lock(&self.access).by_text.get(text).cloned()
    }

    /// Finds an access token that is neither expired nor revoked, or says why there is none.
    pub(crate) fn good_access_token(&self, text: &str) -> Result<Arc<AccessToken>, &'static str> {
        let token = self.access_token(text).ok_or("the access token is unknown")?;
        token.check().map(|()| token)
    }

    pub(crate) fn add_refresh_token(&self, text: String, token: RefreshToken) {
        lock(&self.refresh).insert(text, Arc::new(token));
    }

    pub(crate) fn refresh_token(&self, text: &str) -> Option<Arc<RefreshToken>> {
        lock(&self.refresh).get(text).cloned()
    }

    pub(crate) fn revoke_all_access_tokens(&self) {
        for token in lock(&self.access).by_text.values() {
            token.revoke();
        }
    }

    pub(crate) fn revoke_all_refresh_tokens(&self) {
        for token in lock(&self.refresh).values() {
            token.revoke();
        }
    }
}
