//! The act of opening a new shop: settings, first owner, first session, all or nothing.

use super::first_run::Opening;
use super::links;
use crate::platform::access::{self, Origin, PasswordRefused, StaffRefused, commands, passwords};
use crate::platform::base::{Failed, Message, Moment, Refusal, Token};
use crate::platform::db::{self, Conn, Db};
use crate::platform::settings;

/// Why the shop is not opened.
#[derive(Debug)]
pub enum OpenRefused {
    /// Somebody used a link meanwhile.
    Used,
    Staff(StaffRefused),
}

impl OpenRefused {
    /// The field it belongs to.
    pub fn field(&self) -> &'static str {
        match self {
            OpenRefused::Staff(StaffRefused::Password(_)) => "password",
            _ => "email",
        }
    }
}

impl Refusal for OpenRefused {
    fn message(&self) -> Message {
        match self {
            OpenRefused::Used => Message::new("admin-link-used"),
            OpenRefused::Staff(why) => why.message(),
        }
    }
}

impl From<StaffRefused> for OpenRefused {
    fn from(why: StaffRefused) -> OpenRefused {
        OpenRefused::Staff(why)
    }
}

/// Opens the shop by a one-time link; gives the token of the first owner's session.
pub async fn open(db: &Db, link: &Token, input: &Opening, origin: &Origin, now: Moment) -> Result<Token, Failed<OpenRefused>> {
    let weak = |why: PasswordRefused| OpenRefused::Staff(StaffRefused::Password(why));
    let kept = passwords::chosen(&input.password, &input.email).await.map_err(|why| why.map(weak))?;
    let (general, (name, role)) = (input.general(), input.staff());
    let mut conn = db.get().await?;
    db::transaction(&mut conn, async |tx: &mut Conn| {
        if !links::use_up(tx, link).await? || !settings::commands::open_new_shop(tx, &input.email, &general, now).await? {
            return Err(OpenRefused::Used.into());
        }
        let id = commands::add_staff(tx, &input.email, name, role, &kept).await.map_err(|why| why.map(OpenRefused::from))?;
        access::audit_without_staff(tx, &input.email, "staff.added", "staff", Some(id.0), None).await?;
        commands::let_in(tx, &input.email, origin, now).await.map_err(|why| why.map(|_| OpenRefused::Used))
    })
    .await
}
