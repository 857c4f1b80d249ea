//! The program's own allocator, so that what is measured is what the program takes.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
