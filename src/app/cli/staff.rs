//! `staff`: who may sign in to the management pages, from the command line.

use std::io::{BufRead, IsTerminal};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::json;

use super::open;
use crate::platform::access::{self, Password, Role, StaffRefused, commands, passwords};
use crate::platform::base::{Email, Failed, Refusal, StaffId};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::{Locale, Words};
use crate::platform::vault::Vault;

/// Who the audit trail names for what is done here.
const WHO: &str = "command line";

#[derive(clap::Subcommand)]
pub enum StaffCommand {
    /// Put somebody on the staff list; the password is asked for, or made up and printed once.
    Add {
        #[arg(value_parser = email)]
        email: Email,
        /// owner, manager, fulfilment, support, content or analyst
        #[arg(long, value_parser = role)]
        role: Role,
        #[arg(long, default_value = "")]
        name: String,
        /// Read the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody a new password and end their sessions.
    Password {
        #[arg(value_parser = email)]
        email: Email,
        /// Read the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Take away all second factors of somebody who has lost them, and end their sessions: they sign in with the password alone and
    /// set up new ones.
    ResetFactors {
        #[arg(value_parser = email)]
        email: Email,
    },
}

/// Does what was asked to the staff list.
pub async fn staff(command: StaffCommand) -> Result<()> {
    let (email, stdin) = match &command {
        StaffCommand::ResetFactors { email } => return reset(email).await,
        StaffCommand::Add { email, password_stdin, .. } | StaffCommand::Password { email, password_stdin } => {
            (email.clone(), *password_stdin)
        }
    };
    let (password, made_up) = tokio::task::spawn_blocking(move || choose(stdin)).await??;
    let opened = open::open().await?;
    opened.migrate().await?;
    let done = match &command {
        StaffCommand::Add { role, name, .. } => add(&opened.db, &email, name, *role, &password).await,
        _ => renew(&opened.db, &email, &password).await,
    };
    opened.close().await?;
    done?;
    match (&command, made_up) {
        (_, true) => println!("{email} signs in with the password {}\nIt is shown this once.", password.reveal()),
        (StaffCommand::Add { .. }, _) => println!("{email} may sign in."),
        _ => println!("{email} has a new password."),
    }
    Ok(())
}

/// Puts somebody on the staff list.
///
/// # Errors
/// One sentence: a weak password, an address that is on the list already.
pub async fn add(db: &Db, email: &Email, name: &str, role: Role, password: &Password) -> Result<StaffId> {
    let kept = passwords::chosen(password, email).await.map_err(in_words)?;
    let mut conn = db.get().await.map_err(|broke| broke.0)?;
    let added = db::transaction(&mut conn, async |tx: &mut Conn| {
        let id = commands::add_staff(tx, email, name, role, &kept).await?;
        let after = json!({ "email": email, "role": role });
        access::audit_without_staff(tx, WHO, "staff.added", "staff", Some(id.0), Some(after)).await?;
        Ok(id)
    });
    added.await.map_err(|failed| match failed {
        Failed::Refused(StaffRefused::Known) => {
            anyhow!("{email} is on the staff list already: `barrow staff password {email}` gives a new password")
        }
        failed => in_words(failed),
    })
}

async fn renew(db: &Db, email: &Email, password: &Password) -> Result<StaffId> {
    let kept = passwords::chosen(password, email).await.map_err(in_words)?;
    let mut conn = db.get().await.map_err(|broke| broke.0)?;
    let renewed = db::transaction(&mut conn, async |tx: &mut Conn| {
        let id = commands::set_password(tx, email, &kept).await?;
        access::audit_without_staff(tx, WHO, "staff.password_changed", "staff", Some(id.0), None).await?;
        Ok(id)
    });
    renewed.await.map_err(|failed| match failed {
        Failed::Refused(StaffRefused::Gone) => anyhow!("{email} is not on the staff list"),
        failed => in_words(failed),
    })
}

async fn reset(email: &Email) -> Result<()> {
    let opened = open::open().await?;
    opened.migrate().await?;
    let vault = Vault::open(&opened.config, &opened.folder.secrets())?;
    let done = reset_factors(&opened.db, &vault, email).await;
    opened.close().await?;
    done?;
    println!("{email} has no second factor any more and is signed out everywhere.");
    Ok(())
}

/// Takes all factors of somebody away, and writes it into the audit trail.
///
/// # Errors
/// One sentence: nobody of this address is on the list.
pub async fn reset_factors(db: &Db, vault: &Vault, email: &Email) -> Result<StaffId> {
    let mut conn = db.get().await.map_err(|broke| broke.0)?;
    let reset = db::transaction(&mut conn, async |tx: &mut Conn| commands::reset_factors(tx, vault, email, WHO).await);
    reset.await.map_err(|failed| match failed {
        Failed::Refused(StaffRefused::Gone) => anyhow!("{email} is not on the staff list"),
        failed => in_words(failed),
    })
}

/// A refusal as a sentence, breakage as it is.
pub fn in_words<R: Refusal>(failed: Failed<R>) -> anyhow::Error {
    match failed {
        Failed::Refused(why) => anyhow!("{}", Words::new(Locale::En).refusal(&why)),
        Failed::Broke(broke) => broke.0,
    }
}

/// The password, and whether we made it up.
fn choose(from_stdin: bool) -> Result<(Password, bool)> {
    let typed = if from_stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).context("standard input cannot be read")?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    } else if std::io::stdin().is_terminal() {
        ask()?
    } else {
        String::new()
    };
    if typed.is_empty() && !from_stdin {
        return Ok((passwords::generated(), true));
    }
    let password = typed.parse().map_err(|why: crate::platform::base::BadText| anyhow!("{}", Words::new(Locale::En).t(why.0)))?;
    Ok((password, false))
}

fn ask() -> Result<String> {
    let terminal = console::Term::stderr();
    let read = |question: &str| -> Result<String> {
        terminal.write_str(question)?;
        terminal.read_secure_line().context("the password cannot be read")
    };
    let first = read("Password (nothing: one is made up): ")?;
    if !first.is_empty() && read("Once more: ")? != first {
        bail!("the two passwords differ");
    }
    Ok(first)
}

fn email(text: &str) -> Result<Email, String> {
    text.parse().map_err(|_| "this is no e-mail address".into())
}

fn role(text: &str) -> Result<Role, String> {
    let all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    text.parse().map_err(|_| format!("one of {}", all.join(", ")))
}
