//! Pictures behind addresses, fetched after the products are there.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};

use super::super::{Bench, lost};
use crate::app::shop::Shop;
use crate::features::catalog;
use crate::platform::base::{Broke, Failed, Line, MediaId, Moment, Never, OrBreak, ProductId, Refusal, VariantId};
use crate::platform::db;
use crate::platform::jobs::{Job, Work};
use crate::platform::media::{self, Fetcher};
use crate::platform::schema::products;

/// A picture to fetch for a product, and the variants it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FetchPicture {
    pub product: ProductId,
    pub variants: Vec<VariantId>,
    pub url: String,
    pub alt: String,
    pub position: i32,
}

impl Work<Shop> for FetchPicture {
    const NAME: &'static str = "fetch_picture";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        self.fetch(&Bench::from(&shop), Fetcher::default(), shop.clock.now()).await
    }
}

impl FetchPicture {
    /// The job; the same picture for the same product waits once.
    pub fn job(&self) -> Job {
        let hash = media::ContentHash::of(self.url.as_bytes()).to_string();
        Job::of(self).last().keyed(format!("fetch_picture:{}:{}", self.product, &hash[..24]))
    }

    /// Fetches the picture and puts it at its place; doing it again changes nothing.
    /// Why it is not there is noted for staff; what may pass (a server that does not answer) also breaks, so that it is tried again.
    pub async fn fetch(&self, bench: &Bench, fetcher: Fetcher, now: Moment) -> Result<(), Broke> {
        let bytes = match fetcher.fetch(&self.url.parse()?).await {
            Ok(bytes) => bytes,
            Err(why) => {
                lost::note(&mut *bench.db.get().await?, self, &why.message(), why.may_pass(), now).await?;
                return match why.may_pass() {
                    true => Err(anyhow::Error::from(why).context(format!("fetching {}", self.url)).into()),
                    false => Ok(()),
                };
            }
        };
        let mut conn = bench.db.get().await?;
        match media::commands::add(&mut conn, &bench.store, bytes, &self.url).await.or_break()? {
            Ok(id) => self.attach(&mut conn, id, now).await,
            Err(why) => lost::note(&mut conn, self, &why.message(), false, now).await,
        }
    }

    async fn attach(&self, conn: &mut db::Conn, picture: MediaId, now: Moment) -> Result<(), Broke> {
        let alt: Line<1000> = self.alt.parse().unwrap_or_default();
        let attached: Result<(), Failed<Never>> = db::transaction(conn, async |tx| {
            let there = products::table.find(self.product).select(products::id).for_no_key_update();
            if there.first::<ProductId>(tx).await.optional()?.is_some() {
                catalog::commands::attach_image(tx, self.product, picture, &alt, self.position, &self.variants, now).await?;
            }
            lost::forget(tx, self.product, &self.url).await?;
            Ok(())
        })
        .await;
        match attached.or_break()? {
            Ok(()) => Ok(()),
            Err(never) => match never {},
        }
    }
}
