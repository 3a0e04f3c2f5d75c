//! Who answers which news: one page, and each answer is a job.

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

/// The jobs that an event calls for.
fn answers(event: &Event) -> Vec<Job> {
    match *event {
        Event::MediaAdded { media } => vec![Job::of(&MakeWidths { media })],
        Event::OrderPlaced { .. }
        | Event::OrderPaid { .. }
        | Event::OrderCancelled { .. }
        | Event::OrderExpired { .. }
        | Event::OrderDueSoon { .. }
        | Event::OrderRefunded { .. }
        | Event::ItemsShipped { .. } => vec![Job::of(&WriteLetters { event: event.clone() })],
        Event::GiftCardsDue { order } => vec![Job::of(&IssueGiftCards { order })],
        Event::GiftCardAsked { card, sending } => vec![Job::of(&WriteGiftCard { card, sending })],
        Event::PaymentAsked { payment } => vec![Job::of(&SettlePayment { payment })],
        Event::PaymentInVain { payment } => vec![Job::of(&TellOfPayment { payment })],
        Event::CustomerLinkAsked { link } => vec![Job::of(&WriteCustomerLink { link })],
        Event::CodesAsked { lot } => vec![Job::of(&MakeCodes { lot })],
        Event::StockWished { wish } => vec![Job::of(&WriteWishLetter { wish })],
        Event::PrivacyAsked { request } => vec![Job::of(&WritePrivacyLetter { request })],
        Event::MessageAnswered { message } => vec![Job::of(&WriteAnswer { message })],
        Event::CustomersMerged { from, into } => vec![Job::of(&HandOverMessages { from, into })],
        Event::CustomerClosed { .. } | Event::MessageReceived { .. } | Event::ProductChanged { .. } => Vec::new(),
    }
}

/// Queues the answers to one event.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct React(Event);

impl Work<Shop> for React {
    const NAME: &'static str = "react";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        Ok(jobs::add_all(&mut *shop.db.get().await?, answers(&self.0)).await?)
    }
}
