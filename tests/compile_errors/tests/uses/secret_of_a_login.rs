use grantkit::grant::Login;

fn print(login: &Login) {
    println!("{}", login.access_token().secret());
}

fn main() {}
