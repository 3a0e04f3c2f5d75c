//! Where picture files lie: a local folder, or S3 when `BARROW_S3_URL` names a bucket.

use std::path::Path as Folder;
use std::sync::Arc;

use anyhow::{Context, Result};
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetResult, ObjectStore, ObjectStoreExt};
use url::Url;

use super::model::{ContentHash, Encoding, MadeName};
use crate::platform::config::{Config, Scanner};

/// The store of picture files; cheap to clone, managed by the server.
#[derive(Clone, Debug)]
pub struct Store {
    /// What was uploaded, never served; written through to the disk, since it cannot be made again.
    originals: Arc<dyn ObjectStore>,
    /// What was made of it.
    made: Arc<dyn ObjectStore>,
    /// Who looks at what strangers send before it is kept as it is.
    pub(super) scanner: Option<Scanner>,
}

impl Store {
    /// Opens the store that the configuration names; `folder` is the local one.
    ///
    /// # Errors
    /// A folder that cannot be made, a URL that is no `s3://bucket/prefix`.
    pub fn open(config: &Config, folder: &Folder) -> Result<Store> {
        let store = match &config.s3_url {
            Some(url) => Store::in_bucket(url)?,
            None => Store::in_folder(folder)?,
        };
        Ok(Store { scanner: config.scanner.clone(), ..store })
    }

    /// A store in a local folder, made when it is missing.
    pub fn in_folder(folder: &Folder) -> Result<Store> {
        let said = || format!("the folder for pictures, {}, cannot be used", folder.display());
        std::fs::create_dir_all(folder).with_context(said)?;
        let files = LocalFileSystem::new_with_prefix(folder).with_context(said)?;
        Ok(Store { originals: Arc::new(files.clone().with_fsync(true)), made: Arc::new(files), scanner: None })
    }

    /// A store in an S3 bucket; keys, region and endpoint come from `AWS_*`.
    fn in_bucket(url: &str) -> Result<Store> {
        let said = "BARROW_S3_URL must name a bucket, like s3://bucket/folder";
        let url: Url = url.parse().context(said)?;
        anyhow::ensure!(url.scheme() == "s3", said);
        let bucket = url.host_str().context(said)?;
        let bucket = AmazonS3Builder::from_env().with_bucket_name(bucket).build().context("the S3 store cannot be opened")?;
        let store: Arc<dyn ObjectStore> = match Path::from_url_path(url.path())? {
            prefix if prefix.as_ref().is_empty() => Arc::new(bucket),
            prefix => Arc::new(PrefixStore::new(bucket, prefix)),
        };
        Ok(Store { originals: store.clone(), made: store, scanner: None })
    }

    /// Keeps an uploaded file; the same file twice is one.
    pub async fn put_original(&self, hash: ContentHash, bytes: Bytes) -> Result<()> {
        let path = original(hash);
        if self.originals.head(&path).await.is_ok_and(|meta| meta.size == bytes.len() as u64) {
            return Ok(());
        }
        self.originals.put(&path, bytes.into()).await.context("a picture could not be stored")?;
        Ok(())
    }

    /// An uploaded file.
    pub async fn original(&self, hash: ContentHash) -> Result<Bytes> {
        let found =
            self.originals.get(&original(hash)).await.with_context(|| format!("the original of picture {hash} is missing"))?;
        Ok(found.bytes().await?)
    }

    /// Removes an uploaded file and everything made of it; what is not there is fine.
    pub(super) async fn remove(&self, hash: ContentHash, widths: &[u32]) -> Result<()> {
        let names = widths.iter().flat_map(|width| Encoding::ALL.map(|encoding| MadeName { width: *width, encoding }));
        for name in names {
            gone(self.made.delete(&made(hash, name)).await)?;
        }
        gone(self.originals.delete(&original(hash)).await)
    }

    pub(super) async fn put_made(&self, hash: ContentHash, name: MadeName, bytes: Bytes) -> Result<()> {
        self.made.put(&made(hash, name), bytes.into()).await.context("a picture could not be stored")?;
        Ok(())
    }

    /// A made file, opened for reading; `None` when it is not made.
    pub(super) async fn made(&self, hash: ContentHash, name: MadeName) -> Result<Option<GetResult>> {
        match self.made.get(&made(hash, name)).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// The files as they lie there, for copies of the whole shop and for the doctor.
impl Store {
    /// The name of every file, in any order.
    pub fn names(&self) -> BoxStream<'_, Result<String>> {
        let listed = self.made.list(None).map_ok(|meta| meta.location.to_string());
        listed.map_err(|error| anyhow::Error::from(error).context("the pictures cannot be listed")).boxed()
    }

    /// A file by its name; `None` when it went meanwhile.
    pub async fn read(&self, name: &str) -> Result<Option<Bytes>> {
        match self.made.get(&Path::parse(name)?).await {
            Ok(found) => Ok(Some(found.bytes().await.with_context(|| format!("the picture file {name} cannot be read"))?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(anyhow::Error::from(error).context(format!("the picture file {name} cannot be read"))),
        }
    }

    /// Puts a file under its name; one of the same size stays, since names stand for content.
    pub async fn write(&self, name: &str, bytes: Bytes) -> Result<()> {
        let path = Path::parse(name)?;
        if self.originals.head(&path).await.is_ok_and(|meta| meta.size == bytes.len() as u64) {
            return Ok(());
        }
        self.originals.put(&path, bytes.into()).await.with_context(|| format!("the picture file {name} cannot be stored"))?;
        Ok(())
    }

    /// Removes a file by its name; what is not there is fine.
    pub async fn delete(&self, name: &str) -> Result<()> {
        gone(self.originals.delete(&Path::parse(name)?).await)
    }

    /// Writes, reads and removes a file, as the shop does all day.
    ///
    /// # Errors
    /// What does not work, in the store's own words.
    pub async fn probe(&self) -> Result<()> {
        const NAME: &str = "doctor.probe";
        let path = Path::from(NAME);
        self.originals.put(&path, Bytes::from_static(b"well").into()).await?;
        let read = self.originals.get(&path).await?.bytes().await?;
        self.originals.delete(&path).await?;
        anyhow::ensure!(read == "well", "what was written is not what is read");
        Ok(())
    }
}

fn gone(removed: object_store::Result<()>) -> Result<()> {
    match removed {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(anyhow::Error::from(error).context("a picture's file could not be removed")),
    }
}

/// Two letters of the hash part the files over 256 folders.
fn original(hash: ContentHash) -> Path {
    let hash = hash.to_string();
    Path::from(format!("originals/{}/{hash}", &hash[..2]))
}

fn made(hash: ContentHash, name: MadeName) -> Path {
    let hash = hash.to_string();
    Path::from(format!("made/{}/{hash}/{}.{}", &hash[..2], name.width, name.encoding.extension()))
}
