use crate::support::{Home, Server};

const DOCUMENTS: [&str; 2] = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

fn documents(server: &Server) -> usize {
    DOCUMENTS.iter().map(|path| server.count(path, None)).sum()
}

#[test]
fn a_stored_token_is_given_out_while_the_server_is_away() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let asked = documents(&server);
    let token = home.run(&["token"]).ok();
    assert_ne!(home.run(&["token", "--fresh"]).ok(), token, "refreshed");
    assert_eq!(documents(&server), asked, "neither asks for a document");
    let token = home.run(&["token"]).ok();
    home.run(&["login", "--device", "--timeout", "1"]);
    assert!(documents(&server) > asked, "a login fetches it anew");
    drop(server);
    assert_eq!(home.run(&["token"]).ok(), token);
    home.run(&["token", "--fresh"]).failed(5, &[]);
}

#[test]
fn the_document_of_another_issuer_is_not_used() {
    let (server, other) = (Server::start(&[]), Server::start(&[]));
    let home = Home::logged_in(&server);
    home.run(&["profiles", "set", "test", &format!("issuer={}", other.issuer)]).ok();
    home.run(&["token"]).failed(3, &[]);
    assert_eq!(documents(&other), 1);
    // Nor is one that is left of a profile of the same name.
    home.run(&["profiles", "remove", "test"]).ok();
    home.add_profile(&server);
    let asked = documents(&server);
    home.run(&["token"]).ok(); // of the login there, which is kept
    assert_eq!(documents(&server), asked + 1);
}
