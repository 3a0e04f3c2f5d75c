//! The command line.
#![expect(clippy::print_stdout, reason = "a command answers on standard output")]

mod doctor;
mod backup;
mod goods;
mod keys;
mod log;
mod mail_in;
mod open;
mod serve;
mod staff;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// A whole online shop in one binary.
#[derive(Parser)]
#[command(name = "barrow", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open the shop: pages, background jobs, and PostgreSQL where DATABASE_URL names none.
    Serve,
    /// Do background jobs only, beside one or more `serve`.
    Work,
    /// Bring the database up to date.
    Migrate,
    /// Fill an empty shop with demo goods and give it an owner.
    Demo(goods::DemoArguments),
    /// Bring goods in from another shop.
    #[command(subcommand)]
    Import(goods::ImportCommand),
    /// Say who may sign in to the management pages.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Write the whole shop (database, pictures, secrets) into one file.
    Backup(backup::BackupArguments),
    /// Bring a shop back from a file that `backup` wrote.
    Restore(backup::RestoreArguments),
    /// Change the key under which secrets are sealed.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Read one mail from standard input into the inbox, for a pipe from the mail server.
    MailIn,
    /// Look whether all is well and say what to do where it is not.
    Doctor {
        /// Also compute every tax of every order again and replay the ledger of the stock.
        #[arg(long)]
        deep: bool,
    },
    /// Stop the private database once the process at the other end of standard input is gone.
    #[command(hide = true)]
    Guard,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("barrow: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    if matches!(command, Command::Guard) {
        return open::guard().map(|()| ExitCode::SUCCESS);
    }
    rustls::crypto::ring::default_provider().install_default().ok().context("the TLS provider was chosen twice")?;
    log::to_stderr(matches!(command, Command::Serve | Command::Work));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads can be started")?;
    let result = runtime.block_on(dispatch(command));
    runtime.shutdown_timeout(Duration::from_secs(2));
    result
}

async fn dispatch(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve => serve::serve().await?,
        Command::Work => serve::work().await?,
        Command::Migrate => migrate().await?,
        Command::Demo(arguments) => goods::demo(arguments).await?,
        Command::Import(command) => goods::import(command).await?,
        Command::Staff(command) => staff::staff(command).await?,
        Command::Backup(arguments) => backup::backup(arguments).await?,
        Command::Restore(arguments) => backup::restore(arguments).await?,
        Command::Keys(command) => keys::keys(command).await?,
        Command::MailIn => return Ok(mail_in::mail_in().await),
        Command::Doctor { deep } => return doctor::doctor(deep).await,
        Command::Guard => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn migrate() -> Result<()> {
    let opened = open::open().await?;
    let ran = opened.migrate().await?;
    for name in &ran {
        println!("{name}");
    }
    println!("{}", if ran.is_empty() { "The database was up to date." } else { "The database is up to date now." });
    opened.close().await
}
