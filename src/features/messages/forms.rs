//! What customers and staff may send to a conversation.

use rocket::form::{self, FromForm, FromFormField, ValueField};

use super::model::{LONGEST, Later, View};
use crate::platform::base::{
    Email, Handle, Line, MessageId, Name, OrderId, OrderNumber, Prose, SavedReplyId, StaffId, text_enum,
};

/// A message of somebody whose conversation is known.
#[derive(FromForm)]
pub struct MessageForm {
    pub body: Prose<LONGEST>,
    pub about: Option<OrderNumber>,
}

/// A question of somebody who is not signed in.
#[derive(FromForm)]
pub struct ContactForm {
    #[field(default_with = Some(Default::default()))]
    pub name: Line<120>,
    pub email: Email,
    pub body: Prose<LONGEST>,
    pub product: Option<Handle>,
}

/// The same of a customer, whom we know.
#[derive(FromForm)]
pub struct AskForm {
    pub body: Prose<LONGEST>,
    pub product: Option<Handle>,
}

text_enum! {
    /// Which button of the answer's form was pressed.
    Press { Send = "send", Close = "close", Insert = "insert" }
}

/// An answer of staff.
#[derive(FromForm)]
pub struct AnswerForm {
    #[field(default_with = Some(Default::default()))]
    pub body: Prose<LONGEST>,
    #[field(default_with = Some(MaybeOrder(None)))]
    pub order: MaybeOrder,
    pub seen: MessageId,
    pub reply: Option<SavedReplyId>,
    #[field(default_with = Some(Press::Send))]
    pub press: Press,
}

/// The order that an answer is about, or none: "0".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MaybeOrder(pub Option<OrderId>);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for MaybeOrder {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        match field.value {
            "" | "0" => Ok(MaybeOrder(None)),
            _ => OrderId::from_value(field).map(|id| MaybeOrder(Some(id))),
        }
    }
}

/// A note for staff.
#[derive(FromForm)]
pub struct NoteForm {
    pub note: Prose<LONGEST>,
    pub seen: MessageId,
}

/// Who takes care, or nobody: "0".
#[derive(FromForm)]
pub struct AssignForm {
    pub staff: MaybeStaff,
}

/// Somebody of the staff, or nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeStaff(pub Option<StaffId>);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for MaybeStaff {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        match field.value {
            "" | "0" => Ok(MaybeStaff(None)),
            _ => StaffId::from_value(field).map(|id| MaybeStaff(Some(id))),
        }
    }
}

/// How long a conversation is put off; `until` is the shop's hour, where the choice is one's own.
#[derive(FromForm)]
pub struct SnoozeForm {
    pub later: Later,
    #[field(default_with = Some(Default::default()))]
    pub until: Line<20>,
}

/// What of the desk is asked for; what cannot be read is as if it were not said.
#[derive(FromForm)]
pub struct Wish {
    pub view: Option<View>,
    pub q: Option<Line<100>>,
    pub before: Option<MessageId>,
    pub after: Option<MessageId>,
}

/// A saved reply.
#[derive(FromForm)]
pub struct ReplyForm {
    pub title: Name<80>,
    pub body: Prose<5000>,
}

/// Whom staff write to first: about an order of this number, or a customer.
#[derive(FromForm)]
pub struct BeginForm {
    pub body: Prose<LONGEST>,
}
