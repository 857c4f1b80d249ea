//! `tandai merge`: a merge driver for git.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome, say};
use crate::session::counted;
use crate::storage::{MergeOutcome, merge_files};

pub(super) const EXAMPLES: &str = "\
Let git merge sets with it, once in each clone:
  git config merge.tandai.name 'Tandai annotation sets'
  git config merge.tandai.driver 'tandai merge %O %A %B %P'
and once in the project, in the file .gitattributes:
  annotations/**/*.txt.ron merge=tandai
  annotations/*/decisions.ron merge=tandai
  seeds/** -text
The last line keeps git from changing line ends, which places in the articles count.

The result is written over OURS. The exit code is 0 where it is clean, 1 where there are
conflicts, which the file keeps and the window shows, and 2 where nothing was written. Where both
sides have changed how far the article is, or there are conflicts, it is in progress.

Where the sides are about different versions of the article, nothing is written: FILE has what
this side says, and what the other side says is in git alone, until git add lets go of it. If the
article is as this side has it by now:
  git checkout --theirs FILE && tandai reanchor --write
  git show :1:FILE > base.ron && git show :2:FILE > ours.ron
  tandai merge base.ron FILE ours.ron
If it is as the other side has it:
  tandai reanchor --write
  git show :1:FILE > base.ron && git show :3:FILE > theirs.ron
  tandai merge base.ron FILE theirs.ron";

/// The three states of a file.
#[derive(Args)]
pub(super) struct MergeArguments {
    /// What both sides have begun from; an empty file where there was nothing
    base: PathBuf,
    /// This side, which is written over
    ours: PathBuf,
    /// The other side
    theirs: PathBuf,
    /// What messages call the file, where the others are temporary: git's %P
    name: Option<PathBuf>,
}

pub(super) fn run(arguments: &MergeArguments) -> Result<Outcome, Failure> {
    let MergeArguments { base, ours, theirs, name } = arguments;
    match merge_files(base, ours, theirs) {
        Ok(MergeOutcome::Sets { conflicts, .. }) if conflicts > 0 => {
            let conflicts = counted(conflicts, "conflict");
            let file = name.as_ref().unwrap_or(ours).display();
            say(&format!("{file}: {conflicts}; open it in Tandai to settle them"));
            Ok(Outcome::Wanting)
        }
        Ok(_) => Ok(Outcome::Done),
        Err(error) => {
            let file = name.as_ref().map(|name| format!("{}: ", name.display()));
            Err(Failure(format!("{}{error}", file.unwrap_or_default())))
        }
    }
}
