use grantkit_integration_tests::secret_service::SecretService;

use crate::support::{Home, Server};

/// In GNOME Keyring, on a bus of its own.
#[test]
fn the_key_of_what_is_stored_is_in_the_keyring_where_there_is_one() {
    let mut keyring = SecretService::start();
    let server = Server::start(&[]);
    let home = Home::with_keyring(keyring.address());
    home.add_profile(&server);
    home.log_in_with_device("test");
    let token = home.run(&["token"]).ok();
    assert_eq!(home.run(&["token"]).ok(), token);
    assert!(!home.path().join("config/grantkit/token-key").exists(), "no key stands in a file");
    let files = home.all_files();
    assert!(!files.windows(token.trim().len()).any(|window| window == token.trim().as_bytes()), "{token} is readable");

    // As when the person logs out of the desktop: what is stored cannot be read, and is not replaced.
    keyring.end_session();
    home.run(&["token"]).failed(4, &["keyring", "next: unlock the keyring"]);
}
