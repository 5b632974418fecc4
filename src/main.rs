//! The `safeseat` program: everything happens in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    safeseat::cli::run()
}
