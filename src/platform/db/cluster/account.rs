//! Under which account PostgreSQL runs: it refuses to be root, so root lends it the account `postgres`.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The account that owns the database's files and processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Account {
    /// Barrow's own, which is not root.
    Own { uid: u32 },
    /// `postgres`, lent by root.
    Lent { uid: u32, gid: u32 },
}

impl Account {
    /// # Errors
    /// Barrow runs as root where there is no account `postgres`.
    pub fn choose() -> Result<Account> {
        let uid = rustix::process::geteuid().as_raw();
        if uid != 0 {
            return Ok(Account::Own { uid });
        }
        let accounts = fs::read_to_string("/etc/passwd").context("/etc/passwd cannot be read")?;
        let Some((uid, gid)) = ids_of("postgres", &accounts) else {
            bail!(
                "PostgreSQL refuses to run as root and there is no account `postgres` to lend it: \
                 run `adduser --system --group postgres`, or start Barrow as an ordinary user"
            );
        };
        Ok(Account::Lent { uid, gid })
    }

    /// The user id that the database's folders belong to.
    pub fn uid(self) -> u32 {
        match self {
            Account::Own { uid } | Account::Lent { uid, .. } => uid,
        }
    }

    /// A command under this account: in English, without our PG* variables, out of reach of Ctrl-C.
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").stdin(Stdio::null()).process_group(0).current_dir("/");
        if let Account::Lent { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Makes a folder that only this account (and root) may enter.
    pub fn make_folder(self, folder: &Path) -> Result<()> {
        fs::DirBuilder::new().mode(0o700).create(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
        if let Account::Lent { uid, gid } = self {
            chown(folder, Some(uid), Some(gid)).with_context(|| format!("{} cannot be given to `postgres`", folder.display()))?;
        }
        Ok(())
    }

    /// Sees to it that this account can walk to `folder`, which is ours; what lies above it is not ours to open.
    pub fn can_reach(self, folder: &Path) -> Result<()> {
        let Account::Lent { uid, gid } = self else { return Ok(()) };
        let enters = |about: &fs::Metadata| {
            let mode = about.mode();
            mode & 0o001 != 0 || (about.uid() == uid && mode & 0o100 != 0) || (about.gid() == gid && mode & 0o010 != 0)
        };
        for above in folder.ancestors() {
            let about = fs::metadata(above).with_context(|| format!("{} cannot be looked at", above.display()))?;
            if enters(&about) {
                continue;
            }
            if above != folder {
                bail!(
                    "the account `postgres` cannot reach {}, because {} is closed to it: name another folder in BARROW_DATA",
                    folder.display(),
                    above.display()
                );
            }
            fs::set_permissions(above, fs::Permissions::from_mode(about.mode() | 0o011))
                .with_context(|| format!("{} cannot be opened to the account `postgres`", above.display()))?;
        }
        Ok(())
    }
}

/// User and group id of an account in the text of /etc/passwd.
fn ids_of(name: &str, accounts: &str) -> Option<(u32, u32)> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2).map(str::parse);
    Some((fields.next()?.ok()?, fields.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_are_read_from_the_accounts() {
        let accounts =
            "root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:7::/:/bin/sh\npostgres:x:101:104:PG:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(super::ids_of("postgres", accounts), Some((101, 104)));
        assert_eq!(super::ids_of("nobody", accounts), None);
    }
}
