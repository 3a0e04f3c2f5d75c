//! Who answers which news, on one page; the job that the news came with does it.

use serde::{Deserialize, Serialize};

use super::credit_jobs::{IssueGiftCards, WriteGiftCard};
use super::inbox_jobs::{HandOverMessages, WriteAnswer};
use super::jobs::{
    MakeCodes, MakeWidths, SettlePayment, TellOfPayment, WriteCustomerLink, WriteLetters, WritePrivacyLetter, WriteWishLetter,
};
use super::shop::Shop;
use crate::platform::base::Broke;
use crate::platform::events::Event;
use crate::platform::jobs::{self, Job, Work};

/// Does what an event calls for. What it calls for twice it must do once: a job may run again.
async fn answer(event: Event, shop: Shop) -> Result<(), Broke> {
    match event {
        Event::MediaAdded { media } => {
            Ok(jobs::add(&mut *shop.db.get().await?, Job::of::<Shop, _>(&MakeWidths { media }).last()).await?)
        }
        Event::OrderPlaced { .. }
        | Event::OrderPaid { .. }
        | Event::OrderCancelled { .. }
        | Event::OrderExpired { .. }
        | Event::OrderDueSoon { .. }
        | Event::OrderRefunded { .. }
        | Event::ItemsShipped { .. } => WriteLetters { event }.run(shop).await,
        Event::GiftCardsDue { order } => IssueGiftCards { order }.run(shop).await,
        Event::GiftCardAsked { card, sending } => WriteGiftCard { card, sending }.run(shop).await,
        Event::PaymentAsked { payment } => SettlePayment { payment }.run(shop).await,
        Event::PaymentInVain { payment } => TellOfPayment { payment }.run(shop).await,
        Event::CustomerLinkAsked { link } => WriteCustomerLink { link }.run(shop).await,
        Event::CodesAsked { lot } => MakeCodes { lot }.run(shop).await,
        Event::StockWished { wish } => WriteWishLetter { wish }.run(shop).await,
        Event::PrivacyAsked { request } => WritePrivacyLetter { request }.run(shop).await,
        Event::MessageAnswered { message } => WriteAnswer { message }.run(shop).await,
        Event::CustomersMerged { from, into } => HandOverMessages { from, into }.run(shop).await,
        Event::CustomerClosed { .. } | Event::MessageReceived { .. } | Event::ProductChanged { .. } => Ok(()),
    }
}

/// The job that answers one event.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct React(Event);

impl Work<Shop> for React {
    const NAME: &'static str = "react";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        answer(self.0, shop).await
    }
}
