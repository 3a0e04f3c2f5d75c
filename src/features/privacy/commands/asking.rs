//! Asking for a copy: by the customer, who proves that it is them, and by staff, which is written down.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::features::customers::queries::{account_of, sessions_of};
use crate::features::customers::{self, Customer};
use crate::features::privacy::model::{AskRefused, Asks, COPY_FOR, FRESH, REQUEST_FOR, Whose};
use crate::features::privacy::queries;
use crate::platform::access::{Origin, Password, Person, audit, passwords};
use crate::platform::base::{CustomerId, DataCopyId, Failed, Moment, OrderId, PrivacyRequestId, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::events::{self, Event};
use crate::platform::i18n::Locale;
use crate::platform::schema::{data_downloads, privacy_requests};
use crate::platform::throttle;

/// Whoever sits at a customer's browser types the password, or, where there is none, has just signed in. A wrong one counts as a failed
/// sign-in.
pub async fn prove(
    db: &Db,
    customer: &Customer,
    password: Option<&Password>,
    origin: &Origin,
    now: Moment,
) -> Result<(), Failed<AskRefused>> {
    let counted = format!("customer {}", customer.email);
    let (known, attempt) = {
        let mut conn = db.get().await?;
        let account = account_of(&mut conn, customer.id).await?.ok_or(AskRefused::Gone)?;
        let Some(known) = account.password_hash else {
            let sessions = sessions_of(&mut conn, customer.id, now).await?;
            let fresh = sessions.iter().any(|session| session.id == customer.session && session.created_at > now - FRESH);
            return if fresh { Ok(()) } else { Err(AskRefused::SignInAgain.into()) };
        };
        let attempt = throttle::begin(&mut conn, &counted, &origin.address, now).await;
        (known, attempt.map_err(|failed| failed.map(AskRefused::Throttled))?)
    };
    let password = password.ok_or(AskRefused::WrongPassword)?;
    if !passwords::matches(password, Some(known)).await? {
        return Err(AskRefused::WrongPassword.into());
    }
    Ok(throttle::forget(&mut *db.get().await?, &counted, attempt, now).await?)
}

/// Lets a customer fetch a copy for seven days; an earlier permission ends.
pub async fn ask_for_copy(
    db: &Db,
    customer: &Customer,
    password: Option<&Password>,
    origin: &Origin,
    now: Moment,
) -> Result<(), Failed<AskRefused>> {
    prove(db, customer, password, origin, now).await?;
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        customers::commands::hold(tx, customer.id).await?;
        let earlier = data_downloads::table.filter(data_downloads::customer_id.eq(customer.id));
        diesel::delete(earlier).execute(tx).await?;
        let row = (
            data_downloads::customer_id.eq(customer.id),
            data_downloads::asked_at.eq(now),
            data_downloads::expires_at.eq(now + COPY_FOR),
        );
        diesel::insert_into(data_downloads::table).values(row).execute(tx).await?;
        Ok(())
    })
    .await
}

/// Notes when a copy was last fetched.
pub async fn note_fetched(conn: &mut Conn, copy: DataCopyId, now: Moment) -> QueryResult<()> {
    diesel::update(data_downloads::table.find(copy)).set(data_downloads::fetched_at.eq(now)).execute(conn).await?;
    Ok(())
}

/// Whose data staff may take out; that they did is written down before the first byte leaves.
pub async fn hand_out_copy(conn: &mut Conn, customer: CustomerId, staff: &Person) -> Result<Whose, Failed<AskRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        let whose = queries::whose(tx, customer).await?.ok_or(AskRefused::Gone)?;
        audit(tx, staff, "customer.copied", "customer", Some(customer.0), None, None).await?;
        Ok(whose)
    })
    .await
}

/// Notes what a guest wants; the mail to the address of the order brings the link that does it.
pub async fn ask_as_guest(
    conn: &mut Conn,
    (order, email): (OrderId, &str),
    asks: Asks,
    locale: Locale,
    address: &str,
    now: Moment,
) -> Result<(), Failed<AskRefused>> {
    let attempt = throttle::begin(conn, &format!("privacy {}", email.to_lowercase()), address, now).await;
    attempt.map_err(|failed| failed.map(AskRefused::Throttled))?;
    db::transaction(conn, async |tx: &mut Conn| {
        let row = (
            // Nobody has this one: the mail brings another.
            privacy_requests::token_hash.eq(Token::random().hash().as_bytes().to_vec()),
            privacy_requests::kind.eq(asks),
            privacy_requests::order_id.eq(order),
            privacy_requests::locale.eq(locale),
            privacy_requests::created_at.eq(now),
            privacy_requests::expires_at.eq(now + REQUEST_FOR),
        );
        let asked = diesel::insert_into(privacy_requests::table).values(row).returning(privacy_requests::id);
        let request: PrivacyRequestId = asked.get_result(tx).await?;
        Ok(events::record(tx, Event::PrivacyAsked { request }).await?)
    })
    .await
}

/// Makes a request good under this token.
pub async fn make_good(tx: &mut Conn, request: PrivacyRequestId, token: &Token) -> QueryResult<()> {
    let hash = token.hash().as_bytes().to_vec();
    diesel::update(privacy_requests::table.find(request)).set(privacy_requests::token_hash.eq(hash)).execute(tx).await?;
    Ok(())
}
