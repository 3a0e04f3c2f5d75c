//! Files of strangers that are kept as they are: where the merchant runs clamd, it looks at them first.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use clamav_client::tokio::{Socket, Tcp, scan_buffer};

use super::store::Store;
use crate::platform::config::Scanner;

/// How long clamd may look at one file.
const PATIENCE: Duration = Duration::from_secs(20);

impl Store {
    /// Whether clamd finds nothing in this file; without a scanner nothing is looked for.
    ///
    /// # Errors
    /// A scanner that does not answer in time, or not with a finding.
    pub async fn is_harmless(&self, bytes: &[u8]) -> Result<bool> {
        let answer = match &self.scanner {
            None => return Ok(true),
            Some(Scanner::Socket(socket_path)) => {
                tokio::time::timeout(PATIENCE, scan_buffer(bytes, Socket { socket_path }, None)).await
            }
            Some(Scanner::Tcp(address)) => {
                tokio::time::timeout(PATIENCE, scan_buffer(bytes, Tcp { host_address: *address }, None)).await
            }
        };
        let answer = answer.context("the virus scanner took too long")?.context("the virus scanner cannot be reached")?;
        match String::from_utf8_lossy(&answer).trim_end_matches('\0') {
            said if said.ends_with(" OK") => Ok(true),
            said if said.ends_with(" FOUND") => Ok(false),
            said => bail!("the virus scanner said {said:?}"),
        }
    }
}
