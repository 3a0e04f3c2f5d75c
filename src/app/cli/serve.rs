//! `serve` and `work`: the long-running processes and how they stop.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use rocket::error::ErrorKind;
use rocket::fairing::AdHoc;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::signal::unix::{SignalKind, signal};

use super::open::{self, Opened};
use crate::app::admin::first_run;
use crate::app::background::Background;
use crate::app::shop::Shop;
use crate::platform::web::{Allowance, Gate};

/// Opens the shop and keeps it open until Ctrl-C, SIGTERM or SIGHUP.
pub async fn serve() -> Result<()> {
    let opened = ready().await?;
    let served = listen(&opened).await;
    let closed = opened.close().await;
    served.and(closed)
}

/// Does background jobs until Ctrl-C, SIGTERM or SIGHUP.
pub async fn work() -> Result<()> {
    let opened = ready().await?;
    let shop = Shop::new(opened.config.clone(), opened.db.clone())?;
    let background = Background::start(&shop, &opened.direct_url);
    tracing::info!("doing background jobs");
    stop_asked().await?;
    tracing::info!("closing: jobs in hand may finish");
    background.stop().await;
    opened.close().await
}

/// Everything below the server: database, tables, the watch over PostgreSQL.
async fn ready() -> Result<Opened> {
    let opened = open::open().await?;
    for name in opened.migrate().await? {
        tracing::info!("migrated: {name}");
    }
    opened.watch();
    Ok(opened)
}

async fn listen(opened: &Opened) -> Result<()> {
    let shop = Shop::new(opened.config.clone(), opened.db.clone())?;
    let address = opened.config.listen;
    let public_url = opened.config.public_url.clone();
    let (config, db) = (opened.config.clone(), opened.db.clone());
    let welcome = AdHoc::on_liftoff("welcome", move |_| {
        Box::pin(async move {
            tracing::info!("Barrow is open at {public_url} (listening on {address})");
            match first_run::issue(&db).await {
                // Not by way of the log: it keeps no secrets, and this line is for whoever sits at the terminal.
                Ok(Some(path)) => eprintln!("this shop is new: open it once at {}", config.absolute(&path)),
                Ok(None) => {}
                Err(error) => tracing::error!("the link that opens a new shop cannot be made: {error:?}"),
            }
        })
    });
    let mut rocket = crate::app::rocket::build(&shop);
    if shop.config.exposed() {
        rocket = crate::app::rocket::behind(rocket, gate(&shop).await?);
    }
    let rocket = rocket.attach(welcome).ignite().await.map_err(|error| explain(&error, address))?;
    let shutdown = rocket.shutdown();
    tokio::spawn(async move {
        match stop_asked().await {
            Ok(()) => tracing::info!("closing: requests in flight may finish"),
            Err(error) => tracing::error!("{error:#}"),
        }
        shutdown.notify();
        if stop_asked().await.is_ok() {
            std::process::exit(130);
        }
    });
    let background = Background::start(&shop, &opened.direct_url);
    let launched = rocket.launch().await;
    background.stop().await;
    match launched {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            ErrorKind::Shutdown(..) => {
                tracing::warn!("some requests did not finish in time");
                Ok(())
            }
            _ => Err(explain(&error, address)),
        },
    }
}

/// Listens where strangers come in.
async fn gate(shop: &Shop) -> Result<Gate> {
    let allowance = Allowance { connections: shop.config.connections_per_address, ..Allowance::default() };
    let (address, proxies) = (shop.config.listen, &shop.config.proxies);
    // Each visitor takes three file handles: his own, and both ends of the way inside.
    let handles = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: handles.maximum, ..handles });
    let in_all =
        getrlimit(Resource::Nofile).current.map_or(allowance.in_all, |handles| (handles.saturating_sub(200) / 3) as usize);
    let allowance = Allowance { in_all: in_all.min(allowance.in_all), ..allowance };
    Gate::bind(address, allowance, proxies).await.map_err(|why| cannot_listen(address, &why))
}

fn cannot_listen(address: SocketAddr, why: &dyn std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("{address} cannot be listened on ({why}): name another address in BARROW_ADDRESS")
}

fn explain(error: &rocket::Error, address: SocketAddr) -> anyhow::Error {
    match error.kind() {
        ErrorKind::Bind(why) => cannot_listen(address, why),
        other => anyhow::anyhow!("the server cannot start: {other}"),
    }
}

/// Waits for the first wish to stop.
async fn stop_asked() -> Result<()> {
    let mut interrupt = signal(SignalKind::interrupt()).context("signals cannot be heard")?;
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be heard")?;
    let mut hang_up = signal(SignalKind::hangup()).context("signals cannot be heard")?;
    tokio::select! {
        heard = interrupt.recv() => heard,
        heard = terminate.recv() => heard,
        heard = hang_up.recv() => heard,
    };
    Ok(())
}
