//! The command line: one file a subcommand.

mod agreement;
mod check;
mod columns;
mod diff;
mod export;
mod failure;
mod import;
mod merge;
mod meter;
mod project;
mod reanchor;
mod shell;
mod spans;
mod stats;
mod window;

pub use window::window_options;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};

/// Mark up news articles: who claims what, who denies it, and where.
#[derive(Parser)]
#[command(name = "tandai", version, about, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    window: window::WindowArguments,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Write a dataset for other programs
    #[command(after_help = export::EXAMPLES)]
    Export(export::ExportArguments),
    /// Take over articles and annotations from other programs
    #[command(after_help = import::EXAMPLES)]
    Import(import::ImportArguments),
    /// Count labels, lengths, attributes, who is cited and who denies whom
    #[command(after_help = stats::EXAMPLES)]
    Stats(stats::StatsArguments),
    /// Measure how far annotators agree
    #[command(after_help = agreement::EXAMPLES)]
    Agreement(agreement::AgreementArguments),
    /// Examine whether every file of a project can be read and agrees with the others
    #[command(after_help = check::EXAMPLES)]
    Check(check::CheckArguments),
    /// Say what is other in one set than in another
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::DiffArguments),
    /// Bring two sides' changes of a set together: a merge driver for git
    #[command(after_help = merge::EXAMPLES)]
    Merge(merge::MergeArguments),
    /// Find the tags of changed articles again
    #[command(after_help = reanchor::EXAMPLES)]
    Reanchor(reanchor::ReanchorArguments),
    /// Write what a shell needs to complete commands and options
    #[command(after_help = shell::EXAMPLES)]
    Completions(shell::CompletionsArguments),
    /// Write the manual page
    Man,
}

/// How a command ended. Usage that cannot be understood ends with 2 as well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All went as asked.
    Done,
    /// It ran, and something is not as it should be, which was said.
    Wanting,
}

/// Why a command could not do anything at all, in words for the person.
struct Failure(String);

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self(words)
    }
}

/// Runs the program as the command line says. What goes wrong is said on standard
/// error: exit code 1 where something is wanting, 2 where nothing could be done.
pub fn run() -> ExitCode {
    let start = Instant::now();
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("tandai=warn"))
        .init();
    let arguments = Arguments::parse();
    let Some(command) = arguments.command else {
        return window::open(&arguments.window, start).map_or_else(
            |message| {
                say(&message);
                ExitCode::FAILURE
            },
            |()| ExitCode::SUCCESS,
        );
    };
    match command.run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Wanting) => ExitCode::from(1),
        Err(Failure(words)) => {
            say(&words);
            ExitCode::from(2)
        }
    }
}

impl Command {
    fn run(self) -> Result<Outcome, Failure> {
        match self {
            Self::Export(arguments) => export::run(&arguments),
            Self::Import(arguments) => import::run(&arguments),
            Self::Stats(arguments) => stats::run(&arguments),
            Self::Agreement(arguments) => agreement::run(&arguments),
            Self::Check(arguments) => check::run(&arguments),
            Self::Diff(arguments) => diff::run(&arguments),
            Self::Merge(arguments) => merge::run(&arguments),
            Self::Reanchor(arguments) => reanchor::run(&arguments),
            Self::Completions(arguments) => shell::completions(&arguments),
            Self::Man => shell::man(),
        }
    }
}

/// Says something to the person, beside what goes to standard output.
fn say(message: &str) {
    // What files are called and hold must not work the terminal.
    let message = message.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    // Nobody may be listening any more: what is done is done all the same.
    let _ = writeln!(std::io::stderr(), "tandai: {message}");
}
