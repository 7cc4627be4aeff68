//! Text of curl, git, wget and Python, and bare fields.
#![no_main]

use libfuzzer_sys::fuzz_target;

mod record;

fuzz_target!(|data: &[u8]| record::survives(data));
