use std::time::{Duration, Instant};

use crate::support::{Home, Server, Terminal, browse};

const ESCAPE: char = '\u{1b}';

fn address(screen: &str) -> String {
    let line = screen.lines().map(str::trim).find(|line| line.starts_with("http://")).expect("an address");
    let code =
        screen.lines().map(str::trim).find(|line| line.len() == 9 && line.as_bytes()[4] == b'-').expect("a code");
    format!("{line}?user_code={code}")
}

fn is_qr(line: &str) -> bool {
    line.contains('█') && line.contains('▀')
}

#[test]
fn a_device_login_shows_code_qr_code_and_the_time_that_is_left() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 80, &[], &["login", "--device"]);
    let screen = terminal.wait_for(" left, waiting for you to enter the code");
    assert!(screen.contains("Open this address on any device:") && screen.contains(" 4:5"), "{screen}");
    let widths: Vec<_> =
        screen.lines().filter(|line| is_qr(line)).map(|line| line.trim_end().chars().count()).collect();
    assert!(widths.len() > 10 && widths.iter().all(|width| *width <= 80), "{screen}");
    browse(&address(&screen));
    let screen = terminal.wait_for_with_colours("[exit 0]");
    assert!(screen.contains("logged in to test as alice@example.com"), "{screen}");
    assert!(!screen.contains(" left,"), "the spinner is gone: {screen}");
    assert!(screen.contains(ESCAPE), "{screen}");
}

#[test]
fn a_narrow_terminal_has_no_qr_code_and_no_wrapped_lines() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 32, &[("NO_COLOR", "1")], &["login", "--device"]);
    let screen = terminal.wait_for(" left, ");
    assert!(!screen.lines().any(is_qr), "{screen}");
    let spinner = screen.lines().find(|line| line.contains(" left, ")).unwrap().trim();
    assert!(spinner.contains(" 4:5") && spinner.chars().count() <= 32, "{screen}");
    browse(&address(&screen));
    let screen = terminal.wait_for_with_colours("[exit 0]");
    assert!(screen.contains("logged in to test"), "{screen}");
    assert!(!screen.contains(ESCAPE), "NO_COLOR: {screen:?}");
    // Broken between words.
    assert!(screen.contains("Kept in encrypted files, with\ntheir key in\n"), "{screen}");
}

#[test]
fn a_token_that_ends_is_told_of_in_whole_words() {
    let server = Server::start(&["--fault", "/token=json:refresh_token=null"]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 32, &[("NO_COLOR", "1")], &["login", "--device"]);
    browse(&address(&terminal.wait_for(" left, ")));
    let screen = terminal.wait_for("[exit 0]");
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "cannot be refreshed: the server gave no refresh token (is the scope `offline_access` missing?)."
        ),
        "{screen}"
    );
    assert!(screen.lines().all(|line| line.trim_end().chars().count() <= 32), "{screen}");
}

#[test]
fn tables_fit_into_40_columns() {
    let home = Home::new();
    let terminal = Terminal::start(&home, 40, &[("NO_COLOR", "1")], &["providers", "github"]);
    let screen = terminal.wait_for("[exit 0]");
    // A key, and below it its meaning, with words that are whole.
    let lines: Vec<_> = screen.lines().map(str::trim_end).collect();
    let key = lines.iter().position(|line| *line == "offline_access").expect("the key");
    assert_eq!(
        &lines[key + 1..key + 3],
        ["  Whether logins ask for a refresh", "  token; they do unless told otherwise."]
    );
    assert!(!terminal.wait_for_with_colours("[exit 0]").contains(ESCAPE));
}

#[test]
fn errors_break_between_words() {
    let home = Home::new();
    let terminal = Terminal::start(&home, 40, &[("NO_COLOR", "1")], &["providers", "no-such-service"]);
    let screen = terminal.wait_for("[exit 1]");
    assert!(screen.contains("\"no-such-service\"\nin its name\n"), "{screen}");
}

#[test]
fn json_is_indented_for_a_person() {
    let server = Server::start(&[]);
    let home = Home::logged_in(&server);
    let terminal = Terminal::start(&home, 80, &[], &["call", "invoices/42"]);
    let screen = terminal.wait_for("[exit 0]");
    assert!(screen.contains("{\n  \"amount_cents\": 1999,"), "{screen}");
}

#[test]
fn a_secret_is_typed_without_an_echo() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 80, &[], &["profiles", "secret", "test"]);
    terminal.wait_for("client_secret:");
    terminal.wait_for_no_echo();
    terminal.type_keys(&["hidden", "Enter"]);
    let screen = terminal.wait_for("[exit 0]");
    assert!(!screen.contains("hidden") && screen.contains("kept in"), "{screen}");
    assert_eq!(home.run(&["profiles", "show", "--json"]).json()["secrets"][0], "client_secret");
}

/// Also where messages go to a file.
#[test]
fn a_secret_is_asked_for_at_the_terminal_itself() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let log = home.path().join("log");
    let terminal = Terminal::start_with_errors(&home, 80, &log, &["profiles", "secret", "test"]);
    terminal.wait_for("client_secret:");
    terminal.wait_for_no_echo();
    terminal.type_keys(&["hidden", "Enter"]);
    let screen = terminal.wait_for("[exit 0]");
    assert!(!screen.contains("hidden"), "{screen}");
    assert!(std::fs::read_to_string(log).unwrap().contains("kept in"));
}

#[test]
fn the_address_of_a_login_is_shown_whole_and_its_sentence_in_whole_words() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 32, &[("NO_COLOR", "1")], &["login", "--no-browser"]);
    let screen = terminal.wait_for(" left, ");
    assert!(screen.starts_with("Open this address in a browser\non this machine:\n\nhttp://"), "{screen}");
    // Over several lines of the screen, but in one piece.
    let url: String = screen.lines().skip(3).take_while(|line| !line.is_empty()).collect();
    assert_eq!(browse(&url).status, 200);
    terminal.wait_for("[exit 0]");
}

#[test]
fn ctrl_c_ends_a_login() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 80, &[], &["login", "--no-browser"]);
    terminal.wait_for(" left, ");
    terminal.type_keys(&["C-c"]);
    terminal.wait_for("[exit 130]");
}

/// Whatever is waited for: a person's word, standard input, requests.
#[test]
fn ctrl_c_ends_everything_else_alike() {
    let server = Server::start(&["--fault", "/v1/whoami=delay:60"]);
    for (arguments, said) in [(&["profiles", "secret", "test"][..], "client_secret:"), (&["serve"], "Ctrl-C ends it")] {
        let home = Home::with_profile(&server);
        let terminal = Terminal::start(&home, 80, &[], arguments);
        terminal.wait_for(said);
        terminal.type_keys(&["C-c"]);
        terminal.wait_for("[exit 130]");
    }
    let home = Home::logged_in(&server);
    let terminal = Terminal::start(&home, 80, &[], &["call", "whoami"]);
    let end = Instant::now() + Duration::from_mins(1);
    while server.count("/v1/whoami", None) == 0 {
        assert!(Instant::now() < end, "no request");
    }
    terminal.type_keys(&["C-c"]);
    terminal.wait_for("[exit 130]");
}
