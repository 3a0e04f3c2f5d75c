//! Whether the keys are there and open what is sealed.

use anyhow::Result;

use super::Report;
use crate::app::cli::open::Opened;
use crate::platform::db::Conn;
use crate::platform::vault::Vault;

const FROM_A_BACKUP: &str = "put the keys back from a backup (`secrets/keys`), or name them in BARROW_KEYS";

pub async fn sealed(report: &mut Report, opened: &Opened, conn: &mut Conn) -> Result<()> {
    let vault = match Vault::open(&opened.config, &opened.folder.secrets()) {
        Ok(vault) => vault,
        Err(error) => {
            report.finding(&format!("{error:#}"), FROM_A_BACKUP);
            return Ok(());
        }
    };
    let found = vault.examine(conn).await.map_err(|broke| broke.0)?;
    let lie = vault.whereabouts();
    if found.open_to_others != 0 {
        report.finding(&format!("{lie} can be read by other accounts"), &format!("run `chmod 600 {lie}`"));
    }
    if !found.same_key {
        report.finding(&format!("the key in {lie} is not the one that this database was sealed under"), FROM_A_BACKUP);
    }
    if found.shut > 0 {
        report.finding(&format!("{} sealed secrets do not open with the keys in {lie}", found.shut), FROM_A_BACKUP);
    } else if found.same_key {
        report.well(&format!("secrets: {} sealed, all open with the keys in {lie}", found.opened));
    }
    Ok(())
}
