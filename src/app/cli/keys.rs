//! `keys`: the key under which secrets are sealed.

use anyhow::{Result, bail};

use super::open::{self, Opened};
use crate::platform::base::OrBreak;
use crate::platform::vault::{RotateRefused, Rotated, Vault};

#[derive(clap::Subcommand)]
pub enum KeysCommand {
    /// Seal everything anew under a new key and retire the old one; the shop may be open meanwhile.
    Rotate,
}

/// Does what was asked to the keys.
pub async fn keys(command: KeysCommand) -> Result<()> {
    let opened = open::open().await?;
    let done = match command {
        KeysCommand::Rotate => rotate(&opened).await,
    };
    opened.close().await?;
    done
}

async fn rotate(opened: &Opened) -> Result<()> {
    opened.migrate().await?;
    let vault = Vault::open(&opened.config, &opened.folder.secrets())?;
    let mut conn = opened.db.get().await.map_err(|broke| broke.0)?;
    let rotated = vault.rotate(&mut conn, chrono::Utc::now()).await.or_break().map_err(|broke| broke.0)?;
    match rotated {
        Ok(Rotated { secrets, retired, current }) => {
            println!("Secrets sealed anew under key {current}: {secrets}.");
            if let Some(retired) = retired {
                println!(
                    "Key {retired} is retired{}.",
                    if opened.config.keys.is_some() { ": take it out of BARROW_KEYS" } else { "" }
                );
            }
            Ok(())
        }
        Err(RotateRefused::NoNewerKey { add }) => bail!(
            "BARROW_KEYS names no key newer than the one in use: add one wherever it is set, for example {add} \
             (shown this once), start all processes again, then run this again"
        ),
        Err(RotateRefused::Busy) => bail!("another rotation is going on"),
    }
}
