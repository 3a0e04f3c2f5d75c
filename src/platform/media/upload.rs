//! Files that a form brings.

use bytes::Bytes;
use rocket::fs::TempFile;
use rocket::tokio::io::AsyncReadExt;

use crate::platform::base::Broke;

/// The whole of a sent file; `None` where the field was left empty.
pub async fn bytes_of(file: &TempFile<'_>) -> Result<Option<Bytes>, Broke> {
    if file.len() == 0 {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.open().await?.read_to_end(&mut bytes).await?;
    Ok(Some(bytes.into()))
}

/// The name that the browser gave a file, as far as it is safe.
pub fn name_of(file: &TempFile<'_>) -> String {
    file.raw_name().map(|name| name.dangerous_unsafe_unsanitized_raw().as_str().to_owned()).unwrap_or_default()
}
