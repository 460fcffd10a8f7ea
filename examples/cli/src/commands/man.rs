use std::path::PathBuf;

use clap::{Args, CommandFactory as _};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::screen::Screen;

/// Print the manual page, or write those of all commands into a folder
///
/// As `grantkit man | man -l -`, or `grantkit man --folder ~/.local/share/man/man1`.
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The folder for the pages of all commands
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, screen: Screen) -> Result<(), Failure> {
        let command = Arguments::command();
        if let Some(folder) = &self.folder {
            return clap_mangen::generate_to(command, folder).map_err(|error| {
                Failure::general(format!("{} cannot be written", folder.display()))
                    .caused_by(&error)
                    .or_next(format!("mkdir -p {}", folder.display()))
            });
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        screen.bytes(&page)
    }
}
