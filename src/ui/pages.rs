//! How large the pages are that memory is given in.

/// Has memory given in small pages, or not. Many systems give pages of 2 MB unasked, of which
/// each thread that does a little would hold one. Programs that are started inherit it.
pub(crate) fn hold_small_pages(hold: bool) {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(hold) {
        log::info!("the system does not say how large its pages are: {error}");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = hold;
}
