//! The `why401` command: parse, run, exit code.

fn main() -> std::process::ExitCode {
    why401::cli::main(std::env::args_os()).into()
}
