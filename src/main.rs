//! Picks a command.

fn main() -> std::process::ExitCode {
    barrow::app::cli::main()
}
