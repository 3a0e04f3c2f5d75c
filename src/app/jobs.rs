//! What the background does: the kinds of work, and the clock that some of them go by (UTC).

use serde::{Deserialize, Serialize};

use super::books::jobs::LookAtBooks;
use super::exchange::shopify::FetchPicture;
use super::reactions::React;
use super::shop::Shop;
use super::test_card::{TestCardDecides, TestCardNotifies};
use crate::engines::pricing::settling;
use crate::engines::promotions;
use crate::features::privacy::retention::Kind;
use crate::features::{account, cart, catalog, checkout, customers, discounts, elsewhere, orders, privacy, stockroom, waitlist};
use crate::platform::base::{Broke, CustomerLinkId, MediaId, PaymentId, PrivacyRequestId, PromotionLotId, StockWishId};
use crate::platform::db::Db;
use crate::platform::events::Event;
use crate::platform::jobs::{Crew, Work};
use crate::platform::mail::{Post, SendMail, Sends};
use crate::platform::{access, factors, feed, media, throttle};

/// Everybody who works in the background, with what they need.
pub fn crew(shop: Shop) -> Crew<Shop> {
    super::credit_jobs::join(super::inbox_jobs::join(Crew::new(shop)))
        .does::<React>()
        .does::<SendMail>()
        .does::<MakeWidths>()
        .does::<FetchPicture>()
        .does::<MakeCodes>()
        .does::<WriteLetters>()
        .does::<SettlePayment>()
        .does::<TellOfPayment>()
        .does::<WriteCustomerLink>()
        .does::<WritePrivacyLetter>()
        .does::<WriteWishLetter>()
        .does_every::<TellWaiting>("*/5 * * * *")
        .does_every::<TellLow>("10 5 * * *")
        .does::<TestCardDecides>()
        .does::<TestCardNotifies>()
        .does_every::<KeepTime>("* * * * *")
        .does_every::<PublishDue>("* * * * *")
        .does_every::<ChangePrices>("* * * * *")
        .does_every::<CompareBooks>("*/15 * * * *")
        .does_every::<LookAtBooks>("23 2 * * *")
        .does_every::<ForgetPayers>("43 3 * * *")
        .does_every::<PruneFeed>("*/10 * * * *")
        .does_every::<SweepSignInFailures>("17 * * * *")
        .does_every::<SweepCarts>("37 * * * *")
        .does_every::<ForgetInTime>("7 * * * *")
}

/// Makes the widths of a picture.
#[derive(Serialize, Deserialize)]
pub struct MakeWidths {
    pub media: MediaId,
}

impl Work<Shop> for MakeWidths {
    const NAME: &'static str = "make_widths";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        media::jobs::make_widths(&shop.db, &shop.store, self.media).await
    }
}

/// Makes what is missing of a lot of codes.
#[derive(Serialize, Deserialize)]
pub struct MakeCodes {
    pub lot: PromotionLotId,
}

impl Work<Shop> for MakeCodes {
    const NAME: &'static str = "make_codes";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        discounts::jobs::make_codes(&shop.db, self.lot, shop.clock.now()).await
    }
}

/// Writes the letters about an order.
#[derive(Serialize, Deserialize)]
pub struct WriteLetters {
    pub event: Event,
}

impl Work<Shop> for WriteLetters {
    const NAME: &'static str = "write_letters";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        orders::emails::write(&mut *shop.db.get().await?, &self.event, &shop.config).await
    }
}

/// Sends to a gateway what was granted on a payment.
#[derive(Serialize, Deserialize)]
pub struct SettlePayment {
    pub payment: PaymentId,
}

impl Work<Shop> for SettlePayment {
    const NAME: &'static str = "settle_payment";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        orders::commands::settle(&shop.db, &shop.gateways, self.payment, shop.clock.now()).await
    }
}

/// Writes the mail with a link that a customer asked for.
#[derive(Serialize, Deserialize)]
pub struct WriteCustomerLink {
    pub link: CustomerLinkId,
}

impl Work<Shop> for WriteCustomerLink {
    const NAME: &'static str = "write_customer_link";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        account::emails::write_link(&mut *shop.db.get().await?, self.link, &shop.config, shop.clock.now()).await
    }
}

/// Tells shopper and staff of money that came in vain.
#[derive(Serialize, Deserialize)]
pub struct TellOfPayment {
    pub payment: PaymentId,
}

impl Work<Shop> for TellOfPayment {
    const NAME: &'static str = "tell_of_payment";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        checkout::emails::write(&mut *shop.db.get().await?, self.payment, &shop.config).await
    }
}

/// Reminds, expires, releases: what orders and stock do by the clock.
#[derive(Serialize, Deserialize)]
pub struct KeepTime {}

impl Work<Shop> for KeepTime {
    const NAME: &'static str = "keep_time";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let now = shop.clock.now();
        checkout::jobs::keep_time(&shop.db, &shop.gateways, now).await?;
        let mut conn = shop.db.get().await?;
        orders::jobs::keep_time(&mut conn, now).await?;
        stockroom::jobs::keep_time(&mut conn, now).await
    }
}

/// Publishes drafts whose moment has come: queued for that moment, and every minute for whatever slipped.
#[derive(Serialize, Deserialize)]
pub struct PublishDue {}

impl Work<Shop> for PublishDue {
    const NAME: &'static str = catalog::commands::PUBLISH_DUE;

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        catalog::commands::publish_due(&mut *shop.db.get().await?, shop.clock.now()).await
    }
}

/// Lets price lists begin and end: queued for those moments, and every minute for whatever slipped.
#[derive(Serialize, Deserialize)]
pub struct ChangePrices {}

impl Work<Shop> for ChangePrices {
    const NAME: &'static str = settling::CHANGE_PRICES;

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        settling::keep_time(&mut *shop.db.get().await?, shop.clock.now()).await
    }
}

/// Compares the gateways' books with ours.
#[derive(Serialize, Deserialize)]
pub struct CompareBooks {}

impl Work<Shop> for CompareBooks {
    const NAME: &'static str = "compare_books";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let open = checkout::commands::compare(&shop.db, &shop.gateways, shop.clock.now()).await?;
        if open > 0 {
            tracing::warn!(open, "the gateways' books differ from ours: look at the payments page");
        }
        Ok(())
    }
}

/// Empties names and addresses beside payments that are long settled.
#[derive(Serialize, Deserialize)]
pub struct ForgetPayers {}

impl Work<Shop> for ForgetPayers {
    const NAME: &'static str = "forget_payers";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let times = privacy::queries::times(&mut *shop.db.get().await?).await?;
        checkout::jobs::forget(&shop.db, times.span(Kind::PaymentPages), shop.clock.now()).await
    }
}

/// Removes what every reader of the change feed has seen long ago.
#[derive(Serialize, Deserialize)]
pub struct PruneFeed {}

impl Work<Shop> for PruneFeed {
    const NAME: &'static str = "prune_feed";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        feed::prune(&mut *shop.db.get().await?, shop.clock.now()).await?;
        Ok(())
    }
}

/// Forgets failed sign-ins after a day, questions to passkeys, links in mails and sessions that are over.
#[derive(Serialize, Deserialize)]
pub struct SweepSignInFailures {}

impl Work<Shop> for SweepSignInFailures {
    const NAME: &'static str = "sweep_sign_in_failures";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let (mut conn, now) = (shop.db.get().await?, shop.clock.now());
        throttle::sweep(&mut conn, now).await?;
        factors::commands::sweep(&mut conn, now).await?;
        access::commands::sweep(&mut conn, now).await?;
        customers::commands::sweep(&mut conn, now).await?;
        elsewhere::commands::sweep(&mut conn, now).await?;
        Ok(())
    }
}

/// Removes carts that nobody has touched for as long as carts are kept.
#[derive(Serialize, Deserialize)]
pub struct SweepCarts {}

impl Work<Shop> for SweepCarts {
    const NAME: &'static str = "sweep_carts";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        let mut conn = shop.db.get().await?;
        let days = privacy::queries::times(&mut conn).await?.of_kind(Kind::Carts);
        cart::commands::sweep(&mut conn, days, shop.clock.now()).await?;
        promotions::uses::sweep(&mut conn, shop.clock.now()).await?;
        Ok(())
    }
}

/// Writes the mail that proves whose a guest's request is.
#[derive(Serialize, Deserialize)]
pub struct WritePrivacyLetter {
    pub request: PrivacyRequestId,
}

impl Work<Shop> for WritePrivacyLetter {
    const NAME: &'static str = "write_privacy_letter";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        privacy::emails::write(&mut *shop.db.get().await?, self.request, &shop.config, shop.clock.now()).await
    }
}

/// Writes the mail that asks an address whether it wants to be told when something is back.
#[derive(Serialize, Deserialize)]
pub struct WriteWishLetter {
    pub wish: StockWishId,
}

impl Work<Shop> for WriteWishLetter {
    const NAME: &'static str = "write_wish_letter";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        waitlist::emails::write_question(&mut *shop.db.get().await?, self.wish, &shop.config, shop.clock.now()).await
    }
}

/// Tells staff who wish it what runs low, once a day.
#[derive(Serialize, Deserialize)]
pub struct TellLow {}

impl Work<Shop> for TellLow {
    const NAME: &'static str = "tell_low";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        stockroom::jobs::tell_low(&mut *shop.db.get().await?, &shop.config, shop.clock.now()).await
    }
}

/// Tells those who wait for something that can be bought again.
#[derive(Serialize, Deserialize)]
pub struct TellWaiting {}

impl Work<Shop> for TellWaiting {
    const NAME: &'static str = "tell_waiting";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        waitlist::jobs::tell(&mut *shop.db.get().await?, &shop.config, shop.clock.now()).await
    }
}

/// Forgets what has been kept for as long as its kind is.
#[derive(Serialize, Deserialize)]
pub struct ForgetInTime {}

impl Work<Shop> for ForgetInTime {
    const NAME: &'static str = "forget_in_time";

    async fn run(self, shop: Shop) -> Result<(), Broke> {
        privacy::jobs::forget_in_time(&shop.db, shop.clock.now()).await
    }
}

impl Sends for Shop {
    fn db(&self) -> &Db {
        &self.db
    }

    fn post(&self) -> &Post {
        &self.post
    }
}
