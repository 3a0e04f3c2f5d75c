//! The guard that every page asks for: language, theme, shop, menu, cart badge.

use std::ops::Deref;
use std::sync::Arc;

use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use rocket::request::{FromRequest, Outcome, Request};

use super::consent::{Consent, Strangers};
use super::facts::{Facts, Frame};
use super::menus::MenuEntry;
use crate::platform::access::{self, Person, Right};
use crate::platform::base::{Broke, Clock, CustomerGroupId, MarketId, Moment, Money, Token, text_enum};
use crate::platform::config::Config;
use crate::platform::db::{self, Db};
use crate::platform::i18n::{Locale, Words};
use crate::platform::schema::conversations;
use crate::platform::settings::ShopFacts;
use crate::platform::web::{self, Cookies, Named};

text_enum! {
    /// A theme chosen by hand.
    Theme { Light = "light", Dark = "dark" }
}

/// What the frame of a page shows. Dereferences to the words of the reader's language.
#[derive(Clone)]
pub struct Page {
    pub words: Words,
    pub theme: Option<Theme>,
    frame: Arc<Frame>,
    /// Where this visitor buys; `None`: in the primary market, as on all management pages.
    market: Option<MarketId>,
    /// Path and query of this request.
    pub url: String,
    /// Where the shop is reached from outside, without a slash at the end.
    pub origin: String,
    /// Pieces in the cart.
    pub cart_count: i64,
    /// Whether a customer is signed in; the guards of `features/customers` say who.
    pub signed_in: bool,
    /// The groups that this customer is in: some have prices of their own.
    pub groups: Vec<CustomerGroupId>,
    /// Whom staff look at the shop as, if that is what this browser does.
    pub viewed: Option<String>,
    /// Answers that this customer has not read.
    pub unread: i64,
    /// Conversations that wait for an answer, for staff who may see them.
    pub waiting: i64,
    /// The key of a message to show once.
    pub notice: Option<String>,
    /// Whether htmx asks for a part of the page only.
    pub partial: bool,
    /// Whether this visitor carries nothing that makes the page differ from other visitors'.
    pub anonymous: bool,
    pub now: Moment,
    /// Where the reader's days begin and end: the shop's zone, on management pages that of whoever is signed in.
    pub zone: Tz,
    /// Who is signed in; looked up on management pages only.
    pub staff: Option<Person>,
    /// What this visitor agreed to, if they chose.
    pub consent: Option<Consent>,
    /// How this page stands to scripts of other houses.
    pub strangers: Strangers,
}

impl Page {
    /// Whether the member of staff who reads this page proved a short while ago who they are: forms that ask for it are shown only then,
    /// so that nothing typed is lost on the way to the proof.
    pub fn is_fresh(&self) -> bool {
        self.staff.as_ref().is_some_and(|staff| staff.is_fresh(self.now))
    }
}

impl Deref for Page {
    type Target = Words;
    fn deref(&self) -> &Words {
        &self.words
    }
}

impl Page {
    /// The shop as this visitor sees it: in the currency of their market.
    pub fn shop(&self) -> &ShopFacts {
        self.frame.shop_in(self.market)
    }

    /// The same page for whoever buys in that market.
    pub fn in_market(self, market: Option<MarketId>) -> Page {
        Page { market: market.filter(|id| self.frame.shop_in(Some(*id)).market.id == *id), ..self }
    }

    /// Where this visitor buys, unless it is the primary market.
    pub fn market(&self) -> Option<MarketId> {
        self.market
    }

    pub(super) fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// The links of the header.
    pub fn menu(&self) -> &[MenuEntry] {
        self.frame.menus(self.words.locale).map_or(&[], |menus| &menus.header)
    }

    /// Whether this request is for where an entry of the menu leads, or for one below it.
    pub fn is_within(&self, entry: &MenuEntry) -> bool {
        self.is_at(&entry.path) || entry.children.iter().any(|child| self.is_at(&child.path))
    }

    /// The links of the footer that staff composed; none: the usual ones.
    pub fn footer_menu(&self) -> &[MenuEntry] {
        self.frame.menus(self.words.locale).map_or(&[], |menus| &menus.footer)
    }

    /// Those of them that stand alone.
    pub fn footer_singles(&self) -> Vec<&MenuEntry> {
        self.footer_menu().iter().filter(|entry| entry.children.is_empty()).collect()
    }

    /// Those of them that head a column.
    pub fn footer_columns(&self) -> Vec<&MenuEntry> {
        self.footer_menu().iter().filter(|entry| !entry.children.is_empty()).collect()
    }

    /// Whether the footer's own links lead to the legal pages.
    pub fn footer_has_legal(&self) -> bool {
        self.frame.menus(self.words.locale).is_some_and(|menus| menus.legal_below)
    }

    /// What is announced now, and where it leads (empty: nowhere).
    pub fn announcement(&self) -> Option<(&str, &str)> {
        let (shop, bar) = (self.shop(), &self.shop().announcement);
        bar.is_up(self.now).then(|| (bar.texts.read_in(self.words.locale, shop.locale), bar.link.as_str()))
    }

    /// An amount of the currency that this visitor pays in, as the reader writes it.
    pub fn price(&self, amount: i64) -> String {
        self.words.money(Money::new(amount, self.shop().currency))
    }

    /// The notice in the reader's language; what is no key of ours says nothing.
    pub fn notice_text(&self) -> Option<String> {
        self.notice.as_deref().filter(|key| self.words.knows(key)).map(|key| self.words.t(key))
    }

    /// A page that asks no database: the frame as last read, or a plain one.
    pub(super) fn bare(request: &Request<'_>) -> Page {
        let state = request.rocket();
        let frame = state.state::<Facts>().and_then(Facts::kept).unwrap_or_else(|| Arc::new(Frame::bare()));
        let clock = state.state::<Clock>().cloned().unwrap_or_default();
        let cookies = Cookies::of(request);
        Page {
            words: Words::new(locale(request, &cookies, frame.shop.locale)),
            theme: cookies.get(Named::Theme).and_then(|theme| theme.parse().ok()),
            zone: frame.shop.zone,
            market: None,
            frame,
            url: request.uri().to_string(),
            origin: origin(state.state::<Config>()),
            cart_count: 0,
            signed_in: false,
            groups: Vec::new(),
            viewed: None,
            unread: 0,
            waiting: 0,
            notice: None,
            partial: false,
            anonymous: true,
            now: clock.now(),
            staff: None,
            consent: None,
            strangers: Strangers::default(),
        }
    }

    async fn read(request: &Request<'_>) -> Result<Page, Broke> {
        let missing = || anyhow::anyhow!("the server was built without its state");
        let db = request.rocket().state::<Db>().ok_or_else(missing)?;
        let frame = request.rocket().state::<Facts>().ok_or_else(missing)?.get(db).await?;
        let clock = request.rocket().state::<Clock>().ok_or_else(missing)?;
        let config = request.rocket().state::<Config>().ok_or_else(missing)?;
        let cookies = Cookies::of(request);
        let staff = staff_of(request).await;
        let notice = cookies.get(Named::Notice).map(str::to_owned);
        if notice.is_some() {
            cookies.remove(Named::Notice);
        }
        let cart = cookies.get(Named::Cart).and_then(|token| token.parse::<Token>().ok());
        let session = cookies.get(Named::Customer);
        let anonymous = cart.is_none() && session.is_none() && notice.is_none() && cookies.get(Named::Staff).is_none();
        let carried = Carried { cart, session: session.and_then(|token| token.parse().ok()) };
        let shown = carried.read(db, clock.now()).await?;
        let market = shown.market(&cookies, &frame).filter(|_| !request.uri().path().starts_with("/admin"));
        let locale = match &staff {
            Some(person) => person.locale.or_else(|| chosen(&cookies)).unwrap_or(frame.shop.locale),
            None => {
                let of_market = market.and_then(|id| frame.shop_in(Some(id)).market.locale);
                chosen(&cookies).or(of_market).unwrap_or_else(|| locale(request, &cookies, frame.shop.locale))
            }
        };
        let waiting = match &staff {
            Some(person) if person.may(Right::ViewMessages) => waiting(db).await?,
            _ => 0,
        };
        let consent: Option<Consent> = cookies.get(Named::Consent).and_then(|choice| choice.parse().ok());
        let (strangers, sites) = Strangers::on(request.uri().path().as_str(), &frame.shop, consent.as_ref());
        web::open_policy(request, sites);
        Ok(Page {
            words: Words::new(locale),
            theme: cookies.get(Named::Theme).and_then(|theme| theme.parse().ok()),
            zone: staff.as_ref().and_then(|person| person.zone).unwrap_or(frame.shop.zone),
            market,
            frame,
            url: request.uri().to_string(),
            origin: origin(Some(config)),
            cart_count: shown.pieces,
            signed_in: shown.signed_in,
            groups: shown.groups,
            viewed: shown.viewed,
            unread: shown.unread,
            waiting,
            notice,
            partial: request.headers().get_one("HX-Request-Type") == Some("partial"),
            anonymous,
            now: clock.now(),
            staff,
            consent,
            strangers,
        })
    }
}

/// The language chosen by hand in this browser.
fn chosen(cookies: &Cookies<'_>) -> Option<Locale> {
    cookies.get(Named::Locale).and_then(|code| code.parse().ok())
}

/// The language chosen by hand, else the browser's, else the shop's.
fn locale(request: &Request<'_>, cookies: &Cookies<'_>, usual: Locale) -> Locale {
    let wished = || request.headers().get_one("Accept-Language").and_then(Locale::preferred);
    chosen(cookies).or_else(wished).unwrap_or(usual)
}

fn origin(config: Option<&Config>) -> String {
    config.map_or_else(String::new, |config| config.public_url.as_str().trim_end_matches('/').to_owned())
}

/// Who is signed in, where the management frame shows it; the guard has asked already, so this costs nothing. Breakage is the guard's to tell.
async fn staff_of(request: &Request<'_>) -> Option<Person> {
    match request.uri().path().starts_with("/admin") {
        true => access::signed_in(request).await.ok().flatten().cloned(),
        false => None,
    }
}

/// What a browser carries that the header shows.
struct Carried {
    cart: Option<Token>,
    session: Option<Token>,
}

#[derive(Default, QueryableByName)]
struct Shown {
    #[diesel(sql_type = Bool)]
    signed_in: bool,
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<CustomerGroupId>,
    #[diesel(sql_type = Nullable<Text>)]
    viewed: Option<String>,
    #[diesel(sql_type = BigInt)]
    pieces: i64,
    #[diesel(sql_type = BigInt)]
    unread: i64,
    /// Where the cart buys, 0 in the primary market; `None`: there is no cart.
    #[diesel(sql_type = Nullable<BigInt>)]
    market: Option<i64>,
}

impl Shown {
    /// Where this visitor buys: as the cart says, else as they chose before there was one. `None`: in the primary market.
    fn market(&self, cookies: &Cookies<'_>, frame: &Frame) -> Option<MarketId> {
        let chosen = || cookies.get(Named::Market).and_then(|id| id.parse().ok());
        let wanted = self.market.or_else(chosen).filter(|id| *id > 0).map(MarketId);
        wanted.filter(|id| frame.shop_in(Some(*id)).market.id == *id)
    }
}

/// Conversations that wait for an answer.
async fn waiting(db: &Db) -> Result<i64, Broke> {
    let waits = conversations::waiting_since.is_not_null().and(conversations::status.eq("open"));
    Ok(conversations::table.filter(waits).count().get_result(&mut *db.get().await?).await?)
}

impl Carried {
    /// Whether a customer is signed in, what they have not read, and the pieces in their cart: the one of the cart's cookie while it can be filled, else the
    /// customer's own. Asks the database only where something is carried.
    async fn read(&self, db: &Db, now: Moment) -> Result<Shown, Broke> {
        if self.cart.is_none() && self.session.is_none() {
            return Ok(Shown::default());
        }
        let hash = |token: &Option<Token>| token.as_ref().map(|token| token.hash().as_bytes().to_vec());
        let shown: Shown = db::sql(
            "with me as (select customer_id as id, viewer_session_id is not null as viewed
                          from customer_sessions where token_hash = $1 and expires_at > $3),
                  mine as (select id from carts
                            where expires_at > $3 and placed_at is null
                              and (token_hash = $2 and customer_id is null and not exists (select from me where viewed) or customer_id = (select id from me))
                            order by customer_id nulls first limit 1)
             select exists (select from me) as signed_in,
                    array(select group_id from customer_group_members where customer_id = (select id from me)) as groups,
                    (select coalesce(nullif(c.name, ''), c.email) from me join customers c on c.id = me.id where me.viewed) as viewed,
                    coalesce((select sum(quantity) from cart_lines where cart_id = (select id from mine)), 0)::bigint as pieces,
                    coalesce((select customer_unread from conversations where customer_id = (select id from me)), 0)::bigint as unread,
                    (select coalesce(market_id, 0) from carts where id = (select id from mine)) as market",
        )
        .bind::<Nullable<Binary>, _>(hash(&self.session))
        .bind::<Nullable<Binary>, _>(hash(&self.cart))
        .bind::<Timestamptz, _>(now)
        .get_result(&mut *db.get().await?)
        .await?;
        Ok(shown)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Page {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Page::read(request).await {
            Ok(page) => Outcome::Success(page),
            Err(broke) => Outcome::Error((broke.log(request), ())),
        }
    }
}
