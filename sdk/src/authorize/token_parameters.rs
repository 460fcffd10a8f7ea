use crate::fingerprint::{Fingerprint, Numbered};

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

/// The parameters of an authorization request that the token depends on, as one text: an organization, a tenant, whatever a program or a
/// server has. The scope is a part of the identity by itself.
pub(super) fn token_parameters<'a>(parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let parameters = parameters.filter(|(name, _)| !OF_THE_MOMENT.contains(name));
    let mut numbered = Numbered::default();
    let asked =
        parameters.fold(Fingerprint::builder(), |asked, (name, value)| asked.parameter(numbered.next(name), value));
    asked.build().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_a_name_are_asked_for_in_an_order_and_so_often() {
        let of = |pairs: &[(&'static str, &'static str)]| token_parameters(pairs.iter().copied());
        let (one, two) = (("resource", "one"), ("resource", "two"));
        assert_eq!(of(&[one, ("tenant", "acme"), two]), of(&[("tenant", "acme"), one, two, ("state", "s")]));
        let different = [of(&[]), of(&[one]), of(&[one, one]), of(&[one, two]), of(&[two, one])];
        for (place, asked) in different.iter().enumerate() {
            assert!(!different[..place].contains(asked), "{place}");
        }
    }
}
