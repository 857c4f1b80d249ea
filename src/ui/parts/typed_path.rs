use std::path::PathBuf;

/// A path that was typed; `~` is one's home, as in a shell.
pub(in crate::ui) fn typed_path(typed: &str) -> PathBuf {
    match (typed.strip_prefix('~'), std::env::home_dir()) {
        (Some(below), Some(home)) if below.is_empty() || below.starts_with('/') => {
            home.join(below.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    }
}
