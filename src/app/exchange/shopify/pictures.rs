//! Where the pictures of a file are: beside it, in a folder that was named, in the shop already, or behind an address.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use url::Url;

use crate::platform::base::{Broke, Failed, MediaId, Message, Refusal};
use crate::platform::db::Conn;
use crate::platform::media::commands::{self, Kept};
use crate::platform::media::{MAX_BYTES, MediaRefused, Store};
use crate::platform::schema::media;

/// A picture that a file names.
#[derive(Clone, Debug)]
pub enum Found {
    /// A file, looked at and (unless it is a dry run) stored.
    Kept(Kept),
    /// Fetched from this address before.
    Known(MediaId),
    /// To be fetched as a job.
    Address(Url),
}

/// Why a picture is not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureRefused {
    Missing(String),
    Address(String),
    Refused(MediaRefused),
}

impl Refusal for PictureRefused {
    fn message(&self) -> Message {
        match self {
            PictureRefused::Missing(src) => Message::new("exchange-picture-missing").text("name", src),
            PictureRefused::Address(src) => Message::new("exchange-picture-address").text("name", src),
            PictureRefused::Refused(why) => why.message(),
        }
    }
}

/// Finds pictures for one import.
pub struct Pictures<'a> {
    /// The folder of the file itself.
    pub folder: &'a Path,
    /// The folder that was named for pictures.
    pub named: Option<&'a Path>,
    /// `None` in a dry run: files are looked at only.
    pub store: Option<&'a Store>,
    /// What was fetched before, by its address.
    pub known: HashMap<String, MediaId>,
}

/// All pictures that came from an address.
pub async fn fetched_before(conn: &mut Conn) -> Result<HashMap<String, MediaId>, Broke> {
    let rows: Vec<(String, MediaId)> =
        media::table.filter(media::file_name.like("http%")).select((media::file_name, media::id)).load(conn).await?;
    Ok(rows.into_iter().collect())
}

impl Pictures<'_> {
    /// Finds the picture that a cell names.
    pub async fn find(&self, src: &str) -> Result<Found, Failed<PictureRefused>> {
        let src = if src.starts_with("//") { format!("https:{src}") } else { src.to_owned() };
        if src.contains("://") {
            let url: Option<Url> = src.parse().ok().filter(|url: &Url| matches!(url.scheme(), "http" | "https"));
            let url = url.filter(|url| url.as_str().len() <= 1000).ok_or(PictureRefused::Address(src))?;
            let known = self.known.get(url.as_str()).map(|id| Found::Known(*id));
            return Ok(known.unwrap_or(Found::Address(url)));
        }
        for path in self.places(&src) {
            match tokio::fs::metadata(&path).await {
                Ok(meta) if meta.is_file() && meta.len() > MAX_BYTES as u64 => {
                    return Err(PictureRefused::Refused(MediaRefused::TooLarge).into());
                }
                Ok(meta) if meta.is_file() => return self.take(&path).await,
                _ => {}
            }
        }
        Err(PictureRefused::Missing(src).into())
    }

    async fn take(&self, path: &Path) -> Result<Found, Failed<PictureRefused>> {
        let bytes = tokio::fs::read(path).await.map_err(anyhow::Error::from)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let kept = match self.store {
            Some(store) => {
                commands::keep(store, bytes.into(), &name).await.map_err(|failed| failed.map(PictureRefused::Refused))?
            }
            None => commands::inspect(&bytes, &name).map_err(PictureRefused::Refused)?,
        };
        Ok(Found::Kept(kept))
    }

    /// Where a relative path may lie; absolute ones lie nowhere.
    fn places(&self, src: &str) -> Vec<PathBuf> {
        let path = Path::new(src);
        if src.contains('\0') || path.components().any(|part| matches!(part, Component::RootDir | Component::Prefix(_))) {
            return Vec::new();
        }
        let named = self.named.map(|folder| [Some(folder.join(path)), path.file_name().map(|name| folder.join(name))]);
        named.into_iter().flatten().flatten().chain([self.folder.join(path)]).collect()
    }
}
