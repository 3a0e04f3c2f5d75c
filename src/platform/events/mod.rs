//! News: what happened, recorded in the transaction that made it happen and answered later by jobs (see `app/reactions.rs`).
//! Owns: events

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};

use super::base::{
    ConversationId, CreditAccountId, CustomerId, CustomerLinkId, FulfilmentId, MediaId, MessageId, Moment, OrderId, PaymentId,
    PrivacyRequestId, ProductId, PromotionLotId, StockWishId,
};
use super::db::Conn;
use super::jobs;
use super::schema::events;

/// Something that happened and that others may want to answer; the only list of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    OrderPlaced {
        order: OrderId,
    },
    OrderPaid {
        order: OrderId,
    },
    OrderCancelled {
        order: OrderId,
    },
    /// The money did not come in time.
    OrderExpired {
        order: OrderId,
    },
    /// The money has not come yet and the order will expire soon.
    OrderDueSoon {
        order: OrderId,
    },
    ItemsShipped {
        order: OrderId,
        fulfilment: FulfilmentId,
    },
    /// Money went back (minor units); `refund`: its row.
    OrderRefunded {
        order: OrderId,
        refund: i64,
        amount: i64,
    },
    /// Something of a payment is granted and must be sent to its gateway.
    PaymentAsked {
        payment: PaymentId,
    },
    /// Money came in that no order can come of: it goes back, or waits for staff.
    PaymentInVain {
        payment: PaymentId,
    },
    /// An order that sold gift cards is paid: they are to be issued.
    GiftCardsDue {
        order: OrderId,
    },
    /// A mail with a gift card was asked for; `sending`: how many it was then.
    GiftCardAsked {
        card: CreditAccountId,
        sending: i32,
    },
    MediaAdded {
        media: MediaId,
    },
    /// A link to a mailbox was asked for: whose it is, is found out when its mail is written.
    CustomerLinkAsked {
        link: CustomerLinkId,
    },
    /// An account was closed; what others keep about its customer went with it.
    CustomerClosed {
        customer: CustomerId,
    },
    /// A guest wants a copy of what is kept of them, or to be forgotten: the mail that proves their address is to be written.
    PrivacyAsked {
        request: PrivacyRequestId,
    },
    ProductChanged {
        product: ProductId,
    },
    /// A lot of codes of a discount was asked for.
    CodesAsked {
        lot: PromotionLotId,
    },
    /// Somebody who has not said yes yet wants to be told when something is back.
    StockWished {
        wish: StockWishId,
    },
    /// One customer became of two: what others keep of the one is the other's.
    CustomersMerged {
        from: CustomerId,
        into: CustomerId,
    },
    /// A customer or guest wrote.
    MessageReceived {
        conversation: ConversationId,
        message: MessageId,
    },
    /// Staff answered.
    MessageAnswered {
        message: MessageId,
    },
}

/// Records news and queues the one job that answers it; call it last in the transaction.
pub async fn record(tx: &mut Conn, event: Event) -> QueryResult<()> {
    let payload = serde_json::to_value(&event).map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    let kind = payload["kind"].as_str().unwrap_or_default().to_owned();
    diesel::insert_into(events::table).values((events::kind.eq(kind), events::payload.eq(&payload))).execute(tx).await?;
    jobs::add(tx, jobs::Job::now("react", payload)).await
}

/// Deletes news from before a moment, which was answered long ago; run once in a while.
pub async fn sweep(conn: &mut Conn, before: Moment) -> QueryResult<usize> {
    diesel::delete(events::table.filter(events::at.lt(before))).execute(conn).await
}
