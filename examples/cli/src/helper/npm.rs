//! npm has no protocol for helpers; it reads a token from an `.npmrc`: <https://docs.npmjs.com/cli/configuring-npm/npmrc>.

use super::list_host;
use crate::failure::Failure;
use crate::profile::Profile;
use crate::screen::Screen;

/// Prints the line of each host that the profile trusts.
pub(crate) fn answer(name: &str, profile: &Profile, token: &str, screen: Screen) -> Result<(), Failure> {
    let hosts = profile.trusted_hosts();
    if hosts.is_empty() {
        let none = format!("profile {name:?} lists no host that npm may have its token for");
        return Err(Failure::configuration(none).or_next(list_host(Some(name), "<the registry's host>")));
    }
    // It would end the line, and begin another one.
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::general("the token has a character that cannot stand in an .npmrc"));
    }
    hosts.iter().try_for_each(|host| screen.line(&format!("//{host}/:_authToken={token}")))
}
