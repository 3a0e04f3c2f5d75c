//! `mail-in`: one mail from standard input, as a mail server pipes it; the exit code says to the server what to do with it.

use std::io::Read;
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::open;
use crate::features::messages::mail_in::{LONGEST, Letterbox, Taken, take};
use crate::platform::base::Clock;
use crate::platform::media::Store;

/// The mail cannot be read: the server gives it back (sysexits.h, EX_DATAERR).
const BAD_DATA: u8 = 65;
/// Not now: the server keeps it and tries again (EX_TEMPFAIL).
const NOT_NOW: u8 = 75;

/// Takes a mail in; whatever is out of order here, the mail server keeps it.
pub async fn mail_in() -> ExitCode {
    match bring_in().await {
        Ok(Taken::Unreadable) => {
            eprintln!("barrow: this is no mail");
            ExitCode::from(BAD_DATA)
        }
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("barrow: {error:#}");
            ExitCode::from(NOT_NOW)
        }
    }
}

async fn bring_in() -> Result<Taken> {
    let raw = tokio::task::spawn_blocking(read).await??;
    if raw.len() > LONGEST {
        return Ok(Taken::Unreadable);
    }
    let opened = open::open().await?;
    let folder = opened.folder.path().join("files");
    let taken = match Store::open(&opened.config, &folder) {
        Ok(store) => {
            let letterbox = Letterbox { db: &opened.db, store: &store, config: &opened.config };
            take(&letterbox, raw, Clock::default().now()).await.map_err(|broke| broke.0)
        }
        Err(error) => Err(error),
    };
    opened.close().await?;
    taken
}

fn read() -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    std::io::stdin().lock().take(LONGEST as u64 + 1).read_to_end(&mut raw).context("standard input cannot be read")?;
    Ok(raw)
}
