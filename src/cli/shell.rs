//! `tandai completions SHELL` and `tandai man`: help for the shell, from the
//! command line's own definition.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Failure, Outcome};

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai completions bash > /etc/bash_completion.d/tandai
  tandai completions zsh  > ~/.zfunc/_tandai
  tandai man | man -l -";

/// Which shell to write completions for.
#[derive(Args)]
pub(super) struct CompletionsArguments {
    /// The shell
    shell: Shell,
}

pub(super) fn completions(arguments: &CompletionsArguments) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut super::Arguments::command(),
        "tandai",
        &mut script,
    );
    write(&script)
}

/// Writes one page with everything: the program, then each subcommand.
pub(super) fn man() -> Result<Outcome, Failure> {
    let mut command = super::Arguments::command();
    command.build();
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command.clone()).render(&mut page).and_then(|()| {
        command.get_subcommands().filter(|one| one.get_name() != "help").try_for_each(|one| {
            // Not a page of its own, so without the title line.
            let man = clap_mangen::Man::new(one.clone());
            man.render_name_section(&mut page)?;
            man.render_synopsis_section(&mut page)?;
            man.render_description_section(&mut page)?;
            man.render_options_section(&mut page)?;
            if one.get_after_help().is_some() {
                man.render_extra_section(&mut page)?;
            }
            Ok(())
        })
    });
    rendered.map_err(|error| error.to_string())?;
    write(&page)
}

/// A reader that has seen enough, as `head` has, is no failure.
pub(super) fn write(page: &[u8]) -> Result<Outcome, Failure> {
    match std::io::stdout().write_all(page) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("it could not be written ({error})")))
        }
        _ => Ok(Outcome::Done),
    }
}
