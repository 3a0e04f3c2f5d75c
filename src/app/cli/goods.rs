//! `import` and `demo`: goods come in.

use std::path::PathBuf;

use anyhow::Result;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use indicatif::{ProgressBar, ProgressStyle};

use super::open::{self, Opened};
use super::staff;
use crate::app::exchange::{Bench, demo, shopify};
use crate::app::shop::Shop;
use crate::platform::access::{Role, passwords};
use crate::platform::base::Email;
use crate::platform::i18n::{Locale, Words};
use crate::platform::paths;
use crate::platform::schema::staff as people;
use crate::platform::settings;

/// Who owns the demo shop.
const DEMO_OWNER: &str = "owner@example.com";

#[derive(clap::Subcommand)]
pub enum ImportCommand {
    /// Bring in a product file of Shopify (CSV); doing so twice changes nothing.
    Shopify {
        file: PathBuf,
        /// Where to look for pictures first.
        #[arg(long)]
        images: Option<PathBuf>,
        /// Say what would be done, and do nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(clap::Args)]
pub struct DemoArguments {
    /// Do nothing where there is a shop already.
    #[arg(long)]
    once: bool,
}

/// Imports a file and prints what came of it.
pub async fn import(command: ImportCommand) -> Result<()> {
    let opened = open::open().await?;
    let imported = bring_in(&opened, command).await;
    opened.close().await?;
    for line in imported?.lines(Words::new(Locale::En)) {
        println!("{line}");
    }
    Ok(())
}

async fn bring_in(opened: &Opened, command: ImportCommand) -> Result<shopify::Report> {
    let ImportCommand::Shopify { file, images, dry_run } = command;
    opened.migrate().await?;
    let shop = Shop::new(opened.config.clone(), opened.db.clone())?;
    let style = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}")?;
    let bar = ProgressBar::new(0).with_style(style);
    let progress = |read: u64, of: u64| {
        bar.set_length(of);
        bar.set_position(read);
    };
    let options = shopify::Options { images, dry_run };
    let report = shopify::import(&Bench::from(&shop), &file, &options, shop.clock.now(), &progress).await;
    bar.finish_and_clear();
    report.map_err(staff::in_words)
}

/// Fills an empty shop with the demo and gives it an owner.
pub async fn demo(arguments: DemoArguments) -> Result<()> {
    let opened = open::open().await?;
    let loaded = load(&opened, arguments.once).await;
    opened.close().await?;
    loaded
}

async fn load(opened: &Opened, once: bool) -> Result<()> {
    opened.migrate().await?;
    let shop = Shop::new(opened.config.clone(), opened.db.clone())?;
    if once {
        let mut conn = shop.db.get().await.map_err(|broke| broke.0)?;
        if settings::queries::facts(&mut conn).await.map_err(|broke| broke.0)?.opened_at.is_some() {
            return Ok(());
        }
    }
    let loaded = demo::load(&Bench::from(&shop), shop.clock.now()).await.map_err(staff::in_words)?;
    println!("The demo shop has {} products; {} of them came or changed now.", loaded.products, loaded.changed);
    if loaded.orders > 0 {
        println!("{} orders of the last 90 days are in it.", loaded.orders);
    }
    owner(opened, &shop).await?;
    if let Some((email, password)) = demo::patron::enrol(&shop.db, shop.clock.now()).await.map_err(|broke| broke.0)? {
        println!("The demo's customer: {}", opened.config.absolute(&paths::sign_in()));
        println!("Sign in as {email} with the password {}, which is shown this once.", password.reveal());
    }
    Ok(())
}

/// The demo's owner, where nobody may sign in yet; the password is shown this once.
async fn owner(opened: &Opened, shop: &Shop) -> Result<()> {
    let mut conn = shop.db.get().await.map_err(|broke| broke.0)?;
    let owners = people::table.filter(people::role.eq(Role::Owner));
    if owners.count().get_result::<i64>(&mut conn).await? > 0 {
        return Ok(());
    }
    drop(conn);
    let password = passwords::generated();
    let email: Email = DEMO_OWNER.parse()?;
    staff::add(&shop.db, &email, "Demo owner", Role::Owner, &password).await?;
    println!("Management pages: {}", opened.config.absolute(&paths::admin()));
    println!("Sign in as {email} with the password {}", password.reveal());
    println!("It is shown this once; `barrow staff password {email}` gives a new one.");
    Ok(())
}
