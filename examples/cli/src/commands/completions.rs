use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::screen::Screen;

/// Print completions for a shell
///
/// As `source <(grantkit completions bash)`, or `grantkit completions fish > ~/.config/fish/completions/grantkit.fish`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, screen: Screen) -> Result<(), Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut Arguments::command(), "grantkit", &mut script);
        screen.bytes(&script)
    }
}
