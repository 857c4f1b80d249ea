//! The command line: one file a subcommand.

mod window;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Mark up news articles: who claims what, who denies it, and where.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    /// The folder of articles to open; without it, the nearest project at or
    /// above the current folder
    project: Option<PathBuf>,

    /// Whose annotations are made; without it, the name last used, or the
    /// system's user
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
}

/// Runs the program as the command line says. What goes wrong is said once, on
/// standard error, with exit code 1.
pub fn run() -> ExitCode {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("tandai=warn"))
        .init();
    match window::open(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&message);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is the command line")]
fn say(message: &str) {
    eprintln!("tandai: {message}");
}
