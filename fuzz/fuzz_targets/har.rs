//! HARs: any bytes behind the beginning of one.
#![no_main]

use libfuzzer_sys::fuzz_target;

mod record;

fuzz_target!(|data: &[u8]| {
    record::survives(data);
    record::survives(&[b"{\"log\":{\"entries\":[".as_slice(), data].concat());
});
