//! The program: see [`tandai::cli`].

/// Many cores take and give back small pieces of memory at once here, when a whole
/// project is read; the system's allocator makes them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tandai::cli::run()
}
