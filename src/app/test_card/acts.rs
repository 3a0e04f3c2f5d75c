//! What happens when somebody presses a button on the test card's page.

use chrono::Duration;

use super::jobs::{TestCardDecides, TestCardNotifies};
use crate::engines::payments::test_card::model::LATE;
use crate::engines::payments::test_card::{Behaviour, ChargeState, bank};
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn};
use crate::platform::jobs::{self, Job};

/// Chooses how the card behaves, and lets it.
pub async fn choose(conn: &mut Conn, reference: &str, behaviour: Behaviour, now: Moment) -> Result<(), Broke> {
    let chosen = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(charge) = bank::lock(tx, reference).await? else { return Ok(()) };
        if charge.state != ChargeState::Open || charge.expires_at <= now {
            return Ok(());
        }
        bank::choose(tx, &charge, behaviour).await?;
        match behaviour {
            Behaviour::Confirm => {}
            Behaviour::Late => {
                let job = Job::of(&TestCardDecides { reference: reference.to_owned() }).at(now + LATE);
                jobs::add(tx, job).await?;
            }
            Behaviour::Decline => {
                bank::refuse(tx, &charge, ChargeState::Declined).await?;
                notify(tx, reference, behaviour, now).await?;
            }
            _ => {
                let charge = bank::lock(tx, reference).await?.unwrap_or(charge);
                bank::approve(tx, &charge).await?;
                notify(tx, reference, behaviour, now).await?;
            }
        }
        Ok(())
    });
    chosen.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// The shopper's bank decides about a charge that waited for it.
pub async fn decide(conn: &mut Conn, reference: &str, yes: bool, now: Moment) -> Result<(), Broke> {
    let decided = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(charge) = bank::lock(tx, reference).await?.filter(|charge| charge.is_undecided()) else { return Ok(()) };
        match yes {
            true => bank::approve(tx, &charge).await?,
            false => bank::refuse(tx, &charge, ChargeState::Declined).await?,
        }
        notify(tx, reference, charge.behaviour.unwrap_or(Behaviour::Approve), now).await?;
        Ok(())
    });
    decided.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

async fn notify(tx: &mut Conn, reference: &str, behaviour: Behaviour, now: Moment) -> Result<(), Broke> {
    let notice = || Job::of(&TestCardNotifies { reference: reference.to_owned() });
    let later = behaviour.notices().iter().filter(|after| **after > 0);
    jobs::add_all(tx, later.map(|after| notice().at(now + Duration::seconds(*after))).collect()).await?;
    Ok(())
}
