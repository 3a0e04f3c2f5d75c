//! Acts on pictures: take one in, note that its widths are made or cannot be made.

use bytes::Bytes;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::model::{ContentHash, Kind, MAX_BYTES, MediaRefused, Picture, PictureState, RemoveRefused};
use super::queries;
use super::resize::{self, Size};
use super::store::Store;
use crate::platform::base::{Broke, Failed, MediaId, Never};
use crate::platform::db::{self, Conn};
use crate::platform::events::{self, Event};
use crate::platform::feed::{self, Subject};
use crate::platform::schema::media;

/// A file that was looked at and stored, ready to be recorded.
#[derive(Clone, Debug)]
pub struct Kept {
    pub hash: ContentHash,
    kind: Kind,
    size: Size,
    bytes: i64,
    file_name: String,
}

/// Takes a file in as a picture of the shop: told by its bytes, measured without decoding it, stored, recorded.
pub async fn add(conn: &mut Conn, store: &Store, bytes: Bytes, file_name: &str) -> Result<MediaId, Failed<MediaRefused>> {
    let kept = keep(store, bytes, file_name).await?;
    db::transaction(conn, async |tx| Ok(record(tx, &kept).await?)).await
}

/// Looks at a file without storing it.
pub fn inspect(bytes: &[u8], file_name: &str) -> Result<Kept, MediaRefused> {
    if bytes.len() > MAX_BYTES {
        return Err(MediaRefused::TooLarge);
    }
    let kind = Kind::of(bytes)?;
    let size = resize::measure(bytes, kind)?;
    let file_name = file_name.chars().filter(|c| !c.is_control()).take(1000).collect();
    Ok(Kept { hash: ContentHash::of(bytes), kind, size, bytes: bytes.len() as i64, file_name })
}

/// Looks at a file and stores it; outside of any transaction, since it touches no table.
pub async fn keep(store: &Store, bytes: Bytes, file_name: &str) -> Result<Kept, Failed<MediaRefused>> {
    let kept = inspect(&bytes, file_name)?;
    store.put_original(kept.hash, bytes).await?;
    Ok(kept)
}

/// Records a stored file; the same content twice is one picture.
pub async fn record(tx: &mut Conn, kept: &Kept) -> Result<MediaId, Broke> {
    let known = media::table.filter(media::sha256.eq(kept.hash.to_vec())).select(media::id);
    if let Some(id) = known.clone().first(tx).await.optional()? {
        return Ok(id);
    }
    let new: Option<MediaId> = diesel::insert_into(media::table)
        .values((
            media::sha256.eq(kept.hash.to_vec()),
            media::file_name.eq(&kept.file_name),
            media::mime.eq(kept.kind.mime()),
            media::bytes.eq(kept.bytes),
            media::width.eq(kept.size.width as i32),
            media::height.eq(kept.size.height as i32),
        ))
        .on_conflict(media::sha256)
        .do_nothing()
        .returning(media::id)
        .get_result(tx)
        .await
        .optional()?;
    match new {
        Some(id) => {
            events::record(tx, Event::MediaAdded { media: id }).await?;
            Ok(id)
        }
        None => Ok(known.first(tx).await?),
    }
}

/// Removes a picture that nothing shows; `None` for one that is gone already. Its files stay until [`forget_files`].
pub async fn remove(tx: &mut Conn, id: MediaId) -> Result<Option<Picture>, Failed<RemoveRefused>> {
    // Whoever wants to show it waits for this lock, and then finds it gone.
    let known: Option<MediaId> = media::table.find(id).select(media::id).for_update().first(tx).await.optional()?;
    let Some(picture) = queries::pictures_by_ids(tx, &known.into_iter().collect::<Vec<_>>()).await?.remove(&id) else {
        return Ok(None);
    };
    if queries::is_used(tx, id).await? {
        return Err(RemoveRefused::Used.into());
    }
    diesel::delete(media::table.find(id)).execute(tx).await?;
    feed::tell(tx, Subject::Media, Some(id.0)).await?;
    Ok(Some(picture))
}

/// Removes the files of a picture that is gone; stays quiet when the same file was taken in again meanwhile.
pub async fn forget_files(conn: &mut Conn, store: &Store, gone: &Picture) -> Result<(), Broke> {
    if queries::picture_by_hash(conn, gone.hash).await?.is_none() {
        store.remove(gone.hash, &gone.widths()).await?;
    }
    Ok(())
}

/// Notes that all widths of a picture are made.
pub(super) async fn note_ready(conn: &mut Conn, id: MediaId, widths: &[u32], colour: &str) -> Result<(), Failed<Never>> {
    let widths: Vec<i32> = widths.iter().map(|width| *width as i32).collect();
    db::transaction(conn, async |tx| {
        diesel::update(media::table.find(id))
            .set((
                media::state.eq(PictureState::Ready),
                media::widths.eq(&widths),
                media::colour.eq(colour),
                media::failure.eq(None::<String>),
            ))
            .execute(tx)
            .await?;
        feed::tell(tx, Subject::Media, Some(id.0)).await?;
        Ok(())
    })
    .await
}

/// Notes that no widths can be made of a picture, and why.
pub(super) async fn note_failed(conn: &mut Conn, id: MediaId, why: &str) -> Result<(), Failed<Never>> {
    db::transaction(conn, async |tx| {
        diesel::update(media::table.find(id))
            .set((media::state.eq(PictureState::Failed), media::failure.eq(why)))
            .execute(tx)
            .await?;
        feed::tell(tx, Subject::Media, Some(id.0)).await?;
        Ok(())
    })
    .await
}
