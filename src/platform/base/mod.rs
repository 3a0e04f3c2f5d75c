//! The small words everybody speaks: ids, money, text from outside, tokens, the clock, and the two kinds of "no".

mod address;
mod calendar;
mod clock;
mod country;
mod exchange;
mod ids;
mod money;
mod network;
mod order;
mod origin;
mod refusal;
mod text;
mod text_enum;
mod token;

pub use address::Address;
pub use calendar::{Day, Span};
pub use clock::{Clock, Moment};
pub use country::Country;
pub use exchange::{Ending, Exchange, ExchangeRate};
pub use ids::*;
pub use money::{Currency, Money, Quantity, Rate};
pub use network::{household, subnet};
pub use order::{Move, moved};
pub use origin::{NoOrigin, Origin};
pub use refusal::{Broke, Failed, Message, MessageValue, Never, OrBreak, Refusal};
pub use text::{BadText, Email, Handle, Line, Name, Prose};
pub(crate) use text_enum::text_enum;
pub use token::{Token, TokenHash};
