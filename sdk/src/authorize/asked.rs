use crate::fingerprint::Fingerprint;

/// What of a request says nothing about the token that comes of it.
const OF_THE_MOMENT: [&str; 16] = [
    "code_challenge",
    "code_challenge_method",
    "display",
    "dpop_jkt",
    "id_token_hint",
    "login_hint",
    "max_age",
    "nonce",
    "prompt",
    "redirect_uri",
    "response_mode",
    "response_type",
    "scope",
    "state",
    "ui_locales",
    "client_id",
];

/// All else that was asked for, as one text: an organization, a tenant, whatever a program or a server has. The scope is a part of the
/// identity by itself.
pub(super) fn asked<'a>(parameters: impl Iterator<Item = &'a (String, String)>) -> String {
    let parameters = parameters.filter(|(name, _)| !OF_THE_MOMENT.contains(&name.as_str()));
    let asked = parameters.fold(Fingerprint::builder(), |asked, (name, value)| asked.parameter(name, value));
    asked.finish().to_string()
}
