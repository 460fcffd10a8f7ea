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
    let screen = terminal.wait_for("left)");
    assert!(screen.contains("Open this address on any device:") && screen.contains("(4:5"), "{screen}");
    let widths: Vec<_> =
        screen.lines().filter(|line| is_qr(line)).map(|line| line.trim_end().chars().count()).collect();
    assert!(widths.len() > 10 && widths.iter().all(|width| *width <= 80), "{screen}");
    browse(&address(&screen));
    let screen = terminal.wait_for_with_colours("[exit 0]");
    assert!(screen.contains("logged in to test as alice@example.com"), "{screen}");
    assert!(!screen.contains("left)"), "the spinner is gone: {screen}");
    assert!(screen.contains(ESCAPE), "{screen}");
}

#[test]
fn a_narrow_terminal_has_no_qr_code_and_no_wrapped_lines() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 32, &[("NO_COLOR", "1")], &["login", "--device"]);
    let screen = terminal.wait_for("waiting for you");
    assert!(!screen.lines().any(is_qr), "{screen}");
    browse(&address(&screen));
    let screen = terminal.wait_for_with_colours("[exit 0]");
    assert!(screen.contains("logged in to test"), "{screen}");
    assert!(!screen.contains(ESCAPE), "NO_COLOR: {screen:?}");
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
    terminal.type_keys(&["hidden", "Enter"]);
    let screen = terminal.wait_for("[exit 0]");
    assert!(!screen.contains("hidden") && screen.contains("kept in"), "{screen}");
    assert_eq!(home.run(&["profiles", "show", "--json"]).json()["secrets"][0], "client_secret");
}

#[test]
fn ctrl_c_ends_a_login() {
    let server = Server::start(&[]);
    let home = Home::with_profile(&server);
    let terminal = Terminal::start(&home, 80, &[], &["login", "--no-browser"]);
    terminal.wait_for("left)");
    terminal.type_keys(&["C-c"]);
    let screen = terminal.wait_for("[exit");
    assert!(screen.contains("interrupted") || screen.contains("[exit 130]"), "{screen}");
}
