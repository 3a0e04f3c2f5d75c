//! Makes the widths of pictures, one picture at a time in each process.

use bytes::Bytes;
use tokio::sync::Semaphore;

use super::model::{MadeName, MediaRefused, Picture, PictureState};
use super::store::Store;
use super::{commands, queries, resize};
use crate::platform::base::{Broke, Failed, MediaId, OrBreak};
use crate::platform::db::Db;

/// A decoded picture of 40 million pixels takes 120 MB: never two at once.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Makes all widths of a picture; doing it again changes nothing. A picture that cannot be decoded is marked as failed, not tried again.
pub async fn make_widths(db: &Db, store: &Store, id: MediaId) -> Result<(), Broke> {
    let _turn = ONE_AT_A_TIME.acquire().await?;
    let picture = queries::pictures_by_ids(&mut *db.get().await?, &[id]).await?.remove(&id);
    let Some(picture) = picture.filter(|picture| picture.state == PictureState::Pending) else {
        return Ok(());
    };
    let original = store.original(picture.hash).await?;
    match tokio::task::spawn_blocking(move || resize::make(&original)).await? {
        Ok(batch) => keep(db, store, &picture, batch).await,
        Err(why) => {
            tracing::warn!(media = id.0, "no widths can be made of picture {}: {why:?}", picture.hash);
            refuse(db, id, why).await
        }
    }
}

/// The most that a picture for somebody alone is wide.
const WIDEST: u32 = 1920;

/// Makes a picture anew that is no picture of the shop: a JPEG, and its width and height. It lies nowhere yet.
pub async fn remake(bytes: Bytes) -> Result<(Bytes, (i32, i32)), Failed<MediaRefused>> {
    let _turn = ONE_AT_A_TIME.acquire().await.map_err(anyhow::Error::from)?;
    let made = tokio::task::spawn_blocking(move || resize::remake(&bytes, WIDEST)).await.map_err(anyhow::Error::from)?;
    let (jpeg, size) = made?;
    Ok((jpeg, (size.width as i32, size.height as i32)))
}

async fn keep(db: &Db, store: &Store, picture: &Picture, batch: resize::Batch) -> Result<(), Broke> {
    for made in batch.files {
        let name = MadeName { width: made.width, encoding: made.encoding };
        store.put_made(picture.hash, name, Bytes::clone(&made.bytes)).await?;
    }
    let mut conn = db.get().await?;
    match commands::note_ready(&mut conn, picture.id, &batch.widths, &batch.colour).await.or_break()? {
        Ok(()) => Ok(()),
        Err(never) => match never {},
    }
}

async fn refuse(db: &Db, id: MediaId, why: MediaRefused) -> Result<(), Broke> {
    let mut conn = db.get().await?;
    match commands::note_failed(&mut conn, id, &format!("{why:?}")).await.or_break()? {
        Ok(()) => Ok(()),
        Err(never) => match never {},
    }
}
