//! The `why401` command: parse, run, exit code.

fn main() {}
