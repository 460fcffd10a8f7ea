use crate::support::{Home, Server, free_ports};

#[test]
fn a_port_that_is_given_is_kept_from_one_start_to_the_next() {
    let port = free_ports();
    let word = port.to_string();
    for _ in 0..2 {
        let server = Server::start(&["--port", &word]);
        assert_eq!(server.issuer, format!("http://127.0.0.1:{port}"));
        assert_eq!(server.api, format!("http://127.0.0.1:{}/v1", port + 1));
        // With connections that are closed by the server, and linger.
        Home::logged_in(&server).run(&["call", "whoami"]).ok();
        Home::new().run(&["serve", "--port", &word]).failed(4, &[&word, "next: grantkit serve"]);
    }
    let played = Server::start(&["--provider", "github", "--port", &word]);
    assert!(
        played.ready["issuer"].as_str().unwrap_or_default().contains(&format!("127.0.0.1:{port}")),
        "{}",
        played.ready
    );
    Home::new().run(&["serve", "--port", "0"]).failed(2, &[]);
}
