#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tandai_fuzz::sets(data));
